package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anteroom/auth"
)

// These tests are somebody with the file and an SQL shell. They read the
// schema, so a column that comes later can't be forgotten.

// notOurs are the columns that no change of says anything about a practice:
// goose notes when it brought the schema up to date, and numbers its notes; the
// changes are hints, what to read again.
var notOurs = map[string]bool{
	"goose_db_version.id": true, "goose_db_version.tstamp": true,
	"changes.seq": true, "changes.table_name": true, "changes.row_id": true,
}

// TestEveryColumnIsGuarded: whatever is changed in whatever column of whatever
// row, it is noticed: the practice stays shut, or that record or entry says so.
func TestEveryColumnIsGuarded(t *testing.T) {
	v := newVictim(t)
	counts := map[string]int{}
	for _, table := range v.dump() {
		if len(table.rows) == 0 {
			t.Errorf("table %s is empty, so nothing of it is tried", table.name)
		}
		for i, c := range table.columns {
			name := table.name + "." + c.name
			if notOurs[name] {
				continue
			}
			for _, row := range table.rows {
				if c.blob {
					counts[name] += v.flipBits(table, i, row)
				} else {
					counts[name] += v.changeClear(table, i, row)
				}
			}
			if counts[name] == 0 {
				t.Errorf("%s: nothing could be tried", name)
			}
		}
	}
	v.unharmed()
	total := 0
	for name, n := range counts {
		t.Logf("%-28s %5d changes, all noticed", name, n)
		total += n
	}
	t.Logf("%-28s %5d", "together", total)
}

// flipBits flips one bit of each byte, another one each time, and cuts the value.
func (v *victim) flipBits(t sqlTable, i int, row []any) (tried int) {
	v.t.Helper()
	good := row[i].([]byte)
	where, args := t.where(row)
	set := func(value []byte) {
		v.t.Helper()
		what := fmt.Sprintf("%s.%s of %v", t.name, t.columns[i].name, args)
		v.attack(what, "UPDATE "+t.name+" SET "+t.columns[i].name+" = ? WHERE "+where, append([]any{value}, args...)...)
		tried++
	}
	for at := 0; at < len(good); at += stride(t.name, len(good)) {
		bad := bytes.Clone(good)
		bad[at] ^= 1 << (at % 8)
		set(bad)
	}
	set(good[:len(good)-1])
	set([]byte{})
	return tried
}

// stride keeps long values from taking minutes: of the register, each fifth
// byte, as auth's own test flips every one of it; of records, which all are sealed
// in one way, each byte of patients alone.
func stride(table string, length int) int {
	if table != string(auth.TablePatient) && slices.Contains(auth.RecordTables, auth.RecordTable(table)) {
		return max(1, length/10)
	}
	return max(1, length/500)
}

// changeClear puts other values into a column in clear: those of other rows,
// and those nearby.
func (v *victim) changeClear(t sqlTable, i int, row []any) (tried int) {
	v.t.Helper()
	where, args := t.where(row)
	var others []any
	for _, other := range t.rows {
		others = append(others, other[i])
	}
	switch value := row[i].(type) {
	case int64:
		others = append(others, value+1, value-1, int64(0), int64(1)<<40)
	case string:
		others = append(others, value+"x", "", strings.ToUpper(value), "computer", "kit", "link")
	case bool:
		others = append(others, !value)
	}
	for _, other := range others {
		if other == row[i] {
			continue
		}
		what := fmt.Sprintf("%s.%s of %v becomes %v", t.name, t.columns[i].name, args, other)
		v.attack(what, "UPDATE "+t.name+" SET "+t.columns[i].name+" = ? WHERE "+where, append([]any{other}, args...)...)
		tried++
	}
	return tried
}

// TestEveryPairOfRowsIsGuarded: of each two rows of a table, all that is not
// their key is exchanged, and each such column by itself.
func TestEveryPairOfRowsIsGuarded(t *testing.T) {
	v := newVictim(t)
	tried := 0
	for _, table := range v.dump() {
		if table.isNotOurs() {
			continue // holds nothing of a practice
		}
		for i := range table.rows {
			for j := range i {
				for _, columns := range table.exchanges() {
					v.exchange(table, columns, table.rows[i], table.rows[j])
					tried++
				}
			}
		}
	}
	v.unharmed()
	t.Logf("%d exchanges, all noticed", tried)
}

// isNotOurs says that no row of a table says anything about a practice.
func (t sqlTable) isNotOurs() bool { return t.name == "goose_db_version" || t.name == "changes" }

// exchanges are the sets of columns to exchange: each one, and all together.
func (t sqlTable) exchanges() [][]int {
	var all []int
	var sets [][]int
	for i, c := range t.columns {
		if !c.key {
			all = append(all, i)
			sets = append(sets, []int{i})
		}
	}
	if len(all) > 1 {
		sets = append(sets, all)
	}
	return sets
}

func (v *victim) exchange(t sqlTable, columns []int, a, b []any) {
	v.t.Helper()
	before := v.dump()
	changed := false
	for _, pair := range [][2][]any{{a, b}, {b, a}} {
		where, key := t.where(pair[0])
		for _, i := range columns {
			changed = changed || fmt.Sprint(a[i]) != fmt.Sprint(b[i])
			_, err := v.db.Exec("UPDATE "+t.name+" SET "+t.columns[i].name+" = ? WHERE "+where, append([]any{pair[1][i]}, key...)...)
			v.must(err)
		}
	}
	if changed && v.harm() == "" {
		v.t.Errorf("not noticed: %s: columns %v exchanged between %v and %v", t.name, columns, a[0], b[0])
	}
	v.restore(before)
}

// TestRowsAddedAndRemoved by somebody are noticed; but for a patient's whole row
// that is removed, which docs/security.md says.
func TestRowsAddedAndRemoved(t *testing.T) {
	v := newVictim(t)
	tried := 0
	for _, table := range v.dump() {
		for _, row := range table.rows {
			where, args := table.where(row)
			if !table.isNotOurs() {
				v.attack("removed from "+table.name, "DELETE FROM "+table.name+" WHERE "+where, args...)
				tried++
			}
			for _, copied := range copies(table, row) {
				marks := "?" + strings.Repeat(", ?", len(copied)-1)
				v.attack(fmt.Sprintf("added to %s: %v", table.name, copied[0]), "INSERT INTO "+table.name+" VALUES ("+marks+")", copied...)
				tried++
			}
		}
	}
	v.unharmed()
	t.Logf("%d rows added or removed, all noticed", tried)
}

// copies are a row under other keys.
func copies(t sqlTable, row []any) [][]any {
	if t.isNotOurs() || t.name == "practice" || t.name == "draft" { // of nobody, whom nobody asks for it
		return nil
	}
	var all [][]any
	for i, c := range t.columns {
		if !c.key {
			continue
		}
		copied := slices.Clone(row)
		switch value := row[i].(type) {
		case int64:
			copied[i] = value + 1000
		case string:
			copied[i] = value + "-2"
		}
		all = append(all, copied)
	}
	return all
}

// TestOlderDatabases: whole older files, and older registers in the newer file.
func TestOlderDatabases(t *testing.T) {
	v := newVictim(t)
	newest := v.copy()
	v.must(errors.Join(v.window.Close(), v.db.Close()))
	put := func(content []byte) {
		t.Helper()
		for _, rest := range []string{"-wal", "-shm"} {
			os.Remove(v.path() + rest)
		}
		v.must(os.WriteFile(v.path(), content, 0o600))
	}
	for i, older := range v.older {
		put(older)
		var back *auth.RolledBackError
		if _, err := auth.Open(t.Context(), v.deps); !errors.As(err, &back) || !back.Found.Before(back.Seen) {
			t.Errorf("older database %d: %v", i, err)
		}
	}
	for i, older := range v.older {
		row := registerIn(t, older)
		put(newest)
		db, err := sql.Open("sqlite", dsn(v.path(), ""))
		v.must(err)
		_, err = db.Exec("UPDATE register SET version = $1, sealed = $2", row.Version, row.Sealed)
		v.must(errors.Join(err, db.Close()))
		_, err = auth.Open(t.Context(), v.deps)
		if !errors.Is(err, auth.ErrRolledBack) && !errors.Is(err, auth.ErrDamaged) {
			t.Errorf("older register %d: %v", i, err)
		}
	}
	put(newest)
	p, err := auth.Open(t.Context(), v.deps)
	v.must(err)
	v.must(p.Close())
}

func registerIn(t *testing.T, content []byte) auth.SealedRow {
	t.Helper()
	path := filepath.Join(t.TempDir(), "older.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := openDatabase(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var row auth.SealedRow
	err = s.View(context.Background(), func(r auth.Reader) (err error) {
		row, err = r.Register()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

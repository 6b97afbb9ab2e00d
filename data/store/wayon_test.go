package store

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"anteroom/auth"
)

// hasWayOn says that the page for an error has a way on of its own: everything
// that can be wrong with a file of ours is one of these.
func hasWayOn(err error) bool {
	return slices.ContainsFunc([]error{
		nil, auth.ErrDamaged, auth.ErrNotLinked, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrAnchor, auth.ErrNewerDatabase,
	}, func(known error) bool { return errors.Is(err, known) })
}

// landsOnAWayOn starts the program, and opens the practice with the kit.
func (v *victim) landsOnAWayOn(what string) {
	v.t.Helper()
	p, err := auth.Open(v.t.Context(), v.deps)
	if !hasWayOn(err) {
		v.t.Errorf("%s: the start ends with %v", what, err)
	}
	if err == nil {
		v.must(p.Close())
	}
	r, err := auth.OpenRescue(v.t.Context(), v.deps, v.kit)
	if err == nil {
		v.must(r.Close())
		return
	}
	if !hasWayOn(err) && !errors.Is(err, auth.ErrKitWrong) && !errors.Is(err, auth.ErrNoKit) {
		v.t.Errorf("%s: the kit ends with %v", what, err)
	}
}

// readsOn is what a window that is open meets. A record that does not open is no
// error: it says so alone.
func (v *victim) readsOn(what string, isRecord bool) {
	v.t.Helper()
	ctx := v.t.Context()
	err := v.session.ReadRecords(ctx, func(rd *auth.RecordReader) error {
		for _, table := range auth.RecordTables {
			if table == auth.TableDraft {
				continue
			}
			if err := rd.Each(table, func(auth.Record) error { return nil }); err != nil {
				return err
			}
		}
		draft, err := rd.Get(auth.TableDraft, rd.Mine())
		if errors.Is(err, auth.ErrNotFound) || errors.Is(draft.Err, auth.ErrDamaged) {
			return nil
		}
		return err
	})
	if !hasWayOn(err) || isRecord && err != nil {
		v.t.Errorf("%s: the records end with %v", what, err)
	}
	if _, err := v.session.VerifyActivity(ctx, nil); !hasWayOn(err) {
		v.t.Errorf("%s: the log ends with %v", what, err)
	}
}

// garbage are values of every type that SQLite puts into any column.
var garbage = []any{"x", "", int64(-1), int64(1) << 62, 1.5, []byte{0xff, 0}}

// TestEveryRowHasAWayOn: each row of each table is removed, and each of its values
// is replaced by garbage; each table is emptied. Whoever works, starts the program
// or uses the kit then is told something that has a way on.
func TestEveryRowHasAWayOn(t *testing.T) {
	v := newVictim(t)
	try := func(what string, isRecord bool, query string, args ...any) {
		t.Helper()
		before := v.dump()
		if _, err := v.db.Exec(query, args...); err != nil {
			return // the schema itself refuses it
		}
		v.readsOn(what, isRecord)
		v.landsOnAWayOn(what)
		v.restore(before)
	}
	for _, table := range v.dump() {
		isRecord := slices.Contains(auth.RecordTables, auth.RecordTable(table.name))
		try("no "+table.name, isRecord, "DELETE FROM "+table.name)
		for _, row := range table.rows[:1] {
			where, args := table.where(row)
			try(fmt.Sprintf("%s without %v", table.name, args), isRecord, "DELETE FROM "+table.name+" WHERE "+where, args...)
			for _, c := range table.columns {
				for _, value := range garbage {
					what := fmt.Sprintf("%s.%s is %v", table.name, c.name, value)
					try(what, isRecord, "UPDATE "+table.name+" SET "+c.name+" = ? WHERE "+where, append([]any{value}, args...)...)
				}
			}
		}
	}
	v.unharmed()
}

// TestEveryTableHasAWayOn: each table, index and page of the file is taken away.
func TestEveryTableHasAWayOn(t *testing.T) {
	v := newVictim(t)
	whole := v.copy()
	names := v.query("SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
	v.must(errors.Join(v.window.Close(), v.db.Close()))
	put := func(content []byte) {
		t.Helper()
		for _, rest := range []string{walSuffix, indexSuffix} {
			os.Remove(v.path() + rest)
		}
		v.must(os.WriteFile(v.path(), content, 0o600))
	}
	for _, object := range names {
		put(whole)
		query := fmt.Sprintf("DROP %s %s", object[0], object[1])
		plant(t, v.path(), query)
		v.landsOnAWayOn(query)
	}
	const page = 4096
	for at := 0; at < len(whole); at += page {
		bad := slices.Clone(whole)
		clear(bad[max(at, 100) : at+page]) // of the first page all but its header
		put(bad)
		v.landsOnAWayOn(fmt.Sprintf("page %d is empty", at/page+1))
		put(whole[:at])
		v.landsOnAWayOn(fmt.Sprintf("cut before page %d", at/page+1))
	}
	put(whole)
	p, err := auth.Open(t.Context(), v.deps)
	v.must(err)
	v.must(p.Close())
}

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// victim is a practice with two computers, a kit, a linking code and records.
type victim struct {
	t       *testing.T
	deps    auth.Deps
	older   [][]byte       // the whole database at earlier times, the oldest first
	db      *sql.DB        // the thief's
	window  *auth.Practice // that is open meanwhile
	session *auth.Session
	records map[string]bool
	kit     string
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	clock := authtest.NewClock()
	v := &victim{t: t, deps: depsOf(t, clock.Now), records: map[string]bool{}}
	p, s, err := auth.SetUp(t.Context(), v.deps, setUpForm)
	v.must(err)
	v.kit, err = authtest.MakeKit(t.Context(), s)
	v.must(err)
	v.must(s.StepUp(t.Context(), password, ""))
	other := v.deps
	other.Keyring = authtest.NewKeyring()
	v.must(authtest.Link(t.Context(), s, other))
	_, err = s.AddUser(t.Context(), auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff})
	v.must(err)
	for i := range 3 {
		clock.Advance(time.Second)
		id := fmt.Sprintf("patient-%d", i)
		v.must(authtest.PutPatients(t.Context(), s, map[string][]byte{id: []byte("Invented Person")}))
		v.records["patient "+id] = true
		v.must(s.RenameComputer(t.Context(), v.computer(s), fmt.Sprintf("Desk %d", i)))
		v.older = append(v.older, v.copy())
	}
	v.putOthers(s)
	clock.Advance(time.Second)
	_, err = s.NewLinkingCode(t.Context())
	v.must(err)
	v.window, v.session = p, s
	t.Cleanup(func() { p.Close() })

	v.db, err = sql.Open("sqlite", dsn(v.path(), "_pragma=synchronous(OFF)&_pragma=busy_timeout(5000)"))
	v.must(err)
	v.db.SetMaxOpenConns(1)
	t.Cleanup(func() { v.db.Close() })
	v.unharmed()
	return v
}

// putOthers writes what there is beside patients that came one by one: two of
// each, so that they can be exchanged.
func (v *victim) putOthers(s *auth.Session) {
	v.t.Helper()
	ctx := v.t.Context()
	v.must(s.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		for i := range 2 {
			id := fmt.Sprint(i)
			for _, table := range []auth.RecordTable{auth.TableAppointment, auth.TableVisits, auth.TableDetail} {
				r := auth.Record{ID: id, Plain: []byte("Invented")}
				if table == auth.TableAppointment {
					r.Clear = auth.Clear{Starts: int64(i) * 60_000, Ends: int64(i)*60_000 + 60_000, Status: []string{"booked", "done"}[i]}
				}
				if _, err := tx.Put(table, r); err != nil {
					return err
				}
				v.records[string(table)+" "+id] = true
			}
		}
		v.records["draft "+tx.Mine()] = true
		_, err := tx.Put(auth.TableDraft, auth.Record{ID: tx.Mine(), Plain: []byte("half a na")})
		return err
	}))
	for i := range 2 {
		b, err := s.NewBatch(ctx)
		v.must(err)
		id := fmt.Sprintf("imported-%d", i)
		v.must(b.Add(ctx, []auth.Record{{ID: id, Plain: []byte("Imported Person")}}))
		_, err = b.Commit(ctx)
		v.must(err)
		v.records["patient "+id] = true
	}
}

func (v *victim) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *victim) path() string { return filepath.Join(v.deps.Location.Name(), databaseName) }

func (v *victim) computer(s *auth.Session) string {
	v.t.Helper()
	all, err := s.Computers(v.t.Context())
	v.must(err)
	return all[0].ID
}

// copy is the database as a file of its own.
func (v *victim) copy() []byte {
	v.t.Helper()
	path := filepath.Join(v.t.TempDir(), "copy.db")
	db, err := sql.Open("sqlite", dsn(v.path(), ""))
	v.must(err)
	defer db.Close()
	_, err = db.Exec("VACUUM INTO $1", path)
	v.must(err)
	content, err := os.ReadFile(path)
	v.must(err)
	return content
}

// harm is what is noticed of an attack: by a window that is open or, if that
// goes on, at the next start. "" is nothing.
func (v *victim) harm() string {
	v.t.Helper()
	if harm := v.harmInWindow(); harm != "" {
		return harm
	}
	p, err := auth.Open(v.t.Context(), v.deps)
	if err != nil {
		return "shut: " + err.Error()
	}
	v.must(p.Close())
	return ""
}

func (v *victim) harmInWindow() string {
	v.t.Helper()
	ctx := v.t.Context()
	var bad []string
	found := map[string]bool{}
	err := v.session.ReadRecords(ctx, func(rd *auth.RecordReader) error {
		look := func(table auth.RecordTable, r auth.Record) error {
			name := string(table) + " " + r.ID
			found[name] = true
			if errors.Is(r.Err, auth.ErrDamaged) {
				bad = append(bad, name)
			}
			return nil
		}
		for _, table := range auth.RecordTables {
			if table == auth.TableDraft {
				continue
			}
			if err := rd.Each(table, func(r auth.Record) error { return look(table, r) }); err != nil {
				return err
			}
		}
		draft, err := rd.Get(auth.TableDraft, rd.Mine())
		if errors.Is(err, auth.ErrNotFound) {
			return nil
		}
		if err != nil && !errors.Is(err, auth.ErrDamaged) {
			return err
		}
		return look(auth.TableDraft, draft)
	})
	if err != nil {
		return "records: " + err.Error()
	}
	for id := range v.records {
		if !found[id] {
			bad = append(bad, "no "+id)
		}
	}
	if len(bad) > 0 {
		return fmt.Sprintf("records: %v", bad)
	}
	broken, err := v.session.VerifyActivity(ctx, nil)
	if err != nil || broken > 0 {
		return fmt.Sprintf("activity: entry %d, %v", broken, err)
	}
	return ""
}

func (v *victim) unharmed() {
	v.t.Helper()
	if harm := v.harm(); harm != "" {
		v.t.Fatalf("without an attack: %s", harm)
	}
}

// attack changes the database, sees that it is noticed, and puts it back as it was.
func (v *victim) attack(what, query string, args ...any) {
	v.t.Helper()
	before := v.dump()
	if _, err := v.db.Exec(query, args...); err != nil {
		return // the schema itself refuses it
	}
	if v.harm() == "" {
		v.t.Errorf("not noticed: %s", what)
	}
	v.restore(before)
}

// sqlTable is one of the schema, with all its rows.
type sqlTable struct {
	name    string
	columns []column
	rows    [][]any
}

type column struct {
	name string
	blob bool
	key  bool
}

// dump reads every table that the schema has.
func (v *victim) dump() []sqlTable {
	v.t.Helper()
	var tables []sqlTable
	for _, row := range v.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
		t := sqlTable{name: row[0].(string)}
		for _, c := range v.query("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", t.name) {
			t.columns = append(t.columns, column{c[0].(string), c[1].(string) == "BLOB", c[2].(int64) > 0})
		}
		t.rows = v.query("SELECT * FROM " + t.name + " ORDER BY 1, 2")
		tables = append(tables, t)
	}
	return tables
}

func (v *victim) query(query string, args ...any) (all [][]any) {
	v.t.Helper()
	rows, err := v.db.Query(query, args...)
	v.must(err)
	defer rows.Close()
	names, err := rows.Columns()
	v.must(err)
	for rows.Next() {
		row := make([]any, len(names))
		into := make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		v.must(rows.Scan(into...))
		all = append(all, row)
	}
	v.must(rows.Err())
	return all
}

// restore writes every table as it was.
func (v *victim) restore(tables []sqlTable) {
	v.t.Helper()
	tx, err := v.db.Begin()
	v.must(err)
	defer tx.Rollback()
	for _, t := range tables {
		_, err := tx.Exec("DELETE FROM " + t.name)
		v.must(err)
		for _, row := range t.rows {
			_, err := tx.Exec(fmt.Sprintf("INSERT INTO %s VALUES (?%s)", t.name, strings.Repeat(", ?", len(row)-1)), row...)
			v.must(err)
		}
	}
	v.must(tx.Commit())
}

// where names one row by its key.
func (t sqlTable) where(row []any) (string, []any) {
	var terms []string
	var args []any
	for i, c := range t.columns {
		if c.key {
			terms, args = append(terms, c.name+" = ?"), append(args, row[i])
		}
	}
	return strings.Join(terms, " AND "), args
}

package store

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"anteroom/auth"
	"anteroom/data/store/migrations"
)

// upTo makes a database of a version of the schema, with nothing in it.
func upTo(t *testing.T, path string, version int64) *Store {
	t.Helper()
	s, err := openDatabase(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p, err := s.steps()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemas: the sums are those of what the migrations make, each of them.
func TestSchemas(t *testing.T) {
	all, err := fs.Glob(migrations.SQLite, "*.sql")
	if err != nil || len(all) != len(schemas) {
		t.Fatalf("%d sums of %d migrations, %v", len(schemas), len(all), err)
	}
	for version := int64(1); version <= newest; version++ {
		s := upTo(t, filepath.Join(t.TempDir(), databaseName), version)
		tx, err := s.read.Begin()
		if err != nil {
			t.Fatal(err)
		}
		sum, noted, err := schemaSum(t.Context(), tx)
		if err != nil || !noted || sum != schemas[version-1] {
			t.Errorf("the sum of version %d is %s, goose's table %v, %v", version, sum, noted, err)
		}
		tx.Rollback()
		if got, err := s.schema(t.Context()); err != nil || got != version {
			t.Errorf("version %d is %d, %v", version, got, err)
		}
	}
}

// planted is what somebody with the file and an SQL shell could add to its schema.
var planted = map[string]string{
	"a trigger":                 "CREATE TRIGGER t AFTER UPDATE ON register BEGIN DELETE FROM patient; END",
	"a trigger under our name":  "CREATE TRIGGER patient AFTER UPDATE ON register BEGIN DELETE FROM patient; END",
	"a view":                    "CREATE VIEW everybody AS SELECT * FROM patient",
	"a view instead of a table": "DROP TABLE changes; CREATE VIEW changes AS SELECT 1 AS seq, '' AS table_name, '' AS row_id",
	"goose's table as a view":   "ALTER TABLE goose_db_version RENAME TO g; CREATE VIEW goose_db_version AS SELECT * FROM g",
	"a table":                   "CREATE TABLE t (a)",
	"a virtual table":           "CREATE VIRTUAL TABLE t USING fts5(a)",
	"an index":                  "CREATE INDEX i ON activity (chain)",
	"a column":                  "ALTER TABLE practice ADD COLUMN a TEXT",
	"a generated column":        "ALTER TABLE practice ADD COLUMN a TEXT AS (upper(name))",
	"no index":                  "DROP INDEX appointment_starts",
	"no table":                  "DROP TABLE draft",
	"statistics":                "ANALYZE",
	"another text of a table":   "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'register'",
	"a row twice":               "PRAGMA writable_schema=ON; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'register'",
	"nothing at all":            "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema",
	"no notes of goose's":       "DROP TABLE goose_db_version",
	"an earlier version noted":  "DELETE FROM goose_db_version WHERE version_id = 2",
	"a gap in the versions":     "DELETE FROM goose_db_version WHERE version_id = 1",
	"no beginning":              "DELETE FROM goose_db_version WHERE version_id = 0",
	"a version taken back":      "UPDATE goose_db_version SET is_applied = 0 WHERE version_id = 1",
	"a version twice":           "INSERT INTO goose_db_version (version_id, is_applied) VALUES (1, 1)",
	"no versions":               "DELETE FROM goose_db_version",
	"garbage for a version":     "UPDATE goose_db_version SET version_id = 'x' WHERE version_id = 1",
}

// TestSchemaIsOurs: whatever is planted, in the database or a backup of it, the
// file is damaged, and not a byte of it is written.
func TestSchemaIsOurs(t *testing.T) {
	f, s := openMarked(t, "one")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(f.path())
	if err != nil {
		t.Fatal(err)
	}
	for name, query := range planted {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			f, err := At(folder)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(f.path(), good, 0o600); err != nil {
				t.Fatal(err)
			}
			plant(t, f.path(), query)
			staysShut(t, f)
		})
	}
}

// TestOlderSchemaIsOurs: what is planted in an older one does nothing while that is
// brought up to date.
func TestOlderSchemaIsOurs(t *testing.T) {
	f := olderDatabase(t)
	plant(t, f.path(), "CREATE TRIGGER t AFTER INSERT ON goose_db_version BEGIN DELETE FROM register; END")
	staysShut(t, f)
}

// plant changes a database by SQL, in one file.
func plant(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, ""))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// staysShut fails the test unless the database is damaged, as one and as a backup.
func staysShut(t *testing.T, f *Folder) {
	t.Helper()
	before, err := os.ReadFile(f.path())
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.Open(t.Context()); !errors.Is(err, auth.ErrDamaged) || s != nil {
		t.Errorf("as the database: %v", err)
	}
	if s, err := f.OpenBackup(t.Context(), f.path()); !errors.Is(err, auth.ErrDamaged) || s != nil {
		t.Errorf("as a backup: %v", err)
	}
	backup := filepath.Join(t.TempDir(), "x.backup")
	if err := copyFile(f.path(), backup); err != nil {
		t.Fatal(err)
	}
	target := newFolder(t)
	filled := false
	s, _, err := target.Replace(t.Context(), backup, func(auth.Store) error { filled = true; return nil })
	if !errors.Is(err, auth.ErrDamaged) || s != nil || filled {
		t.Errorf("restored: %v, filled %v", err, filled)
	}
	after, err := os.ReadFile(f.path())
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was written to: %v", err)
	}
	if all, err := f.Backups(""); err == nil && len(all) > 0 {
		t.Errorf("backups were made of it: %v", all)
	}
}

// TestPlantedMeanwhile: a backup that becomes another file while it is copied is
// looked at again before anything is done with the copy.
func TestPlantedMeanwhile(t *testing.T) {
	f, s := openMarked(t, "one")
	file, err := s.Backup(t.Context(), order(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	target := newFolder(t)
	target.trap = func(step string) error {
		if step == stepCopied {
			fresh, err := filepath.Glob(filepath.Join(target.dir, unfinished+"*"))
			if err != nil || len(fresh) != 1 {
				t.Fatal(fresh, err)
			}
			plant(t, fresh[0], planted["a trigger"])
		}
		return nil
	}
	_, _, err = target.Replace(t.Context(), file.Path, func(auth.Store) error { return nil })
	if !errors.Is(err, auth.ErrDamaged) || exists(target.path()) {
		t.Errorf("restored: %v", err)
	}
	wantWord(t, openBackup(t, f, file.Path), "one")
}

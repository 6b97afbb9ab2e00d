package store

import (
	"bytes"
	"os"
	"testing"

	"anteroom/auth"
)

// olderDatabase makes a database as the first schema had it, with one patient.
func olderDatabase(t *testing.T) *Folder {
	t.Helper()
	f, err := At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := upTo(t, f.path(), 1)
	defer s.Close()
	for _, query := range []string{
		"INSERT INTO practice (id, name) VALUES ('" + markedPractice + "', 'Clinic')",
		"INSERT INTO register (id, version, sealed) VALUES (1, 1, x'01')",
		"INSERT INTO patient (id, version, sealed) VALUES ('p', 3, x'0203')",
	} {
		if _, err := s.write.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// holdsPatient fails the test unless the one patient is in there, and the tables
// that came later can be read.
func holdsPatient(t *testing.T, s auth.Store) {
	t.Helper()
	err := s.View(t.Context(), func(rd auth.Reader) error {
		row, err := rd.Record(auth.TablePatient, "p")
		if err != nil || row.Version != 3 || row.Batch != "" || !bytes.Equal(row.Sealed, []byte{2, 3}) {
			t.Errorf("the patient: %+v, %v", row, err)
		}
		for _, table := range auth.RecordTables {
			if _, err := rd.Records(table, "", 10); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOlderSchema: it is brought up to date, after a backup of it was made; the
// backup stays as it is, and opens all the same.
func TestOlderSchema(t *testing.T) {
	f := olderDatabase(t)
	s, err := f.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	holdsPatient(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	backups, err := f.Backups("")
	if err != nil || len(backups) != 1 {
		t.Fatalf("%v, %v", backups, err)
	}
	before, err := os.ReadFile(backups[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.OpenBackup(t.Context(), backups[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	holdsPatient(t, b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(backups[0].Path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the backup is another one now: %v", err)
	}

	if s, err = f.Open(t.Context()); err != nil { // up to date: no further backup
		t.Fatal(err)
	}
	s.Close()
	if again, err := f.Backups(""); err != nil || len(again) != 1 {
		t.Errorf("%v, %v", again, err)
	}
}

// TestOlderSchemaWithoutRoom: where no backup can be made, nothing is changed.
func TestOlderSchemaWithoutRoom(t *testing.T) {
	f := olderDatabase(t)
	if err := os.WriteFile(f.BackupFolder(), nil, 0o600); err != nil { // in the way of the folder
		t.Fatal(err)
	}
	if s, err := f.Open(t.Context()); err == nil {
		s.Close()
		t.Fatal("it was opened")
	}
	s, err := openToRead(f.path(), reading)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if version, err := s.schema(t.Context()); err != nil || version != 1 {
		t.Errorf("its schema was changed: %d, %v", version, err)
	}
}

// Package conform holds the tests of what auth asks of a database, for every engine
// that keeps one.
package conform

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
)

// Engine is a kind of database under test.
type Engine struct {
	// New is a place where nothing is yet.
	New func(t testing.TB) auth.Location
	// Again is the same place for another program, or for this one started again.
	Again func(t testing.TB, p auth.Location) auth.Location
	// Spec names a place for Open in another process, whose environment is the same.
	Spec func(p auth.Location) string
	Open func(spec string) (auth.Location, error)
	// Copy is a copy of a place that nobody has open, until t ends; the place itself is
	// only copied from then on.
	Copy func(t *rapid.T, p auth.Location) auth.Location
	// NoBackups: it keeps no files.
	NoBackups bool
	// KeepsOpen: what another program has open can't be replaced, as of files on Windows.
	KeepsOpen bool
}

// test is one of the suite.
type test struct {
	name string
	run  func(*testing.T, Engine)
}

// Suite runs the tests that hold for every engine.
func Suite(t *testing.T, e Engine) {
	tests := []test{
		{"Rows", testRows},
		{"RegisterVersion", testRegisterVersion},
		{"Rollback", testRollback},
		{"Conflict", testConflict},
		{"DataVersion", testDataVersion},
		{"Create", testCreate},
		{"Texts", testTexts},
		{"OneWriter", testOneWriter},
		{"CalledOff", testCalledOff},
		{"ActivityPages", testActivityPages},
		{"TruncateActivity", testTruncateActivity},
		{"DeleteEnvelopes", testDeleteEnvelopes},
		{"Records", testRecords},
		{"OrderOfBytes", testOrderOfBytes},
		{"NoRecord", testNoRecord},
		{"EachRecord", testEachRecord},
		{"ManyRecords", testManyRecords},
		{"Between", testBetween},
		{"Batch", testBatch},
		{"Changes", testChanges},
		{"OneMoment", testOneMoment},
	}
	if !e.NoBackups {
		tests = append(tests, test{"Backup", testBackup}, test{"Replace", testReplace})
	}
	for _, one := range tests {
		t.Run(one.name, func(t *testing.T) { one.run(t, e) })
	}
}

// open makes a database with some rows.
func open(t *testing.T, e Engine) (auth.Location, auth.Store) {
	t.Helper()
	p := e.New(t)
	s, err := p.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return p, s
}

const practice = "ABCD2345EFGH6789"

func fill(s auth.Store) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		return errors.Join(
			tx.PutPractice(auth.PracticeRow{ID: practice, Name: "Clinic"}),
			tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientComputer, Recipient: "c", Sealed: []byte("envelope")}),
			tx.PutRegister(auth.SealedRow{Version: 1, Sealed: []byte("one")}, 0),
			tx.AppendActivity(auth.ActivityRow{Seq: 1, Sealed: []byte("entry"), Chain: []byte("chain")}),
		)
	})
}

// view reads, and fails the test where that fails.
func view(t *testing.T, s auth.Store, fn func(auth.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// update writes, and fails the test where that fails.
func update(t *testing.T, s auth.Store, fn func(auth.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func register(t *testing.T, s auth.Store) (row auth.SealedRow) {
	t.Helper()
	view(t, s, func(r auth.Reader) (err error) {
		row, err = r.Register()
		return err
	})
	return row
}

func patient(id string, version int64) auth.RecordRow {
	return auth.RecordRow{Table: auth.TablePatient, ID: id, Version: version, Sealed: []byte("of " + id)}
}

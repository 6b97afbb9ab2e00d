package auth_test

import (
	"context"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// TestKitReport: what somebody with the file changed is named; what can be put
// right is, and what is broken by itself keeps nothing shut.
func TestKitReport(t *testing.T) {
	for name, c := range map[string]struct {
		harm  func(w *world, rows *authtest.Rows)
		want  []auth.Finding
		mends bool
	}{
		"the name": {func(_ *world, rows *authtest.Rows) {
			rows.Practice = &auth.PracticeRow{ID: rows.Practice.ID, Name: "Somebody else's"}
		}, []auth.Finding{{Kind: auth.FindingName}}, true},
		"an envelope added": {func(_ *world, rows *authtest.Rows) {
			e := rows.Envelopes[0]
			e.Recipient = "somebody"
			rows.Envelopes = append(rows.Envelopes, e)
		}, []auth.Finding{{Kind: auth.FindingRecipients}}, true},
		"another computer's envelope removed": {func(w *world, rows *authtest.Rows) {
			rows.Envelopes = slices.DeleteFunc(rows.Envelopes, func(e auth.Envelope) bool { return e.Recipient == w.elsewhere().ID })
		}, []auth.Finding{{Kind: auth.FindingRecipients}}, true},
		"envelopes swapped": {func(_ *world, rows *authtest.Rows) {
			i, j := computersIn(rows)
			rows.Envelopes[i].Sealed, rows.Envelopes[j].Sealed = rows.Envelopes[j].Sealed, rows.Envelopes[i].Sealed
		}, []auth.Finding{{Kind: auth.FindingRecipients}}, true},
		"name and envelope": {func(_ *world, rows *authtest.Rows) {
			rows.Practice = &auth.PracticeRow{ID: rows.Practice.ID}
			i, j := computersIn(rows)
			rows.Envelopes[i].Sealed = rows.Envelopes[j].Sealed
		}, []auth.Finding{{Kind: auth.FindingName}, {Kind: auth.FindingRecipients}}, true},
		"records": {func(_ *world, rows *authtest.Rows) {
			rows.Records[1].Sealed = rows.Records[0].Sealed
		}, []auth.Finding{{Kind: auth.FindingRecords, Count: 1}}, false},
		"the activity": {func(_ *world, rows *authtest.Rows) {
			rows.Activity[1].Sealed = rows.Activity[0].Sealed
		}, []auth.Finding{{Kind: auth.FindingActivity, Entry: 2}}, false},
		"nothing": {func(*world, *authtest.Rows) {}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.put("p1", "Grete")
			w.put("p2", "Ola")
			other := w.linkedByCode()
			rows := w.memory.Rows()
			c.harm(w, &rows)
			w.memory.Put(rows)
			r := w.rescue()
			if report := r.Report(); !report.Opens || !slices.Equal(report.Findings, c.want) || report.Practice != w.practice.Name() {
				t.Fatalf("%+v", report)
			}
			var err error
			if c.mends {
				w.refused(w.staysShut(name), auth.ErrDamaged)
			}
			w.practice, err = r.Open(w.ctx, false)
			w.must(err)
			w.practice = w.reopened()
			w.signInAnna(nil)
			w.reads("p1", "Grete")
			other.reopened()
			left := w.rescue().Report().Findings
			if c.mends && len(left) != 0 || !c.mends && !slices.Equal(left, c.want) {
				t.Errorf("after it: %+v", left)
			}
			if w.memory.Rows().Practice.Name != w.practice.Name() {
				t.Errorf("the name in clear is %q", w.memory.Rows().Practice.Name)
			}
		})
	}
}

// computersIn are where two computers' envelopes lie.
func computersIn(rows *authtest.Rows) (i, j int) {
	var at []int
	for i, e := range rows.Envelopes {
		if e.Kind == auth.RecipientComputer {
			at = append(at, i)
		}
	}
	return at[0], at[1]
}

// TestKitReportOfDamage: a register that does not open, or a file, stays shut;
// the report says which.
func TestKitReportOfDamage(t *testing.T) {
	w := newWorld(t)
	good := w.memory.Rows()
	flip := func(rows *authtest.Rows) {
		sealed := slices.Clone(rows.Register.Sealed)
		sealed[40] ^= 1
		rows.Register = &auth.SealedRow{Version: rows.Register.Version, Sealed: sealed}
	}
	w.newKit()
	now := w.memory.Rows()
	for name, harm := range map[string]func(rows *authtest.Rows){
		"a flipped bit":         flip,
		"another version":       func(rows *authtest.Rows) { rows.Register = &auth.SealedRow{Version: 1, Sealed: rows.Register.Sealed} },
		"of before the new kit": func(rows *authtest.Rows) { rows.Register = good.Register },
		"gone":                  func(rows *authtest.Rows) { rows.Register = nil },
	} {
		rows := now
		harm(&rows)
		w.memory.Put(rows)
		r := w.rescue()
		report := r.Report()
		if report.Opens || !slices.Equal(report.Findings, []auth.Finding{{Kind: auth.FindingRegister}}) || !report.Changed.IsZero() {
			t.Errorf("%s: %+v", name, report)
		}
		_, err := r.Open(w.ctx, true)
		w.refused(err, auth.ErrDamaged)
		if len(r.Admins()) != 0 {
			t.Errorf("%s: admins %+v", name, r.Admins())
		}
		w.must(r.Close())
		w.must(r.Close())
		w.unchanged(rows)
	}
	w.memory.Put(now)
	w.memory.Broken = []string{"row 7 missing from index", "page 3 is never used"}
	report := w.rescue().Report()
	if !report.Opens || !slices.Equal(report.Findings, []auth.Finding{{Kind: auth.FindingFile, Count: 2}}) {
		t.Errorf("%+v", report)
	}
	w.memory.Broken = nil
	empty := &world{t: t, ctx: w.ctx, clock: w.clock, keyring: w.keyring, memory: &authtest.Memory{}}
	_, err := auth.OpenRescue(w.ctx, empty.deps(), w.kit)
	w.refused(err, auth.ErrDatabaseMissing)
}

// tornLocation is a place where SQLite can't read a page of the patients.
type tornLocation struct{ auth.Location }

func (p tornLocation) Open(ctx context.Context) (auth.Store, error) {
	s, err := p.Location.Open(ctx)
	return tornStore{s}, err
}

type tornStore struct{ auth.Store }

func (s tornStore) View(ctx context.Context, fn func(auth.Reader) error) error {
	return s.Store.View(ctx, func(r auth.Reader) error { return fn(tornReader{r}) })
}

type tornReader struct{ auth.Reader }

func (tornReader) Records(auth.RecordTable, string, int) ([]auth.RecordRow, error) {
	return nil, auth.ErrDamaged
}

// TestKitReportOfTornPage: a page that can't be read is named, and keeps the
// register no more shut than broken records do.
func TestKitReportOfTornPage(t *testing.T) {
	w := newWorld(t)
	w.fill(2)
	d := w.deps()
	d.Location = tornLocation{w.memory}
	r, err := auth.OpenRescue(w.ctx, d, w.kit)
	w.must(err)
	if report := r.Report(); !report.Opens || len(report.Findings) == 0 {
		t.Errorf("%+v", report)
	}
}

// TestKitEnvelopeHarmed: the kit's own envelope, changed or removed, is put
// right where this computer's binding opens the register and says whose kit it
// is.
func TestKitEnvelopeHarmed(t *testing.T) {
	for name, harm := range map[string]func(rows *authtest.Rows){
		"removed": func(rows *authtest.Rows) {
			rows.Envelopes = slices.DeleteFunc(rows.Envelopes, func(e auth.Envelope) bool { return e.Kind == auth.RecipientKit })
		},
		"changed": func(rows *authtest.Rows) {
			for i, e := range rows.Envelopes {
				if e.Kind == auth.RecipientKit {
					rows.Envelopes[i].Sealed = slices.Clone(e.Sealed[1:])
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			rows := w.memory.Rows()
			harm(&rows)
			w.memory.Put(rows)
			w.staysShut("the kit's envelope " + name)
			w.practice = w.rescued(false)
			w.reopened()
		})
	}
}

// TestKitReportOfAddedEntry: an entry that somebody added behind the last
// keeps nothing shut.
func TestKitReportOfAddedEntry(t *testing.T) {
	w := newWorld(t)
	rows := w.memory.Rows()
	last := rows.Activity[len(rows.Activity)-1]
	last.Seq++
	rows.Activity = append(rows.Activity, last)
	w.memory.Put(rows)
	r := w.rescue()
	if f := r.Report().Findings; !slices.Equal(f, []auth.Finding{{Kind: auth.FindingActivity, Entry: last.Seq}}) {
		t.Errorf("%+v", f)
	}
	var err error
	w.practice, err = r.Open(w.ctx, false)
	w.must(err)
	w.signInAnna(nil) // got: ErrConflict, each time
}

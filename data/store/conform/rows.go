package conform

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"

	"anteroom/auth"
)

func testRows(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error {
		return errors.Join(
			tx.PutPractice(auth.PracticeRow{ID: practice, Name: "New name"}),
			tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientComputer, Recipient: "d", Sealed: []byte("second")}),
			tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientComputer, Recipient: "c", Sealed: []byte("anew")}),
			tx.PutRegister(auth.SealedRow{Version: 2, Sealed: []byte("two")}, 1),
		)
	})
	view(t, s, func(r auth.Reader) error {
		p, err1 := r.Practice()
		e, err2 := r.Envelopes()
		if p.Name != "New name" || len(e) != 2 || string(e[0].Sealed) != "anew" {
			t.Errorf("%+v, %+v", p, e)
		}
		return errors.Join(err1, err2)
	})
	if row := register(t, s); row.Version != 2 || string(row.Sealed) != "two" {
		t.Fatalf("%+v", row)
	}
	// What a transaction wrote it reads.
	update(t, s, func(tx auth.Tx) error {
		if err := tx.PutRegister(auth.SealedRow{Version: 3, Sealed: []byte("three")}, 2); err != nil {
			return err
		}
		row, err := tx.Register()
		if string(row.Sealed) != "three" {
			t.Errorf("reads %+v", row)
		}
		return err
	})
}

// A register is replaced only by who read it.
func testRegisterVersion(t *testing.T, e Engine) {
	_, s := open(t, e)
	for _, read := range []int64{0, 2, -1} {
		err := s.Update(t.Context(), func(tx auth.Tx) error {
			return tx.PutRegister(auth.SealedRow{Version: 3, Sealed: []byte("x")}, read)
		})
		if !errors.Is(err, auth.ErrConflict) {
			t.Errorf("read %d: %v", read, err)
		}
	}
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		return tx.AppendActivity(auth.ActivityRow{Seq: 1, Sealed: []byte("x"), Chain: []byte("x")})
	})
	if !errors.Is(err, auth.ErrConflict) {
		t.Errorf("the same entry twice: %v", err)
	}
	if row := register(t, s); row.Version != 1 {
		t.Errorf("%+v", row)
	}
}

// An error of the function leaves nothing behind.
func testRollback(t *testing.T, e Engine) {
	_, s := open(t, e)
	stop := errors.New("stop")
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		err := tx.PutRegister(auth.SealedRow{Version: 2, Sealed: []byte("two")}, 1)
		return errors.Join(err, tx.PutRecord(patient("a", 1), 0), stop)
	})
	if !errors.Is(err, stop) || register(t, s).Version != 1 {
		t.Fatalf("%v", err)
	}
	view(t, s, func(r auth.Reader) error {
		n, err := r.CountRecords(auth.TablePatient)
		if n != 0 {
			t.Errorf("%d patients", n)
		}
		return err
	})
}

// A conflict ends the transaction, also for who goes on after it.
func testConflict(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error { return tx.PutRecord(patient("a", 1), 0) })
	conflicts := map[string]func(auth.Tx) error{
		"a new one that is there": func(tx auth.Tx) error { return tx.PutRecord(patient("a", 1), 0) },
		"another version":         func(tx auth.Tx) error { return tx.PutRecord(patient("a", 3), 2) },
		"one that is not there":   func(tx auth.Tx) error { return tx.PutRecord(patient("b", 2), 1) },
		"the same entry": func(tx auth.Tx) error {
			return tx.AppendActivity(auth.ActivityRow{Seq: 1, Sealed: []byte("x"), Chain: []byte("x")})
		},
		"another register": func(tx auth.Tx) error { return tx.PutRegister(auth.SealedRow{Version: 9, Sealed: []byte("x")}, 8) },
	}
	for name, act := range conflicts {
		err := s.Update(t.Context(), func(tx auth.Tx) error {
			_ = act(tx) // whatever it says, and what follows
			_, _ = tx.Record(auth.TablePatient, "a")
			_ = tx.PutRecord(patient("c", 1), 0)
			return nil
		})
		if !errors.Is(err, auth.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	view(t, s, func(r auth.Reader) error {
		all, err := r.Records(auth.TablePatient, "", 10)
		if len(all) != 1 || all[0].Version != 1 {
			t.Errorf("%+v", all)
		}
		return err
	})
}

// The version changes with what anybody writes, and else stays.
func testDataVersion(t *testing.T, e Engine) {
	p, s := open(t, e)
	other, err := e.Again(t, p).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	look := func() int64 {
		t.Helper()
		n, err := s.DataVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := look()
	view(t, other, func(r auth.Reader) error { _, err := r.Register(); return err })
	if now := look(); now != before {
		t.Errorf("%d, then %d, and nobody wrote", before, now)
	}
	for range 3 {
		update(t, other, func(tx auth.Tx) error { return tx.NoteChange(auth.TableDraft, "d") })
		now := look()
		if now == before {
			t.Errorf("still %d, and another program wrote", now)
		}
		before = now
	}
}

// What could not be filled is not there; what is there is not made again.
func testCreate(t *testing.T, e Engine) {
	p := e.New(t)
	there := func(want bool) {
		t.Helper()
		if is, err := e.Again(t, p).Exists(t.Context()); is != want || err != nil {
			t.Fatalf("is there: %v, %v", is, err)
		}
	}
	there(false)
	stop := errors.New("stop")
	if _, err := p.Create(t.Context(), func(s auth.Store) error { return errors.Join(fill(s), stop) }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	there(false)
	s, err := p.Create(t.Context(), fill)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	there(true)
	if _, err := e.Again(t, p).Create(t.Context(), fill); !errors.Is(err, auth.ErrExists) {
		t.Errorf("again: %v", err)
	}
	if row := register(t, s); row.Version != 1 {
		t.Errorf("%+v", row)
	}
}

// Texts come back as they were; one that an engine could not keep none takes.
func testTexts(t *testing.T, e Engine) {
	_, s := open(t, e)
	name := "Ægir’s \"Praxis\" % _ \\ 诊所 \U0001F600 $1"
	update(t, s, func(tx auth.Tx) error { return tx.PutPractice(auth.PracticeRow{ID: practice, Name: name}) })
	view(t, s, func(r auth.Reader) error {
		p, err := r.Practice()
		if p.Name != name {
			t.Errorf("%q", p.Name)
		}
		return err
	})
	refused := map[string]func(auth.Tx) error{
		"practice": func(tx auth.Tx) error { return tx.PutPractice(auth.PracticeRow{ID: practice, Name: "a\x00b"}) },
		"envelope": func(tx auth.Tx) error {
			return tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientKit, Recipient: "\x00", Sealed: []byte("x")})
		},
		"record": func(tx auth.Tx) error { return tx.PutRecord(patient("a\x00", 1), 0) },
		"status": func(tx auth.Tx) error {
			return tx.PutRecord(auth.RecordRow{Table: auth.TableAppointment, ID: "a", Version: 1, Clear: auth.Clear{Status: "\x00"}, Sealed: []byte("x")}, 0)
		},
		"bytes":  func(tx auth.Tx) error { return tx.PutRecord(patient("\xff", 1), 0) },
		"change": func(tx auth.Tx) error { return tx.NoteChange(auth.TableDraft, "\x00") },
	}
	for what, put := range refused {
		if err := s.Update(t.Context(), put); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
}

// One writer at a time: what each read before it wrote is still so when it has written.
func testOneWriter(t *testing.T, e Engine) {
	p, s := open(t, e)
	const writers, turns = 4, 15
	var all sync.WaitGroup
	for range writers {
		other, err := e.Again(t, p).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			defer other.Close()
			for range turns {
				err := other.Update(context.Background(), func(tx auth.Tx) error {
					row, err := tx.Register()
					if err != nil {
						return err
					}
					row.Version++
					return tx.PutRegister(row, row.Version-1)
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if row := register(t, s); row.Version != 1+writers*turns {
		t.Errorf("%d turns, %d were got", writers*turns, row.Version-1)
	}
}

// What is canceled changes nothing, and the next one goes on.
func testCalledOff(t *testing.T, e Engine) {
	_, s := open(t, e)
	ctx, stop := context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx auth.Tx) error {
		err := tx.PutRecord(patient("a", 1), 0)
		stop()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("called off in the middle: %v", err)
	}
	if err := s.Update(ctx, func(auth.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("called off before: %v", err)
	}
	if err := s.View(ctx, func(r auth.Reader) error { _, err := r.Practice(); return err }); !errors.Is(err, context.Canceled) {
		t.Errorf("a look, called off before: %v", err)
	}
	update(t, s, func(tx auth.Tx) error { return tx.PutRecord(patient("a", 1), 0) })
}

// Activity is read page by page, both ways.
func testActivityPages(t *testing.T, e Engine) {
	_, s := open(t, e) // has entry 1
	update(t, s, func(tx auth.Tx) error {
		var errs []error
		for seq := range int64(9) {
			errs = append(errs, tx.AppendActivity(auth.ActivityRow{Seq: seq + 2, Sealed: []byte{byte(seq)}, Chain: []byte{1, byte(seq)}}))
		}
		return errors.Join(errs...)
	})
	for _, c := range []struct {
		after int64
		limit int
		want  []int64
	}{{0, 3, []int64{1, 2, 3}}, {3, 4, []int64{4, 5, 6, 7}}, {7, 100, []int64{8, 9, 10}}, {10, 5, nil}} {
		got := seqsOf(t, s, func(r auth.Reader) ([]auth.ActivityRow, error) { return r.Activity(c.after, c.limit) })
		if !slices.Equal(got, c.want) {
			t.Errorf("after %d: %d, want %d", c.after, got, c.want)
		}
	}
	for _, c := range []struct {
		before int64
		limit  int
		want   []int64
	}{{math.MaxInt64, 3, []int64{10, 9, 8}}, {8, 4, []int64{7, 6, 5, 4}}, {4, 100, []int64{3, 2, 1}}, {1, 5, nil}} {
		got := seqsOf(t, s, func(r auth.Reader) ([]auth.ActivityRow, error) { return r.ActivityBefore(c.before, c.limit) })
		if !slices.Equal(got, c.want) {
			t.Errorf("before %d: %d, want %d", c.before, got, c.want)
		}
	}
	view(t, s, func(r auth.Reader) error {
		link, err := r.ActivityChain(3)
		if !slices.Equal(link, []byte{1, 1}) {
			t.Errorf("link %v", link)
		}
		if _, err := r.ActivityChain(99); !errors.Is(err, auth.ErrNotFound) {
			t.Errorf("a link that is not there: %v", err)
		}
		return err
	})
}

// seqsOf are the numbers of a page of testActivityPages' entries.
func seqsOf(t *testing.T, s auth.Store, read func(auth.Reader) ([]auth.ActivityRow, error)) (seqs []int64) {
	t.Helper()
	view(t, s, func(r auth.Reader) error {
		page, err := read(r)
		for _, a := range page {
			seqs = append(seqs, a.Seq)
			if a.Seq > 1 && (a.Sealed[0] != byte(a.Seq-2) || a.Chain[1] != byte(a.Seq-2)) {
				t.Errorf("entry %d is %+v", a.Seq, a)
			}
		}
		return err
	})
	return seqs
}

// The end of the log is taken away, and nothing else.
func testTruncateActivity(t *testing.T, e Engine) {
	_, s := open(t, e) // has entry 1
	update(t, s, func(tx auth.Tx) error {
		return errors.Join(
			tx.AppendActivity(auth.ActivityRow{Seq: 2, Sealed: []byte("x"), Chain: []byte("x")}),
			tx.AppendActivity(auth.ActivityRow{Seq: 9, Sealed: []byte("x"), Chain: []byte("x")}),
			tx.TruncateActivity(1),
		)
	})
	if got := seqsOf(t, s, func(r auth.Reader) ([]auth.ActivityRow, error) { return r.Activity(0, 10) }); !slices.Equal(got, []int64{1}) {
		t.Errorf("left: %d", got)
	}
}

func testDeleteEnvelopes(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error {
		err1 := tx.DeleteEnvelopes()
		none, err2 := tx.Envelopes()
		err3 := tx.PutEnvelope(auth.Envelope{Kind: auth.RecipientLink, Recipient: "l", Sealed: []byte("x")})
		one, err4 := tx.Envelopes()
		if len(none) != 0 || len(one) != 1 || one[0].Kind != auth.RecipientLink {
			t.Errorf("%v, then %v", none, one)
		}
		return errors.Join(err1, err2, err3, err4)
	})
}

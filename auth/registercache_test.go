package auth_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"

	"anteroom/auth"
)

// keptIsWhole fails the test where somebody changed the register that is kept for others.
func keptIsWhole(t testing.TB, p *auth.Practice) {
	t.Helper()
	kept, sealed, err := auth.KeptRegister(p)
	if err != nil || !bytes.Equal(kept, sealed) {
		t.Errorf("the register that is kept differs from what lies sealed (%v):\n%s\n%s", err, kept, sealed)
	}
}

// TestKeptRegister: a transaction that finds the register from before opens nothing
// again, one that finds another does, and a change that is taken back shows nowhere.
func TestKeptRegister(t *testing.T) {
	w := newWorld(t)
	read := func() error { return w.anna.ReadRecords(w.ctx, func(*auth.RecordReader) error { return nil }) }
	w.must(read())
	before := auth.Kept(w.practice)
	w.must(read())
	w.must(w.changeRecords(w.anna, func(*auth.RecordTx) error { return nil }))
	if auth.Kept(w.practice) != before {
		t.Error("the same register was opened anew")
	}

	no := errors.New("no")
	w.memory.Fail = func() error { return no }
	w.refused(w.anna.ChangeName(w.ctx, "Somebody Else"), no)
	w.memory.Fail = nil
	if account, err := w.anna.Account(w.ctx); err != nil || account.Name != "Anna Smith" {
		t.Errorf("after a change that failed: %q, %v", account.Name, err)
	}
	keptIsWhole(t, w.practice)

	w.must(w.anna.ChangeName(w.ctx, "Anna Jones"))
	if account, err := w.anna.Account(w.ctx); err != nil || account.Name != "Anna Jones" {
		t.Errorf("after a change: %q, %v", account.Name, err)
	}
	if auth.Kept(w.practice) == before {
		t.Error("the register of before is kept after a change")
	}
}

// TestKeptRegisterNeedsItsVersion: bytes of another version that are the same are not the same register.
func TestKeptRegisterNeedsItsVersion(t *testing.T) {
	w := newWorld(t)
	w.must(w.anna.Check(w.ctx))
	rows := w.memory.Rows()
	rows.Register.Version++
	w.memory.Put(rows)
	_, err := w.anna.Account(w.ctx)
	w.refused(err, auth.ErrDamaged)
}

// TestKeptRegisterIsShared: who reads at the same time as others change leaves
// no trace in what they have in common. The race detector looks on.
func TestKeptRegisterIsShared(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				for _, read := range reads(w.anna) {
					if err := read(w.ctx); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Go(func() {
		for i := range 50 {
			if err := w.anna.MarkNewsSeen(w.ctx, int64(i)); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	keptIsWhole(t, w.practice)
}

// reads are the methods of a session that only read the register.
func reads(s *auth.Session) []func(context.Context) error {
	dropped := func(_ any, err error) error { return err }
	return []func(context.Context) error{
		s.Check,
		func(ctx context.Context) error { return dropped(s.Account(ctx)) },
		func(ctx context.Context) error { return dropped(s.Overview(ctx)) },
		func(ctx context.Context) error { return dropped(s.Settings(ctx)) },
		func(ctx context.Context) error { return dropped(s.Users(ctx)) },
		func(ctx context.Context) error { return dropped(s.Computers(ctx)) },
		func(ctx context.Context) error { return dropped(s.Kit(ctx)) },
		func(ctx context.Context) error { return dropped(s.SecurityStatus(ctx)) },
		func(ctx context.Context) error { return dropped(s.Backups(ctx)) },
		func(ctx context.Context) error { return dropped(s.StepUpNeed(ctx)) },
		func(ctx context.Context) error { return dropped(s.MyActivity(ctx, 5)) },
		func(ctx context.Context) error { return dropped(s.Activity(ctx, auth.ActivityFilter{}, 0, 5)) },
		func(ctx context.Context) error {
			return s.ReadRecords(ctx, func(*auth.RecordReader) error { return nil })
		},
	}
}

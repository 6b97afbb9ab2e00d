//go:build postgres

package postgres_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data/store/postgres/pgtest"
)

// counted writes a record, and counts it in the register.
func counted(s auth.Store, id string) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		row, err := tx.Register()
		if err != nil {
			return err
		}
		row.Version++
		return errors.Join(tx.PutRecord(draft(id), 0), tx.PutRegister(row, row.Version-1))
	})
}

// outcomes are what many desks were told about what they wrote.
type outcomes struct {
	confirmed, refused, unknown sync.Map
	count                       atomic.Int64 // of those that were confirmed
	another                     chan struct{}
}

func newOutcomes() *outcomes { return &outcomes{another: make(chan struct{}, 1)} }

// more waits until so many more were confirmed.
func (o *outcomes) more(t *testing.T, n int64) {
	t.Helper()
	late := time.After(limits.Wait(t))
	for goal := o.count.Load() + n; o.count.Load() < goal; {
		select {
		case <-o.another:
		case <-late:
			t.Fatal("nobody gets on")
		}
	}
}

// told notes what became of a record. An error that has nothing to do with the server is
// returned.
func (o *outcomes) told(id string, err error) error {
	var open *auth.UnknownError
	switch {
	case err == nil:
		o.confirmed.Store(id, true)
		o.count.Add(1)
		select {
		case o.another <- struct{}{}:
		default: // it is not seen yet that there is one
		}
	case errors.As(err, &open):
		o.unknown.Store(id, open)
	case errors.Is(err, auth.ErrServer), errors.Is(err, auth.ErrBusy):
		o.refused.Store(id, err)
	default:
		return err
	}
	return nil
}

// hold holds what is there against what was told: no more, no less, and none twice.
func (o *outcomes) hold(t *testing.T, s auth.Store) {
	t.Helper()
	there := map[string]bool{}
	var register auth.SealedRow
	err := s.View(t.Context(), func(r auth.Reader) (err error) {
		register, err = r.Register()
		return cmp.Or(err, r.EachRecord(auth.TableDraft, func(row auth.RecordRow) error {
			there[row.ID] = true
			return nil
		}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if saved := register.Version - 1; saved != int64(len(there)) { // one is of fill
		t.Errorf("%d are there, and the register counts %d", len(there), saved)
	}
	unknown, saved := 0, 0
	o.confirmed.Range(func(id, _ any) bool {
		if !there[id.(string)] {
			t.Errorf("%v was confirmed, and is lost", id)
		}
		delete(there, id.(string))
		return true
	})
	o.refused.Range(func(id, err any) bool {
		if there[id.(string)] {
			t.Errorf("%v was refused (%v), and is there", id, err)
		}
		delete(there, id.(string))
		return true
	})
	o.unknown.Range(func(id, open any) bool {
		said, err := open.(*auth.UnknownError).Ask(t.Context())
		if err != nil || said != there[id.(string)] {
			t.Errorf("%v: said to be saved %v, %v", id, said, err)
		}
		unknown++
		if said {
			saved++
		}
		delete(there, id.(string))
		return true
	})
	if len(there) > 0 {
		t.Errorf("nobody was told of %v", there)
	}
	t.Logf("%d were confirmed; of %d nobody knew at first, and %d of those were saved", o.count.Load(), unknown, saved)
}

// TestCrash: the server dies while twenty desks write, fifty times (fewer with -short),
// and comes back. What was confirmed is there, once; what was not is not; and everybody
// goes on. The desks that die are in TestProcesses/KilledAtWork.
func TestCrash(t *testing.T) {
	p := made(t)
	desks, crashes := int64(20), limits.Rounds(250)/5
	o := newOutcomes()
	var stop atomic.Bool
	var down sync.RWMutex
	var all sync.WaitGroup
	c := pgtest.Config(t, database(p))
	c.Owner = false // brings no schema up to date
	defer func() { stop.Store(true); all.Wait() }()
	for desk := range desks {
		s, err := pgtest.By(t, c).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		all.Go(func() {
			for i := 0; !stop.Load(); i++ {
				id := fmt.Sprint(desk, " ", i)
				err := counted(s, id)
				if err := o.told(id, err); err != nil {
					t.Error(err)
				}
				if err != nil {
					down.RLock()   // until it is back
					down.RUnlock() //nolint:staticcheck // nothing is done meanwhile
				}
			}
		})
	}
	for range crashes {
		o.more(t, 2*desks)
		down.Lock()
		pgtest.Crash(t)
		down.Unlock()
	}
	stop.Store(true)
	all.Wait()
	s, err := pgtest.At(t, database(p)).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o.hold(t, s)
}

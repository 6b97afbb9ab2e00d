package auth_test

import (
	"context"
	"sync"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// heldLocation is a place whose views, while held, stay at the state they began
// with until they are let go: as a slow read transaction of SQLite does.
type heldLocation struct {
	*authtest.Memory
	mu   sync.Mutex
	held chan struct{}
	in   sync.WaitGroup
}

func (p *heldLocation) Open(context.Context) (auth.Store, error) { return heldStore{p.Memory, p}, nil }

type heldStore struct {
	*authtest.Memory
	p *heldLocation
}

func (s heldStore) View(ctx context.Context, fn func(auth.Reader) error) error {
	return s.Memory.View(ctx, func(r auth.Reader) error {
		s.p.mu.Lock()
		held := s.p.held
		s.p.mu.Unlock()
		if held != nil {
			s.p.in.Done()
			<-held
		}
		return fn(r)
	})
}

func (s heldStore) Update(ctx context.Context, fn func(auth.Tx) error) error {
	return s.Memory.Update(ctx, func(tx auth.Tx) error { return fn(heldTx{tx, s.p}) })
}

type heldTx struct {
	auth.Tx
	p *heldLocation
}

// Envelopes are asked for when the register does not open with the key that is
// known: the moment to let the slow views go on.
func (t heldTx) Envelopes() ([]auth.Envelope, error) {
	t.p.letGo()
	return t.Tx.Envelopes()
}

func (p *heldLocation) letGo() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held != nil {
		close(p.held)
		p.held = nil
	}
}

// TestSlowReadsAndNewKeys: slow reads that began before another computer re-keyed do
// not make a change be sealed under the key from before.
func TestSlowReadsAndNewKeys(t *testing.T) {
	for range 200 {
		w := newWorld(t)
		other := w.linkedByKit()
		location := &heldLocation{Memory: w.memory}
		d := other.deps()
		d.Location = location
		p, err := auth.Open(w.ctx, d)
		w.must(err)

		const readers = 20
		location.held = make(chan struct{})
		location.in.Add(readers)
		var all sync.WaitGroup
		for range readers {
			all.Go(func() { _, _ = p.BackupDue(w.ctx) })
		}
		location.in.Wait()
		w.newKit()
		if _, err := p.NewAttempt().Password(w.ctx, "nobody", "wrong"); err == nil {
			t.Fatal("nobody came in")
		}
		all.Wait()
		_, err = auth.Open(w.ctx, w.deps())
		w.must(err)
	}
}

package server

import (
	"context"
	"slices"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
)

// fakeServer is where a practice's data lies, as far as the settings can tell.
type fakeServer struct {
	sharing.Server // what the settings don't ask for: nil

	mu        sync.Mutex
	where     sharing.Where
	addresses []string
	bad       []sharing.Check // what is not as it must be
	status    sharing.Status
	fail      error         // everything that asks the server
	refuse    error         // the next act
	last      time.Duration // how long each step takes
	deaf      bool          // what is under way can't be called off
	calls     []string
	reads     int // of the status
	target    sharing.Target

	switching []bool
	moved     []outcome
}

func newFakeServer() *fakeServer {
	return &fakeServer{
		addresses: []string{"192.168.1.20", "10.8.0.4", "OFFICE"},
		status:    sharing.Status{Computers: 4, State: "7F3K-2Q9D", Change: 1204, Answer: 1600},
	}
}

// on puts the practice elsewhere.
func (f *fakeServer) on(kind sharing.Kind, address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.where = sharing.Where{Kind: kind, Address: address}
}

func (f *fakeServer) switched(on bool) { f.switching = append(f.switching, on) }
func (f *fakeServer) wasMoved(said, address string) {
	f.moved = append(f.moved, outcome{said, address})
}

func (f *fakeServer) set(change func(*fakeServer)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// acts are the calls that change something.
func (f *fakeServer) acts() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

func (f *fakeServer) Where() sharing.Where {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.where
}

func (f *fakeServer) Addresses() []string { return f.addresses }

func (f *fakeServer) Check(ctx context.Context, _ *auth.Session, each func(sharing.Check)) error {
	for _, kind := range sharing.Checks {
		if err := f.wait(ctx); err != nil {
			return err
		}
		f.mu.Lock()
		c := sharing.Check{Kind: kind, Good: true, Room: 2_100_000_000}
		for _, bad := range f.bad {
			if bad.Kind == kind {
				c = bad
			}
		}
		fail := f.fail
		f.mu.Unlock()
		if fail != nil {
			return fail
		}
		each(c)
	}
	return nil
}

// wait takes as long as a step does, unless ctx ends before.
func (f *fakeServer) wait(ctx context.Context) error {
	f.mu.Lock()
	last, deaf := f.last, f.deaf
	f.mu.Unlock()
	if deaf {
		ctx = context.Background()
	}
	select {
	case <-time.After(last):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// act notes an act.
func (f *fakeServer) act(call string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call)
	err := f.refuse
	f.refuse = nil
	return err
}

// run is a move with all its steps.
func (f *fakeServer) run(ctx context.Context, call string, at func(sharing.Progress)) error {
	if err := f.act(call); err != nil {
		return err
	}
	for _, p := range []sharing.Progress{
		{Step: sharing.BackingUp}, {Step: sharing.Starting}, {Step: sharing.Copying, Done: 12_000, Total: 100_000}, {Step: sharing.Comparing},
	} {
		if p.Step == sharing.Starting && call != "Share" {
			continue
		}
		at(p)
		if err := f.wait(ctx); err != nil {
			return err
		}
	}
	at(sharing.Progress{Step: sharing.Switching})
	return f.wait(context.Background())
}

func (f *fakeServer) Share(ctx context.Context, _ *auth.Session, at func(sharing.Progress)) error {
	return f.run(ctx, "Share", at)
}

func (f *fakeServer) WorkAlone(ctx context.Context, _ *auth.Session, at func(sharing.Progress)) error {
	return f.run(ctx, "WorkAlone", at)
}

func (f *fakeServer) MoveTo(ctx context.Context, _ *auth.Session, target sharing.Target, at func(sharing.Progress)) error {
	f.set(func(f *fakeServer) { f.target = target })
	err := f.run(ctx, "MoveTo", at)
	if err == nil {
		f.on(sharing.Managed, target.Address+"/"+target.Database)
	}
	return err
}

func (f *fakeServer) ChangeAddress(_ context.Context, address string) error {
	return f.act("ChangeAddress " + address)
}

func (f *fakeServer) Leave(ctx context.Context, _ *auth.Session) error {
	if err := f.act("Leave"); err != nil {
		return err
	}
	return f.wait(ctx)
}

func (f *fakeServer) Status(ctx context.Context, _ *auth.Session) (sharing.Status, error) {
	f.set(func(f *fakeServer) { f.reads++ })
	if err := f.wait(ctx); err != nil {
		return sharing.Status{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status, f.fail
}

package keyring

import (
	"context"
	"slices"
	"sync"

	gokeyring "github.com/zalando/go-keyring"
)

// fake are items in memory, which can hang, fail and lie.
type fake struct {
	hold chan struct{} // if not nil, every call first waits for a receive from it
	err  error         // if not nil, the answer to every call
	deaf bool          // report success to every write and do nothing

	mu    sync.Mutex
	kept  map[string]string
	calls []string // as they began
	under int      // calls under way
	most  int      // the most that ever were
}

func newFake() *fake { return &fake{kept: map[string]string{}} }

// keyring returns a keyring over f that is always ready.
func (f *fake) keyring() *Keyring {
	return &Keyring{items: f, ready: func(context.Context) error { return nil }}
}

func (f *fake) begin(call string) error {
	f.mu.Lock()
	f.calls = append(f.calls, call)
	f.under++
	f.most = max(f.most, f.under)
	f.mu.Unlock()
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	f.under--
	return f.err
}

func (f *fake) get(name string) (string, error) {
	err := f.begin("get " + name)
	defer f.mu.Unlock()
	if err != nil {
		return "", err
	}
	value, ok := f.kept[name]
	if !ok {
		return "", gokeyring.ErrNotFound
	}
	return value, nil
}

func (f *fake) set(name, value string) error {
	err := f.begin("set " + name + "=" + value)
	defer f.mu.Unlock()
	if err == nil && !f.deaf {
		f.kept[name] = value
	}
	return err
}

func (f *fake) delete(name string) error {
	err := f.begin("delete " + name)
	defer f.mu.Unlock()
	if _, ok := f.kept[name]; err == nil && !ok {
		return gokeyring.ErrNotFound
	}
	if err == nil && !f.deaf {
		delete(f.kept, name)
	}
	return err
}

// began returns the calls so far, in the order they began.
func (f *fake) began() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

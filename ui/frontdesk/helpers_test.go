package frontdesk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	desks "anteroom/data/desk"
	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

var (
	_ Session = (*auth.Session)(nil)
	_ Desk    = (*desks.Desk)(nil)
)

func TestMain(m *testing.M) { uitest.Main(m) }

// fakeSession is a session as a test sets it.
type fakeSession struct {
	mu       sync.Mutex
	overview auth.Overview
	err      error
	reads    int
	saw      []int64
	zone     string

	dismissed  []string // whose requests for help
	dismissErr error
}

func (s *fakeSession) Overview(context.Context) (auth.Overview, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	return s.overview, s.err
}

func (s *fakeSession) Zone() auth.Zone { return auth.Zone{Name: s.zone} }

func (s *fakeSession) MarkNewsSeen(_ context.Context, seq int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.saw = append(s.saw, seq)
		s.overview.News = nil
	}
	return s.err
}

func (s *fakeSession) DismissHelp(_ context.Context, user string, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dismissed = append(s.dismissed, user)
	if !errors.Is(s.dismissErr, auth.ErrBusy) {
		s.overview.Help = slices.DeleteFunc(slices.Clone(s.overview.Help), func(h auth.HelpRequest) bool { return h.User == user && h.At.Equal(at) })
	}
	return errors.Join(s.err, s.dismissErr)
}

func (s *fakeSession) set(change func(*fakeSession)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// fakeDrafts are the forms that have a draft.
type fakeDrafts []string

func (f *fakeDrafts) Drafts() []string { return *f }

func (f *fakeDrafts) SetDraft(form, _ string) {
	*f = slices.DeleteFunc(*f, func(other string) bool { return other == form })
}

// newDesk is a desk on a practice in memory that has one practitioner.
func newDesk(t *testing.T) *desks.Desk {
	t.Helper()
	deps := auth.Deps{Location: &authtest.Memory{}, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap}
	p, s, err := auth.SetUp(t.Context(), deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: "seven quiet herons wade"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	d := desks.NewMemory(time.Now, data.DayFirst).Join(s)
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	_, err = d.SaveDetails(t.Context(), details)
	if err := errors.Join(err, d.Save(t.Context()), d.Sync(t.Context())); err != nil {
		t.Fatal(err)
	}
	return d
}

func anna() auth.Overview {
	return auth.Overview{Practice: "Brook Street", Name: "Anna Smith", Role: auth.Admin}
}

func benEnrolled(at time.Time) auth.News {
	return auth.News{Seq: 7, At: at, Kind: auth.NewsEnrolled, Who: "Ben Jones"}
}

// bubble runs a test with a clock and goroutines of its own.
func bubble(t *testing.T, fn func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		q := &uitest.Queue{}
		fn(t, ctx, q, work.Runner{Dispatch: q.Dispatch, Now: time.Now})
	})
}

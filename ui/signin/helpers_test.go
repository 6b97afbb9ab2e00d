package signin

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
	"anteroom/ui/looks"
	"anteroom/ui/work"
)

// queue is the UI goroutine of a test: what is dispatched runs when the test
// says so, on the test's own goroutine.
type queue struct {
	mu      sync.Mutex
	waiting []func()
	limit   time.Duration // of runUntil
}

func (q *queue) dispatch(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, f)
}

// run runs what was dispatched, and what that dispatches. It says whether that
// was anything.
func (q *queue) run() (any bool) {
	for {
		q.mu.Lock()
		all := q.waiting
		q.waiting = nil
		q.mu.Unlock()
		if len(all) == 0 {
			return any
		}
		any = true
		for _, f := range all {
			f()
		}
	}
}

// pass lets time pass in a bubble of synctest, second by second.
func (q *queue) pass(d time.Duration) {
	for end := time.Now().Add(d); ; {
		for again := true; again; again = q.run() {
			synctest.Wait()
		}
		left := time.Until(end)
		if left <= 0 {
			return
		}
		time.Sleep(min(left, 50*time.Millisecond))
	}
}

// runUntil runs what is dispatched until a state holds.
func (q *queue) runUntil(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(q.limit); ; time.Sleep(time.Millisecond) {
		q.run()
		if holds() {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// desk is a window of the least size Anteroom supports, and its UI goroutine.
type desk struct {
	*queue
	window fyne.Window
	leave  context.CancelFunc
	host   Host
}

func newDesk(t *testing.T) *desk { return newDeskIn(t, looks.New(looks.Light, 1)) }

func newDeskIn(t *testing.T, theme fyne.Theme) *desk {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme)
	d := &desk{queue: &queue{limit: limits.Wait(t)}, window: test.NewTempWindow(t, container.NewWithoutLayout())}
	d.window.SetPadded(false)
	d.window.Resize(fyne.NewSize(1024, 700))
	d.host, d.leave = newHost(t, d.queue)
	d.host.Window = d.window
	return d
}

// newHost is a host without a window, for presenters.
func newHost(t *testing.T, q *queue) (host Host, leave context.CancelFunc) {
	ctx, leave := context.WithCancel(t.Context())
	return Host{Ctx: ctx, Runner: work.Runner{Dispatch: q.dispatch, Now: time.Now}}, leave
}

// led is where a step of a sign-in led.
type led struct {
	state *auth.State
	over  error
	shut  error
}

func (l *led) ways() Ways {
	return Ways{
		OnState: func(s auth.State) { l.state = &s },
		OnOver:  func(err error) { l.over = err },
		OnShut:  func(err error) { l.shut = err },
	}
}

// answer is what a fake gives back, after some time.
type answer struct {
	state auth.State
	err   error
	after time.Duration
}

// answers gives one after the other, and counts.
type answers struct {
	list  []answer
	asked int
}

func (a *answers) next(ctx context.Context) (auth.State, error) {
	now := a.list[0]
	a.list = a.list[1:]
	a.asked++
	select {
	case <-ctx.Done():
		return auth.State{}, ctx.Err()
	case <-time.After(now.after):
		return now.state, now.err
	}
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// show shows a screen as the window does.
func (d *desk) show(s interface {
	Content() fyne.CanvasObject
	Focus()
}) {
	d.window.SetContent(s.Content())
	s.Focus()
}

// press presses a key the way the window does: what has the focus gets it, or else the canvas.
func (d *desk) press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := d.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
	} else if typed := d.window.Canvas().OnTypedKey(); typed != nil {
		typed(key)
	}
}

// typeText types into what has the focus.
func (d *desk) typeText(text string) { test.Type(d.window.Canvas().Focused(), text) }

const testPassword = "seven quiet herons wade"

// newTestEnrolment is an authenticator being set up at a practice in memory.
func newTestEnrolment() *auth.Enrolment {
	_, session := newTestPractice()
	ctx := context.Background()
	if err := session.StepUp(ctx, testPassword, ""); err != nil {
		panic(err)
	}
	e, err := session.NewEnrolment(ctx)
	if err != nil {
		panic(err)
	}
	return e
}

func newTestPractice() (*auth.Practice, *auth.Session) {
	practice, session, err := auth.SetUp(context.Background(), auth.Deps{
		Location: &authtest.Memory{}, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap,
	}, auth.SetUpForm{Practice: "Brook Street & Söhne: Clinic", Name: "Anna Smith", Username: "asmith", Password: testPassword})
	if err != nil {
		panic(err)
	}
	return practice, session
}

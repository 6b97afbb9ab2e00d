package signin

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// enrolmentView is what the dialog "Set up two-factor authentication" shows.
type enrolmentView struct {
	Error     string
	Stage     screen.Stage
	Copied    string // says that the key is on the clipboard; "" when not
	CanSubmit bool
}

// enrolment decides what the dialog does.
type enrolment struct {
	params  EnrolmentParams
	display *screen.View[enrolmentView]
	retype  func() // empties the field and gives it the focus
	close   func() // takes the dialog and its secrets off the screen

	task      *screen.Task
	countdown countdown
	failed    Failure
	copied    int // how often the key was copied; 0: it is on the clipboard no more
}

func newEnrolment(p EnrolmentParams) *enrolment {
	e := &enrolment{params: p}
	e.task = screen.NewTask(p.Scope, e.refresh)
	e.countdown = newCountdown(p.Scope, e.refresh)
	return e
}

// begin shows the dialog for the first time.
func (e *enrolment) begin(display *screen.View[enrolmentView], retype, closeAll func()) {
	e.display, e.retype, e.close = display, retype, closeAll
	e.refresh()
}

func (e *enrolment) refresh() { e.display.Show(e.view()) }

func (e *enrolment) view() enrolmentView {
	now := e.params.Now()
	v := enrolmentView{
		Error:     e.failed.Text(now),
		Stage:     e.task.Stage(),
		CanSubmit: !e.task.IsBusy() && e.failed.Wait(now) <= 0,
	}
	if e.copied > 0 {
		v.Copied = lang.L("Copied. It leaves the clipboard in 60 s")
	}
	return v
}

// submit confirms with a code, unless that goes on already or a wait is running.
func (e *enrolment) submit(code string) {
	if !e.view().CanSubmit {
		return
	}
	e.fail(nil)
	e.task.Run(func(ctx context.Context) error { return e.params.Confirm(ctx, code) }, e.confirmed)
}

func (e *enrolment) confirmed(err error, isLeft bool) {
	switch {
	case isLeft && err != nil:
	case err == nil:
		e.close()
		e.params.Done()
	case endsEnrolment(err):
		e.close()
		e.params.Over(err)
	default:
		e.fail(err)
		e.refresh()
		if !isCancelled(err) && !errors.Is(err, auth.ErrCodeFormat) {
			e.retype()
		}
	}
}

func (e *enrolment) fail(err error) {
	e.failed = FailedAt(e.params.Now(), err)
	e.countdown.run(e.failed.countsDown())
}

// endsEnrolment says that after this error no code confirms any more.
func endsEnrolment(err error) bool {
	return errors.Is(err, auth.ErrAttemptOver) || errors.Is(err, auth.ErrSessionEnded) ||
		errors.Is(err, auth.ErrForbidden) || IsUntrusted(err)
}

// copyKey puts a key on the clipboard for a while, and says so as long as it is there.
func (e *enrolment) copyKey(key string) {
	e.params.Copier.Copy(strings.ReplaceAll(key, " ", ""))
	e.copied++
	copied := e.copied
	e.refresh()
	e.params.After(work.CopiedFor, func() {
		if e.copied == copied { // else it was copied again since
			e.copied = 0
			e.refresh()
		}
	})
}

// resetText says who reset the authenticator that there was.
func resetText(n *auth.ResetNote) string {
	if n == nil {
		return ""
	}
	return lang.L("Two-factor was reset by {{.Name}} on {{.Date}}", map[string]any{"Name": n.By, "Date": words.Date(n.At)})
}

// keyLines are a key's groups of four, so many on each line.
func keyLines(key string, perLine int) string {
	groups := strings.Fields(key)
	var lines []string
	for len(groups) > 0 {
		n := min(perLine, len(groups))
		lines = append(lines, strings.Join(groups[:n], " "))
		groups = groups[n:]
	}
	return strings.Join(lines, "\n")
}

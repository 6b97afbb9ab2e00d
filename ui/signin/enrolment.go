package signin

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// enrolmentView is what the dialog "Set up two-factor authentication" shows.
type enrolmentView struct {
	Error     string
	Waiting   waiting
	Copied    string // says that the key is on the clipboard; "" when not
	CanSubmit bool
}

type enrolmentDisplay interface {
	show(enrolmentView)
	retype() // empties the field and gives it the focus
	close()  // takes the dialog and its secrets off the screen
}

// enrolment decides what the dialog does.
type enrolment struct {
	confirm func(ctx context.Context, code string) error
	done    func()
	over    func(error)
	copier  *work.Copier
	display enrolmentDisplay
	now     func() time.Time

	task      task
	countdown countdown
	failed    failure
	copied    int // how often the key was copied; 0: it is on the clipboard no more
}

func newEnrolment(host Host, p EnrolmentParams) *enrolment {
	e := &enrolment{confirm: p.Confirm, done: p.Done, over: p.Over, copier: p.Copier, now: host.Runner.Now}
	e.task = newTask(host, e.refresh)
	e.countdown = newCountdown(host, e.refresh)
	return e
}

// begin shows the dialog for the first time.
func (e *enrolment) begin(display enrolmentDisplay) {
	e.display = display
	e.refresh()
}

func (e *enrolment) refresh() { e.display.show(e.view()) }

func (e *enrolment) view() enrolmentView {
	now := e.now()
	v := enrolmentView{
		Error:     e.failed.text(now),
		Waiting:   e.task.waiting,
		CanSubmit: e.task.waiting == idle && e.failed.Wait(now) <= 0,
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
	e.task.run(func(ctx context.Context) error { return e.confirm(ctx, code) }, e.judged)
}

func (e *enrolment) judged(err error, late bool) {
	switch {
	case late && err != nil:
	case err == nil:
		e.display.close()
		e.done()
	case endsEnrolment(err):
		e.display.close()
		e.over(err)
	default:
		e.fail(err)
		e.refresh()
		if !calledOff(err) && !errors.Is(err, auth.ErrCodeFormat) {
			e.display.retype()
		}
	}
}

func (e *enrolment) fail(err error) {
	e.failed = failedAt(e.now(), err)
	e.countdown.run(e.failed.counts())
}

// endsEnrolment says that after this error no code confirms any more.
func endsEnrolment(err error) bool {
	return errors.Is(err, auth.ErrAttemptOver) || errors.Is(err, auth.ErrSessionEnded) ||
		errors.Is(err, auth.ErrForbidden) || Shuts(err)
}

// copyKey puts a key on the clipboard for a while, and says so as long as it is there.
func (e *enrolment) copyKey(key string) {
	e.copier.Copy(strings.ReplaceAll(key, " ", ""))
	e.copied++
	copied := e.copied
	e.refresh()
	e.task.runner.After(e.task.ctx, work.CopiedFor, func() {
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

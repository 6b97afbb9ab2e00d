package signin

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// recoveryView is what the screen "Your recovery codes" shows.
type recoveryView struct {
	Said      string // what went well
	Error     string // what did not
	Unkept    bool   // that they were put away could not be noted; going on is possible
	Waiting   waiting
	CanSubmit bool
	Save      saveView
}

type recoveryDisplay interface {
	show(recoveryView)
	closeSave() // takes the dialog "Save as PDF" away
}

// recovery decides what the screen does.
type recovery struct {
	params  RecoveryCodesParams
	display recoveryDisplay
	task    task
	saver   saver

	said   string
	failed error
	unkept bool
	copies int // how often they were copied
}

func newRecovery(p RecoveryCodesParams) *recovery {
	r := &recovery{params: p, said: p.Said}
	r.task = newTask(p.Host, r.refresh)
	r.saver = saver{
		file:    recoveryFileName,
		ownDisk: func(path string) bool { return p.OwnDisk(path) },
		write:   func(path string) error { return p.Save(path) },
		run: func(slow func() error, done func(error)) {
			r.run(func(context.Context) error { return slow() }, done)
		},
		canRun: func() bool { return r.task.waiting == idle },
		saved: func(said string) {
			r.said, r.failed = said, nil
			r.display.closeSave()
		},
		refresh: r.refresh,
	}
	return r
}

// begin shows the screen for the first time.
func (r *recovery) begin(display recoveryDisplay) {
	r.display = display
	r.refresh()
}

func (r *recovery) refresh() { r.display.show(r.view()) }

func (r *recovery) view() recoveryView {
	v := recoveryView{
		Said: r.said, Unkept: r.unkept,
		Waiting: r.task.waiting, CanSubmit: r.task.waiting == idle, Save: r.saver.view(),
	}
	switch {
	case r.failed == nil || errors.Is(r.failed, context.Canceled):
	case r.unkept:
		v.Error = lang.L("{{.Reason}} Or go on: your next sign-in with a code makes new ones.",
			map[string]any{"Reason": words.Error(r.failed)})
	default:
		v.Error = words.Error(r.failed)
	}
	return v
}

// run does slow work, and ends the screen where the session is over.
func (r *recovery) run(slow func(context.Context) error, done func(error)) {
	r.task.start(slow, func(err error) {
		if errors.Is(err, auth.ErrSessionEnded) || Shuts(err) {
			r.params.OnEnded(err)
			return
		}
		done(err)
	})
}

func (r *recovery) say(text string, err error) {
	r.said, r.failed = text, err
	r.refresh()
}

// keep notes that the codes were put away and goes on. Where that can't be noted
// it says so once, and goes on the next time all the same.
func (r *recovery) keep() {
	if r.task.waiting != idle {
		return
	}
	before := r.unkept
	r.said, r.failed = "", nil
	r.run(r.params.Keep, func(err error) {
		if err == nil || before {
			r.params.Done()
			return
		}
		r.unkept = !isCancelled(err)
		r.say("", err)
	})
}

// print shows the page in the system's viewer.
func (r *recovery) print() {
	r.run(func(context.Context) error { return r.params.Print() }, func(err error) {
		r.unkept = false
		if err != nil {
			r.say("", err)
			return
		}
		r.say(lang.L("The page is open in the viewer. Print it there."), nil)
	})
}

// copy puts the codes on the clipboard for a while, and says so as long as they
// are there and nothing else is to be said.
func (r *recovery) copy() {
	r.params.Copier.Copy(strings.Join(r.params.Codes, "\n") + "\n")
	r.copies++
	copied, text := r.copies, lang.L("Copied. It leaves the clipboard in 60 s")
	r.unkept = false
	r.say(text, nil)
	r.task.runner.After(r.task.ctx, work.CopiedFor, func() {
		if r.copies == copied && r.said == text {
			r.say("", nil)
		}
	})
}

func recoveryFileName() string { return lang.L("Anteroom recovery codes.pdf") }

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

// recoveryCodesView is what the screen "Your recovery codes" shows.
type recoveryCodesView struct {
	Said      string // what went well
	Error     string // what did not
	Unkept    bool   // that they were put away could not be noted; going on is possible
	Stage     screen.Stage
	CanSubmit bool
	Save      screen.SaveView
}

// recoveryCodes decides what the screen does.
type recoveryCodes struct {
	params    RecoveryCodesParams
	display   *screen.View[recoveryCodesView]
	closeSave func() // takes the dialog "Save as PDF" away
	task      *screen.Task
	saver     screen.Saver

	said   string
	failed error
	unkept bool
	copies int // how often they were copied
}

func newRecoveryCodes(p RecoveryCodesParams) *recoveryCodes {
	r := &recoveryCodes{params: p}
	r.task = screen.NewTask(p.Scope, r.refresh)
	r.saver = screen.Saver{
		File:    recoveryCodesFile,
		OwnDisk: p.OwnDisk,
		Write:   p.Save,
		Run: func(slow func() error, done func(error)) {
			r.run(func(context.Context) error { return slow() }, done)
		},
		CanRun: func() bool { return !r.task.IsBusy() },
		Saved: func(said string) {
			r.said, r.failed = said, nil
			r.closeSave()
		},
		Changed: r.refresh,
	}
	return r
}

// begin shows the screen for the first time.
func (r *recoveryCodes) begin(display *screen.View[recoveryCodesView], closeSave func()) {
	r.display, r.closeSave = display, closeSave
	r.refresh()
}

func (r *recoveryCodes) refresh() { r.display.Show(r.view()) }

func (r *recoveryCodes) view() recoveryCodesView {
	v := recoveryCodesView{
		Said: r.said, Unkept: r.unkept,
		Stage: r.task.Stage(), CanSubmit: !r.task.IsBusy(), Save: r.saver.View(),
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
func (r *recoveryCodes) run(slow func(context.Context) error, done func(error)) {
	r.task.Start(slow, func(err error) {
		if errors.Is(err, auth.ErrSessionEnded) || IsUntrusted(err) {
			r.params.OnEnded(err)
			return
		}
		done(err)
	})
}

func (r *recoveryCodes) say(text string, err error) {
	r.said, r.failed = text, err
	r.refresh()
}

// keep notes that the codes were put away and goes on. Where that can't be noted
// it says so once, and goes on the next time all the same.
func (r *recoveryCodes) keep() {
	if r.task.IsBusy() {
		return
	}
	before := r.unkept
	r.said, r.failed = "", nil
	r.run(r.params.Keep, func(err error) {
		if err == nil || before {
			r.params.Done()
			return
		}
		r.unkept = !errors.Is(err, context.Canceled) || errors.Is(err, auth.ErrNotAnchored)
		r.say("", err)
	})
}

// print shows the page in the system's viewer.
func (r *recoveryCodes) print() {
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
func (r *recoveryCodes) copy() {
	r.params.Copier.Copy(strings.Join(r.params.Codes, "\n") + "\n")
	r.copies++
	copied, text := r.copies, lang.L("Copied. It leaves the clipboard in 60 s")
	r.unkept = false
	r.say(text, nil)
	r.params.After(work.CopiedFor, func() {
		if r.copies == copied && r.said == text {
			r.say("", nil)
		}
	})
}

func recoveryCodesFile() string { return lang.L("Anteroom recovery codes.pdf") }

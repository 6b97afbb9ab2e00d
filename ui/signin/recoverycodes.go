package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// recoveryView is what the screen "Your recovery codes" shows.
type recoveryView struct {
	Said      string // what went well
	Error     string // what did not
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

	said   string
	failed error
	save   saving
	unkept bool // that they were put away could not be noted
}

func newRecovery(p RecoveryCodesParams) *recovery {
	r := &recovery{params: p}
	r.task = newTask(p.Host, r.refresh)
	return r
}

// begin shows the screen for the first time.
func (r *recovery) begin(display recoveryDisplay) {
	r.display = display
	r.refresh()
}

func (r *recovery) refresh() { r.display.show(r.view()) }

func (r *recovery) view() recoveryView {
	v := recoveryView{Said: r.said, Waiting: r.task.waiting, CanSubmit: r.task.waiting == idle, Save: r.save.view()}
	if r.failed != nil {
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
// it says so once, and goes on the next time: new ones come with the next code.
func (r *recovery) keep() {
	if r.unkept {
		r.params.Done()
		return
	}
	r.run(r.params.Keep, func(err error) {
		if err == nil {
			r.params.Done()
			return
		}
		r.unkept = true
		r.say("", err)
	})
}

// print shows the page in the system's viewer.
func (r *recovery) print() {
	r.run(func(context.Context) error { return r.params.Print() }, func(err error) {
		if err != nil {
			r.say("", err)
			return
		}
		r.say(lang.L("The page is open in the viewer. Print it there."), nil)
	})
}

// copy puts the codes on the clipboard for a while.
func (r *recovery) copy() {
	r.params.Copier.Copy(codeLines(r.params.Codes))
	r.say(lang.L("Copied. It leaves the clipboard in 60 s"), nil)
	r.task.runner.After(r.task.ctx, work.CopiedFor, func() { r.say("", nil) })
}

func codeLines(codes []string) string {
	text := ""
	for _, code := range codes {
		text += code + "\n"
	}
	return text
}

func recoveryFileName() string { return lang.L("Anteroom recovery codes.pdf") }

// openSave says that the dialog is shown, with nothing wrong yet.
func (r *recovery) openSave() {
	r.save = saving{open: true, busy: r.save.busy}
	r.refresh()
}

// leaveSave says that the dialog was closed. What is being written is written.
func (r *recovery) leaveSave() { r.save = saving{busy: r.save.busy} }

// pathEdited takes the warning and the error away: they were about another path.
func (r *recovery) pathEdited() {
	if r.save.failed != nil {
		r.save.failed = nil
		r.refresh()
	}
}

// saveTo saves the page as a file; on this computer's own disk only for who was
// warned.
func (r *recovery) saveTo(typed string) {
	path, err := WholePath(typed, recoveryFileName())
	if err != nil {
		r.save.failed = err
		r.refresh()
		return
	}
	warned := errors.Is(r.save.failed, errOwnDisk)
	r.save.busy, r.save.failed = true, nil
	r.run(func(context.Context) error {
		if !warned && r.params.OwnDisk(path) {
			return errOwnDisk
		}
		return r.params.Save(path)
	}, func(err error) {
		r.save.busy = false
		if err == nil {
			r.said, r.failed = lang.L("Saved as {{.Path}}.", map[string]any{"Path": path}), nil
			r.display.closeSave()
		} else if r.save.open {
			r.save.failed = err
		}
		r.refresh()
	})
}

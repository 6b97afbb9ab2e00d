package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// recoveryCase is the presenter that shows Ben's codes; its answers are to Print and Save.
type recoveryCase struct {
	*screentest.Bubble
	ben       *practice.Window
	codes     []string
	answers   answers
	clipboard fyne.Clipboard
	shown     recoveryCodesView
	presenter *recoveryCodes
	saved     []string
	done      int
	closed    int
}

func newRecoveryCase(t *testing.T, b *screentest.Bubble, list []answer) *recoveryCase {
	t.Helper()
	all := newPractice(t)
	all.TurnOn()
	return &recoveryCase{Bubble: b, ben: all.Ben, codes: newBensCodes(t, all), answers: answers{list: list}, clipboard: test.NewClipboard()}
}

func inRecovery(t *testing.T, list []answer, fn func(t *testing.T, c *recoveryCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := newRecoveryCase(t, b, list)
		c.presenter = newRecoveryCodes(c.params(b.Scope, nil))
		c.presenter.begin(screentest.View(&c.shown), func() { c.closed++ })
		fn(t, c)
		c.ben.Answer()
	})
}

func (c *recoveryCase) params(s screen.Scope, w fyne.Window) RecoveryCodesParams {
	return RecoveryCodesParams{
		Scope: s, Window: w, Codes: c.codes, Copier: work.NewCopier(s.Runner, c.clipboard), Folder: documents,
		Keep:  c.ben.Session.KeptRecoveryCodes,
		Print: func() error { return c.answers.next(context.Background()) },
		Save: func(path string) error {
			c.saved = append(c.saved, path)
			return c.answers.next(context.Background())
		},
		OwnDisk: func(string) bool { return false },
		Done:    func() { c.done++ },
	}
}

func TestRecoveryCodesPutAway(t *testing.T) {
	inRecovery(t, nil, func(t *testing.T, c *recoveryCase) {
		c.ben.Delay(time.Second)
		c.presenter.keep()
		c.presenter.keep()
		c.Pass(500 * time.Millisecond)
		want(t, "can submit", c.shown.CanSubmit, false)
		want(t, "stage", c.shown.Stage, screen.Lasting)
		c.Pass(5 * time.Second)
		want(t, "done", c.done, 1)
	})
}

// Nobody is kept from work because it can't be noted: it is tried twice.
func TestRecoveryCodesThatCannotBeNoted(t *testing.T) {
	inRecovery(t, nil, func(t *testing.T, c *recoveryCase) {
		c.ben.FailWrites(auth.ErrDiskFull)
		c.presenter.keep()
		c.Settle()
		want(t, "done", c.done, 0)
		want(t, "error", c.shown.Error, words.Error(auth.ErrDiskFull)+" Or go on: your next sign-in with a code makes new ones.")
		want(t, "unkept", c.shown.Unkept, true)
		c.presenter.keep()
		c.Settle()
		want(t, "done", c.done, 1)
	})
	inRecovery(t, nil, func(t *testing.T, c *recoveryCase) {
		c.ben.Delay(time.Minute)
		c.presenter.keep()
		c.Pass(10 * time.Second)
		c.presenter.task.Cancel()
		c.Settle()
		want(t, "error after Cancel", c.shown.Error, "")
		want(t, "unkept after Cancel", c.shown.Unkept, false)
		c.ben.Answer()
		c.presenter.keep()
		c.Settle()
		want(t, "done", c.done, 1)
	})
}

func TestRecoveryCodesPrint(t *testing.T) {
	inRecovery(t, []answer{{err: words.ErrViewer}, {after: time.Second}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.print()
		c.Settle()
		want(t, "error", c.shown.Error, "No program of this computer shows the page. Save it as a PDF instead.")
		c.presenter.print()
		c.presenter.saver.Save(authtest.Path("/usb/a.pdf")) // while it is being printed
		c.Pass(2 * time.Second)
		want(t, "saving", c.shown.Save.Busy, false)
		want(t, "said", c.shown.Said, "The page is open in the viewer. Print it there.")
		want(t, "error", c.shown.Error, "")
		want(t, "saved", len(c.saved), 0)
	})
}

func TestRecoveryCodesAreCopiedForAMinute(t *testing.T) {
	inRecovery(t, []answer{{}}, func(t *testing.T, c *recoveryCase) {
		const copied = "Copied. It leaves the clipboard in 60 s"
		c.presenter.copy()
		want(t, "clipboard", c.clipboard.Content(), strings.Join(c.codes, "\n")+"\n")
		want(t, "said", c.shown.Said, copied)
		c.Pass(30 * time.Second)
		c.presenter.copy()
		c.Pass(59 * time.Second)
		want(t, "said", c.shown.Said, copied)
		c.Pass(time.Second)
		want(t, "clipboard after a minute", c.clipboard.Content(), "")
		want(t, "said after a minute", c.shown.Said, "")

		c.presenter.copy()
		c.Pass(30 * time.Second)
		c.presenter.print()
		c.Pass(30 * time.Second)
		want(t, "said of the page", c.shown.Said, "The page is open in the viewer. Print it there.")
		want(t, "clipboard", c.clipboard.Content(), "")
	})
}

func TestRecoveryCodesEndWithTheSession(t *testing.T) {
	for _, reason := range []error{auth.ErrSessionEnded, auth.ErrDamaged} {
		for name, act := range map[string]func(*recoveryCodes){
			"print": (*recoveryCodes).print, "save": func(r *recoveryCodes) { r.saver.Save(authtest.Path("/usb/a.pdf")) },
		} {
			inRecovery(t, []answer{{err: errors.Join(reason)}}, func(t *testing.T, c *recoveryCase) {
				act(c.presenter)
				c.Settle()
				want(t, name+": ended", len(c.Ended) == 1 && errors.Is(c.Ended[0], reason), true)
			})
		}
	}
	inRecovery(t, nil, func(t *testing.T, c *recoveryCase) {
		must(t, c.ben.Session.SignOut(t.Context()))
		c.presenter.keep()
		c.Settle()
		want(t, "ended", len(c.Ended), 1)
		want(t, "done", c.done, 0)
	})
}

// recoveryDesk is the screen in a window.
type recoveryDesk struct {
	*desk
	*recoveryCase
	screen *RecoveryCodesScreen
}

func inRecoveryDesk(t *testing.T, list []answer, fn func(t *testing.T, d *recoveryDesk)) {
	t.Helper()
	inWindow(t, func(t *testing.T, w *desk) {
		d := &recoveryDesk{desk: w, recoveryCase: newRecoveryCase(t, w.Bubble, list)}
		d.screen = NewRecoveryCodes(d.params(w.Scope, w.Window))
		w.Show(d.screen)
		fn(t, d)
		d.ben.Answer()
	})
}

// shown counts the codes that are anywhere in the window.
func (d *recoveryDesk) shown() int {
	text, n := strings.Join(d.Texts(), "\n"), 0
	for _, code := range d.codes {
		if strings.Contains(text, code) {
			n++
		}
	}
	return n
}

func TestRecoveryCodesScreenByKeyboard(t *testing.T) {
	inRecoveryDesk(t, []answer{{}}, func(t *testing.T, d *recoveryDesk) {
		want(t, "codes shown", d.shown(), 10)
		isFocused(t, d.desk, "first", nil)
		d.Press(fyne.KeyEscape)
		d.Press(fyne.KeyReturn) // an Enter too many, after the sixth digit of a code
		d.desk.Settle()
		want(t, "said after it", d.screen.said.Text(), "")
		want(t, "done after it", d.done, 0)
		d.Tab()
		isFocused(t, d.desk, "first Tab", d.screen.print)
		d.Press(fyne.KeyReturn)
		d.desk.Settle()
		want(t, "said of the page", d.screen.said.Text() != "", true)
		for _, next := range []fyne.Focusable{d.screen.save, d.screen.copy, d.screen.footer.Primary} {
			d.Tab()
			isFocused(t, d.desk, "Tab", next)
		}
		d.Press(fyne.KeyReturn)
		d.desk.Settle()
		want(t, "done", d.done, 1)
	})
}

func TestRecoveryCodesScreenGoesOn(t *testing.T) {
	inRecoveryDesk(t, nil, func(t *testing.T, d *recoveryDesk) {
		d.ben.FailWrites(auth.ErrDiskFull)
		before := place(d.screen.footer.Primary).Y
		test.Tap(d.screen.footer.Primary)
		d.desk.Settle()
		want(t, "says something", d.screen.said.Text() != "", true)
		want(t, "button", d.screen.footer.Primary.Text, "Go on")
		want(t, "height of the button", place(d.screen.footer.Primary).Y, before)
		test.Tap(d.screen.footer.Primary)
		d.desk.Settle()
		want(t, "done", d.done, 1)
	})
}

func TestRecoveryCodesScreenSavesAsPDF(t *testing.T) {
	inRecoveryDesk(t, []answer{{}}, func(t *testing.T, d *recoveryDesk) {
		test.Tap(d.screen.save)
		d.Press(fyne.KeyEscape)
		want(t, "dialog after Esc", d.Dialog(), nil)
		test.Tap(d.screen.save)
		d.Press(fyne.KeyReturn)
		d.desk.Settle()
		want(t, "dialog", d.Dialog(), nil)
		want(t, "said", d.screen.said.Text(), "Saved as "+authtest.Path("/home/reception/Documents/Anteroom recovery codes.pdf")+".")
	})
}

func TestRecoveryCodesScreenWipesOnClose(t *testing.T) {
	inRecoveryDesk(t, nil, func(t *testing.T, d *recoveryDesk) {
		test.Tap(d.screen.save)
		d.desk.Leave()
		d.screen.Close()
		want(t, "codes in the window", d.shown(), 0)
		want(t, "dialog", d.Dialog(), nil)
	})
}

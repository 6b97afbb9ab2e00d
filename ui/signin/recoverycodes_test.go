package signin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

func sampleCodes() []string {
	var codes []string
	for i := range 10 {
		codes = append(codes, fmt.Sprintf("%04d-mnpq-wxyz-0%03d", 1234+i, i))
	}
	return codes
}

type fakeRecoveryScreen struct {
	view   recoveryView
	closed int
}

func (f *fakeRecoveryScreen) show(v recoveryView) { f.view = v }
func (f *fakeRecoveryScreen) closeSave()          { f.closed++ }

// recoveryCase is the presenter; its answers are to Keep, Print and Save.
type recoveryCase struct {
	*queue
	answers   answers
	clipboard fyne.Clipboard
	display   *fakeRecoveryScreen
	presenter *recovery
	ownDisk   bool
	saved     []string
	done      int
	ended     error
}

func inRecovery(t *testing.T, list []answer, test func(*testing.T, *recoveryCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := newRecoveryCase(list)
		host, leave := newHost(t, c.queue)
		defer leave()
		c.presenter = newRecovery(c.params(host))
		c.presenter.begin(c.display)
		test(t, c)
	})
}

func newRecoveryCase(list []answer) *recoveryCase {
	return &recoveryCase{queue: &queue{}, answers: answers{list: list}, clipboard: test.NewClipboard(), display: &fakeRecoveryScreen{}}
}

func (c *recoveryCase) params(host Host) RecoveryCodesParams {
	slow := func(ctx context.Context) error {
		_, err := c.answers.next(ctx)
		return err
	}
	return RecoveryCodesParams{
		Host: host, Codes: sampleCodes(), Copier: work.NewCopier(host.Runner, c.clipboard), Folder: authtest.Path("/home/reception/Documents"),
		Keep:  slow,
		Print: func() error { return slow(context.Background()) },
		Save: func(path string) error {
			c.saved = append(c.saved, path)
			return slow(context.Background())
		},
		OwnDisk: func(string) bool { return c.ownDisk },
		Done:    func() { c.done++ },
		OnEnded: func(err error) { c.ended = err },
	}
}

func TestRecoveryCodesPutAway(t *testing.T) {
	inRecovery(t, []answer{{after: time.Second}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.keep()
		c.presenter.keep()
		c.pass(500 * time.Millisecond)
		want(t, "can submit", c.display.view.CanSubmit, false)
		want(t, "waiting", c.display.view.Waiting, lasting)
		c.pass(time.Second)
		want(t, "done", c.done, 1)
	})
}

// Nobody is kept from work because it can't be noted: it is tried twice.
func TestRecoveryCodesThatCannotBeNoted(t *testing.T) {
	inRecovery(t, []answer{{err: auth.ErrDiskFull}, {err: auth.ErrDiskFull}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.keep()
		c.pass(0)
		want(t, "done", c.done, 0)
		want(t, "error", c.display.view.Error, words.Error(auth.ErrDiskFull)+" Or go on: your next sign-in with a code makes new ones.")
		want(t, "unkept", c.display.view.Unkept, true)
		c.presenter.keep()
		c.pass(0)
		want(t, "done", c.done, 1)
	})
	inRecovery(t, []answer{{after: time.Minute}, {}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.keep()
		c.pass(10 * time.Second)
		c.presenter.task.cancel()
		c.pass(0)
		want(t, "error after Cancel", c.display.view.Error, "")
		want(t, "unkept after Cancel", c.display.view.Unkept, false)
		c.presenter.keep()
		c.pass(0)
		want(t, "done", c.done, 1)
	})
}

func TestRecoveryCodesPrint(t *testing.T) {
	inRecovery(t, []answer{{err: words.ErrViewer}, {after: time.Second}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.print()
		c.pass(0)
		want(t, "error", c.display.view.Error, "No program of this computer shows the page. Save it as a PDF instead.")
		c.presenter.print()
		c.presenter.saver.openSave()
		c.presenter.saver.saveTo(authtest.Path("/usb/a.pdf")) // while it is being printed
		c.pass(2 * time.Second)
		want(t, "saving", c.display.view.Save.Busy, false)
		want(t, "said", c.display.view.Said, "The page is open in the viewer. Print it there.")
		want(t, "error", c.display.view.Error, "")
		want(t, "saved", len(c.saved), 0)
	})
}

func TestRecoveryCodesAreCopiedForAMinute(t *testing.T) {
	inRecovery(t, []answer{{}}, func(t *testing.T, c *recoveryCase) {
		const copied = "Copied. It leaves the clipboard in 60 s"
		c.presenter.copy()
		want(t, "clipboard", c.clipboard.Content(), strings.Join(sampleCodes(), "\n")+"\n")
		want(t, "said", c.display.view.Said, copied)
		c.pass(30 * time.Second)
		c.presenter.copy()
		c.pass(59 * time.Second)
		want(t, "said", c.display.view.Said, copied)
		c.pass(time.Second)
		want(t, "clipboard after a minute", c.clipboard.Content(), "")
		want(t, "said after a minute", c.display.view.Said, "")

		c.presenter.copy()
		c.pass(30 * time.Second)
		c.presenter.print()
		c.pass(30 * time.Second)
		want(t, "said of the page", c.display.view.Said, "The page is open in the viewer. Print it there.")
		want(t, "clipboard", c.clipboard.Content(), "")
	})
}

func TestRecoveryCodesSave(t *testing.T) {
	inRecovery(t, []answer{{err: auth.ErrReadOnly}, {}}, func(t *testing.T, c *recoveryCase) {
		c.presenter.saver.openSave()
		c.presenter.saver.saveTo(authtest.Path("/usb/"))
		c.pass(0)
		want(t, "error", c.display.view.Save.Error, "Nothing can be written to this folder. Choose another one.")
		c.presenter.saver.pathEdited()
		want(t, "error after typing", c.display.view.Save.Error, "")
		c.ownDisk = true
		c.presenter.saver.saveTo(authtest.Path("/home/a.pdf"))
		c.pass(0)
		want(t, "warned", c.display.view.Save, saveView{OwnDisk: true})
		c.presenter.saver.saveTo(authtest.Path("/home/a.pdf"))
		c.pass(0)
		want(t, "saved", strings.Join(c.saved, " "), authtest.Path("/usb/Anteroom recovery codes.pdf")+" "+authtest.Path("/home/a.pdf"))
		want(t, "said", c.display.view.Said, "Saved as "+authtest.Path("/home/a.pdf")+".")
		want(t, "closed", c.display.closed, 1)
	})
}

func TestRecoveryCodesEndWithTheSession(t *testing.T) {
	for _, reason := range []error{auth.ErrSessionEnded, auth.ErrDamaged} {
		for name, act := range map[string]func(*recovery){
			"keep": (*recovery).keep, "print": (*recovery).print, "save": func(r *recovery) { r.saver.saveTo(authtest.Path("/usb/a.pdf")) },
		} {
			inRecovery(t, []answer{{err: errors.Join(reason)}}, func(t *testing.T, c *recoveryCase) {
				act(c.presenter)
				c.pass(0)
				if !errors.Is(c.ended, reason) {
					t.Errorf("%s: ended because of %v, want %v", name, c.ended, reason)
				}
				want(t, name+": done", c.done, 0)
			})
		}
	}
}

// recoveryDesk is the screen in a window.
type recoveryDesk struct {
	*desk
	*recoveryCase
	screen *RecoveryCodesScreen
}

func newRecoveryDesk(t *testing.T, list ...answer) *recoveryDesk {
	t.Helper()
	d := &recoveryDesk{desk: newDesk(t), recoveryCase: newRecoveryCase(list)}
	d.screen = NewRecoveryCodes(d.params(d.host))
	d.show(d.screen)
	return d
}

func (d *recoveryDesk) isFocused(t *testing.T, what string, o fyne.Focusable) {
	t.Helper()
	if d.window.Canvas().Focused() != o {
		t.Errorf("%s: the focus is on %T", what, d.window.Canvas().Focused())
	}
}

// shown counts the codes that are anywhere in the window.
func (d *recoveryDesk) shown() int {
	all := textsIn(d.window.Content())
	for _, o := range d.window.Canvas().Overlays().List() {
		all = append(all, textsIn(o)...)
	}
	text, n := strings.Join(all, "\n"), 0
	for _, code := range sampleCodes() {
		if strings.Contains(text, code) {
			n++
		}
	}
	return n
}

func TestRecoveryCodesScreenByKeyboard(t *testing.T) {
	d := newRecoveryDesk(t, answer{}, answer{})
	want(t, "codes shown", d.shown(), 10)
	d.isFocused(t, "first", nil)
	d.press(fyne.KeyEscape)
	d.press(fyne.KeyReturn) // an Enter too many, after the sixth digit of a code
	d.desk.run()
	want(t, "said after it", d.screen.said.Text(), "")
	want(t, "done after it", d.done, 0)
	d.window.Canvas().FocusNext()
	d.isFocused(t, "first Tab", d.screen.print)
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the page", func() bool { return d.screen.said.Text() != "" })
	for _, next := range []fyne.Focusable{d.screen.save, d.screen.copy, d.screen.footer.primary} {
		d.window.Canvas().FocusNext()
		d.isFocused(t, "Tab", next)
	}
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the end", func() bool { return d.done == 1 })
}

func TestRecoveryCodesScreenGoesOn(t *testing.T) {
	d := newRecoveryDesk(t, answer{err: auth.ErrDiskFull}, answer{err: auth.ErrDiskFull})
	before := place(d.screen.footer.primary).Y
	test.Tap(d.screen.footer.primary)
	d.desk.runUntil(t, "an error", func() bool { return d.screen.said.Text() != "" })
	want(t, "button", d.screen.footer.primary.Text, "Go on")
	want(t, "height of the button", place(d.screen.footer.primary).Y, before)
	test.Tap(d.screen.footer.primary)
	d.desk.runUntil(t, "the end", func() bool { return d.done == 1 })
}

func TestRecoveryCodesScreenSavesAsPDF(t *testing.T) {
	d := newRecoveryDesk(t, answer{})
	test.Tap(d.screen.save)
	dialog := d.screen.saving
	want(t, "proposed", dialog.path.Text(), authtest.Path("/home/reception/Documents/Anteroom recovery codes.pdf"))
	d.press(fyne.KeyEscape)
	want(t, "dialog after Esc", d.screen.saving, nil)
	test.Tap(d.screen.save)
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the file", func() bool { return d.screen.saving == nil })
	want(t, "overlay", d.window.Canvas().Overlays().Top(), nil)
	want(t, "said", d.screen.said.Text(), "Saved as "+authtest.Path("/home/reception/Documents/Anteroom recovery codes.pdf")+".")
}

func TestRecoveryCodesScreenWipesOnClose(t *testing.T) {
	d := newRecoveryDesk(t)
	test.Tap(d.screen.save)
	d.leave()
	d.screen.Close()
	want(t, "codes in the window", d.shown(), 0)
	want(t, "dialogs", len(d.window.Canvas().Overlays().List()), 0)
}

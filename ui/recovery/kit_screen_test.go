package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// kitDesk is the screen "Recovery kit" in a window, at a practice in memory.
type kitDesk struct {
	*desk
	session *auth.Session
	params  KitParams
	screen  *KitScreen

	fail   error // of making a kit
	kit    *auth.Kit
	saved  []string
	prints int
	done   int
}

func (d *kitDesk) kitParams() KitParams {
	return KitParams{
		Scope: d.Scope, Window: d.Window, Folder: authtest.Path("/home/reception/Documents"),
		New: func(ctx context.Context) (k *auth.Kit, err error) {
			if d.fail != nil {
				return nil, d.fail
			}
			d.kit, err = d.session.NewKit(ctx)
			return d.kit, err
		},
		Confirm: d.session.ConfirmKit,
		Print:   func(*auth.Kit) error { d.prints++; return nil },
		Save:    func(_ *auth.Kit, path string) error { d.saved = append(d.saved, path); return nil },
		OwnDisk: func(string) bool { return false },
		Done:    func() { d.done++ },
	}
}

// open shows the screen as the window does.
func (d *kitDesk) open() {
	d.screen = NewKit(d.params)
	d.Show(d.screen)
}

// shown waits for the key.
func (d *kitDesk) shown(t *testing.T) {
	t.Helper()
	d.Until(t, "the key", func() bool { return d.screen.sheet.Text() != "" })
}

// typing goes on to the last group.
func (d *kitDesk) typing(t *testing.T) {
	t.Helper()
	d.shown(t)
	test.Tap(d.screen.footer.primary)
	want(t, "step", d.screen.presenter.step, kitTyped)
}

func newKitDesk(t *testing.T, w *desk, change func(*kitDesk)) *kitDesk {
	t.Helper()
	d := &kitDesk{desk: w, session: practice.New(t, practice.Records{}).Anna.Session}
	d.params = d.kitParams()
	if change != nil {
		change(d)
	}
	d.open()
	return d
}

// groupsShown counts the groups of a key that are anywhere in the window.
func (d *kitDesk) groupsShown(groups []string) int {
	all, shown := strings.Join(d.Texts(), "\n"), 0
	for _, group := range groups {
		if strings.Contains(all, group) {
			shown++
		}
	}
	return shown
}

func (d *kitDesk) isFocused(t *testing.T, what string, o fyne.Focusable) {
	t.Helper()
	if d.Focused() != o {
		t.Errorf("%s: the focus is on %T", what, d.Focused())
	}
}

func (d *kitDesk) isWiped(groups []string) bool { return !d.kit.LastGroupIs(groups[7]) }

func TestKitScreenByKeyboard(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKitDesk(t, w, func(d *kitDesk) { d.params.Later = func() {} })
		d.Press(fyne.KeyReturn) // too early
		if d.Focused() != nil {
			t.Errorf("before the key comes the focus is on %T", d.Focused())
		}
		d.shown(t)
		groups := d.kit.Groups()
		want(t, "groups shown", d.groupsShown(groups), 8)
		want(t, "number", d.screen.number.Text(), "Kit number "+d.kit.Number())
		d.isFocused(t, "with the key", d.screen.print)
		d.Press(fyne.KeyReturn)
		d.Until(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
		want(t, "printed", d.prints, 1)
		for _, next := range []fyne.Focusable{d.screen.save, d.screen.footer.leave, d.screen.footer.primary} {
			d.Tab()
			d.isFocused(t, "Tab", next)
		}
		d.Press(fyne.KeyReturn)
		d.isFocused(t, "second step", d.screen.group.entry)
		want(t, "groups shown while the last is typed", d.groupsShown(groups), 0)

		d.Press(fyne.KeyReturn)
		d.Type("aaaaa")
		d.Press(fyne.KeyReturn)
		want(t, "wrong group", d.screen.group.entry.Text, "")
		if !strings.HasPrefix(d.screen.group.field.Error(), "That is not the last group.") {
			t.Errorf("error: %q", d.screen.group.field.Error())
		}
		d.isFocused(t, "after a wrong group", d.screen.group.entry)

		d.Type(strings.ToLower(strings.NewReplacer("0", "O", "1", "l").Replace(groups[7])))
		want(t, "error after typing", d.screen.group.field.Error(), "")
		d.Press(fyne.KeyEnter)
		want(t, "button while confirming", d.screen.footer.primary.Disabled(), true)
		d.Until(t, "the end", func() bool { return d.done == 1 })
		info, err := d.session.Kit(t.Context())
		if err != nil || info.Number == "" {
			t.Errorf("the practice has kit %+v, %v", info, err)
		}
		want(t, "wiped", d.isWiped(groups), true)
	})
}

func TestKitScreenEscape(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		back := 0
		d := newKitDesk(t, w, func(d *kitDesk) { d.params.OnBack = func() { back++ } })
		d.typing(t)
		groups := d.kit.Groups()
		d.Type("7K2")
		d.Press(fyne.KeyEscape)
		want(t, "groups shown again", d.groupsShown(groups), 8)
		want(t, "what was typed", d.screen.group.entry.Text, "")
		d.isFocused(t, "with the key", d.screen.print)
		d.Press(fyne.KeyEscape)
		want(t, "back", back, 1)
		test.Tap(d.screen.footer.leave)
		want(t, "back by the button", back, 2)
	})
}

func TestKitScreenWipesOnClose(t *testing.T) {
	for name, where := range map[string]func(*testing.T, *kitDesk){
		"shown":   func(t *testing.T, d *kitDesk) { d.shown(t) },
		"typing":  func(t *testing.T, d *kitDesk) { d.typing(t); d.Type(d.kit.Groups()[7]) },
		"saving":  func(t *testing.T, d *kitDesk) { d.shown(t); test.Tap(d.screen.save) },
		"leaving": func(t *testing.T, d *kitDesk) { d.shown(t); d.screen.askToLeave(func() {}) },
	} {
		t.Run(name, func(t *testing.T) {
			screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
				d := newKitDesk(t, w, nil)
				where(t, d)
				groups := d.kit.Groups()
				if shown := d.groupsShown(groups); shown == 0 {
					t.Fatal("this test finds no groups anywhere")
				}
				d.Leave()
				d.screen.Close()
				want(t, "groups in the window", d.groupsShown(groups), 0)
				want(t, "dialogs", len(d.Window.Canvas().Overlays().List()), 0)
				want(t, "wiped", d.isWiped(groups), true)
			})
		})
	}
}

func TestKitScreenShowsProgressAndCancels(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKitDesk(t, w, func(d *kitDesk) {
			d.params.Replaces = true
			d.params.Confirm = func(ctx context.Context, _ *auth.Kit, _ string, p auth.Progress) error {
				p(1, 2)
				return hang(ctx)
			}
		})
		d.typing(t)
		f := &d.screen.footer
		before := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.primary)
		d.Type(d.kit.Groups()[7])
		test.Tap(f.primary)
		d.Until(t, "progress", func() bool { return d.screen.presenter.progress.isBegun })
		d.Pass(screen.LastingAfter)
		all := strings.Join(d.Texts(), "\n")
		if !strings.Contains(all, "Sealing everything anew…") {
			t.Error("nothing says what goes on")
		}
		want(t, "place of the button", fyne.CurrentApp().Driver().AbsolutePositionForObject(f.primary), before)
		want(t, "field can be typed in", d.screen.group.entry.Disabled(), true)
		test.Tap(f.cancel)
		d.Until(t, "the end", func() bool { return !f.primary.Disabled() })
		if all := strings.Join(d.Texts(), "\n"); !strings.Contains(all, "Cancelled. This kit does not count yet.") || strings.Contains(all, "Sealing") {
			t.Error("nothing says that it was cancelled")
		}
		want(t, "cancel", f.cancel.Visible(), false)
		want(t, "done", d.done, 0)
	})
}

func TestKitScreenTriesAgain(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKitDesk(t, w, func(d *kitDesk) { d.fail = auth.ErrBusy })
		d.Until(t, "an error", func() bool { return d.screen.footer.said.Text() != "" })
		want(t, "button", d.screen.footer.primary.Text, "Try again")
		d.isFocused(t, "after an error", d.screen.footer.primary)
		d.fail = nil
		d.Press(fyne.KeyReturn)
		d.shown(t)
		want(t, "button", d.screen.footer.primary.Text, "Next")
		want(t, "error", d.screen.footer.said.Text(), "")
	})
}

func TestKitScreenSavesAsPDF(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKitDesk(t, w, nil)
		d.shown(t)
		test.Tap(d.screen.save)
		d.Press(fyne.KeyEscape)
		want(t, "dialog after Esc", d.Dialog(), nil)
		test.Tap(d.screen.save)
		d.Press(fyne.KeyReturn)
		d.Until(t, "the file", func() bool { return d.Dialog() == nil })
		path := authtest.Path("/home/reception/Documents/Anteroom recovery kit.pdf")
		want(t, "saved", strings.Join(d.saved, " "), path)
		want(t, "said", d.screen.footer.said.Text(), "Saved as "+path+".")
	})
}

func TestKitScreenSaysWhatAPageIsWorth(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		later := 0
		d := newKitDesk(t, w, func(d *kitDesk) { d.params.Later = func() { later++ } })
		d.shown(t)
		d.Press(fyne.KeyReturn)
		d.Until(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
		test.Tap(d.screen.footer.leave)
		want(t, "later, unasked", later, 0)
		d.Press(fyne.KeyReturn) // an Enter too many does not leave
		want(t, "later", later, 0)
		want(t, "step", d.screen.presenter.step, kitTyped)
		d.isFocused(t, "confirming it now", d.screen.group.entry)

		d.Press(fyne.KeyEscape)
		test.Tap(d.screen.footer.leave)
		test.Tap(d.screen.asking.Primary())
		want(t, "later", later, 1)
	})
}

func TestKitScreenEndsWithTheSession(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKitDesk(t, w, func(d *kitDesk) {
			d.params.Print = func(*auth.Kit) error { return errors.Join(auth.ErrSessionEnded) }
		})
		d.shown(t)
		test.Tap(d.screen.print)
		d.Until(t, "the end", func() bool { return len(d.Ended) == 1 })
	})
}

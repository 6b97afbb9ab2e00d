package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/auth/authtest"
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
	ended  error
	done   int
}

func (d *kitDesk) kitParams() KitParams {
	return KitParams{
		Host: d.host, Folder: authtest.Path("/home/reception/Documents"),
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
		OnEnded: func(err error) { d.ended = err },
	}
}

// open shows the screen as the window does.
func (d *kitDesk) open() {
	d.screen = NewKit(d.params)
	d.show(d.screen)
}

// shown waits for the key.
func (d *kitDesk) shown(t *testing.T) {
	t.Helper()
	d.runUntil(t, "the key", func() bool { return d.screen.sheet.text() != "" })
}

// typing goes on to the last group.
func (d *kitDesk) typing(t *testing.T) {
	t.Helper()
	d.shown(t)
	test.Tap(d.screen.footer.primary)
	want(t, "step", d.screen.presenter.step, kitTyped)
}

func newKitDesk(t *testing.T, change func(*kitDesk)) *kitDesk {
	t.Helper()
	d := &kitDesk{desk: newDesk(t)}
	_, d.session = newTestPractice()
	d.params = d.kitParams()
	if change != nil {
		change(d)
	}
	d.open()
	return d
}

// windowTexts are all texts of the window, also those that are hidden.
func (d *kitDesk) windowTexts() []string {
	var found []string
	for _, o := range append(d.window.Canvas().Overlays().List(), d.window.Content()) {
		found = append(found, textsIn(o)...)
	}
	return found
}

func textsIn(o fyne.CanvasObject) []string {
	var found []string
	if label, ok := o.(fyne.Accessible); ok {
		found = append(found, label.AccessibilityLabel())
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return append(found, o.Text)
	case *fyne.Container:
		inside = o.Objects
	case *widget.RichText:
		found = append(found, o.String())
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		found = append(found, textsIn(child)...)
	}
	return found
}

// groupsShown counts the groups of a key that are anywhere in the window.
func (d *kitDesk) groupsShown(groups []string) int {
	all, shown := strings.Join(d.windowTexts(), "\n"), 0
	for _, group := range groups {
		if strings.Contains(all, group) {
			shown++
		}
	}
	return shown
}

func (d *kitDesk) isFocused(t *testing.T, what string, o fyne.Focusable) {
	t.Helper()
	if d.window.Canvas().Focused() != o {
		t.Errorf("%s: the focus is on %T", what, d.window.Canvas().Focused())
	}
}

func (d *kitDesk) isWiped(groups []string) bool { return !d.kit.LastGroupIs(groups[7]) }

func TestKitScreenByKeyboard(t *testing.T) {
	d := newKitDesk(t, func(d *kitDesk) { d.params.Later = func() {} })
	d.press(fyne.KeyReturn) // too early
	if d.window.Canvas().Focused() != nil {
		t.Errorf("before the key comes the focus is on %T", d.window.Canvas().Focused())
	}
	d.shown(t)
	groups := d.kit.Groups()
	want(t, "groups shown", d.groupsShown(groups), 8)
	want(t, "number", d.screen.number.Text(), "Kit number "+d.kit.Number())
	d.isFocused(t, "with the key", d.screen.print)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
	want(t, "printed", d.prints, 1)
	for _, next := range []fyne.Focusable{d.screen.save, d.screen.footer.leave, d.screen.footer.primary} {
		d.window.Canvas().FocusNext()
		d.isFocused(t, "Tab", next)
	}
	d.press(fyne.KeyReturn)
	d.isFocused(t, "second step", d.screen.group.entry)
	want(t, "groups shown while the last is typed", d.groupsShown(groups), 0)

	d.press(fyne.KeyReturn)
	d.typeText("aaaaa")
	d.press(fyne.KeyReturn)
	want(t, "wrong group", d.screen.group.entry.Text, "")
	if !strings.HasPrefix(d.screen.group.field.Error(), "That is not the last group.") {
		t.Errorf("error: %q", d.screen.group.field.Error())
	}
	d.isFocused(t, "after a wrong group", d.screen.group.entry)

	d.typeText(strings.ToLower(strings.NewReplacer("0", "O", "1", "l").Replace(groups[7])))
	want(t, "error after typing", d.screen.group.field.Error(), "")
	d.press(fyne.KeyEnter)
	want(t, "button while confirming", d.screen.footer.primary.Disabled(), true)
	d.runUntil(t, "the end", func() bool { return d.done == 1 })
	info, err := d.session.Kit(t.Context())
	if err != nil || info.Number == "" {
		t.Errorf("the practice has kit %+v, %v", info, err)
	}
	want(t, "wiped", d.isWiped(groups), true)
}

func TestKitScreenEscape(t *testing.T) {
	back := 0
	d := newKitDesk(t, func(d *kitDesk) { d.params.OnBack = func() { back++ } })
	d.typing(t)
	groups := d.kit.Groups()
	d.typeText("7K2")
	d.press(fyne.KeyEscape)
	want(t, "groups shown again", d.groupsShown(groups), 8)
	want(t, "what was typed", d.screen.group.entry.Text, "")
	d.isFocused(t, "with the key", d.screen.print)
	d.press(fyne.KeyEscape)
	want(t, "back", back, 1)
	test.Tap(d.screen.footer.leave)
	want(t, "back by the button", back, 2)
}

func TestKitScreenWipesOnClose(t *testing.T) {
	for name, where := range map[string]func(*testing.T, *kitDesk){
		"shown":   func(t *testing.T, d *kitDesk) { d.shown(t) },
		"typing":  func(t *testing.T, d *kitDesk) { d.typing(t); d.typeText(d.kit.Groups()[7]) },
		"saving":  func(t *testing.T, d *kitDesk) { d.shown(t); test.Tap(d.screen.save) },
		"leaving": func(t *testing.T, d *kitDesk) { d.shown(t); d.screen.askToLeave(func() {}) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newKitDesk(t, nil)
			where(t, d)
			groups := d.kit.Groups()
			if shown := d.groupsShown(groups); shown == 0 {
				t.Fatal("this test finds no groups anywhere")
			}
			d.leave()
			d.screen.Close()
			want(t, "groups in the window", d.groupsShown(groups), 0)
			want(t, "dialogs", len(d.window.Canvas().Overlays().List()), 0)
			want(t, "wiped", d.isWiped(groups), true)
		})
	}
}

func TestKitScreenShowsProgressAndCancels(t *testing.T) {
	d := newKitDesk(t, func(d *kitDesk) {
		d.params.Replaces = true
		d.params.Confirm = func(ctx context.Context, _ *auth.Kit, _ string, p auth.Progress) error {
			p(1, 2)
			return hang(ctx)
		}
	})
	d.typing(t)
	f := &d.screen.footer
	before := fyne.CurrentApp().Driver().AbsolutePositionForObject(f.primary)
	d.typeText(d.kit.Groups()[7])
	test.Tap(f.primary)
	d.runUntil(t, "progress", func() bool { return d.screen.presenter.sealing.begun })
	d.screen.presenter.task.become(lasting)
	all := strings.Join(d.windowTexts(), "\n")
	if !strings.Contains(all, "Sealing everything anew…") {
		t.Error("nothing says what goes on")
	}
	want(t, "place of the button", fyne.CurrentApp().Driver().AbsolutePositionForObject(f.primary), before)
	want(t, "field can be typed in", d.screen.group.entry.Disabled(), true)
	test.Tap(f.cancel)
	d.runUntil(t, "the end", func() bool { return !f.primary.Disabled() })
	if all := strings.Join(d.windowTexts(), "\n"); !strings.Contains(all, "Cancelled. This kit does not count yet.") || strings.Contains(all, "Sealing") {
		t.Error("nothing says that it was cancelled")
	}
	want(t, "cancel", f.cancel.Visible(), false)
	want(t, "done", d.done, 0)
}

func TestKitScreenTriesAgain(t *testing.T) {
	d := newKitDesk(t, func(d *kitDesk) { d.fail = auth.ErrBusy })
	d.runUntil(t, "an error", func() bool { return d.screen.footer.said.Text() != "" })
	want(t, "button", d.screen.footer.primary.Text, "Try again")
	d.isFocused(t, "after an error", d.screen.footer.primary)
	d.fail = nil
	d.press(fyne.KeyReturn)
	d.shown(t)
	want(t, "button", d.screen.footer.primary.Text, "Next")
	want(t, "error", d.screen.footer.said.Text(), "")
}

func TestKitScreenSavesAsPDF(t *testing.T) {
	own, result := true, error(&auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken})
	d := newKitDesk(t, func(d *kitDesk) {
		d.params.OwnDisk = func(string) bool { return own }
		d.params.Save = func(_ *auth.Kit, path string) error { d.saved = append(d.saved, path); return result }
	})
	d.shown(t)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
	want(t, "printed", d.prints, 1)
	test.Tap(d.screen.save)
	dialog := d.screen.saving
	want(t, "proposed", dialog.path.Text(), authtest.Path("/home/reception/Documents/Anteroom recovery kit.pdf"))
	d.isFocused(t, "in the dialog", dialog.path.Focusable())
	place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(dialog.field) }
	before := place()

	d.press(fyne.KeyReturn)
	d.runUntil(t, "the warning", func() bool { return dialog.Primary().Text == "Save all the same" })
	want(t, "saved before the warning was read", len(d.saved), 0)
	d.isFocused(t, "with a warning", dialog.Cancel())
	want(t, "dangerous", dialog.Primary().Importance, widget.DangerImportance)
	if !strings.HasPrefix(dialog.advice.Text(), "This is this computer's own disk: if the computer is lost, the kit is lost with it") {
		t.Errorf("warning: %q", dialog.advice.Text())
	}
	want(t, "place of the field", place(), before)

	test.Tap(dialog.Primary())
	d.runUntil(t, "the error", func() bool { return dialog.field.Error() != "" })
	want(t, "error", dialog.field.Error(), "There is a file of this name already. Choose another name.")
	want(t, "place of the field", place(), before)

	d.window.Canvas().Focus(dialog.path.Focusable())
	d.typeText("x")
	want(t, "error after typing", dialog.field.Error(), "")
	want(t, "act after typing", dialog.Primary().Text, "Save")
	own, result = false, nil
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the file", func() bool { return d.screen.saving == nil })
	want(t, "overlay", d.window.Canvas().Overlays().Top(), nil)
	want(t, "said", d.screen.footer.said.Text(), "Saved as "+authtest.Path("/home/reception/Documents/Anteroom recovery kit.pdfx.pdf")+".")

	test.Tap(d.screen.save)
	d.press(fyne.KeyEscape)
	want(t, "dialog after Esc", d.screen.saving, nil)
	want(t, "overlay", d.window.Canvas().Overlays().Top(), nil)
}

func TestKitScreenSaysWhatAPageIsWorth(t *testing.T) {
	later := 0
	d := newKitDesk(t, func(d *kitDesk) { d.params.Later = func() { later++ } })
	d.shown(t)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
	test.Tap(d.screen.footer.leave)
	want(t, "later, unasked", later, 0)
	d.press(fyne.KeyReturn) // an Enter too many does not leave
	want(t, "later", later, 0)
	want(t, "step", d.screen.presenter.step, kitTyped)
	d.isFocused(t, "confirming it now", d.screen.group.entry)

	d.press(fyne.KeyEscape)
	test.Tap(d.screen.footer.leave)
	test.Tap(d.screen.asking.Primary())
	want(t, "later", later, 1)
}

func TestKitScreenEndsWithTheSession(t *testing.T) {
	d := newKitDesk(t, func(d *kitDesk) {
		d.params.Print = func(*auth.Kit) error { return errors.Join(auth.ErrSessionEnded) }
	})
	d.shown(t)
	test.Tap(d.screen.print)
	d.runUntil(t, "the end", func() bool { return d.ended != nil })
}

func TestGroupFieldTidies(t *testing.T) {
	for typed, shown := range map[string]string{
		"7k2m9": "7K2M9", "7k2m9x": "7K2M9", " 7k-2m 9": "7K2M9", "ab": "AB", "": "", "–": "",
	} {
		d := newDesk(t)
		g := newGroupField("Group", func() {})
		d.window.SetContent(g.field)
		d.window.Canvas().Focus(g.entry)
		d.typeText(typed)
		want(t, typed, g.text(), shown)
		want(t, typed+": cursor", g.entry.CursorColumn, length(shown))
	}
	d := newDesk(t)
	g := newGroupField("Group", func() {})
	d.window.SetContent(g.field)
	d.window.Canvas().Focus(g.entry)
	d.typeText("ac")
	d.press(fyne.KeyLeft)
	d.typeText("b")
	want(t, "typed in the middle", g.text(), "ABC")
	want(t, "cursor", g.entry.CursorColumn, 2)
}

package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/looks"
)

type dialogSample struct {
	window            fyne.Window
	dialog            *Dialog
	opener            *Button
	entry             *Entry
	password          *PasswordEntry
	code              *CodeField
	check             *Check
	choice            *Select
	list              *List
	accepted, refused *int
}

func newDialogSample(t *testing.T) *dialogSample {
	s := &dialogSample{
		opener: NewButton("Open", nil), entry: NewEntry(), password: NewPasswordEntry(), code: NewCodeField(),
		check: NewCheck("Check", nil), choice: NewSelect([]string{"A", "B"}, nil), list: NewList(Head{Title: "Name", Grow: true}),
	}
	s.window = newPlainWindow(t, s.opener)
	accepted, accept := counter()
	refused, refuse := counter()
	s.accepted, s.refused = accepted, refused
	s.opener.OnTapped = func() {
		s.dialog = ShowDialog(s.window, DialogOptions{
			Title: "Title",
			Content: NewColumn(NewField("Entry", s.entry), NewField("Password", s.password), NewField("Code", s.code),
				s.check, s.choice, s.list),
			Primary: "Turn on", OnPrimary: accept, Cancel: "Cancel", OnCancel: refuse,
		})
	}
	test.Tap(s.opener)
	return s
}

func (s *dialogSample) focusables() map[string]fyne.Focusable {
	return map[string]fyne.Focusable{
		"entry": s.entry, "password": s.password, "code": s.code.Focusable(), "check": s.check,
		"select": s.choice, "list": s.list.Focusable(), "nothing": nil,
	}
}

func TestDialogEnterAndEscapeFromEverywhere(t *testing.T) {
	for name := range newDialogSample(t).focusables() {
		t.Run(name, func(t *testing.T) {
			s := newDialogSample(t)
			s.window.Canvas().Focus(s.focusables()[name])
			press(s.window, fyne.KeyReturn)
			wantCount(t, "Enter", s.accepted, 1)

			s = newDialogSample(t)
			s.window.Canvas().Focus(s.focusables()[name])
			press(s.window, fyne.KeyEscape)
			wantCount(t, "Esc", s.refused, 1)
			wantCount(t, "Esc on the primary", s.accepted, 0)
			if s.window.Canvas().Overlays().Top() != nil {
				t.Error("the dialog is still there")
			}
			if s.window.Canvas().Focused() != fyne.Focusable(s.opener) {
				t.Errorf("the focus went to %T, want the button that opened the dialog", s.window.Canvas().Focused())
			}
		})
	}
}

func TestDialogEnterOnAButtonPressesThatButton(t *testing.T) {
	s := newDialogSample(t)
	s.window.Canvas().Focus(s.dialog.Cancel())
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary", s.accepted, 0)
	wantCount(t, "cancel", s.refused, 1)

	s = newDialogSample(t)
	s.window.Canvas().Focus(s.dialog.Primary())
	press(s.window, fyne.KeyEscape)
	wantCount(t, "cancel by Esc on the primary button", s.refused, 1)
}

func TestDialogKeepsTheTabKey(t *testing.T) {
	s := newDialogSample(t)
	c := s.window.Canvas()
	order := []fyne.Focusable{
		s.entry, s.password, s.code.Focusable(), s.check, s.choice, s.list.Focusable(),
		s.dialog.Cancel(), s.dialog.Primary(), s.entry,
	}
	for i, want := range order {
		if c.Focused() != want {
			t.Fatalf("stop %d: the focus is on %T, want %T", i, c.Focused(), want)
		}
		c.FocusNext()
	}
}

func TestDialogBusyHoldsEnterBack(t *testing.T) {
	s := newDialogSample(t)
	s.dialog.SetBusy("Checking…")
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary while busy", s.accepted, 0)
	s.dialog.EnablePrimary(false)
	s.dialog.SetBusy("")
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary while off", s.accepted, 0)
	s.dialog.EnablePrimary(true)
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary", s.accepted, 1)
}

// TestDialogSavingHoldsEscBack, too: what goes on can't be stopped.
func TestDialogSavingHoldsEscBack(t *testing.T) {
	s := newDialogSample(t)
	s.dialog.SetSaving("Saving…")
	press(s.window, fyne.KeyReturn)
	press(s.window, fyne.KeyEscape)
	test.Tap(s.dialog.Cancel())
	wantCount(t, "primary while saving", s.accepted, 0)
	wantCount(t, "cancel while saving", s.refused, 0)
	s.dialog.SetSaving("")
	press(s.window, fyne.KeyEscape)
	wantCount(t, "cancel", s.refused, 1)
}

func TestDialogShowsProgress(t *testing.T) {
	s := newDialogSample(t)
	before := positions(s.dialog)
	s.dialog.SetProgress("Sealing everything anew…", 1, 2)
	if !s.dialog.busy.bar.Visible() || s.dialog.busy.bar.part != 0.5 {
		t.Errorf("bar shown %v, part %v", s.dialog.busy.bar.Visible(), s.dialog.busy.bar.part)
	}
	if after := positions(s.dialog); after != before {
		t.Errorf("before %v, after %v", before, after)
	}
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary while busy", s.accepted, 0)
	s.dialog.SetBusy("")
	if s.dialog.busy.bar.Visible() {
		t.Error("the bar is left")
	}
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary", s.accepted, 1)
}

func TestDialogPrimaryGetsAnotherAct(t *testing.T) {
	s := newDialogSample(t)
	s.dialog.SetPrimary("Save all the same, whatever that may mean", true)
	primary := s.dialog.Primary()
	if primary.Importance != widget.DangerImportance || primary.Size().Width < primary.MinSize().Width {
		t.Errorf("importance %v, %v wide of %v", primary.Importance, primary.Size().Width, primary.MinSize().Width)
	}
	press(s.window, fyne.KeyReturn)
	wantCount(t, "primary", s.accepted, 1)
	s.dialog.SetPrimary("Save", false)
	if primary.Importance != widget.HighImportance || primary.Text != "Save" {
		t.Errorf("importance %v, text %q", primary.Importance, primary.Text)
	}
}

func TestDialogErrorMovesNothing(t *testing.T) {
	s := newDialogSample(t)
	before := positions(s.dialog)
	s.dialog.SetError("That is not right. Check what you typed, then try again, or ask an admin of the practice.")
	s.dialog.SetBusy("Checking…")
	if after := positions(s.dialog); after != before {
		t.Errorf("before %v, after %v", before, after)
	}
}

// TestDialogBusyHasRoom beside buttons with long texts: it stands above them then, in one line.
func TestDialogBusyHasRoom(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		w := newPlainWindow(t, NewButton("Open", nil))
		fyne.CurrentApp().Settings().SetTheme(looks.New(looks.Light, scale))
		w.Resize(fyne.NewSize(1024, 700))
		d := ShowDialog(w, DialogOptions{
			Title: "Work on this computer only", Content: Paragraph("The practice's data moves."),
			Primary: "Work on this computer only", Danger: true, Cancel: "Cancel",
		})
		for _, wrong := range []string{"", "It could not be done. Try again."} {
			d.SetError(wrong)
			line := fyne.MeasureText("X", theme.TextSize(), fyne.TextStyle{}).Height
			for _, text := range []string{"One moment…", "Copying 12,000 of 100,000…", "Switching over…"} {
				before := positions(d)
				d.SetProgress(text, 12, 100)
				if wrong == "" && positions(d) != before {
					t.Errorf("%v, %q: before %v, after %v", scale, text, before, positions(d))
				}
				busy, message := d.busy, d.message
				if got := busy.text.MinSize().Height; got > line+1 {
					t.Errorf("%v, %q: %v high, and a line is %v", scale, text, got, line)
				}
				over := busy.Position().Y+busy.Size().Height > d.footer.Position().Y
				if over && busy.Position().X+busy.Size().Width > d.footer.Position().X {
					t.Errorf("%v, %q: it lies over the buttons", scale, text)
				}
				if !over && wrong != "" && message.Position().Y+message.MinSize().Height > busy.Position().Y {
					t.Errorf("%v, %q: it lies over what is wrong", scale, text)
				}
				if d.SetBusy(""); positions(d) != before {
					t.Errorf("%v, %q: before %v, at last %v", scale, text, before, positions(d))
				}
			}
		}
		d.SetPrimary("OK", false)
		if d.SetBusy("Saving…"); d.busy.Position().Y < d.footer.Position().Y {
			t.Errorf("%v: there is room beside the buttons", scale)
		}
	}
}

func positions(d *Dialog) [3]fyne.Position {
	return [3]fyne.Position{d.title.Position(), d.body.Position(), d.footer.Position()}
}

// At 200 % the sample is higher than the window: it has to scroll to whatever has the focus, with the buttons in sight.
func TestDialogFitsTheWindowAndShowsTheFocus(t *testing.T) {
	s := newDialogSample(t)
	fyne.CurrentApp().Settings().SetTheme(looks.New(looks.Dark, 2))
	s.dialog.Refresh()
	size := s.window.Canvas().Size()
	if bottom := s.dialog.footer.Position().Y + s.dialog.footer.Size().Height; bottom > size.Height {
		t.Errorf("the buttons end at %v, the window at %v", bottom, size.Height)
	}
	driver := fyne.CurrentApp().Driver()
	for _, o := range []fyne.Focusable{s.choice, s.entry} {
		s.window.Canvas().Focus(nil)
		s.window.Canvas().Focus(o)
		top := driver.AbsolutePositionForObject(o.(fyne.CanvasObject)).Y
		bottom := top + o.(fyne.CanvasObject).Size().Height
		viewTop := driver.AbsolutePositionForObject(s.dialog.body).Y
		if top < viewTop || bottom > viewTop+s.dialog.body.Size().Height {
			t.Errorf("%T is out of sight: %v to %v", o, top, bottom)
		}
	}
}

func TestDialogWithoutFieldsFocusesTheSafeButton(t *testing.T) {
	w := newPlainWindow(t)
	for _, danger := range []bool{false, true} {
		d := ShowDialog(w, DialogOptions{
			Title: "Sure?", Content: Paragraph("Text"), Primary: "Do it", Cancel: "Cancel", Danger: danger,
		})
		want := d.Primary()
		if danger {
			want = d.Cancel()
		}
		if w.Canvas().Focused() != fyne.Focusable(want) {
			t.Errorf("danger %v: the focus is not on %q", danger, want.Text)
		}
		d.Close()
		d.Close()
	}
}

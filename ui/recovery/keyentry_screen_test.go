package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// keyDesk is a screen for a printed key in a window.
type keyDesk struct {
	*desk
	screen     *KeyEntryScreen
	open       func(ctx context.Context, key string) error
	done, back int
}

func newKeyDesk(w *desk, show func(KeyEntryParams) *KeyEntryScreen) *keyDesk {
	d := &keyDesk{desk: w}
	d.screen = show(KeyEntryParams{
		Scope: d.Scope, Window: d.Window, Practice: "Brook Street",
		Open:   func(ctx context.Context, key string) error { return d.open(ctx, key) },
		Done:   func() { d.done++ },
		OnBack: func() { d.back++ },
	})
	d.Show(d.screen)
	return d
}

func (d *keyDesk) waitForError(t *testing.T) {
	t.Helper()
	d.Until(t, "an error", func() bool { return d.screen.key.field.Error() != "" })
}

// TestKitEntryScreen opens a practice with its kit, typed as badly as people do.
func TestKitEntryScreen(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		p := practice.New(t, practice.Records{})
		groups, deps := strings.Fields(p.MakeKit()), p.NewComputer()
		d := newKeyDesk(w, NewKitEntry)
		d.open = func(ctx context.Context, key string) error {
			r, err := auth.OpenRescue(ctx, deps, key)
			if err == nil {
				err = r.Close()
			}
			return err
		}
		want(t, "focus", d.Focused(), fyne.Focusable(d.screen.key.entry))

		d.Type(strings.ToLower(strings.Join(groups[:7], "-")))
		d.Press(fyne.KeyReturn)
		d.waitForError(t)
		want(t, "shown", d.screen.key.entry.Text, strings.Join(groups[:7], " "))
		want(t, "error", d.screen.key.field.Error(), "The key has eight groups of five characters. 35 characters are typed.")

		d.Type(groups[7])
		want(t, "error while typing", d.screen.key.field.Error(), "")
		slip := "0"
		if groups[3][0] == '0' {
			slip = "1"
		}
		d.screen.key.goTo(4)
		d.Press(fyne.KeyDelete)
		d.Type(slip)
		d.Press(fyne.KeyReturn)
		d.waitForError(t)
		want(t, "error", d.screen.key.field.Error(), "Group 4 has a slip. Compare it with the page.")
		want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 3*6)

		d.Press(fyne.KeyDelete)
		d.Type(groups[3][:1])
		d.Press(fyne.KeyReturn)
		d.Until(t, "the practice", func() bool { return d.done == 1 })
	})
}

func TestLinkingCodeScreen(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKeyDesk(w, NewLinkingCodeEntry)
		d.open = func(context.Context, string) error { return auth.ErrLinkCode }
		d.Type("abcde fghjk")
		test.Tap(d.screen.footer.Primary)
		d.waitForError(t)
		want(t, "kept", d.screen.key.entry.Text, "ABCDE FGHJK")
	})
}

// TestKeyEntryKeys: Enter, Esc and Tab do in the field what they do elsewhere.
func TestKeyEntryKeys(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKeyDesk(w, NewKitEntry)
		d.open = func(context.Context, string) error { return errors.New("asked") }
		d.Type("ABCDEFG")
		d.Press(fyne.KeyTab)
		want(t, "focus after Tab", d.Focused() != fyne.Focusable(d.screen.key.entry), true)
		want(t, "text", d.screen.key.entry.Text, "ABCDE FG")
		d.Window.Canvas().Focus(d.screen.key.entry)
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
	})
}

// TestKeyEntryCapitals: who types capitals holds Shift, and loses no letter.
func TestKeyEntryCapitals(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKeyDesk(w, NewKitEntry)
		entry := d.screen.key.entry
		for _, r := range "9A2NXC2S63ZGX5Q" {
			entry.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			entry.TypedRune(r)
		}
		want(t, "text", entry.Text, "9A2NX C2S63 ZGX5Q")
	})
}

func TestKeyEntryCorrections(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKeyDesk(w, NewKitEntry)
		paste := func(text string) {
			c := test.NewClipboard()
			c.SetContent(text)
			d.screen.key.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
		}
		paste("abcde-fghjk-lmnpq-rstvw\nxyz01-23456-789ab-cdefg\n")
		want(t, "pasted", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 23456 789AB CDEFG")
		d.screen.key.goTo(6)
		d.Type("q")
		want(t, "put in", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 Q2345 6789A BCDEF G")
		want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 31)
		d.Press(fyne.KeyBackspace)
		want(t, "taken out", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 23456 789AB CDEFG")
		want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 29)
		d.screen.key.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		d.Type("x")
		want(t, "typed over all of it", d.screen.key.text, "X")
	})
}

func TestKeyEntryWipesOnClose(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newKeyDesk(w, NewKitEntry)
		d.Type("ABCDE")
		d.screen.Close()
		d.screen.key.entry.TypedShortcut(&fyne.ShortcutUndo{})
		want(t, "text", d.screen.key.entry.Text, "")
		want(t, "remembered", d.screen.key.text, "")
	})
}

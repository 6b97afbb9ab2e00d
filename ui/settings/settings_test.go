package settings

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// screenSample is the settings in a window of the least size there is.
type screenSample struct {
	*Screen
	*bubbled
	window    fyne.Window
	backs     int
	ends      []error
	kits      []*auth.Kit
	drafts    []*Draft // that they came with
	restores  []*auth.Restore
	withKit   []string
	passwords int
	codes     [][]string
	files     files
	desk      *fakeDesk
	server    *fakeServer
}

func newScreenSample(t *testing.T, b *bubbled, theme fyne.Theme) *screenSample {
	return newSampleAt(t, b, theme, "")
}

// newStaffSample is what staff see of the settings.
func newStaffSample(t *testing.T, b *bubbled, theme fyne.Theme) *screenSample {
	b.session.own.Role = auth.Staff
	return newSample(t, b, theme, Params{Pane: PaneAccount})
}

func newSampleAt(t *testing.T, b *bubbled, theme fyne.Theme, pane string) *screenSample {
	return newSample(t, b, theme, Params{Admin: true, Pane: pane})
}

// newSample shows the settings that p begins with.
func newSample(t *testing.T, b *bubbled, theme fyne.Theme, p Params) *screenSample {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme)
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1024, 700))
	s := &screenSample{bubbled: b, window: w, files: files{content: map[string]string{}}, desk: newFakeDesk(), server: newFakeServer(b.session)}
	s.Screen = New(Params{
		Session: b.session, Desk: s.desk, Server: s.server, Runner: b.runner, Ctx: b.ctx, Window: w, Copier: work.NewCopier(b.runner, app.Clipboard()),
		Admin: p.Admin, Pane: p.Pane, Help: p.Help, Draft: p.Draft, Said: p.Said, Save: s.files.save, Folder: authtest.Path("/home/anna"),
		OnPassword:       func() { s.passwords++ },
		OnRecoveryCodes:  func(codes []string) { s.codes = append(s.codes, codes) },
		OnNewKit:         func(k *auth.Kit, d *Draft) { s.kits, s.drafts = append(s.kits, k), append(s.drafts, d) },
		OnRestore:        func(r *auth.Restore) { s.restores = append(s.restores, r) },
		OnSwitching:      s.server.switched,
		OnMoved:          s.server.wasMoved,
		OnRestoreWithKit: func(path string) { s.withKit = append(s.withKit, path) },

		OnBack:  func() { s.backs++ },
		OnEnded: func(err error) { s.ends = append(s.ends, err) },
	})
	w.SetContent(s.Content())
	s.Focus()
	s.Settle()
	return s
}

func newPlainSample(t *testing.T, b *bubbled) *screenSample {
	return newScreenSample(t, b, looks.New(looks.Light, 1))
}

const shiftTab fyne.KeyName = "shift+Tab"

// press presses keys as the window does.
func (s *screenSample) press(names ...fyne.KeyName) {
	c := s.window.Canvas()
	for _, name := range names {
		switch name {
		case fyne.KeyTab:
			c.(interface{ FocusNext() }).FocusNext()
		case shiftTab:
			c.(interface{ FocusPrevious() }).FocusPrevious()
		case fyne.KeySpace:
			c.Focused().TypedKey(&fyne.KeyEvent{Name: name})
			if c.Focused() != nil {
				c.Focused().TypedRune(' ')
			}
		default:
			if c.Focused() == nil {
				c.OnTypedKey()(&fyne.KeyEvent{Name: name})
			} else {
				c.Focused().TypedKey(&fyne.KeyEvent{Name: name})
			}
		}
		s.Settle()
	}
}

// enter goes down the list of panes to one, and into it.
func (s *screenSample) enter(row int) {
	for s.nav.Selected() < row {
		s.press(fyne.KeyDown)
	}
	s.press(fyne.KeyReturn)
}

func (s *screenSample) typed(text string) {
	for _, r := range text {
		s.window.Canvas().Focused().TypedRune(r)
	}
	s.Settle()
}

// dialog is the topmost one, or nil.
func (s *screenSample) dialog() *widgets.Dialog {
	d, _ := s.window.Canvas().Overlays().Top().(*widgets.Dialog)
	return d
}

// tabTo presses Tab until a button or tick box with this text has the focus.
func (s *screenSample) tabTo(t *testing.T, text string) {
	t.Helper()
	for range 20 {
		if s.focusOn() == text {
			return
		}
		s.press(fyne.KeyTab)
	}
	t.Fatalf("Tab does not lead to %q", text)
}

func TestOpensAtGeneral(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		if s.nav.Selected() != rowGeneral || s.window.Canvas().Focused() != s.nav.Focusable() {
			t.Errorf("row %d, focus on %T", s.nav.Selected(), s.window.Canvas().Focused())
		}
		s.press(fyne.KeyUp)
		if s.nav.Selected() != rowGeneral {
			t.Error("a heading was chosen")
		}
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		if !s.rows[rowUsers].pane.content.Visible() || s.rows[rowGeneral].pane.content.Visible() {
			t.Error("the pane of the users is not shown")
		}
		s.press(fyne.KeyEscape)
		if s.backs != 1 {
			t.Error("Esc did not lead back")
		}
	})
}

func TestAddUserByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowUsers)
		s.press(shiftTab, fyne.KeyReturn)
		s.wantDialog(t, "Add user")
		s.typed("Al Bo")
		s.press(fyne.KeyTab)
		s.typed("albo")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Done")
		s.press(fyne.KeyReturn) // Copy
		clipboard := fyne.CurrentApp().Clipboard()
		if clipboard.Content() != "ab12-cd34-ef56-gh78" {
			t.Errorf("copied %q", clipboard.Content())
		}
		s.press(fyne.KeyEscape)
		if s.dialog() != nil {
			t.Error("Esc did not close the one-time password")
		}
		if role := b.session.users[1].Role; role != roles[0] {
			t.Errorf("role %q", role)
		}
		time.Sleep(work.CopiedFor)
		s.Settle()
		if clipboard.Content() != "" {
			t.Errorf("the clipboard still holds %q", clipboard.Content())
		}
	})
}

func TestClipboardKeepsWhatCameLater(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		clipboard := fyne.CurrentApp().Clipboard()
		work.NewCopier(b.runner, clipboard).Copy("secret")
		clipboard.SetContent("something else")
		time.Sleep(work.CopiedFor)
		s.Settle()
		if clipboard.Content() != "something else" {
			t.Errorf("the clipboard holds %q", clipboard.Content())
		}
	})
}

func TestResetSecondUserByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.enter(rowUsers)
		s.press(fyne.KeyDown, fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
		s.wantDialog(t, "Reset two-factor")
		s.typed("Lost the old phone")
		s.press(fyne.KeyReturn)
		wantChanges(t, b.session, "ResetTwoFactor b")
		if s.dialog() != nil || b.session.reason != "Lost the old phone" {
			t.Errorf("dialog: %v, reason: %q", s.dialog(), b.session.reason)
		}
	})
}

func TestEnterOnARowEdits(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.enter(rowUsers)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantDialog(t, "Save")
		s.typed("Dr ")
		s.press(fyne.KeyReturn)
		wantChanges(t, b.session, "EditUser b")
		if got := b.session.users[1].Name; got != "Dr Ben Jones" {
			t.Errorf("the name is %q", got)
		}
		if want := (auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff}); b.session.was != want {
			t.Errorf("it began with %+v", b.session.was)
		}
		if s.dialog() != nil || s.window.Canvas().Focused() == nil {
			t.Error("the focus did not come back to the list")
		}
	})
}

func TestLeavingUnsavedIsAsked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyEscape)
		s.wantDialog(t, "Leave")
		s.press(fyne.KeyEscape)
		if s.backs != 0 || s.dialog() != nil {
			t.Error("Esc did not stay")
		}
		s.press(fyne.KeyEscape, fyne.KeyReturn)
		if s.backs != 0 || s.dialog() != nil {
			t.Error("an Enter too many did not stay")
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn)
		if s.backs != 1 {
			t.Error("Leave did not leave")
		}
	})
}

func (s *screenSample) wantDialog(t *testing.T, primary string) {
	t.Helper()
	if d := s.dialog(); d == nil || d.Primary().Text != primary {
		t.Fatalf("the dialog is %v, want the one with %q", d, primary)
	}
}

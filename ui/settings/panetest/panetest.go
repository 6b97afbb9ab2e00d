// Package panetest shows a pane of the settings alone in a window, over a real practice, and
// drives it as a user would. Only tests import it.
package panetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Size is the least that the window has.
var Size = fyne.NewSize(1024, 700)

// Sample is a practice whose Anna is in the settings. It is in a synctest bubble.
type Sample struct {
	uitest.Queue
	*practice.Practice
	// Asker answers step-up until Show, which has a dialog ask.
	screentest.Asker
	T      *testing.T
	Params pane.Params // what a pane or a presenter is given
	Leave  func()      // leaves the settings
	Ends   []error     // that the session is over, as it was told
	Left   int         // how often the settings were left for something else
	Files  map[string]string
	Fails  error // the writing of files does with this

	Window fyne.Window
	Pane   pane.Pane
}

// Run runs a test in a bubble of its own, with a practice that has these records. Nobody has just
// proven who they are.
func Run(t *testing.T, r practice.Records, fn func(*Sample)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &Sample{T: t, Practice: practice.New(t, r), Files: map[string]string{}}
		time.Sleep(time.Hour) // of the bubble's time; the proof at the set-up is over
		ctx, leave := context.WithCancel(t.Context())
		s.Leave = func() {
			leave()
			s.Params.Dialogs.CloseAll()
			s.Settle()
		}
		app := test.NewTempApp(t)
		app.Settings().SetTheme(looks.New(looks.Light, 1))
		s.Window = test.NewTempWindow(t, nil)
		s.Window.SetPadded(false)
		s.Window.Resize(Size)
		runner := work.Runner{Dispatch: s.Dispatch, Now: time.Now} //nolint:forbidigo // this package is for tests
		s.Params = pane.Params{
			Scope: screen.Scope{
				Ctx: ctx, Runner: runner, OnEnded: func(err error) { s.Ends = append(s.Ends, err) },
				StepUp: screen.NewStepUp(s.Anna.Session, runner, s.Open),
			},
			Dialogs: &screen.Dialogs{Window: s.Window}, Session: s.Anna.Session, Order: data.DayFirst,
			Copier: work.NewCopier(runner, app.Clipboard()), Save: s.save, Folder: authtest.Path("/home/anna"),
			LeaveFor: func(next func()) {
				s.Left++
				next()
			},
		}
		defer func() {
			s.Anna.Answer()
			s.Leave()
			time.Sleep(work.CopiedFor)
			s.Settle()
		}()
		fn(s)
	})
}

// save is pane.Saver.
func (s *Sample) save(path string, write func(io.Writer) error) error {
	if _, isTaken := s.Files[path]; isTaken {
		return &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}
	}
	var content bytes.Buffer
	if err := write(&content); err != nil {
		return err
	}
	if s.Fails != nil {
		return s.Fails
	}
	s.Files[path] = content.String()
	return nil
}

// TurnOn turns two-factor on. Nobody has just proven who they are after it.
func (s *Sample) TurnOn() {
	s.T.Helper()
	s.Practice.TurnOn()
	time.Sleep(time.Hour) // of the bubble's time; the proof at the sign-in is over
	s.Params.Session = s.Anna.Session
	s.Params.StepUp = screen.NewStepUp(s.Anna.Session, s.Params.Runner, s.Open)
}

// Look gives the window another look.
func (s *Sample) Look(look *looks.Theme) { fyne.CurrentApp().Settings().SetTheme(look) }

// WithDialog has a dialog ask who is there from now on.
func (s *Sample) WithDialog() {
	s.Params.StepUp = screen.NewStepUp(s.Anna.Session, s.Params.Runner, s.Params.Dialogs.OpenProof)
}

// Show shows what makes a pane, and reads what that shows.
func (s *Sample) Show(newPane func(pane.Params) pane.Pane) {
	s.WithDialog()
	uitest.KeepDrawn(s.Window)
	s.Pane = newPane(s.Params)
	s.Window.SetContent(s.Pane.Content)
	s.Pane.Refresh()
	s.Settle()
	s.Pane.Focus(s.Window.Canvas())
	s.Settle()
}

// ShiftTab is Tab backwards, for Press.
const ShiftTab fyne.KeyName = "shift+Tab"

// Press presses keys as the window does, and lets what they begin come to its end.
func (s *Sample) Press(names ...fyne.KeyName) {
	for _, name := range names {
		press(s.Window.Canvas(), name)
		s.Settle()
	}
}

func press(c fyne.Canvas, name fyne.KeyName) {
	switch focused := c.Focused(); {
	case name == fyne.KeyTab:
		c.(interface{ FocusNext() }).FocusNext()
	case name == ShiftTab:
		c.(interface{ FocusPrevious() }).FocusPrevious()
	case focused == nil:
		if typed := c.OnTypedKey(); typed != nil {
			typed(&fyne.KeyEvent{Name: name})
		}
	default:
		focused.TypedKey(&fyne.KeyEvent{Name: name})
		if again := c.Focused(); name == fyne.KeySpace && again != nil {
			again.TypedRune(' ')
		}
	}
}

// Typed types where the focus is.
func (s *Sample) Typed(text string) {
	for _, r := range text {
		s.Window.Canvas().Focused().TypedRune(r)
	}
	s.Settle()
}

// Replace puts a text in the place of that in the field which has the focus.
func (s *Sample) Replace(text string) {
	s.Window.Canvas().Focused().(interface{ SetText(string) }).SetText(text)
	s.Settle()
}

// Pass lets the bubble's time pass, and does meanwhile what is due.
func (s *Sample) Pass(d time.Duration) {
	step := max(50*time.Millisecond, d/200)
	for ; d > step; d -= step {
		time.Sleep(step)
		s.Settle()
	}
	time.Sleep(d)
	s.Settle()
}

// Dialog is the topmost one; nil: none is open.
func (s *Sample) Dialog() *widgets.Dialog {
	d, _ := s.Window.Canvas().Overlays().Top().(*widgets.Dialog)
	return d
}

// WantDialog sees that a dialog is open whose primary button has this text.
func (s *Sample) WantDialog(primary string) {
	s.T.Helper()
	if d := s.Dialog(); d == nil || d.Primary().Text != primary {
		s.T.Fatalf("no dialog with %q is open, but %+v", primary, d)
	}
}

// Button is one that is in sight, in the topmost dialog or else in the pane; nil: there is none.
func (s *Sample) Button(text string) *widgets.Button {
	for _, o := range test.LaidOutObjects(s.top()) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text && b.Visible() {
			return b
		}
	}
	return nil
}

// Shows says whether a text stands in the topmost dialog, or else in the pane.
func (s *Sample) Shows(text string) bool { return strings.Contains(Text(s.top()), text) }

func (s *Sample) top() fyne.CanvasObject {
	if d := s.Dialog(); d != nil {
		return d
	}
	return s.Pane.Content
}

// DialogText is all text of the topmost dialog.
func (s *Sample) DialogText() string {
	s.T.Helper()
	if s.Dialog() == nil {
		s.T.Fatal("no dialog is open")
	}
	return Text(s.Dialog())
}

// Text is all text in something.
func Text(o fyne.CanvasObject) string {
	var text strings.Builder
	for _, o := range test.LaidOutObjects(o) {
		if shown, ok := o.(fmt.Stringer); ok {
			text.WriteString(shown.String() + "\n")
		}
	}
	return text.String()
}

// Rows are what the columns of a list say of its rows.
func Rows[T any](columns []widgets.Column[T], rows []T) (all [][]string) {
	for _, row := range rows {
		var texts []string
		for _, c := range columns {
			texts = append(texts, c.Text(row))
		}
		all = append(all, texts)
	}
	return all
}

// FocusOn is the text of the button or tick box that has the focus; "": none has.
func (s *Sample) FocusOn() string {
	switch o := s.Window.Canvas().Focused().(type) {
	case *widgets.Button:
		return o.Text
	case *widgets.Check:
		return o.Text
	}
	return ""
}

// TabTo presses Tab until a button or tick box with this text has the focus.
func (s *Sample) TabTo(text string) {
	s.T.Helper()
	for range 40 {
		if s.FocusOn() == text {
			return
		}
		s.Press(fyne.KeyTab)
	}
	s.T.Fatalf("Tab does not lead to %q", text)
}

// Push goes to a button by Tab and presses it.
func (s *Sample) Push(text string) {
	s.T.Helper()
	s.TabTo(text)
	s.Press(fyne.KeyReturn)
}

// Prove answers the dialog that asks who is there, with a code too where it asks for one.
func (s *Sample) Prove() {
	s.T.Helper()
	s.WantDialog("Confirm")
	need, err := s.Anna.Session.StepUpNeed(s.T.Context())
	if err != nil {
		s.T.Fatal(err)
	}
	s.Typed(s.Anna.Password)
	s.Press(fyne.KeyReturn)
	if need.Code {
		s.Pass(need.NextCode.Sub(s.Params.Now())) // the code before it is used up
		s.Typed(s.Anna.Code())
	}
}

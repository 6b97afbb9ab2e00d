package screen

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// newDialogs are dialogs over a window, and what became of each.
func newDialogs(t *testing.T) (s *Dialogs, open func(name string) *Dialog, became func() string) {
	test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, 1))
	s = &Dialogs{Window: test.NewTempWindow(t, widgets.NewEntry())}
	got := ""
	open = func(name string) *Dialog {
		return s.Show(widgets.DialogOptions{
			Title: name, Content: widgets.NewColumn(), Primary: "Do", Cancel: "Cancel",
			OnCancel: func() { got += " cancelled " + name },
		}, func() { got += " wiped " + name })
	}
	return s, open, func() string { return got }
}

func TestDialogsAreOneStack(t *testing.T) {
	s, open, became := newDialogs(t)
	a := open("a")
	open("b")
	open("c").Cancel().Tapped(nil)
	if s.Top() == a || became() != " wiped c cancelled c" {
		t.Fatal(became())
	}
	open("d")
	a.Close()
	a.Close() // may be called twice
	if s.Top() != nil || became() != " wiped c cancelled c wiped d cancelled d wiped b cancelled b wiped a" {
		t.Error(became())
	}
	if n := len(s.Window.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d are still on the window", n)
	}
}

// TestCloseAll: the screen is left, so nothing that they ask for is answered.
func TestCloseAll(t *testing.T) {
	s, open, became := newDialogs(t)
	open("a")
	open("b")
	s.CloseAll()
	if s.Top() != nil || became() != " wiped b wiped a" || len(s.Window.Canvas().Overlays().List()) != 0 {
		t.Error(became())
	}
}

func TestShowProgress(t *testing.T) {
	s, _, _ := newDialogs(t)
	name, code := widgets.NewEntry(), widgets.NewEntry()
	fields := map[auth.Field]*widgets.Field{auth.FieldName: widgets.NewField("Name", name), auth.FieldReason: widgets.NewField("Code", code)}
	d := s.ShowForm(widgets.DialogOptions{Title: "t", Content: widgets.NewColumn(fields[auth.FieldName], fields[auth.FieldReason]), Primary: "Do"}, fields, nil)
	d.ShowProgress(Failed(&auth.FieldError{Field: auth.FieldReason, Problem: auth.ProblemEmpty}))
	if fields[auth.FieldReason].Error() == "" || fields[auth.FieldName].Error() != "" || d.Error() != "" || s.Window.Canvas().Focused() != code {
		t.Errorf("the field says %q, the dialog %q", fields[auth.FieldReason].Error(), d.Error())
	}
	d.ShowProgress(Progress{Busy: true})
	if fields[auth.FieldReason].Error() != "" || !d.Primary().Disabled() {
		t.Errorf("busy: %q, %v", fields[auth.FieldReason].Error(), d.Primary().Disabled())
	}
	d.ShowProgress(Failed(auth.ErrDiskFull))
	if d.Error() == "" || d.Primary().Disabled() {
		t.Error("no reason")
	}
}

// TestLateProgress: an answer that comes after Cancel shows nothing, and takes no focus.
func TestLateProgress(t *testing.T) {
	s, _, _ := newDialogs(t)
	name := widgets.NewEntry()
	field := widgets.NewField("Name", name)
	d := s.ShowForm(widgets.DialogOptions{Title: "t", Content: field, Primary: "Do"}, map[auth.Field]*widgets.Field{auth.FieldName: field}, nil)
	d.Close()
	d.ShowProgress(Failed(&auth.FieldError{Field: auth.FieldName, Problem: auth.ProblemEmpty}))
	if field.Error() != "" {
		t.Errorf("a closed dialog says %q", field.Error())
	}
}

// TestCancelClosesWhatLiesBelow: what a question's Cancel closes is closed once.
func TestCancelClosesWhatLiesBelow(t *testing.T) {
	s, open, became := newDialogs(t)
	open("a")
	b := open("b")
	s.Show(widgets.DialogOptions{Title: "c", Content: widgets.NewColumn(), Cancel: "Cancel", OnCancel: b.Close}, nil)
	b.Close()
	if s.Top() == nil || became() != " wiped b" {
		t.Error(became())
	}
}

package patients

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", 9*3600+45*60) // the practice is in UTC
	uitest.Main(m)
}

// sample is a window of the least size with a page, or a top bar, in it.
type sample struct {
	uitest.Queue
	t        *testing.T
	practice *practice.Practice
	anna     *practice.Window
	window   fyne.Window
	params   Params
	went     []string // by callbacks
	close    func()
}

// page is what the pages here are for the shell.
type page interface {
	screen.Screen
	Refresh()
	Close()
}

var _ = []page{(*ListPage)(nil), (*PatientPage)(nil), (*FormPage)(nil)}

// inBubble runs a test with a clock and goroutines of its own.
func inBubble(t *testing.T, fn func(*sample)) { inBubbleWith(t, few(), looks.New(looks.Light, 1), fn) }

func inBubbleWith(t *testing.T, r practice.Records, theme fyne.Theme, fn func(*sample)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(tuesday.At(9*60+41, time.UTC))) // of the bubble's time
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme)
		w := test.NewTempWindow(t, nil)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1024, 700))
		ctx, leave := context.WithCancel(t.Context())
		s := &sample{t: t, practice: practice.New(t, r), window: w, close: func() {}}
		s.anna = s.practice.Anna
		note := func(format string, a ...any) { s.went = append(s.went, strings.TrimSpace(fmt.Sprintf(format, a...))) }
		isOld := func(id string) bool {
			return slices.ContainsFunc(r.Patients, func(p data.Patient) bool { return p.ID == id })
		}
		s.params = Params{
			Scope: screen.Scope{
				Ctx: ctx, Runner: work.Runner{Dispatch: s.Dispatch, Now: time.Now}, OnEnded: func(error) { note("ended") },
			},
			Desk: s.anna.Desk, Window: w,
			OnPatient: func(id, said string) {
				if !isOld(id) {
					id = "new"
				}
				note("patient %s %s", id, said)
			},
			OnNew:  func(name string) { note("new %s", name) },
			OnEdit: func(id string) { note("edit %s", id) },
			OnBook: func(p data.Patient, like *data.Appointment) {
				if like == nil {
					note("book %s", p.ID)
					return
				}
				note("book %s like %s", p.ID, like.ID)
			},
			OnVisit: func(a data.Appointment) { note("day %s", data.DateOf(a.Start.Local())) },
			OnArrive: func(id string, told func(data.Appointment, string)) {
				note("arrive %s", id)
				if id == "bo" {
					told(data.Appointment{}, "Bo Anderson has no appointment today.")
					return
				}
				told(data.Appointment{ID: "v", Start: time.Now()}, "Ann Smith: arrived.")
			},
			OnMove: func(v data.Visit) { note("move %s", v.ID) },
			OnArrived: func(v data.Visit, told Told) {
				note("arrived %s", v.ID)
				told(v.Appointment, "Ann Smith: arrived.")
			},
			OnCancel: func(v data.Visit, told Told) {
				note("cancel %s", v.ID)
				told(v.Appointment, "Ann Smith: cancelled.")
			},
			OnUndo: func(told func(bool, string)) {
				note("undo")
				told(true, "Taken back.")
			},
			OnPrint: func(p data.Patient, next []data.Visit) { note("print %s %d", p.ID, len(next)) },
			OnBack:  func() { note("back") },
		}
		defer func() {
			leave()
			time.Sleep(time.Minute)
			s.Settle()
		}()
		fn(s)
	})
}

// show shows a page as the shell does.
func (s *sample) show(p page) {
	s.window.SetContent(p.Content())
	p.Focus()
	s.Settle()
	s.close = p.Close
}

func (s *sample) form(id, name string) *FormPage {
	f := NewForm(s.params, id, name)
	s.show(f)
	return f
}

func (s *sample) record(id string) *PatientPage {
	p := NewPatient(s.params, id, "")
	s.show(p)
	return p
}

const shiftTab fyne.KeyName = "shift+Tab"

// press presses keys as the window does.
func (s *sample) press(names ...fyne.KeyName) {
	c := s.window.Canvas()
	for _, name := range names {
		switch {
		case name == fyne.KeyTab:
			c.(interface{ FocusNext() }).FocusNext()
		case name == shiftTab:
			c.(interface{ FocusPrevious() }).FocusPrevious()
		case c.Focused() == nil:
			if heard := c.OnTypedKey(); heard != nil {
				heard(&fyne.KeyEvent{Name: name})
			}
		default:
			c.Focused().TypedKey(&fyne.KeyEvent{Name: name})
			if name == fyne.KeySpace && c.Focused() != nil {
				c.Focused().TypedRune(' ')
			}
		}
		s.Settle()
	}
}

// typed types into what has the focus.
func (s *sample) typed(text string) {
	s.t.Helper()
	focused := s.window.Canvas().Focused()
	if focused == nil {
		s.t.Fatalf("nothing has the focus to type %q", text)
	}
	for _, r := range text {
		focused.TypedRune(r)
	}
	s.Settle()
}

// pass lets the bubble's time pass, and does what comes up meanwhile.
func (s *sample) pass(d time.Duration) {
	const step = 50 * time.Millisecond
	for ; d > 0; d -= step {
		time.Sleep(min(step, d))
		s.Settle()
	}
}

func (s *sample) wantWent(want ...string) {
	s.t.Helper()
	if !slices.Equal(s.went, want) {
		s.t.Errorf("went to %q, want %q", s.went, want)
	}
	s.went = nil
}

// texts are all that is to be read on the window now, in its top layer.
func (s *sample) texts() string {
	root := s.window.Canvas().Content()
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	return strings.Join(s.textsIn(root), "\n")
}

func (s *sample) textsIn(o fyne.CanvasObject) (all []string) {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *widgets.Text:
		return []string{o.Text()}
	case *widgets.Button:
		return []string{"[" + o.Text + "]"}
	case *widgets.Entry:
		return []string{o.Text}
	case *widgets.TextArea:
		return []string{o.Text}
	case *widget.RichText:
		return []string{o.String()}
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.TempWidgetRenderer(s.t, o).Objects()
	}
	for _, child := range children {
		all = append(all, s.textsIn(child)...)
	}
	return all
}

func (s *sample) wantText(parts ...string) {
	s.t.Helper()
	all := s.texts()
	for _, part := range parts {
		if !strings.Contains(all, part) {
			s.t.Errorf("%q is not to be read in:\n%s", part, all)
		}
	}
}

func (s *sample) wantNoText(part string) {
	s.t.Helper()
	if all := s.texts(); strings.Contains(all, part) {
		s.t.Errorf("%q is to be read in:\n%s", part, all)
	}
}

// hitsIn are the rows of a list of results.
func hitsIn(l *widgets.ResultList) (titles []string) {
	for i := range l.Len() {
		titles = append(titles, l.Row(i).Title)
	}
	return titles
}

type mouseEvent = desktop.MouseEvent

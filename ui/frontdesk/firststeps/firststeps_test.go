package firststeps

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is the list over a real practice, on a panel beside a day.
type sample struct {
	*screentest.Window
	*List
	practice *practice.Practice
	taken    []Step
	gone     int
	sizes    int
}

// run shows the list to an admin of a new practice.
func run(t *testing.T, look fyne.Theme, r practice.Records, fn func(t *testing.T, s *sample)) {
	t.Helper()
	screentest.RunInWindow(t, look, func(t *testing.T, w *screentest.Window) {
		s := &sample{Window: w, practice: practice.New(t, r)}
		s.show(s.practice.Anna)
		s.SetAdmin(true)
		s.Pass(lookTime)
		fn(t, s)
	})
}

func (s *sample) show(user *practice.Window) {
	panel := container.New(layouts.Column{})
	s.List = New(Params{
		Scope: s.Scope, Session: user.Session, Desk: user.Desk,
		OnStep: func(step Step) { s.taken = append(s.taken, step) },
		OnGone: func() { s.gone++ },
		OnSize: func() { s.sizes++; panel.Refresh() },
	})
	panel.Add(s.Content())
	width := layouts.Exactly(func() float32 { return layouts.HalfScaled(280) })
	side := container.New(layouts.MinSize{Width: width}, panel)
	s.Window.Window.SetContent(container.NewBorder(nil, nil, nil, side))
}

// done are the steps that are ticked; nil: the list is not there.
func (s *sample) done() (done []Step) {
	if !s.Content().Visible() {
		return nil
	}
	done = []Step{}
	for i, r := range s.rows {
		if r.done.Visible() == r.open.Visible() {
			panic("a step is both, or neither")
		}
		if r.done.Visible() {
			done = append(done, Step(i))
		}
	}
	return done
}

func (s *sample) want(t *testing.T, want ...Step) {
	t.Helper()
	if want == nil {
		want = []Step{}
	}
	s.Pass(lookTime)
	if got := s.done(); !slices.Equal(got, want) || got == nil {
		t.Errorf("done are %v, want %v", got, want)
	}
}

// withHours are details with somebody who works on a day.
func withHours() data.Details {
	d := data.DefaultDetails()
	p := data.Practitioner{ID: "osei", Name: "Dr Osei"}
	p.Hours[time.Monday] = []data.Span{{From: 540, To: 1020}}
	d.Practitioners = []data.Practitioner{p}
	return d
}

func TestEachStepTicksItself(t *testing.T) {
	run(t, looks.New(looks.Light, 1), practice.Records{}, func(t *testing.T, s *sample) {
		s.want(t, People) // Ben
		s.practice.ChangeDetails(func(d *data.Details) { d.Practitioners = []data.Practitioner{{ID: "lind", Name: "Dr Lind"}} })
		s.want(t, People) // nobody can be booked for without hours
		s.practice.ChangeDetails(func(d *data.Details) { d.Practitioners = withHours().Practitioners })
		s.want(t, Hours, People)
		s.practice.MakeKit()
		s.want(t, Hours, People, Kit)
		if _, err := s.practice.Anna.Desk.SavePatient(t.Context(), data.Patient{Name: "Ann Able"}); err != nil {
			t.Fatal(err)
		}
		s.want(t, Hours, People, Kit, Patients)
		if _, err := s.practice.Anna.Session.BackUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		s.want(t, Hours, People, Kit, Patients, Backup)
		if s.gone > 0 {
			t.Error("it is gone with a step open")
		}
	})
}

func TestGoesWhenAllIsDone(t *testing.T) {
	r := practice.Records{Details: withHours(), Patients: []data.Patient{{ID: "ann", Name: "Ann Able"}}}
	run(t, looks.New(looks.Light, 1), r, func(t *testing.T, s *sample) {
		if _, err := s.practice.Anna.Session.BackUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		s.practice.TurnOn()
		s.SetAdmin(false)
		s.gone = 0
		s.show(s.practice.Anna)
		s.SetAdmin(true)
		s.Pass(lookTime)
		if s.gone != 1 || s.Content().Visible() {
			t.Errorf("all is done: gone %d times, visible %v", s.gone, s.Content().Visible())
		}
		s.silent(t)
		s.SetAdmin(true)
		s.silent(t)
	})
}

// silent sees that nothing is read any more.
func (s *sample) silent(t *testing.T) {
	t.Helper()
	before := s.practice.Anna.Asked()
	s.Pass(3 * lookTime)
	if after := s.practice.Anna.Asked(); after != before || s.Content().Visible() {
		t.Errorf("it asked %d times more", after-before)
	}
}

func TestHide(t *testing.T) {
	run(t, looks.New(looks.Light, 1), practice.Records{}, func(t *testing.T, s *sample) {
		s.tap("Hide")
		if s.gone != 1 || s.Content().Visible() {
			t.Errorf("gone %d times, visible %v", s.gone, s.Content().Visible())
		}
		s.silent(t)
	})
}

func TestLeadsToEachStep(t *testing.T) {
	run(t, looks.New(looks.Light, 1), practice.Records{}, func(t *testing.T, s *sample) {
		for _, r := range s.rows {
			if r.open.Visible() {
				s.Window.Window.Canvas().Focus(r.open)
				r.open.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			}
		}
		if want := []Step{Hours, Kit, TwoFactor, Patients, Backup}; !slices.Equal(s.taken, want) {
			t.Errorf("led to %v, want %v", s.taken, want)
		}
	})
}

// It is for admins. Who that is may be known only later.
func TestForAdminsOnly(t *testing.T) {
	run(t, looks.New(looks.Light, 1), practice.Records{}, func(t *testing.T, s *sample) {
		s.SetAdmin(false)
		if s.Content().Visible() {
			t.Error("the Staff see it")
		}
		s.SetAdmin(true)
		s.want(t, People)
		s.show(s.practice.Ben)
		s.SetAdmin(true) // so it was believed
		s.Pass(2 * lookTime)
		if s.Content().Visible() {
			t.Error("the Staff see it")
		}
	})
}

func (s *sample) tap(text string) {
	uitest.Walk(s.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text {
			defer test.Tap(b)
		}
	})
}

// TestGallery sees that it fits beside the day.
func TestGallery(t *testing.T) {
	states := map[string]practice.Records{"new": {}, "begun": {Details: withHours(), Patients: []data.Patient{{ID: "ann", Name: "Ann Able"}}}}
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, r := range states {
			t.Run(name+suffix, func(t *testing.T) {
				run(t, look, r, func(t *testing.T, s *sample) {
					uitest.SavePicture(t, s.Window.Window, screentest.Size, "firststeps-"+name+suffix)
				})
			})
		}
	})
}

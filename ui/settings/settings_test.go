package settings

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/sharing"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// records are what the panes have to show.
func records() practice.Records {
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	return practice.Records{Details: details, Patients: []data.Patient{{ID: "ann", Name: "Ann Able"}}}
}

// sample is the settings over a real practice.
type sample struct {
	*panetest.Sample
	*Screen
	backs int
}

// run runs a test with the settings that begin so.
func run(t *testing.T, begin Params, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, records(), func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.begin(begin)
		fn(all.T, s)
	})
}

// runAsAdmin is run with all panes.
func runAsAdmin(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	run(t, Params{Admin: true}, fn)
}

// alone is a practice whose data lies on this computer. It is asked for nothing else here.
type alone struct{ sharing.Server }

func (alone) Where() sharing.Where { return sharing.Where{} }

// begin shows the settings. p says how they begin; the rest is what a practice gives them.
func (s *sample) begin(p Params) {
	p.Session, p.Desk, p.Server = s.Anna.Session, s.Anna.Desk, alone{}
	if !p.Admin {
		p.Session, p.Desk = s.Ben.Session, s.Ben.Desk
	}
	p.Runner, p.Ctx, p.Window, p.Copier = s.Params.Runner, s.Params.Ctx, s.Window, s.Params.Copier
	p.Order, p.Save, p.Folder, p.OnEnded = s.Params.Order, s.Params.Save, s.Params.Folder, s.Params.OnEnded
	p.OnNewKit = func(*auth.Kit, *general.Draft) {}
	p.OnBack = func() { s.backs++ }
	s.Screen = New(p)
	uitest.KeepDrawn(s.Window)
	s.Window.SetContent(s.Content())
	s.Focus()
	s.Settle()
}

// enter goes down the list of panes to one, and into it.
func (s *sample) enter(name string) {
	for s.nav.Selected() < s.rowOf(name) {
		s.Press(fyne.KeyDown)
	}
	s.Press(fyne.KeyReturn)
}

// visible are the names of the panes in sight.
func (s *sample) visible() (names []string) {
	for _, r := range s.rows {
		if !r.isHeading() && r.pane.Content.Visible() {
			names = append(names, r.name)
		}
	}
	return names
}

// wantPane sees that one pane is shown, and chosen in the list, which has the focus.
func (s *sample) wantPane(name string) {
	s.T.Helper()
	if got := s.visible(); !slices.Equal(got, []string{name}) || s.nav.Selected() != s.rowOf(name) || s.Window.Canvas().Focused() != s.nav.Focusable() {
		s.T.Errorf("shown are %q, want %q; row %d, focus on %T", got, name, s.nav.Selected(), s.Window.Canvas().Focused())
	}
}

// all are the panes in their order.
var all = []string{
	pane.General, pane.Recovery, pane.Practitioners, pane.Appointments, pane.Server, pane.Users, pane.Computers, pane.Activity,
	pane.Backup, pane.Exchange, pane.Account,
}

func TestBeginsWithTheNamedPane(t *testing.T) {
	for _, name := range all {
		run(t, Params{Admin: true, Pane: name}, func(_ *testing.T, s *sample) { s.wantPane(name) })
	}
	run(t, Params{Admin: true, Pane: "gone"}, func(_ *testing.T, s *sample) { s.wantPane(pane.General) })
	run(t, Params{Admin: true, Pane: NewPractitioner}, func(t *testing.T, s *sample) {
		if got := s.visible(); !slices.Equal(got, []string{pane.Practitioners}) || s.Dialog() == nil {
			t.Errorf("shown are %q, dialog: %v", got, s.Dialog())
		}
	})
}

// TestPanesInTheirOrder goes down the list to its end.
func TestPanesInTheirOrder(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		for _, name := range all {
			s.wantPane(name)
			s.Press(fyne.KeyDown)
		}
		if s.nav.Len() != len(all)+1 { // one heading
			t.Errorf("%d rows", s.nav.Len())
		}
	})
}

// TestPanesForStaff: of the settings they have only what is their own.
func TestPanesForStaff(t *testing.T) {
	run(t, Params{Pane: pane.Users}, func(t *testing.T, s *sample) {
		if s.wantPane(pane.Account); s.nav.Len() != 1 {
			t.Errorf("%d rows", s.nav.Len())
		}
	})
}

// TestNoDeskNoPanes: a practice without records shows no panes that are about them.
func TestNoDeskNoPanes(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		p := s.Screen.params
		p.Desk = nil
		for _, r := range New(p).rows {
			if r.name == pane.Practitioners || r.name == pane.Appointments || r.name == pane.Exchange {
				t.Errorf("%q", r.name)
			}
		}
	})
}

func TestOpensAtGeneral(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.wantPane(pane.General)
		s.Press(fyne.KeyUp) // to the heading, which leads to its first pane
		s.wantPane(pane.General)
		s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		s.wantPane(pane.Users)
		if s.Press(fyne.KeyEscape); s.backs != 1 {
			t.Error("Esc did not lead back")
		}
	})
}

// TestSaysWhatWasDone: in the pane that it is about, and nowhere else.
func TestSaysWhatWasDone(t *testing.T) {
	const said = "Something was done."
	for _, name := range []string{pane.General, pane.Recovery, pane.Account} {
		run(t, Params{Admin: true, Pane: name, Said: said}, func(t *testing.T, s *sample) {
			for _, other := range append([]string{name}, all...) {
				s.GoTo(other)
				s.Settle()
				if text := panetest.Text(s.rows[s.rowOf(other)].pane.Content); strings.Contains(text, said) != (other == name) {
					t.Errorf("beginning with %s: %s says so: %v", name, other, other != name)
				}
			}
		})
	}
}

func TestLeavingUnsavedIsAsked(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyEscape)
		s.WantDialog("Leave")
		s.Press(fyne.KeyEscape)
		if s.backs != 0 || s.Dialog() != nil {
			t.Error("Esc did not stay")
		}
		s.Press(fyne.KeyEscape, fyne.KeyReturn)
		if s.backs != 0 || s.Dialog() != nil {
			t.Error("an Enter too many did not stay")
		}
		s.GoTo(pane.Users)
		s.Press(fyne.KeyEscape)
		s.WantDialog("Leave") // whichever pane is in sight
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if s.backs != 1 {
			t.Error("Leave did not leave")
		}
	})
}

// TestGoToKeepsWhatWasTyped: another pane is seen, and nothing is lost in the first.
func TestGoToKeepsWhatWasTyped(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.Press(fyne.KeyReturn)
		s.Typed("New ")
		s.GoTo(pane.Users)
		s.wantPane(pane.Users)
		s.GoTo("gone")
		s.wantPane(pane.Users)
		if s.goInto(pane.General); s.Window.Canvas().Focused() == s.nav.Focusable() {
			t.Error("the focus is not in the pane")
		}
		if e, ok := s.Window.Canvas().Focused().(interface{ SelectedText() string }); !ok {
			t.Errorf("the focus is on %T", e)
		}
		s.Press(fyne.KeyEscape)
		s.WantDialog("Leave") // what was typed is there
	})
}

// TestReadAnew reads what is in sight, and nothing else.
func TestReadAnew(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.enter(pane.Computers)
		computers := s.rows[s.rowOf(pane.Computers)].pane.Content
		s.Link(auth.Computer{Name: "SURGERY"})
		if s.Settle(); strings.Contains(panetest.Text(computers), "SURGERY") {
			t.Error("it was read before")
		}
		s.ReadAnew()
		if s.Settle(); !strings.Contains(panetest.Text(computers), "SURGERY") {
			t.Errorf("%q", panetest.Text(computers))
		}
	})
}

// openAddUser opens a dialog of a pane.
func (s *sample) openAddUser() {
	s.T.Helper()
	s.enter(pane.Users)
	s.Push("Add user…")
	s.WantDialog("Add user")
}

func TestDialogsCloseWhenTheSettingsAreLeft(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.openAddUser()
		if s.Sample.Leave(); s.Dialog() != nil {
			t.Error("the dialog outlives the settings")
		}
	})
}

func TestDialogsCloseWhenTheSessionEnds(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		s.openAddUser()
		if err := s.Anna.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s.Pass(pane.LookTime); s.Dialog() != nil || len(s.Ends) == 0 {
			t.Errorf("dialog: %v, told %v", s.Dialog(), s.Ends)
		}
	})
}

// TestPanesAreOfOneWidth has the cards of all panes begin and end at the same place, in a wide window and in a small one.
func TestPanesAreOfOneWidth(t *testing.T) {
	for _, width := range []float32{panetest.Size.Width, 1920} {
		runAsAdmin(t, func(t *testing.T, s *sample) {
			s.Window.Resize(fyne.NewSize(width, panetest.Size.Height))
			edges := map[string][2]float32{}
			for _, name := range all {
				s.GoTo(name)
				s.Settle()
				for _, o := range test.LaidOutObjects(s.rows[s.rowOf(name)].pane.Content) {
					switch o.(type) {
					case *widgets.Card, *widgets.ListCard:
						if o.Visible() {
							left := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X
							edges[name] = [2]float32{left, left + o.Size().Width}
						}
					}
				}
			}
			for _, name := range all {
				if edges[name] == [2]float32{} || edges[name] != edges[pane.General] {
					t.Errorf("%v wide: the cards of %s are at %v, those of General at %v", width, name, edges[name], edges[pane.General])
				}
			}
		})
	}
}

// TestKeysStandInTheHelp sees that each pane has a topic, which names all its keys.
func TestKeysStandInTheHelp(t *testing.T) {
	runAsAdmin(t, func(t *testing.T, s *sample) {
		for _, name := range all {
			s.GoTo(name)
			s.Settle()
			if got := widgets.HelpAt(s.Window.Canvas()); got != name {
				t.Errorf("in the pane %q F1 tells of %q", name, got)
			}
			uitest.SeeKeys(t, s.Window)
		}
	})
}

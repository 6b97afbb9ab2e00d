package computers

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is a practice at three computers, and the presenter with all that it showed.
type sample struct {
	*panetest.Sample
	*Presenter
	view  View
	codes []*LinkingCode
}

var records = practice.Records{Patients: []data.Patient{{ID: "ann", Name: "Ann Able"}, {ID: "bea", Name: "Bea Best"}}}

// run runs a test with Anna at the OFFICE.
func run(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, records, func(p *panetest.Sample) {
		s := &sample{Sample: p}
		s.link()
		s.Presenter = NewPresenter(p.Params.Scope, p.Params.Session, s, nil)
		s.read()
		fn(p.T, s)
	})
}

// Show implements Display.
func (s *sample) Show(v View) { s.view = v }

// ShowCode implements Display.
func (s *sample) ShowCode(l *LinkingCode) { s.codes = append(s.codes, l) }

// link links the other computers. Nobody has just proven who they are after it.
func (s *sample) link() {
	s.Anna.StepUp()
	s.must(s.Anna.Session.RenameComputer(s.T.Context(), s.stored()[0].ID, "OFFICE"))
	cleo := s.Hire("Cleo Marsh")
	s.Link(auth.Computer{Name: "RECEPTION-1", Account: "desk"}, s.Ben, cleo)
	s.Link(auth.Computer{Name: "RECEPTION-2", Account: "desk"})
	time.Sleep(time.Hour) // of the bubble's time; the proof is over
}

func (s *sample) must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// stored are the computers as they are in the register.
func (s *sample) stored() []auth.ComputerInfo {
	s.T.Helper()
	all, err := s.Anna.Session.Computers(s.T.Context())
	s.must(err)
	return all
}

// linkWith links a computer with a code, as is done there.
func (s *sample) linkWith(code, name string) {
	s.T.Helper()
	deps := s.NewComputer()
	deps.Computer.Name = name
	p, err := auth.LinkWithCode(s.T.Context(), deps, code)
	s.must(err)
	s.must(p.Close())
}

// rows are what the list says.
func (s *sample) rows() [][]string { return panetest.Rows(columns(s.Now), s.view.Rows) }

// read reads the list again.
func (s *sample) read() {
	s.Refresh()
	s.Settle()
}

// startUnlink unlinks the second computer, as its dialog asks for.
func (s *sample) startUnlink() (d *screentest.Form, cancel func()) {
	s.choose(1)
	d = &screentest.Form{}
	act := s.newAct(d)
	info, _ := s.computer()
	s.unlink(act, info)
	s.Settle()
	return d, act.Cancel
}

// prove answers who is there.
func (s *sample) prove() {
	s.Last().Submit(s.Anna.Password, "")
	s.Settle()
}

// shownCode is a linking code with all that its dialog showed.
type shownCode struct {
	*LinkingCode
	shown []linkingCodeView
}

func (c *shownCode) last() linkingCodeView { return c.shown[len(c.shown)-1] }

// makeCode makes a linking code, and opens its dialog.
func (s *sample) makeCode() *shownCode {
	s.T.Helper()
	s.Anna.StepUp()
	s.NewCode()
	s.Settle()
	if len(s.codes) != 1 {
		s.T.Fatalf("codes: %d, %+v", len(s.codes), s.view)
	}
	c := &shownCode{LinkingCode: s.codes[0]}
	c.begin(func(v linkingCodeView) { c.shown = append(c.shown, v) })
	return c
}

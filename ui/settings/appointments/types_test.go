package appointments

import (
	"slices"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

func records() practice.Records {
	details := data.DefaultDetails()
	details.Types = append(details.Types, data.AppointmentType{ID: "k", Name: "Check-up", Minutes: 30})
	details.HealthNumber = "NHS number"
	return practice.Records{Details: details}
}

// sample is the presenter over a practice.
type sample struct {
	*panetest.Sample
	presenter *presenter
}

func run(t *testing.T, fn func(*testing.T, *sample)) {
	t.Helper()
	panetest.Run(t, records(), func(s *panetest.Sample) {
		p := &sample{s, newPresenter(s.Params, s.Anna.Desk, screen.NewView(func(view) {}))}
		p.refresh()
		fn(s.T, p)
	})
}

func (s *sample) refresh() {
	s.presenter.refresh()
	s.Settle()
}

func (s *sample) shown() view { return s.presenter.shown.Shown() }

// rows are what the list says.
func (s *sample) rows() [][]string { return panetest.Rows(columns(), s.shown().Rows) }

// stored is the type with this name, as it is in the records.
func stored(s *panetest.Sample, name string) data.AppointmentType {
	s.T.Helper()
	all := s.Details().Types
	i := slices.IndexFunc(all, func(t data.AppointmentType) bool { return t.Name == name })
	if i < 0 {
		s.T.Fatalf("there is no %q in %+v", name, all)
	}
	return all[i]
}

// isSaved says that the details are not as they were at the beginning.
func isSaved(s *sample) bool { return s.Details().Version > 1 }

// dialog is one in which a type is added or edited, with what it showed.
type dialog struct {
	screentest.Form
	edit   *edit
	errors typeErrors
	theirs string
}

// edits opens one; saves presses its button.
func (s *sample) edits(was data.AppointmentType) *dialog {
	d := &dialog{}
	d.edit = s.presenter.newEdit(d, was, func(e typeErrors) { d.errors = e }, func(text string) { d.theirs = text })
	return d
}

func (s *sample) saves(d *dialog, typed typeForm) {
	s.presenter.save(d.edit, typed)
	s.Settle()
}

func (s *sample) savesForm() {
	s.presenter.saveForm()
	s.Settle()
}

func TestTypesView(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		v := s.shown()
		if len(v.Rows) != 2 || s.rows()[0][0] != "Consultation" || s.rows()[0][1] != "15 min" || s.rows()[1][0] != "Check-up" || !v.CanRemove {
			t.Errorf("%+v", v)
		}
		if !v.Ready || v.Form != (form{"20", "NHS number"}) || v.CanSave {
			t.Errorf("%+v", v)
		}
	})
}

func TestSaveType(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		d := s.edits(data.AppointmentType{Minutes: 15})
		s.saves(d, typeForm{" Vaccination ", " 10 "})
		if added := stored(s.Sample, "Vaccination"); !d.IsClosed || added.ID == "" || added.Minutes != 10 || s.shown().Name != "Vaccination" {
			t.Errorf("%+v, %+v", added, s.shown())
		}
		// The name that nobody gave stays one in the words of the screens.
		first, _ := s.presenter.Now.Type(data.Consultation)
		d = s.edits(first)
		s.saves(d, typeForm{"Consultation", "20"})
		if kept := stored(s.Sample, ""); !d.IsClosed || kept.ID != data.Consultation || kept.Minutes != 20 {
			t.Errorf("%+v", kept)
		}
	})
}

func TestTypeErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		for _, c := range []struct {
			typed typeForm
			want  typeErrors
		}{
			{typeForm{"", "0"}, typeErrors{"Type a name.", "Type a number of minutes from 5 to 480."}},
			{typeForm{"CONSULTATION", "481"}, typeErrors{"This name is there already. Choose another one.", "Type a number of minutes from 5 to 480."}},
			{typeForm{"X", "ten"}, typeErrors{"", "Type a number of minutes from 5 to 480."}},
		} {
			d := s.edits(data.AppointmentType{})
			s.saves(d, c.typed)
			if d.errors != c.want || d.IsClosed || isSaved(s) {
				t.Errorf("%+v: %+v", c.typed, d.errors)
			}
		}
	})
}

func TestTypeNameTakenMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		d := s.edits(data.AppointmentType{})
		s.ChangeDetails(func(d *data.Details) {
			d.Types = append(d.Types, data.AppointmentType{ID: "x", Name: "Vaccination", Minutes: 10})
		})
		s.saves(d, typeForm{"VACCINATION", "15"})
		if d.IsClosed || !strings.HasPrefix(d.errors.Name, "This name is there already.") || d.Last().Busy || len(s.Details().Types) != 3 {
			t.Errorf("closed: %v, %+v", d.IsClosed, d.errors)
		}
	})
}

func TestTypeOvertaken(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		was, _ := s.presenter.Now.Type("k")
		d := s.edits(was)
		s.ChangeDetails(func(d *data.Details) { d.Types[1].Minutes = 45 })
		s.saves(d, typeForm{"Check-up", "20"})
		if d.IsClosed || !strings.Contains(d.theirs, "Check-up, 45 min") || s.rows()[1][1] != "45 min" {
			t.Fatalf("%q, %+v", d.theirs, s.rows())
		}
		s.saves(d, typeForm{"Check-up", "20"})
		if !d.IsClosed || s.rows()[1][1] != "20 min" {
			t.Errorf("%+v", s.rows())
		}
	})
}

func TestLastTypeStays(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		first, _ := s.presenter.one()
		s.ChangeDetails(func(d *data.Details) { d.Types[1].Gone = true }) // another window removes the other one just before
		s.presenter.setGone(first, true)
		s.Settle()
		if n := len(s.Details().Offered()); n != 1 {
			t.Fatalf("%d types are offered", n)
		}
		if s.shown().CanRemove || s.shown().Why == "" {
			t.Errorf("%+v", s.shown())
		}
		s.presenter.choose(1)
		gone, _ := s.presenter.one()
		s.presenter.setGone(gone, false)
		s.Settle()
		if n := len(s.Details().Offered()); n != 2 {
			t.Errorf("%d types are offered", n)
		}
	})
}

func TestSaveDeskForm(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.presenter.edit(form{"0", strings.Repeat("x", 201)})
		s.savesForm()
		if v := s.shown(); v.LimitError == "" || v.NumberError == "" || isSaved(s) {
			t.Errorf("%+v", v)
		}
		s.presenter.edit(form{" 25 ", ""})
		if s.shown().LimitError+s.shown().NumberError != "" || !s.presenter.isChanged() {
			t.Errorf("%+v", s.shown())
		}
		s.presenter.saveForm()
		s.savesForm() // a second Enter
		if v, d := s.shown(), s.Details(); v.Saved == "" || v.CanSave || v.Form != (form{"25", ""}) || d.WaitLimit != 25 || d.HealthNumber != "" || d.Version != 2 || s.presenter.isChanged() {
			t.Errorf("%+v, %+v", v, d)
		}
	})
}

// TestDeskFormIsKeptWhileItIsSaved: what is typed late is not taken for saved.
func TestDeskFormIsKeptWhileItIsSaved(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.presenter.edit(form{"25", ""})
		s.presenter.saveForm()
		s.presenter.edit(form{"26", ""})
		if v := s.shown(); v.Busy == "" || v.CanSave || v.Form.Limit != "25" {
			t.Errorf("%+v", v)
		}
		s.Settle()
		if v := s.shown(); v.Busy != "" || v.Saved == "" || v.Form.Limit != "25" || s.Details().WaitLimit != 25 {
			t.Errorf("%+v", v)
		}
	})
}

func TestDeskFormOvertaken(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.ChangeDetails(func(d *data.Details) { d.WaitLimit = 30 })
		s.presenter.edit(form{"25", "AHV"})
		s.savesForm()
		if v := s.shown(); !strings.Contains(v.Problem, "Red after: 30 min") || strings.Contains(v.Problem, "called") || v.Form != (form{"25", "AHV"}) || !v.CanSave {
			t.Fatalf("%+v", v)
		}
		s.savesForm()
		if d := s.Details(); d.WaitLimit != 25 || d.HealthNumber != "AHV" || s.shown().Problem != "" {
			t.Errorf("%+v, %+v", d, s.shown())
		}
	})
}

// What is typed stays while others change something else, and after an error.
func TestDeskFormStays(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.presenter.edit(form{"25", "NHS number"})
		s.ChangeDetails(func(d *data.Details) { d.Types = d.Types[:1] })
		s.refresh()
		s.Anna.Stop(auth.ErrDisk)
		s.savesForm()
		if v := s.shown(); v.Form.Limit != "25" || len(v.Rows) != 1 || !strings.HasPrefix(v.Problem, "The disk reports an error") || !v.CanSave {
			t.Errorf("%+v", v)
		}
		s.Anna.Answer()
		if err := s.Anna.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.savesForm()
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

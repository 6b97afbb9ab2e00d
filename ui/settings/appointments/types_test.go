package appointments

import (
	"fmt"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen/screentest"

	"anteroom/ui/settings/pane"
)

// kindsSample is the presenter with what it showed.
type kindsSample struct {
	*kinds
	*bubbled
	fake *fakeDesk
	view kindsView
	ends []error
}

func newKindsSample(b *bubbled) *kindsSample {
	s := &kindsSample{bubbled: b}
	shared, desk := deskOffice(b, &s.ends)
	s.fake = desk
	n := 0
	s.kinds = &kinds{pane.Details: shared, pane: kindsShown{s}, newID: func() string { n++; return fmt.Sprint("new", n) }}
	s.refresh()
	s.Settle()
	return s
}

type kindsShown struct{ *kindsSample }

func (s kindsShown) show(v kindsView) { s.kindsSample.view = v }

// fakeKindDialog is a sheet with what it showed.
type fakeKindDialog struct {
	screentest.Form
	errors kindErrors
	told   string
}

func (d *fakeKindDialog) wrong(e kindErrors) { d.errors = e }
func (d *fakeKindDialog) theirs(text string) { d.told = text }

func TestKindsView(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		v := newKindsSample(b).view
		if len(v.Rows) != 2 || v.Rows[0][0] != "Consultation" || v.Rows[0][1] != "15 min" || v.Rows[1][0] != "Check-up" || !v.CanRemove {
			t.Errorf("%+v", v)
		}
		if !v.Ready || v.Form != (deskForm{"20", "NHS number"}) || v.CanSave {
			t.Errorf("%+v", v)
		}
	})
}

func TestSaveKind(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		d := &fakeKindDialog{}
		s.save(s.newTask(d, data.AppointmentType{Minutes: 15}), kindForm{" Vaccination ", " 10 "})
		s.Settle()
		if kind, ok := s.fake.details.Type("new1"); !d.IsClosed || !ok || kind != (data.AppointmentType{ID: "new1", Name: "Vaccination", Minutes: 10}) || s.view.Name != "Vaccination" {
			t.Errorf("%+v", s.fake.details.Types)
		}
		// The name that nobody gave stays one in the words of the screens.
		first, _ := s.now.Type("consultation")
		d = &fakeKindDialog{}
		s.save(s.newTask(d, first), kindForm{"Consultation", "20"})
		s.Settle()
		if kind, _ := s.fake.details.Type("consultation"); !d.IsClosed || kind.Name != "" || kind.Minutes != 20 {
			t.Errorf("%+v", kind)
		}
	})
}

func TestKindErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		for _, c := range []struct {
			form kindForm
			want kindErrors
		}{
			{kindForm{"", "0"}, kindErrors{"Type a name.", "Type a number of minutes from 5 to 480."}},
			{kindForm{"CONSULTATION", "481"}, kindErrors{"This name is there already. Choose another one.", "Type a number of minutes from 5 to 480."}},
			{kindForm{"X", "ten"}, kindErrors{"", "Type a number of minutes from 5 to 480."}},
		} {
			d := &fakeKindDialog{}
			s.save(s.newTask(d, data.AppointmentType{}), c.form)
			s.Settle()
			if d.errors != c.want || d.IsClosed || s.fake.saves != 0 {
				t.Errorf("%+v: %+v", c.form, d.errors)
			}
		}
	})
}

func TestKindOvertaken(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		kind, _ := s.now.Type("k")
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.Types[1].Minutes = 45 })
		d := &fakeKindDialog{}
		task := s.newTask(d, kind)
		s.save(task, kindForm{"Check-up", "20"})
		s.Settle()
		if d.IsClosed || !strings.Contains(d.told, "Check-up, 45 min") || s.view.Rows[1][1] != "45 min" {
			t.Fatalf("%q, %+v", d.told, s.view.Rows)
		}
		s.save(task, kindForm{"Check-up", "20"})
		s.Settle()
		if !d.IsClosed || s.view.Rows[1][1] != "20 min" {
			t.Errorf("%+v", s.view.Rows)
		}
	})
}

func TestLastKindStays(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		first, _ := s.kind()
		// Another window removes the other one just before.
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.Types[1].Gone = true })
		s.setGone(first, true)
		s.Settle()
		if n := len(s.fake.details.Offered()); n != 1 {
			t.Fatalf("%d kinds are offered", n)
		}
		if s.view.CanRemove || s.view.Why == "" {
			t.Errorf("%+v", s.view)
		}
		s.choose(1)
		gone, _ := s.kind()
		s.setGone(gone, false)
		s.Settle()
		if n := len(s.fake.details.Offered()); n != 2 {
			t.Errorf("%d kinds are offered", n)
		}
	})
}

func TestSaveDeskForm(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		s.edit(deskForm{"0", strings.Repeat("x", 201)})
		s.saveForm()
		s.Settle()
		if v := s.view; v.LimitError == "" || v.NumberError == "" || s.fake.saves != 0 {
			t.Errorf("%+v", v)
		}
		s.edit(deskForm{" 25 ", ""})
		if s.view.LimitError+s.view.NumberError != "" || !s.changed() {
			t.Errorf("%+v", s.view)
		}
		s.saveForm()
		s.saveForm() // a second Enter
		s.Settle()
		if v, d := s.view, s.fake.details; v.Saved == "" || v.CanSave || v.Form != (deskForm{"25", ""}) || d.WaitLimit != 25 || d.HealthNumber != "" || s.fake.saves != 1 || s.changed() {
			t.Errorf("%+v, %+v", v, d)
		}
	})
}

func TestDeskFormOvertaken(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.WaitLimit = 30 })
		s.edit(deskForm{"25", "AHV"})
		s.saveForm()
		s.Settle()
		if v := s.view; !strings.Contains(v.Problem, "Red after: 30 min") || strings.Contains(v.Problem, "called") || v.Form != (deskForm{"25", "AHV"}) || !v.CanSave {
			t.Fatalf("%+v", v)
		}
		s.saveForm()
		s.Settle()
		if d := s.fake.details; d.WaitLimit != 25 || d.HealthNumber != "AHV" || s.view.Problem != "" {
			t.Errorf("%+v, %+v", d, s.view)
		}
	})
}

// What is typed stays while others change something else, and after an error.
func TestDeskFormStays(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newKindsSample(b)
		s.edit(deskForm{"25", "NHS number"})
		s.fake.set(func(d *fakeDesk) { d.details.Types = d.details.Types[:1] })
		s.refresh()
		s.Settle()
		s.fake.set(func(d *fakeDesk) { d.fail = auth.ErrDisk })
		s.saveForm()
		s.Settle()
		if v := s.view; v.Form.Limit != "25" || len(v.Rows) != 1 || !strings.HasPrefix(v.Problem, "The disk reports an error") || !v.CanSave {
			t.Errorf("%+v", v)
		}
		s.fake.set(func(d *fakeDesk) { d.fail = auth.ErrSessionEnded })
		s.saveForm()
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

package activity

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

func TestVerifyIntact(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 1204, 0)
		s.begin()
		s.Anna.DelayRows(3 * screen.LongAfter)
		asked := s.Anna.Asked()
		s.verify()
		s.verify() // a second Enter
		s.Settle()
		if v := s.shown(); v.Verifying == "" || v.CanStopVerify {
			t.Errorf("at first: %+v", v)
		}
		s.Pass(2 * screen.LongAfter)
		if v := s.shown(); !v.CanStopVerify || v.Result != "" {
			t.Errorf("after 2 s: %+v", v)
		}
		s.Pass(3 * screen.LongAfter)
		if v := s.shown(); v.Verifying != "" || v.CanStopVerify || !v.IsGood || v.Result != "Intact: all 1,204 entries are as they were written." {
			t.Errorf("at the end: %+v", v)
		}
		if before := s.views[len(s.views)-2]; before.Verifying == "" || before.Verified != 1204 || before.VerifyTotal != 1204 {
			t.Errorf("before the end: %+v", before)
		}
		if n := s.Anna.Asked() - asked; n != 1 {
			t.Errorf("asked %d times", n)
		}
		s.Anna.Answer()
		s.begin()
		if s.shown().Result != "" {
			t.Error("an old result is shown")
		}
	})
}

func TestVerifyNamesTheFirstBroken(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 1300, 0)
		rows := s.Memory.Rows()
		for _, i := range []int{1203, 1250} { // the second one is not the first
			rows.Activity[i].Sealed = append([]byte{}, rows.Activity[i-1].Sealed...)
		}
		s.Memory.Put(rows)
		s.begin()
		s.verify()
		s.Settle()
		want := "Entry 1,204 is not as Anteroom wrote it, or is missing. Tell who looks after the practice, and keep the backups"
		if v := s.shown(); v.IsGood || !strings.HasPrefix(v.Result, want) {
			t.Errorf("%+v", v.Result)
		}
	})
}

func TestVerifyStopped(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.Anna.Delay(time.Minute)
		s.stopVerify() // nothing goes on
		s.verify()
		s.Pass(screen.LongAfter)
		s.stopVerify()
		s.Settle()
		if v := s.shown(); v.Verifying != "" || v.IsGood || v.Result != "Stopped. Not all entries were looked at." || v.ReadError != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestVerifyErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.Anna.Stop(auth.ErrDisk)
		s.verify()
		s.Settle()
		if v := s.shown(); v.IsGood || !strings.HasPrefix(v.Result, "The disk reports an error") || v.Verifying != "" {
			t.Errorf("%+v", v.Result)
		}
		s.Anna.Answer()
		if err := s.session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.verify()
		s.Settle()
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

// exporting is an export under way, at its dialog.
func exporting(s *sample, typed string) (*screentest.Form, *screen.Act) {
	d := &screentest.Form{}
	act := s.newExport(d)
	s.export(act, typed)
	s.Settle()
	return d, act
}

func TestExport(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		if err := s.Ben.Session.ChangeName(t.Context(), "=1+1"); err != nil {
			t.Fatal(err)
		}
		s.begin()
		if got := s.exportPath(); got != authtest.Path("/home/anna/Anteroom activity 2000-01-01.csv") {
			t.Errorf("%q", got)
		}
		s.choose("=1+1")
		s.Settle()
		before := count(s.Sample)
		d, _ := exporting(s, authtest.Path("/usb/a"))
		if d.IsClosed || len(s.Proofs) != 1 || len(s.Files) != 0 || count(s.Sample) != before {
			t.Fatalf("closed: %v, proof: %v, files: %v", d.IsClosed, len(s.Proofs), s.Files)
		}
		s.Last().Submit(s.Anna.Password, "")
		s.Settle()
		lines := strings.Split(s.Files[authtest.Path("/usb/a.csv")], "\r\n")
		rows := len(lines) - 2 // without the header, and what is behind the last end
		if !d.IsClosed || lines[0] != "\ufeffnumber,time,event,by,whom,computer,detail" || rows != s.shown().Rows ||
			!strings.HasSuffix(lines[rows], ",own name changed,'=1+1 (bjones),,RECEPTION-1,Ben Jones") {
			t.Fatalf("closed: %v, %q", d.IsClosed, lines)
		}
		if v := s.shown(); !v.IsGood || v.Result != fmt.Sprintf("Exported %d entries as %s.", rows, authtest.Path("/usb/a.csv")) {
			t.Errorf("%+v", v)
		}
		if e := s.Newest(); e.Event != auth.EventActivityExported || e.By != "Anna Smith (asmith)" {
			t.Errorf("%+v", e)
		}
	})
}

func TestExportErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.begin()
		s.Files[authtest.Path("/usb/taken.csv")] = "mine"
		for _, c := range []struct {
			typed string
			fails error
			want  string
			field auth.Field
		}{
			{"", nil, "Choose where to save it.", auth.FieldFolder},
			{"a.csv", nil, "Type the whole path", auth.FieldFolder},
			{authtest.Path("/usb/taken.csv"), nil, "There is a file of this name already.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing}, "This folder is not there.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), fmt.Errorf("save: %w", auth.ErrReadOnly), "Nothing can be written to this folder.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), fmt.Errorf("save: %w", auth.ErrDiskFull), "This disk is full.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), auth.ErrBusy, "Another program is using", ""},
		} {
			s.Fails = c.fails
			if d, _ := exporting(s, c.typed); d.IsClosed || d.Last().Field != c.field || !strings.HasPrefix(d.Last().Error, c.want) || d.Last().Busy {
				t.Errorf("%q, %v: %+v", c.typed, c.fails, d.Last())
			}
		}
		if s.Files[authtest.Path("/usb/taken.csv")] != "mine" || len(s.Files) != 1 {
			t.Errorf("%v", s.Files)
		}
		if err := s.session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		exporting(s, authtest.Path("/usb/a.csv"))
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

func TestExportShowsProgressAndStops(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.Anna.StepUp()
		s.Anna.DelayRows(2 * screen.LongAfter)
		entries := count(s.Sample) + 1 // this export is one
		d, _ := exporting(s, authtest.Path("/usb/a.csv"))
		s.Pass(3 * screen.LongAfter)
		if p := d.Last(); !p.Busy || p.Total != entries-1 || p.Done != p.Total {
			t.Errorf("%+v", p)
		}
		s.Anna.Answer()
		s.Anna.StepUp()
		s.begin() // forgets what came of it
		s.Anna.Delay(2 * screen.LongAfter)
		_, act := exporting(s, authtest.Path("/usb/b.csv"))
		s.Pass(3 * screen.LongAfter)
		act.Cancel()
		s.Pass(time.Minute)
		if len(s.Files) != 1 || s.shown().Result != "" {
			t.Errorf("%v, %+v", s.Files, s.shown())
		}
	})
}

// Leaving the settings stops it, and no half file stays.
func TestExportStopsWhenTheSettingsAreLeft(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.Anna.StepUp()
		s.Anna.Delay(time.Second)
		exporting(s, authtest.Path("/usb/a.csv"))
		s.Pass(1500 * time.Millisecond)
		s.Leave()
		s.Pass(time.Minute)
		if len(s.Files) != 0 || s.Newest().Event != auth.EventActivityExported {
			t.Errorf("%v", s.Files)
		}
	})
}

func TestExportSaysWhatIsExported(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		for _, c := range []struct{ from, to, want string }{
			{"", "", "Ben Jones · Refusals · any day"},
			{"24.11.2026", "", "Ben Jones · Refusals · from 24.11.2026 on"},
			{"", "24.11.2026", "Ben Jones · Refusals · up to 24.11.2026"},
			{"1.11.2026", "24.11.2026", "Ben Jones · Refusals · from 1.11.2026 to 24.11.2026"},
		} {
			s.choose("Ben")
			s.chooseKind(refusals)
			s.typeDays(c.from, c.to)
			if !s.canExport() || s.filterText() != c.want { // what was just typed is taken
				t.Errorf("%q, want %q", s.filterText(), c.want)
			}
			s.Settle()
		}
	})
}

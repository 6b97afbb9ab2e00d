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
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 100
		s := newActivitySample(b)
		s.verify()
		s.verify() // a second Enter
		s.Settle()
		if v := s.view; v.Verifying == "" || v.CanStopVerify {
			t.Errorf("at first: %+v", v)
		}
		s.pass(2 * screen.LongAfter)
		if v := s.view; !v.CanStopVerify || v.VerifyTotal != 100 || v.Verified < 40 || v.Verified > 50 {
			t.Errorf("after 2 s: %+v", v)
		}
		s.pass(3 * screen.LongAfter)
		if v := s.view; v.Verifying != "" || v.CanStopVerify || !v.Good || v.Result != "Intact: all 12,345 entries are as they were written." {
			t.Errorf("at the end: %+v", v)
		}
		s.open()
		s.Settle()
		if s.view.Result != "" {
			t.Error("an old result is shown")
		}
	})
}

func TestVerifyNamesTheFirstBroken(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.found = 1204
		s := newActivitySample(b)
		s.verify()
		s.Settle()
		want := "Entry 1,204 is not as Anteroom wrote it, or is missing. Tell who looks after the practice, and keep the backups"
		if v := s.view; v.Good || !strings.HasPrefix(v.Result, want) {
			t.Errorf("%+v", v.Result)
		}
	})
}

func TestVerifyStopped(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 100
		s := newActivitySample(b)
		s.stopVerify() // nothing goes on
		s.verify()
		s.pass(screen.LongAfter)
		s.stopVerify()
		s.Settle()
		if v := s.view; v.Verifying != "" || v.Good || v.Result != "Stopped. Not all entries were looked at." || v.ReadProblem != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestVerifyErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		b.session.refused = auth.ErrDisk
		s.verify()
		s.Settle()
		if v := s.view; v.Good || !strings.HasPrefix(v.Result, "The disk reports an error") || v.Verifying != "" {
			t.Errorf("%+v", v.Result)
		}
		b.session.refused = auth.ErrSessionEnded
		s.verify()
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

// exporting is an export under way, at its dialog.
func exporting(s *activitySample, typed string) *screentest.Form {
	d := &screentest.Form{}
	s.export(s.newExport(d), typed)
	s.Settle()
	return d
}

func TestExport(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		time.Sleep(time.Hour)
		s := newActivitySample(b)
		if got := s.exportPath(); got != authtest.Path("/home/anna/Anteroom activity 2000-01-01.csv") {
			t.Errorf("%q", got)
		}
		s.choosePerson(2)
		d := exporting(s, authtest.Path("/usb/a"))
		if d.IsClosed || len(s.asker.Proofs) == 0 || len(s.files.content) != 0 {
			t.Fatalf("closed: %v, proof: %v, files: %v", d.IsClosed, len(s.asker.Proofs), s.files.content)
		}
		s.asker.Last().Submit(rightPassword, "")
		s.Settle()
		if !d.IsClosed || s.files.content[authtest.Path("/usb/a.csv")] != "\ufeffnumber,'=1+1\r\n" {
			t.Fatalf("closed: %v, files: %v", d.IsClosed, s.files.content)
		}
		if !s.view.Good || s.view.Result != "Exported 12,345 entries as "+authtest.Path("/usb/a.csv")+"." {
			t.Errorf("%+v", s.view)
		}
		wantChanges(t, b.session, "ExportActivity b", "StepUp", "ExportActivity b")
	})
}

func TestExportErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newActivitySample(b)
		s.files.content[authtest.Path("/usb/taken.csv")] = "mine"
		for _, c := range []struct {
			typed string
			fail  error
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
			s.files.fail = c.fail
			if d := exporting(s, c.typed); d.IsClosed || d.Last().Field != c.field || !strings.HasPrefix(d.Last().Error, c.want) || d.Last().Busy {
				t.Errorf("%q, %v: %+v", c.typed, c.fail, d.Last())
			}
		}
		if s.files.content[authtest.Path("/usb/taken.csv")] != "mine" || len(s.files.content) != 1 {
			t.Errorf("%v", s.files.content)
		}
		s.files.fail = auth.ErrSessionEnded
		exporting(s, authtest.Path("/usb/a.csv"))
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

func TestExportShowsProgressAndStops(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.steps = true, 100
		s := newActivitySample(b)
		d := &screentest.Form{}
		task := s.newExport(d)
		s.export(task, authtest.Path("/usb/a.csv"))
		s.pass(2 * screen.LongAfter)
		if p := d.Last(); !p.Busy || p.Total != 100 || p.Done < 40 {
			t.Errorf("%+v", p)
		}
		task.Cancel()
		s.pass(time.Minute)
		if len(s.files.content) != 0 || s.view.Result != "" {
			t.Errorf("%v, %+v", s.files.content, s.view)
		}
	})
}

// Leaving the settings stops it, and no half file stays.
func TestExportStopsWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.steps = true, 100
		s := newActivitySample(b)
		exporting(s, authtest.Path("/usb/a.csv"))
		b.leave()
		s.pass(time.Minute)
		if len(s.files.content) != 0 {
			t.Errorf("%v", s.files.content)
		}
	})
}

func TestExportSaysWhatIsExported(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		for _, c := range []struct{ from, to, want string }{
			{"", "", "Ben Jones · Refusals · any day"},
			{"24.11.2026", "", "Ben Jones · Refusals · from 24.11.2026 on"},
			{"", "24.11.2026", "Ben Jones · Refusals · up to 24.11.2026"},
			{"1.11.2026", "24.11.2026", "Ben Jones · Refusals · from 1.11.2026 to 24.11.2026"},
		} {
			s.choosePerson(2)
			s.chooseKind(2)
			s.typeDays(c.from, c.to)
			if !s.canExport() || s.filterText() != c.want { // what was just typed counts
				t.Errorf("%q, want %q", s.filterText(), c.want)
			}
			s.Settle()
		}
	})
}

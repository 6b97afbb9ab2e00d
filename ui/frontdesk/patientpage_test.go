package frontdesk

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// withAnn is a practice in which Ann is booked today.
func withAnn(t *testing.T) *practice.Practice {
	t.Helper()
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	at := data.DateOf(time.Now().UTC()).At(10*60, time.UTC)
	p := practice.New(t, practice.Records{
		Details:  details,
		Patients: []data.Patient{{ID: "ann", Name: "Ann Smith"}},
		Appointments: []data.Appointment{
			{ID: "v", Patient: "ann", Practitioner: "osei", Status: data.Booked, Start: at, End: at.Add(15 * time.Minute)},
		},
	})
	p.MakeKit()
	return p
}

// tap presses the button that says so, in the top layer of the window.
func (s *screenSample) tap(text string) {
	root := s.window.Content()
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text && b.Visible() {
			test.Tap(b)
			return
		}
	}
}

// TestPatientPageActs: what is done on a patient's page is done to the appointment, said there, and taken back there.
func TestPatientPageActs(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := withAnn(t)
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), p.Anna)
		s.openPatient("ann", "")
		q.Settle()
		want := func(status data.Status) {
			t.Helper()
			q.Settle()
			if got := p.Visits()["v"].Status; got != status {
				t.Errorf("the appointment is %s, want %s", got, status)
			}
			if s.page == page(s.today) {
				t.Error("the page was left")
			}
			s.Refresh()
			q.Settle()
		}
		s.tap("Arrived")
		want(data.Arrived)
		s.tap("Undo")
		want(data.Booked)
		s.NextStep()
		want(data.Arrived)
		s.tap("Undo")
		want(data.Booked)
		s.tap("Cancel…")
		q.Settle()
		s.tap("Cancel appointment")
		want(data.Cancelled)
		s.tap("Undo")
		want(data.Booked)
		s.tap("Move…")
		q.Settle()
		if s.page != page(s.today) || !s.today.IsBooking() {
			t.Error("“Move…” does not lead to another time on the day")
		}
	})
}

package figures

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/work"
)

func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", 9*3600+45*60) // the practice has its own
	uitest.Main(m)
}

var tuesday = data.Date{Year: 2026, Month: time.November, Day: 24}

// visit is of a Tuesday, or a day before.
func visit(id string, daysAgo, hour int, status data.Status, zone *time.Location) data.Appointment {
	start := tuesday.AddDays(-daysAgo).At(hour*60, zone)
	a := data.Appointment{ID: id, Start: start, End: start.Add(15 * time.Minute), Status: status, Patient: "p", Practitioner: "osei"}
	a.Stamps = []data.Stamp{{Status: data.Booked, At: start.Add(-time.Hour)}}
	if status == data.Done {
		a.Stamps = append(a.Stamps, data.Stamp{Status: data.Arrived, At: start.Add(-9 * time.Minute)}, data.Stamp{Status: data.With, At: start}, data.Stamp{Status: data.Done, At: start.Add(10 * time.Minute)})
	}
	return a
}

// onPage shows the page at noon of the Tuesday.
func onPage(t *testing.T, r practice.Records, look *looks.Theme, fn func(q *uitest.Queue, p *practice.Practice, w fyne.Window, f *Page)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		zone, err := time.LoadLocation("Pacific/Kiritimati")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(tuesday.At(12*60, zone))) // of the bubble's time
		q := &uitest.Queue{}
		test.NewTempApp(t).Settings().SetTheme(look)
		w := test.NewTempWindow(t, nil)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1024, 644))
		p := practice.New(t, r)
		f := New(Params{
			Scope: screen.Scope{Ctx: t.Context(), Runner: work.Runner{Dispatch: q.Dispatch, Now: time.Now}, OnEnded: func(err error) { t.Error(err) }},
			Desk:  p.Anna.Desk, Window: w, OnBack: func() {},
		})
		w.SetContent(f.Content())
		q.Settle()
		f.Focus()
		fn(q, p, w, f)
		f.Close()
	})
}

func records() practice.Records {
	zone := time.FixedZone("", 14*3600) // that of Kiritimati
	r := practice.Records{Zone: "Pacific/Kiritimati", Details: data.DefaultDetails(), Patients: []data.Patient{{ID: "p", Name: "Rosa Quill"}}}
	r.Details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	r.Appointments = []data.Appointment{
		visit("late", 0, 1, data.Done, zone), // on Monday by UTC
		visit("today", 0, 9, data.Done, zone), visit("absent", 0, 10, data.Absent, zone), visit("next", 0, 15, data.Booked, zone),
	}
	for i := range 27 {
		for j := range (i*7)%9 + 1 {
			r.Appointments = append(r.Appointments, visit(fmt.Sprint(i, "-", j), i+1, 9+j, data.Done, zone))
		}
	}
	return r
}

// TestFigures are those of the practice's days, and go with the records.
func TestFigures(t *testing.T) {
	onPage(t, records(), looks.New(looks.Light, 1), func(q *uitest.Queue, p *practice.Practice, w fyne.Window, f *Page) {
		if got := fmt.Sprint(f.numbers[0].Text(), " ", f.numbers[1].Text(), " ", f.numbers[2].Text()); got != "2 1 9 min" {
			t.Errorf("today: %s", got)
		}
		if got := f.chart.Text(); got != "Tue 24 Nov: 2 seen, 1 did not attend." {
			t.Error(got)
		}
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		if got := f.chart.Text(); got != "Mon 23 Nov: 1 seen." {
			t.Error(got)
		}
		v := p.Visits()["absent"]
		if _, err := p.Ben.Desk.Become(t.Context(), v.Appointment, data.Arrived, ""); err != nil {
			t.Fatal(err)
		}
		if err := p.Anna.Desk.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.Refresh()
		q.Settle()
		if got := f.numbers[1].Text(); got != "0" {
			t.Errorf("after one came all the same, %s did not", got)
		}
	})
}

// TestGallery sees that it fits the least window, at 200 % too.
func TestGallery(t *testing.T) {
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		onPage(t, records(), look, func(_ *uitest.Queue, _ *practice.Practice, w fyne.Window, _ *Page) {
			uitest.SavePicture(t, w, fyne.NewSize(1024, 644), "figures"+suffix)
		})
	})
}

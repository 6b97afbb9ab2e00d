package today

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// fakeDesk keeps to the rules of the real one as far as the day can tell, and
// notes what was asked of it.
type fakeDesk struct {
	mu       sync.Mutex
	details  data.Details
	visits   []data.Visit
	people   []data.Summary
	drafts   map[string]string
	calls    []string
	undone   []func(meant int) (data.Undone, error)
	fail     error         // everything with this
	last     time.Duration // how long each call takes
	loading  bool
	reads    int
	newID    int
	zone     *time.Location // nil: this computer's
	keepsFor string         // how a walk-in is booked: as it is asked for, or "booked"
}

// me is the id of who is at the desk; she is called Anna Smith.
const me = "anna's id"

func (d *fakeDesk) Called(user string) string {
	if user == me {
		return "Anna Smith"
	}
	return user
}

func (d *fakeDesk) Zone() *time.Location { return cmp.Or(d.zone, time.UTC) }

func (d *fakeDesk) begin(ctx context.Context, call string, of ...any) (end func(), err error) {
	if d.last > 0 {
		select {
		case <-time.After(d.last):
		case <-ctx.Done():
			return func() {}, ctx.Err()
		}
	}
	d.mu.Lock()
	if call != "" {
		d.calls = append(d.calls, strings.TrimSpace(fmt.Sprintln(append([]any{call}, of...)...)))
	}
	return d.mu.Unlock, d.fail
}

func (d *fakeDesk) set(change func(*fakeDesk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}

func (d *fakeDesk) Details(ctx context.Context) (data.Details, error) {
	end, err := d.begin(ctx, "")
	defer end()
	return d.details, err
}

func (d *fakeDesk) Day(ctx context.Context, day data.Date) ([]data.Visit, error) {
	return d.Between(ctx, day, day)
}

func (d *fakeDesk) Between(ctx context.Context, from, to data.Date) ([]data.Visit, error) {
	end, err := d.begin(ctx, "")
	defer end()
	d.reads++
	var found []data.Visit
	for _, v := range d.visits {
		v.Start, v.End = v.Start.In(d.Zone()), v.End.In(d.Zone())
		if !v.Undone && v.Start.Before(to.AddDays(1).In(d.Zone())) && v.End.After(from.In(d.Zone())) {
			found = append(found, v)
		}
	}
	slices.SortStableFunc(found, func(a, b data.Visit) int { return a.Start.Compare(b.Start) })
	return found, err
}

func (d *fakeDesk) at(id string) int {
	return slices.IndexFunc(d.visits, func(v data.Visit) bool { return v.ID == id })
}

// change changes an appointment that was seen as a.
func (d *fakeDesk) change(a data.Appointment, u data.Undone, fn func(data.Appointment) (data.Appointment, error)) (data.Appointment, error) {
	i := d.at(a.ID)
	if i < 0 || d.visits[i].Version != a.Version {
		return a, auth.ErrConflict
	}
	before := d.visits[i].Appointment
	after, err := fn(before)
	if err != nil {
		return a, err
	}
	after.Version = before.Version + 1
	d.visits[i].Appointment = after
	d.undone = append(d.undone, func(meant int) (data.Undone, error) {
		i := d.at(a.ID)
		if d.visits[i].Version != after.Version {
			return data.Undone{}, data.ErrChanged
		}
		before.Version = after.Version + 1
		u.Visit = d.visits[i]
		u.Visit.Appointment = before
		if meant == 0 {
			if err := d.clash(before); err != nil {
				return u, err
			}
		}
		d.visits[i].Appointment = before
		return u, nil
	})
	return after, nil
}

func (d *fakeDesk) clash(a data.Appointment) error {
	if with := a.Clashing(d.visits); len(with) > 0 {
		return &data.Clash{With: with}
	}
	return nil
}

func (d *fakeDesk) Book(ctx context.Context, a data.Appointment, despite bool) (data.Appointment, error) {
	end, err := d.begin(ctx, "Book", a.Patient, a.Practitioner, a.Start.Format("2 Jan 15:04"), int(a.Length().Minutes()), a.Status, despite)
	defer end()
	if err == nil {
		err = a.Check()
	}
	if err == nil && !despite {
		err = d.clash(a)
	}
	if err != nil {
		return a, err
	}
	d.newID++
	a.ID, a.Version = fmt.Sprint("new", d.newID), 1
	if d.keepsFor != "" {
		a.Status = data.Booked
	}
	a.Stamps = []data.Stamp{{Status: a.Status, At: time.Now(), By: me}}
	v := data.Visit{Appointment: a}
	for _, s := range d.people {
		if s.ID == a.Patient {
			v.Who = s
		}
	}
	d.visits = append(d.visits, v)
	d.undone = append(d.undone, func(int) (data.Undone, error) {
		i := d.at(a.ID)
		if d.visits[i].Version != 1 {
			return data.Undone{}, data.ErrChanged
		}
		d.visits[i].Undone, d.visits[i].Status, d.visits[i].Version = true, data.Cancelled, 2
		return data.Undone{Act: data.ActBooked, Visit: d.visits[i]}, nil
	})
	return a, nil
}

func (d *fakeDesk) Move(ctx context.Context, a data.Appointment, start, stop time.Time, practitioner string, despite bool) (data.Appointment, error) {
	end, err := d.begin(ctx, "Move", a.ID, practitioner, start.Format("2 Jan 15:04"), int(stop.Sub(start).Minutes()), despite)
	defer end()
	if err != nil {
		return a, err
	}
	return d.change(a, data.Undone{Act: data.ActMoved}, func(a data.Appointment) (data.Appointment, error) {
		to, err := a.Move(start, stop, practitioner, time.Now(), me)
		if err == nil && !despite {
			err = d.clash(to)
		}
		return to, err
	})
}

func (d *fakeDesk) Become(ctx context.Context, a data.Appointment, s data.Status, reason string) (data.Appointment, error) {
	end, err := d.begin(ctx, "Become", a.ID, s, reason)
	defer end()
	if err != nil {
		return a, err
	}
	return d.change(a, data.Undone{Act: data.ActBecame, Status: s}, func(a data.Appointment) (data.Appointment, error) {
		a.Reason = reason
		return a.Become(s, time.Now(), me)
	})
}

func (d *fakeDesk) Annotate(ctx context.Context, a data.Appointment, kind, note string) (data.Appointment, error) {
	end, err := d.begin(ctx, "Annotate", a.ID, kind, note)
	defer end()
	if err != nil {
		return a, err
	}
	return d.change(a, data.Undone{Act: data.ActAnnotated}, func(a data.Appointment) (data.Appointment, error) {
		a.Type, a.Note = kind, note
		return a, nil
	})
}

func (d *fakeDesk) Undo(ctx context.Context, meant int) (data.Undone, error) {
	end, err := d.begin(ctx, "Undo", meant)
	defer end()
	if err != nil {
		return data.Undone{}, err
	}
	step := len(d.undone)
	switch {
	case step == 0:
		return data.Undone{}, data.ErrNothing
	case meant != 0 && meant != step:
		return data.Undone{}, data.ErrOtherStep
	}
	undone, err := d.undone[step-1](meant)
	undone.Step = step
	if clash := (*data.Clash)(nil); !errors.As(err, &clash) {
		d.undone = d.undone[:len(d.undone)-1]
	}
	return undone, err
}

func (d *fakeDesk) CanUndo() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.undone)
}

func (d *fakeDesk) Search(query string, limit int) []data.Summary {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []data.Summary
	for _, s := range d.people {
		if strings.Contains(strings.ToLower(s.Name), strings.ToLower(query)) && len(found) < limit {
			found = append(found, s)
		}
	}
	return found
}

func (d *fakeDesk) Loading() (done, total int, ready bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return 1200, 5000, !d.loading
}

func (d *fakeDesk) Summary(id string) (data.Summary, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.people {
		if s.ID == id {
			return s, true
		}
	}
	return data.Summary{}, false
}

func (d *fakeDesk) Same(p data.Patient) (data.Summary, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.people {
		if s.Name == p.Name && s.Born == p.Born && !p.Born.IsZero() {
			return s, true
		}
	}
	return data.Summary{}, false
}

func (d *fakeDesk) Similar(form data.PatientForm, _ string) []data.Summary {
	if len(form[data.FieldName]) < 4 {
		return nil
	}
	return d.Search(form[data.FieldName][:4], 5)
}

func (d *fakeDesk) SavePatient(ctx context.Context, p data.Patient) (data.Patient, error) {
	end, err := d.begin(ctx, "SavePatient", p.Name)
	defer end()
	if err == nil {
		p.ID, p.Version = "saved", 1
		d.people = append(d.people, p.Summary())
	}
	return p, err
}

func (d *fakeDesk) Draft(key string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts[key]
}

func (d *fakeDesk) SetDraft(key, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if text == "" {
		delete(d.drafts, key)
	} else {
		d.drafts[key] = text
	}
}

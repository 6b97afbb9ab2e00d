package patients

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// fakeDesk keeps patients in memory, by the rules of the real one as far as the
// pages can tell.
type fakeDesk struct {
	mu       sync.Mutex
	patients map[string]data.Patient
	visits   map[string][]data.Visit
	merged   map[string][]data.Patient
	details  data.Details
	drafts   map[string]string
	opened   []string // the recent ones, the newest first
	searches []string
	reading  int // of the patients so many are in the memory yet; -1: all
	slow     time.Duration
	fail     error // everything that may work for a while, with this
	failSave error // the next saving, with this
	saved    []data.Patient
	next     int
}

func born(y int, m time.Month, d int) data.Date { return data.Date{Year: y, Month: m, Day: d} }

func newFakeDesk() *fakeDesk {
	d := &fakeDesk{
		patients: map[string]data.Patient{}, visits: map[string][]data.Visit{}, merged: map[string][]data.Patient{},
		drafts: map[string]string{}, reading: -1,
		details: data.Details{
			HealthNumber:  "NHS number",
			Practitioners: []data.Practitioner{{ID: "osei", Name: "Dr Osei"}, {ID: "lind", Name: "Dr Lind"}},
			Types:         []data.AppointmentType{{ID: "consultation", Minutes: 15}, {ID: "blood", Name: "Blood test", Minutes: 10}},
		},
	}
	d.put(data.Patient{
		ID: "ann", Name: "Ann Smith", AlsoKnownAs: "Annie Marsh", Born: born(1981, time.March, 4), Sex: "female", Phones: []string{"01632 960101", "07700 900101"},
		Email: "ann@example.org", Address: "12 Brook Street\nLittle Sample\nSM1 1AA", RecordNumber: "4711", HealthNumber: "943 476 5919",
		Emergency: "Tom Smith (brother), 01632 960102", Alert: "Allergic to penicillin.", Notes: "Prefers mornings.\nNeeds the ground floor.",
	})
	d.put(data.Patient{ID: "annie", Name: "Annie Smyth", Born: born(1981, time.March, 4), Phones: []string{"01632 960103"}, RecordNumber: "4712", Notes: "Comes with her dog."})
	d.put(data.Patient{ID: "bo", Name: "Bo Anderson", Born: born(1949, time.December, 31), Phones: []string{"01632 960104"}, RecordNumber: "4713", State: data.Left, Since: born(2026, time.May, 1)})
	d.put(data.Patient{ID: "cy", Name: "Cy Bakker", Born: born(1930, time.July, 14), RecordNumber: "4714", State: data.Deceased, Since: born(2025, time.June, 2)})
	return d
}

func (d *fakeDesk) put(p data.Patient) {
	if p.Version == 0 {
		p.Version = 1
	}
	d.patients[p.ID] = p
}

func (d *fakeDesk) set(fn func(*fakeDesk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fn(d)
}

func (d *fakeDesk) patient(id string) data.Patient {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.patients[id]
}

func (d *fakeDesk) draft(key string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts[key]
}

func (d *fakeDesk) wait() { time.Sleep(d.slow) }

func (d *fakeDesk) Me() string { return "anna's id" }

func (d *fakeDesk) Zone() *time.Location { return time.UTC }

func (d *fakeDesk) Called(user string) string {
	if user == d.Me() {
		return "Anna Smith"
	}
	return user
}

func (d *fakeDesk) Details(context.Context) (data.Details, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.details, d.fail
}

// all are the patients in the memory by now, by name.
func (d *fakeDesk) all() []data.Patient {
	var all []data.Patient
	for _, p := range d.patients {
		if p.Merge == nil {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b data.Patient) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	if d.reading >= 0 {
		all = all[:min(d.reading, len(all))]
	}
	return all
}

func (d *fakeDesk) Search(query string, limit int) []data.Summary {
	d.wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.searches = append(d.searches, query)
	var found []data.Summary
	if query == "" {
		for _, id := range d.opened {
			found = append(found, d.patients[id].Summary())
		}
	} else {
		for _, p := range d.all() {
			text := strings.ToLower(strings.Join([]string{p.Name, p.AlsoKnownAs, p.RecordNumber, strings.Join(p.Phones, " ")}, " "))
			if strings.Contains(text, strings.ToLower(strings.TrimSpace(query))) {
				found = append(found, p.Summary())
			}
		}
	}
	return found[:min(limit, len(found))]
}

func (d *fakeDesk) Loading() (done, total int, ready bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reading, len(d.patients), d.reading < 0
}

func (d *fakeDesk) Summary(id string) (data.Summary, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.patients[id]
	return p.Summary(), ok
}

func (d *fakeDesk) Similar(form data.PatientForm, not string) []data.Summary {
	d.wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	name := strings.ToLower(strings.TrimSpace(form[data.FieldName]))
	var found []data.Summary
	for _, p := range d.all() {
		if len(name) > 2 && p.ID != not && strings.HasPrefix(strings.ToLower(p.Name), name) {
			found = append(found, p.Summary())
		}
	}
	return found[:min(5, len(found))]
}

func (d *fakeDesk) Same(p data.Patient) (data.Summary, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, other := range d.all() {
		if other.ID != p.ID && strings.EqualFold(other.Name, p.Name) && other.Born == p.Born && !p.Born.IsZero() {
			return other.Summary(), true
		}
	}
	return data.Summary{}, false
}

func (d *fakeDesk) Choices(f data.Field) []string {
	if f == data.FieldSex {
		return []string{"female", "male", "intersex"}
	}
	return []string{"woman", "man", "non-binary"}
}

func (d *fakeDesk) Patient(_ context.Context, id string) (data.Patient, error) {
	d.wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.patients[id]
	for ok && p.Merge != nil {
		p, ok = d.patients[p.Merge.Into]
	}
	switch {
	case d.fail != nil:
		return data.Patient{}, d.fail
	case !ok:
		return data.Patient{}, auth.ErrNotFound
	}
	d.opened = append([]string{p.ID}, slices.DeleteFunc(d.opened, func(other string) bool { return other == p.ID })...)
	return p, nil
}

func (d *fakeDesk) SavePatient(_ context.Context, p data.Patient) (data.Patient, error) {
	d.wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.failSave; err != nil {
		d.failSave = nil
		return p, err
	}
	if p.ID == "" {
		d.next++
		p.ID = fmt.Sprint("new", d.next)
	}
	if p.Version != d.patients[p.ID].Version {
		return p, auth.ErrConflict
	}
	p.Version++
	p.Changed, p.ChangedBy = time.Now(), d.Me()
	d.patients[p.ID] = p
	d.saved = append(d.saved, p)
	return p, nil
}

// changes is what somebody else saves meanwhile.
func (d *fakeDesk) changes(id, by string, change func(*data.Patient)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.patients[id]
	change(&p)
	p.Version++
	p.Changed, p.ChangedBy = time.Now(), by
	d.patients[id] = p
}

func (d *fakeDesk) MergePatients(_ context.Context, into, from data.Patient) (data.Patient, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if into.Version != d.patients[into.ID].Version || from.Version != d.patients[from.ID].Version {
		return into, auth.ErrConflict
	}
	from.Merge = &data.Merge{Into: into.ID, At: time.Now(), By: d.Me()}
	into.Version++
	from.Version++
	d.patients[into.ID], d.patients[from.ID] = into, from
	d.merged[into.ID] = append(d.merged[into.ID], from)
	d.visits[into.ID] = append(d.visits[into.ID], d.visits[from.ID]...)
	return into, nil
}

func (d *fakeDesk) Unmerge(_ context.Context, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failSave != nil {
		return d.failSave
	}
	p := d.patients[id]
	d.merged[p.Merge.Into] = slices.DeleteFunc(d.merged[p.Merge.Into], func(m data.Patient) bool { return m.ID == id })
	p.Merge = nil
	d.patients[id] = p
	return nil
}

func (d *fakeDesk) Merged(_ context.Context, id string) ([]data.Patient, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.merged[id]), d.fail
}

func (d *fakeDesk) OfPatient(_ context.Context, id string) ([]data.Visit, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	visits := slices.Clone(d.visits[id])
	slices.SortFunc(visits, func(a, b data.Visit) int { return b.Start.Compare(a.Start) })
	return visits, d.fail
}

// visit is an appointment so many days from now.
func (d *fakeDesk) visit(patient, id string, days int, s data.Status) {
	start := data.DateOf(time.Now()).AddDays(days).At(9*60+15, time.UTC)
	d.visits[patient] = append(d.visits[patient], data.Visit{
		Appointment: data.Appointment{ID: id, Version: 1, Patient: patient, Practitioner: "osei", Type: "blood", Status: s, Start: start, End: start.Add(15 * time.Minute)},
		Who:         d.patients[patient].Summary(),
	})
}

func (d *fakeDesk) Draft(key string) string { return d.draft(key) }

func (d *fakeDesk) SetDraft(key, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if text == "" {
		delete(d.drafts, key)
		return
	}
	d.drafts[key] = text
}

package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"anteroom/data"
)

// How far the calendar goes.
const (
	workedDays = 28 // days on which somebody worked, before today
	daysAhead  = 14
)

// waits are how many minutes the four have been waiting, by practitioner.
var waits = [4]time.Duration{8 * time.Minute, 3 * time.Minute, 24 * time.Minute, 14 * time.Minute}

// calendar fills the practice's days.
type calendar struct {
	team  []data.Practitioner
	kinds []data.AppointmentType
	now   time.Time
	today data.Date
	zone  *time.Location
	who   []string // the ids of those who come
}

func newCalendar(d Data, now time.Time) *calendar {
	c := &calendar{team: d.Details.Present(), kinds: d.Details.Types, now: now, today: data.DateOf(now), zone: now.Location()}
	for _, p := range d.Patients {
		if p.State == data.Active {
			c.who = append(c.who, p.ID)
		}
	}
	return c
}

// all are the appointments, by start.
func (c *calendar) all() []data.Appointment {
	all := c.day(c.today)
	for worked, back := 0, 1; worked < workedDays; back++ {
		of := c.day(c.today.AddDays(-back))
		if len(of) > 0 {
			worked++
		}
		all = append(all, of...)
	}
	for ahead := range daysAhead {
		all = append(all, c.day(c.today.AddDays(ahead+1))...)
	}
	slices.SortFunc(all, func(a, b data.Appointment) int {
		if by := a.Start.Compare(b.Start); by != 0 {
			return by
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all
}

// day are the appointments of a day.
func (c *calendar) day(day data.Date) []data.Appointment {
	r := source(seed, forDays, uint64(day.Year*10_000+int(day.Month)*100+day.Day))
	coming := r.Perm(len(c.who)) // each comes once a day
	var all []data.Appointment
	for i, p := range c.team {
		of := c.booked(r, day, p, i)
		if day == c.today && i == 0 {
			of = squeezeIn(r, of)
		}
		for j := range of {
			of[j].Patient, coming = c.who[coming[0]], coming[1:]
		}
		switch {
		case day == c.today:
			c.happenToday(r, of, i)
		case day.Before(c.today):
			c.happen(r, of)
		default:
			c.cancelSome(r, of)
		}
		all = append(all, of...)
	}
	return all
}

// booked are a practitioner's appointments of a day, as they were made.
func (c *calendar) booked(r *rand.Rand, day data.Date, p data.Practitioner, column int) []data.Appointment {
	var all []data.Appointment
	for _, span := range p.On(day) {
		at := day.At(span.From, c.zone)
		for end := day.At(span.To, c.zone); ; {
			kind := c.kinds[pick(r, kindsOf(column))]
			length := time.Duration(kind.Minutes) * time.Minute
			if at.Add(length).After(end) {
				break
			}
			if r.IntN(100) < c.full(day, at) {
				a := data.Appointment{ID: newID(r), Practitioner: p.ID, Type: kind.ID, Start: at, End: at.Add(length), Status: data.Booked}
				made := c.before(day).AddDays(-r.IntN(20))
				a.Stamps = []data.Stamp{{Status: data.Booked, At: c.atDesk(r, made), By: pick(r, Users)}}
				if r.IntN(12) == 0 {
					a.Note = "Bring the letter (invented)"
				}
				all = append(all, a)
			}
			at = at.Add(length)
		}
	}
	return all
}

// before is the day before a day, or before today.
func (c *calendar) before(day data.Date) data.Date {
	if c.today.Before(day) {
		day = c.today
	}
	return day.AddDays(-1)
}

// atDesk is a time of a day at which somebody is at the front desk.
func (c *calendar) atDesk(r *rand.Rand, day data.Date) time.Time {
	return day.At(8*60+r.IntN(9*60), c.zone)
}

// squeezeIn books the last time of a day twice, for a shorter visit.
func squeezeIn(r *rand.Rand, of []data.Appointment) []data.Appointment {
	if len(of) == 0 {
		return of // unreachable: today is full
	}
	twice := of[len(of)-1]
	twice.ID, twice.Note = newID(r), "Squeezed in (invented)"
	twice.Start = twice.Start.Add(5 * time.Minute)
	twice.Stamps = slices.Clone(twice.Stamps)
	return append(of, twice)
}

// kindsOf are what somebody of a column does, the commonest oftenest.
func kindsOf(column int) []int {
	if column == 3 {
		return []int{bloodTest, bloodTest, vaccination, followUp, consultation}
	}
	return []int{consultation, consultation, consultation, followUp, longVisit}
}

// full is how many of a hundred times are taken: all around now, ever fewer of the
// days to come.
func (c *calendar) full(day data.Date, at time.Time) int {
	if away := at.Sub(c.now).Abs(); day == c.today && away < time.Hour {
		return 100
	}
	if !c.today.Before(day) {
		return 90
	}
	ahead := 0
	for d := c.today; d.Before(day); d = d.AddDays(1) {
		ahead++
	}
	return max(15, 85-6*ahead)
}

// happenToday brings the visits of a practitioner to where they are now: those of
// the first two are with somebody, who has the next waiting; the others' next ones
// are waiting. What was before is over, what is after is to come.
func (c *calendar) happenToday(r *rand.Rand, of []data.Appointment, column int) {
	current := -1 // the last that should have begun
	for i, a := range of {
		if !a.Start.After(c.now) {
			current = i
		}
	}
	if current < 0 {
		return // unreachable: the hours begin before now, with no gap near it
	}
	waiting := current
	if column < 2 {
		waiting++
		if waiting == len(of) { // the day ends
			current, waiting = current-1, current
		}
		over := c.happen(r, of[:current])
		with := laterOf(over, earlier(of[current].Start.Add(minutes(r, 0, 5)), c.now.Add(-time.Minute)))
		arrive(r, &of[current], with)
		become(r, &of[current], data.With, with)
	} else {
		c.happen(r, of[:current])
	}
	become(r, &of[waiting], data.Arrived, c.now.Add(-waits[column]))
	c.cancelSome(r, of[waiting+1:])
}

// happen lets visits come to their ends, one after the other, all of them before
// now, and is when the last ended. None begins over five minutes late.
func (c *calendar) happen(r *rand.Rand, of []data.Appointment) (over time.Time) {
	for i := range of {
		a := &of[i]
		switch chance := r.IntN(100); {
		case chance < 5:
			become(r, a, data.Absent, a.Start.Add(minutes(r, 10, 10)))
			continue
		case chance < 10:
			c.cancel(r, a)
			continue
		}
		with := laterOf(over, a.Start.Add(minutes(r, 0, 5)))
		over = earlier(with.Add(a.Length()-minutes(r, 0, 3)), a.End.Add(minutes(r, 0, 5)))
		over = earlier(over, c.now.Add(-time.Duration(len(of)-i)*time.Minute))
		arrive(r, a, with)
		become(r, a, data.With, with)
		become(r, a, data.Done, over)
	}
	return over
}

// arrive lets somebody arrive before they are with their practitioner: with an
// appointment, or without one.
func arrive(r *rand.Rand, a *data.Appointment, with time.Time) {
	at := earlier(a.Start.Add(-minutes(r, -3, 14)), with.Add(-time.Minute))
	if r.IntN(15) == 0 {
		a.WalkIn, a.Note = true, ""
		a.Stamps[0].At = at
	}
	become(r, a, data.Arrived, at)
}

// cancelSome cancels a few of those to come.
func (c *calendar) cancelSome(r *rand.Rand, of []data.Appointment) {
	for i := range of {
		if r.IntN(25) == 0 {
			c.cancel(r, &of[i])
		}
	}
}

var reasons = []string{"Feels better", "Has to work", "Moved away", "No bus", ""}

// cancel cancels an appointment on a day between its booking and its own, or soon
// after it was booked.
func (c *calendar) cancel(r *rand.Rand, a *data.Appointment) {
	made := a.Stamps[0].At
	at := c.atDesk(r, c.before(data.DateOf(a.Start)).AddDays(-r.IntN(3)))
	become(r, a, data.Cancelled, laterOf(at, made.Add(minutes(r, 5, 50))))
	a.Reason = pick(r, reasons)
}

// become gives an appointment its next status, which it can have.
func become(r *rand.Rand, a *data.Appointment, s data.Status, at time.Time) {
	after, err := a.Become(s, at, pick(r, Users))
	if err != nil {
		panic("demo: " + string(a.Status) + " to " + string(s) + ": " + err.Error()) // unreachable: the steps here are those there are
	}
	*a = after
}

func minutes(r *rand.Rand, least, most int) time.Duration {
	return time.Duration(least+r.IntN(most-least+1)) * time.Minute
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

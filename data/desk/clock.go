package desk

import (
	"log/slog"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/zone"
)

// clock is the practice's: appointments are times that it shows.
type clock struct {
	of    auth.Zone
	zone  *time.Location
	rules []byte // what zone.Rules says; nil: the practice has no zone, or one that is not known here

	settled bool // the times in clear are those of these rules, as the last Sync saw
}

// clockOf is the clock of a time zone. One that only a newer database knows can't be told
// here: what its clock shows is right all the same, as it is kept.
func (m *Memory) clockOf(of auth.Zone) clock {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.clock.zone != nil && m.clock.of == of {
		return m.clock
	}
	m.clock = clock{of: of, zone: time.Local}
	if of.Name == "" {
		return m.clock
	}
	known, err := zone.Load(of.Name)
	if err != nil {
		slog.Warn("the practice's time zone is not known here", "zone", of.Name, "err", err)
		return m.clock
	}
	m.clock.zone, m.clock.rules = known, zone.Rules(known)
	return m.clock
}

// Zone is the time zone of the practice's days and hours: that of all times of appointments
// that the desk gives, and of those that it is asked for.
func (d *Desk) Zone() *time.Location {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.zone
}

// longest is how long an appointment lasts at most.
const longest = 24 * time.Hour

// own is an appointment at the time that was meant, also where the practice got another zone
// since that was read or typed.
func (c clock) own(a data.Appointment) data.Appointment {
	length := a.Length()
	a.Start = data.WallTimeOf(a.Start).In(c.zone)
	a.End = a.Start.Add(length)
	return a
}

// mostDrift is how far the times in clear can be from what they should be until they are
// settled: no two zones are further apart.
const mostDrift = 26 * time.Hour

// drift is how far the times in clear can be from what they should be.
func (c clock) drift() time.Duration {
	if c.settled {
		return 0
	}
	return mostDrift
}

// leastDrift is how far they can be even then: by a program of another version at another
// desk, whose database of time zones has other rules.
const leastDrift = 3 * time.Hour

// lies says that any part of an appointment lies in a time, or the beginning of one that is
// damaged and ends before it.
func lies(a data.Appointment, from, to time.Time) bool {
	return a.Start.Before(to) && (a.End.After(from) || !a.Start.Before(from))
}

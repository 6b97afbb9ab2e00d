package auth

import (
	"context"
	"sort"
	"time"
)

// statusDays is the number of days whose sign-ins are counted.
const statusDays = 30

// SecurityStatus reads the present status. For its days it reads as much of the log as
// they take up. For admins.
func (s *Session) SecurityStatus(ctx context.Context) (SecurityStatus, error) {
	var out SecurityStatus
	var days calendar
	var found *search
	for found == nil || found.next > 0 {
		if err := ctx.Err(); err != nil {
			return SecurityStatus{}, err
		}
		err := s.adminLook(ctx, func(rd Reader, r *register, _ *user) (err error) {
			if found == nil {
				now := s.p.now()
				out, days = r.securityStatus(now), lastDays(now.Local(), statusDays)
				tomorrow := beginning(now.Local(), 1)
				wanted := ActivityFilter{From: days[0].Day, Until: tomorrow}
				if found, err = r.search(wanted, 0); err != nil {
					return err
				}
			}
			return found.page(rd, logPage, days.count)
		})
		if err != nil {
			return SecurityStatus{}, err
		}
	}
	out.Days = days
	return out, nil
}

// securityStatus is the part that the register has.
func (r *register) securityStatus(now time.Time) SecurityStatus {
	out := SecurityStatus{
		TwoFactor: r.Policy.TwoFactor, Help: r.helpRequests(), KitMissing: r.Kit == nil,
		Backup: r.Backup, BackupLate: now.Sub(r.Backup) > lateBackup || !r.backupDated(now),
	}
	if out.People, out.Enrolled, out.NotEnrolled = r.enrolments(); !r.Policy.TwoFactor {
		out.NotEnrolled = nil
	}
	for _, u := range r.Users {
		if u.Active && u.Codes.Count >= maxCodeFailures {
			out.Disabled = append(out.Disabled, r.called(u.ID))
		}
	}
	return out
}

// enrolments are how many active users there are, how many of them have an
// authenticator, and the names of the others.
func (r *register) enrolments() (people, enrolled int, others []string) {
	for _, u := range r.Users {
		switch {
		case !u.Active:
			continue
		case u.Authenticator != nil:
			enrolled++
		default:
			others = append(others, r.called(u.ID))
		}
		people++
	}
	return people, enrolled, others
}

// calendar are days in a row.
type calendar []ActivityDay

// lastDays are the last n days of now's calendar, today last.
func lastDays(now time.Time, n int) calendar {
	days := make(calendar, n)
	for i := range days {
		days[i].Day = beginning(now, i-n+1)
	}
	return days
}

// beginning is the first moment of the day that is some days after now's, in the same time
// zone. That is not midnight where the clock is set forward at midnight.
func beginning(now time.Time, after int) time.Time {
	year, month, day := now.Date()
	noon := time.Date(year, month, day+after, 12, 0, 0, 0, now.Location())
	at := time.Date(year, month, day+after, 0, 0, 0, 0, now.Location())
	for at.Before(noon) && !sameDate(at, noon) {
		at = at.Add(time.Hour)
	}
	return at
}

// sameDate says that two moments of one calendar are on one day.
func sameDate(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }

// count counts an entry of one of the days.
func (c calendar) count(e filteredEntry) (enough bool) {
	next := sort.Search(len(c), func(i int) bool { return c[i].Day.After(e.At) })
	if next == 0 { // it does not open
		return false
	}
	switch day := &c[next-1]; e.Event {
	case EventSignIn:
		day.SignIns++
	case EventPasswordRefused, EventCodeRefused:
		day.Refusals++
	}
	return false
}

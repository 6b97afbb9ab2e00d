package auth

import (
	"context"
	"time"
)

const (
	// standingDays are the days whose sign-ins are counted.
	standingDays = 30
	// backupLate is when a backup is late.
	backupLate = 24 * time.Hour
)

// Standing reads it as it is now; its days from as much of the log as they
// take up. For admins.
func (s *Session) Standing(ctx context.Context) (Standing, error) {
	var out Standing
	var days calendar
	var found *search
	for found == nil || found.next > 0 {
		if err := ctx.Err(); err != nil {
			return Standing{}, err
		}
		err := s.adminLook(ctx, func(rd Reader, r *register, _ *user) (err error) {
			if found == nil {
				now := s.p.now()
				out, days = r.standing(now), lastDays(now.Local(), standingDays)
				if found, err = r.search(ActivityFilter{From: days[0].Day}, 0); err != nil {
					return err
				}
			}
			return found.read(rd, lookBack, days.count)
		})
		if err != nil {
			return Standing{}, err
		}
	}
	out.Days = days
	return out, nil
}

// standing is what the register tells.
func (r *register) standing(now time.Time) Standing {
	out := Standing{
		TwoFactor: r.Policy.TwoFactor, Help: r.helpRequests(), KitMissing: r.Kit == nil,
		Backup: r.Backup, BackupLate: now.Sub(r.Backup) > backupLate || !r.backupDated(now),
	}
	for _, u := range r.Users {
		if !u.Active {
			continue
		}
		out.People++
		switch {
		case u.Authenticator != nil:
			out.Enrolled++
		case r.Policy.TwoFactor:
			out.NotEnrolled = append(out.NotEnrolled, u.Name)
		}
		if u.Codes.Count >= maxCodeFailures {
			out.Disabled = append(out.Disabled, u.Name)
		}
	}
	return out
}

// calendar are days in a row.
type calendar []ActivityDay

// lastDays are the last n days of now's calendar, today last.
func lastDays(now time.Time, n int) calendar {
	days := make(calendar, n)
	year, month, day := now.Date()
	for i := range days {
		days[i].Day = beginning(year, month, day-n+1+i, now.Location())
	}
	return days
}

// beginning is the first moment of a day; that is not midnight where the clocks
// go on at that time.
func beginning(year int, month time.Month, day int, loc *time.Location) time.Time {
	wanted := time.Date(year, month, day, 12, 0, 0, 0, loc)
	at := time.Date(year, month, day, 0, 0, 0, 0, loc)
	for at.Day() != wanted.Day() {
		at = at.Add(time.Hour)
	}
	return at
}

// count counts an entry on its day.
func (c calendar) count(e reading) (enough bool) {
	for i := len(c) - 1; i >= 0; i-- {
		if !sameDay(c[i].Day, e.At) {
			continue
		}
		switch e.Event {
		case EventSignIn:
			c[i].SignIns++
		case EventPasswordRefused, EventCodeRefused:
			c[i].Refusals++
		}
		break
	}
	return false
}

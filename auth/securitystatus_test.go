package auth_test

import (
	"reflect"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

func (w *world) standing() auth.SecurityStatus {
	w.t.Helper()
	w.dayOn()
	s, err := w.anna.SecurityStatus(w.ctx)
	w.must(err)
	return s
}

// TestSecurityStatus: who is there, who is not enrolled, what waits for an admin.
func TestSecurityStatus(t *testing.T) {
	w := newWorldWithoutKit(t)
	s := w.standing()
	if s.People != 1 || s.Enrolled != 0 || s.TwoFactor || s.NotEnrolled != nil || !s.KitMissing || !s.BackupLate || !s.Backup.IsZero() {
		t.Fatalf("%+v", s)
	}
	w.newKit()
	oneTime := w.addBen()
	_, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cleo Hall", Username: "chall", Role: auth.Staff})
	w.must(err)
	anna := w.turnOn(auth.EverySignIn)
	w.signInAnna(anna)
	ben, session := w.enrolBen(oneTime)
	w.must(session.SignOut(w.ctx))
	w.backUp()
	s = w.standing()
	if s.People != 3 || s.Enrolled != 2 || !s.TwoFactor || !reflect.DeepEqual(s.NotEnrolled, []string{"Cleo Hall (chall)"}) ||
		s.KitMissing || s.BackupLate || !s.Backup.Equal(w.clock.Now()) || s.Disabled != nil || s.Help != nil {
		t.Fatalf("%+v", s)
	}
	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	_, err = a.AskForHelp(w.ctx)
	w.must(err)
	for range 100 {
		w.clock.Advance(2 * time.Hour)
		a := w.practice.NewAttempt()
		_, err := a.Password(w.ctx, "bjones", benPassword)
		w.must(err)
		_, err = a.Code(w.ctx, wrongCode(ben.secret, w.clock.Now()))
		if err == nil {
			t.Fatal("a wrong code was taken")
		}
	}
	w.clock.Advance(totp.Period)
	w.signInAnna(anna)
	_, err = w.anna.ResetPassword(w.ctx, w.idOf("Cleo Hall"))
	w.must(err)
	w.must(w.anna.Deactivate(w.ctx, w.idOf("Cleo Hall")))
	s = w.standing()
	if s.People != 2 || s.NotEnrolled != nil || !reflect.DeepEqual(s.Disabled, []string{"Ben Jones (bjones)"}) ||
		len(s.Help) != 1 || s.Help[0].Name != "Ben Jones (bjones)" || !s.BackupLate {
		t.Fatalf("%+v", s)
	}
	refused := 0
	for _, d := range s.Days {
		refused += d.Refusals
	}
	if all, _ := w.found(auth.ActivityFilter{Kind: auth.KindRefusals}, 100); refused != len(all) || refused < 99 {
		t.Errorf("%d refusals, want %d", refused, len(all))
	}
}

// TestSecurityStatusBackup is late a day after it was made, and when nobody can tell
// how old it is.
func TestSecurityStatusBackup(t *testing.T) {
	w := newWorld(t)
	w.backUp()
	for _, c := range []struct {
		since time.Duration
		late  bool
	}{
		{0, false}, {24 * time.Hour, false}, {24*time.Hour + time.Second, true},
		{-time.Minute, false}, {-30 * time.Minute, false}, {-31 * time.Minute, true}, {-10 * 365 * 24 * time.Hour, true},
	} {
		w.clock.Advance(c.since)
		if s := w.standing(); s.BackupLate != c.late {
			t.Errorf("%v after: late %v", c.since, s.BackupLate)
		}
		w.clock.Advance(-c.since)
	}
}

// TestSecurityStatusDays are those of this computer's calendar, whatever length they
// have; what is dated otherwise is on none of them.
func TestSecurityStatusDays(t *testing.T) {
	for zone, now := range map[string]string{
		"Europe/Berlin":    "2027-11-01 12:00", // the clocks went back the night before
		"America/New_York": "2027-03-16 00:00", // and on two days before
		"Asia/Beirut":      "2027-04-01 23:59", // on, at midnight
		"America/Havana":   "2027-11-07 00:30", // back at one, to midnight
		"America/Santiago": "2027-09-10 12:00", // on, at midnight
		"Atlantic/Azores":  "2027-11-02 12:00", // back at one, to midnight
		"Pacific/Apia":     "2026-12-31 23:00",
	} {
		t.Run(zone, func(t *testing.T) {
			loc := in(t, zone)
			today, err := time.ParseInLocation("2006-01-02 15:04", now, loc)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld(t)
			w.clock.Advance(today.Sub(w.clock.Now()))
			w.signInAnna(nil)
			want := map[string][2]int{today.Format(time.DateOnly): {1, 0}}
			begun := today.AddDate(0, 0, -33)
			events := []auth.Event{auth.EventSignIn, auth.EventPasswordRefused, auth.EventUnlocked, auth.EventCodeRefused}
			const n = 33 * 24 * 2
			at := func(i int) time.Time { return begun.Add(time.Duration(i) * 30 * time.Minute) }
			w.must(auth.FillLog(w.ctx, w.practice, n, func(i int) auth.Entry {
				return auth.Entry{At: at(i), Event: events[i%len(events)]}
			}))
			for i := range n {
				day := want[at(i).In(loc).Format(time.DateOnly)]
				switch i % len(events) {
				case 0:
					day[0]++
				case 1, 3:
					day[1]++
				}
				want[at(i).In(loc).Format(time.DateOnly)] = day
			}
			w.must(auth.FillLog(w.ctx, w.practice, 1, func(int) auth.Entry { // of a clock that ran ahead
				return auth.Entry{At: today.AddDate(10, 0, 0), Event: auth.EventSignIn}
			}))
			days := w.standing().Days
			if len(days) != 30 {
				t.Fatalf("%d days", len(days))
			}
			for i, d := range days {
				name := today.AddDate(0, 0, i-29).Format(time.DateOnly)
				if got := d.Day.In(loc).Format(time.DateOnly); got != name {
					t.Errorf("day %d is %s, want %s", i, got, name)
				}
				if before := d.Day.Add(-time.Second).In(loc).Format(time.DateOnly); before >= name {
					t.Errorf("%s does not begin at %v", name, d.Day.In(loc))
				}
				if got := [2]int{d.SignIns, d.Refusals}; got != want[name] {
					t.Errorf("%s: %d, want %d", name, got, want[name])
				}
			}
		})
	}
}

package auth

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"
)

const (
	// lookedAt is how many entries one call looks at, at most, so that a caller
	// can show what there is and go on.
	lookedAt = 20_000
	// olderRun is after so many entries in a row that are older than wanted that
	// no more are looked for. One is not enough: a clock that was put back wrote
	// later entries with earlier times.
	olderRun = 5_000
	// openers is how many goroutines open entries.
	openers = 4
)

// EventUnreadable stands for an entry that was changed. It is never stored.
const EventUnreadable Event = "unreadable"

// kindOf is the kind of each event.
var kindOf = map[Event]ActivityKind{
	EventSignIn: KindSignIns, EventSignOut: KindSignIns, EventUnlocked: KindSignIns, EventStepUp: KindSignIns,
	EventSessionEnded: KindSignIns, EventSessionsOutlived: KindSignIns,
	EventPasswordRefused: KindRefusals, EventCodeRefused: KindRefusals, EventClockRefused: KindRefusals, EventDisabled: KindRefusals,
	EventEnrolled: KindCodes, EventMoved: KindCodes, EventTwoFactorReset: KindCodes, EventHandedOver: KindCodes,
	EventRecoveryUsed: KindCodes, EventRecoveryMade: KindCodes, EventOneTimeMade: KindCodes, EventOneTimeUsed: KindCodes,
	EventHelpAsked: KindCodes, EventHelpDone: KindCodes, EventWaitLifted: KindCodes,
	EventUserAdded: KindUsers, EventUserEdited: KindUsers, EventUserDeactivated: KindUsers, EventUserReactivated: KindUsers,
	EventPasswordChanged: KindUsers, EventPasswordReset: KindUsers, EventNameChanged: KindUsers,
	EventSetUp: KindSettings, EventPolicy: KindSettings, EventRenamed: KindSettings,
	EventLinkingCode: KindComputers, EventLinked: KindComputers, EventComputerRenamed: KindComputers, EventUnlinked: KindComputers,
	EventClockOffset: KindComputers, EventClockReset: KindComputers,
	EventKitMade: KindData, EventKitOpened: KindData, EventKitAdmin: KindData, EventOlderAccepted: KindData, EventRepaired: KindData,
	EventBackupFolder: KindData, EventBackedUp: KindData, EventRestored: KindData, EventExported: KindData, EventUnreadable: KindData,
}

// wants says whether the filter lets an entry through.
func (f ActivityFilter) wants(e Entry) bool {
	switch {
	case f.Person != "" && e.By != f.Person && e.Whom != f.Person,
		f.Kind != "" && kindOf[e.Event] != f.Kind,
		!f.From.IsZero() && e.At.Before(f.From),
		!f.Until.IsZero() && !e.At.Before(f.Until):
		return false
	}
	return true
}

// scanBack gives fn the entries before a number, the newest first, until it says
// false, ctx ends, or most were looked at. next is where to go on; 0: nowhere.
func (o *logOpener) scanBack(ctx context.Context, rd Reader, before, most int64, fn func(seq int64, e Entry) bool) (next int64, err error) {
	if before <= 0 || before > o.Log.Count {
		before = o.Log.Count + 1
	}
	for end := before - most; before > max(end, 1); {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		rows, err := rd.ActivityBefore(before, logPage)
		if err != nil {
			return 0, err
		}
		if len(rows) == 0 {
			return 0, nil
		}
		entries, err := o.open(rows)
		if err != nil {
			return 0, err
		}
		for i, e := range entries {
			before = rows[i].Seq
			if !fn(before, e) {
				return goOn(before), nil
			}
		}
	}
	return goOn(before), nil
}

// goOn is before, unless nothing is before it.
func goOn(before int64) int64 {
	if before <= 1 {
		return 0
	}
	return before
}

// open opens rows, on several goroutines.
func (o *logOpener) open(rows []ActivityRow) ([]Entry, error) {
	entries := make([]Entry, len(rows))
	for _, row := range rows { // derives the keys, here alone
		if _, err := o.keys(row.Seq); err != nil {
			return nil, err
		}
	}
	var work sync.WaitGroup
	for part := range openers {
		work.Go(func() {
			for i := part; i < len(rows); i += openers {
				entries[i] = o.openOne(rows[i])
			}
		})
	}
	work.Wait()
	return entries, nil
}

// openOne opens a row whose keys are known. One that was changed is unreadable:
// the others can be read all the same.
func (o *logOpener) openOne(row ActivityRow) (e Entry) {
	keys := o.known[o.logKeyFrom(row.Seq)]
	plain, err := keys.seal.Open(row.Sealed, activityPlace(o.Practice, row.Seq))
	if err != nil || json.Unmarshal(plain, &e) != nil {
		return Entry{Event: EventUnreadable}
	}
	return e
}

// show is an entry as a person reads it.
func (r *register) show(seq int64, e Entry) ActivityEntry {
	shown := ActivityEntry{Seq: seq, At: e.At, Event: e.Event, Computer: r.computerName(e.Computer), Detail: e.Detail}
	if u := r.userByID(e.By); u != nil {
		shown.By = u.Name
	}
	if u := r.userByID(e.Whom); u != nil {
		shown.Whom = u.Name
	}
	return shown
}

// Activity gives a part of the activity log: entries that the filter wants, of a
// number before the given one (0: from the newest on), at most limit of them.
// It may give fewer, even none, and be worth going on at Next. For admins.
func (s *Session) Activity(ctx context.Context, f ActivityFilter, before int64, limit int) (ActivityPage, error) {
	var page ActivityPage
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		if err := s.isAdmin(r); err != nil {
			return err
		}
		page.Count = r.Log.Count
		tooOld := 0
		var err error
		page.Next, err = r.newLogOpener().scanBack(ctx, rd, before, lookedAt, func(seq int64, e Entry) bool {
			if f.wants(e) {
				page.Entries = append(page.Entries, r.show(seq, e))
			}
			if tooOld = olderBy(f.From, e.At, tooOld); tooOld >= olderRun {
				return false
			}
			return len(page.Entries) < limit
		})
		if tooOld >= olderRun {
			page.Next = 0
		}
		return err
	})
	return page, err
}

// olderBy counts entries in a row that are older than a time.
func olderBy(from, at time.Time, run int) int {
	if from.IsZero() || !at.Before(from) {
		return 0
	}
	return run + 1
}

// MyActivity gives the newest entries that are about the session's user, at most
// limit, among the last 20,000.
func (s *Session) MyActivity(ctx context.Context, limit int) ([]ActivityEntry, error) {
	var entries []ActivityEntry
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		me, err := s.me(r)
		if err != nil {
			return err
		}
		f := ActivityFilter{Person: me.ID}
		_, err = r.newLogOpener().scanBack(ctx, rd, 0, lookedAt, func(seq int64, e Entry) bool {
			if f.wants(e) {
				entries = append(entries, r.show(seq, e))
			}
			return len(entries) < limit
		})
		return err
	})
	return entries, err
}

// standingDays is how many days Standing counts.
const standingDays = 30

// Standing reads how the sign-in is doing. For admins.
func (s *Session) Standing(ctx context.Context) (Standing, error) {
	var out Standing
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		if err := s.isAdmin(r); err != nil {
			return err
		}
		now := s.p.now()
		out = r.standing(now)
		return r.countDays(ctx, rd, out.Days)
	})
	return out, err
}

// standing is all of it that the register knows.
func (r *register) standing(now time.Time) Standing {
	out := Standing{
		TwoFactor: r.Policy.TwoFactor, Help: r.helpRequests(), KitMissing: r.Kit == nil, Backup: r.Backup,
		BackupLate: r.Backup.IsZero() || now.Sub(r.Backup).Abs() > 24*time.Hour, Days: lastDays(now),
	}
	for _, u := range r.Users {
		if !u.Active {
			continue
		}
		out.People++
		switch {
		case u.Authenticator == nil && r.Policy.TwoFactor:
			out.NotEnrolled = append(out.NotEnrolled, u.Name)
		case u.Authenticator == nil:
		default:
			out.Enrolled++
			if u.Codes.Count >= maxCodeFailures {
				out.Disabled = append(out.Disabled, u.Name)
			}
		}
	}
	return out
}

// lastDays are the last days of this computer's calendar, today last. A day is
// not always 24 hours long.
func lastDays(now time.Time) []ActivityDay {
	year, month, day := now.Local().Date()
	days := make([]ActivityDay, standingDays)
	for i := range days {
		days[i].Day = time.Date(year, month, day-standingDays+1+i, 0, 0, 0, 0, time.Local)
	}
	return days
}

// countDays counts the sign-ins and refusals of days.
func (r *register) countDays(ctx context.Context, rd Reader, days []ActivityDay) error {
	tooOld := 0
	_, err := r.newLogOpener().scanBack(ctx, rd, 0, r.Log.Count+1, func(_ int64, e Entry) bool {
		tooOld = olderBy(days[0].Day, e.At, tooOld)
		i, exact := slices.BinarySearchFunc(days, e.At, func(d ActivityDay, at time.Time) int { return d.Day.Compare(at) })
		if !exact {
			i--
		}
		if i >= 0 && (i < len(days)-1 || sameDay(days[i].Day, e.At)) {
			switch {
			case e.Event == EventSignIn:
				days[i].SignIns++
			case e.Event == EventPasswordRefused || e.Event == EventCodeRefused:
				days[i].Refusals++
			}
		}
		return tooOld < olderRun
	})
	return err
}

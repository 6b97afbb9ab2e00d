package activity

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"

	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

// activitySample is the presenter, and what it last showed.
type activitySample struct {
	*activity
	*bubbled
	view  activityView
	shows int
	files files
	ends  []error
	asker screentest.Asker
}

func (s *activitySample) show(v activityView) {
	s.view = v
	s.shows++
}

func newActivitySample(b *bubbled) *activitySample {
	s := &activitySample{bubbled: b, files: files{content: map[string]string{}}}
	o := screen.Scope{Ctx: b.ctx, Runner: b.runner, OnEnded: func(err error) { s.ends = append(s.ends, err) }}
	o.StepUp = screen.NewStepUp(b.session, b.runner, s.asker.Open)
	s.activity = newActivity(activity{Scope: o, session: b.session, pane: s, save: s.files.save, folder: authtest.Path("/home/anna")})
	s.open()
	s.Settle()
	return s
}

// pass lets the bubble's time pass, and what comes in that time come.
func (s *activitySample) pass(d time.Duration) {
	for ; d > 0; d -= 50 * time.Millisecond {
		time.Sleep(min(d, 50*time.Millisecond))
		s.Settle()
	}
}

func TestActivityReadsTheNewestFirst(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		if s.view.Rows != activityPage || s.view.Shown != "The newest 200 entries. Go on down for older ones." || s.view.Reading != "" {
			t.Fatalf("%+v", s.view)
		}
		if when, what := s.when(s.at(0)), entryText(s.at(0)); when != "1 Jan, 0:00" || what != "Ben Jones signed in at RECEPTION-1." {
			t.Errorf("%q, %q", when, what)
		}
		if b.session.made != activityPage {
			t.Errorf("%d entries were made", b.session.made)
		}
		if text := s.when(s.at(activityPage)) + entryText(s.at(activityPage)); text != "" {
			t.Errorf("behind the last one: %q", text)
		}
	})
}

// Who goes down gets older ones before the end is in sight, to the very first.
func TestActivityReadsOnAsOneGoesDown(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.count = 520
		s := newActivitySample(b)
		s.reached(activityPage - activityAhead - 1)
		s.Settle()
		if s.view.Rows != 200 {
			t.Fatalf("%d rows, too early", s.view.Rows)
		}
		for _, want := range []int{400, 520, 520} {
			s.reached(s.view.Rows - activityAhead)
			s.reached(s.view.Rows - 1) // the next row in sight
			s.Settle()
			if s.view.Rows != want {
				t.Fatalf("%d rows, want %d", s.view.Rows, want)
			}
		}
		if s.view.Shown != "520 entries, all that there are." || b.session.asked != 3 {
			t.Errorf("%q after %d calls", s.view.Shown, b.session.asked)
		}
		for i, e := range s.log.entries {
			if e.Seq != int64(520-i) {
				t.Fatalf("row %d is entry %d", i, e.Seq)
			}
		}
		if s.shows > 30 {
			t.Errorf("shown %d times", s.shows)
		}
	})
}

// A million entries are read no further than one looks.
func TestActivityOfAMillionEntries(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.count = 1_000_000
		s := newActivitySample(b)
		if s.view.Rows != activityPage || b.session.made != activityPage || b.session.asked != 1 {
			t.Errorf("%d rows, %d entries made in %d calls", s.view.Rows, b.session.made, b.session.asked)
		}
	})
}

// needle makes a log in which one entry of many fits.
func needle(b *bubbled, every int64) {
	b.session.count, b.session.readTime = 1_000_000, 200*time.Millisecond
	b.session.entry = func(seq int64) auth.ActivityEntry {
		e := auth.ActivityEntry{Seq: seq, At: time.Now(), Event: auth.EventSignIn, By: "Anna Smith"}
		if seq%every == 0 {
			e.By = "Ben Jones"
		}
		return e
	}
}

func TestActivityOfARareFilterShowsWhatItFoundSoFar(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		needle(b, 40_000)
		s := newActivitySample(b)
		s.pass(time.Second)
		s.choosePerson(2)
		s.pass(100 * time.Millisecond)
		if s.view.Reading != "" || s.view.CanStop {
			t.Errorf("it flickers: %+v", s.view)
		}
		s.pass(2 * time.Second)
		if v := s.view; v.Reading != "Looking for entries…" || !v.CanStop || v.Rows < 4 || v.Rows > 6 || v.ReadTotal != 1_000_000 || v.Read < 150_000 || v.Read > 250_000 {
			t.Errorf("after 2 s: %+v", v)
		}
		s.pass(time.Minute)
		if v := s.view; v.Reading != "" || v.CanStop || v.Rows != 25 || v.Shown != "25 entries, all that there are." {
			t.Errorf("at the end: %+v", v)
		}
		if f := b.session.lastFilter(); f.Person != "b" {
			t.Errorf("%+v", f)
		}
	})
}

func TestActivityStopsLooking(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		needle(b, 40_000)
		s := newActivitySample(b)
		s.pass(time.Second)
		s.stopReading() // nothing goes on
		if s.view.CanGoOn {
			t.Error("stopped what did not go on")
		}
		s.choosePerson(2)
		s.pass(2100 * time.Millisecond)
		s.stopReading()
		s.Settle()
		if v := s.view; v.Reading != "" || v.CanStop || !v.CanGoOn || v.Rows == 0 || !strings.HasSuffix(v.Shown, "entries were found so far.") {
			t.Errorf("%+v", v)
		}
		rows, asked := s.view.Rows, b.session.asked
		s.reached(rows - 1) // a stop is no invitation
		s.pass(time.Minute)
		if s.view.Rows != rows || b.session.asked > asked+1 {
			t.Errorf("went on to %d rows", s.view.Rows)
		}
		s.showOlder()
		s.pass(time.Minute)
		if v := s.view; v.Rows != 25 || v.CanGoOn {
			t.Errorf("%+v", v)
		}
	})
}

// An answer to an older filter must not stand under a newer one.
func TestActivityDropsLateAnswers(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.readTime, b.session.deaf = time.Second, true
		s := newActivitySample(b)
		s.pass(2 * time.Second)
		s.choosePerson(1)
		s.pass(500 * time.Millisecond)
		s.choosePerson(2)
		s.pass(600 * time.Millisecond) // the answer about Anna has come
		if list := s.log.list; s.entryOf(t, 0) == "" || s.log.anew == false {
			t.Errorf("list %d begins anew with an answer to another filter", list)
		}
		s.pass(10 * time.Second)
		for row := range s.view.Rows {
			if e, _ := s.entry(row); e.By != "Ben Jones" && e.Whom != "Ben Jones" {
				t.Fatalf("row %d: %+v", row, e)
			}
		}
	})
}

func (s *activitySample) entryOf(t *testing.T, row int) string {
	t.Helper()
	e, ok := s.entry(row)
	if !ok {
		t.Fatalf("there is no row %d", row)
	}
	return e.By + e.Whom
}

func TestActivityListBeginsAnewWithTheFilterOnly(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		list := s.view.List
		s.reached(199)
		s.Settle()
		if s.view.List != list || s.view.Rows != 400 {
			t.Errorf("older ones: %+v", s.view)
		}
		s.chooseKind(2)
		s.Settle()
		if s.view.List == list || s.view.Rows != 200 || b.session.lastFilter().Kind != auth.KindRefusals {
			t.Errorf("another kind: %+v", s.view)
		}
		asked := b.session.asked
		s.chooseKind(2)
		s.choosePerson(0)
		s.Settle()
		if b.session.asked != asked {
			t.Error("the same filters were asked for again")
		}
	})
}

func TestActivityEmpty(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.count = 0
		s := newActivitySample(b)
		if s.view.Empty != "No entry fits. Choose another person, kind or day." || s.view.Shown != "" {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestActivityErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrBusy })
		s.chooseKind(1)
		s.Settle()
		if v := s.view; v.Rows != 0 || !v.CanGoOn || !strings.HasPrefix(v.ReadProblem, "Another program is using") {
			t.Errorf("%+v", v)
		}
		b.session.set(func(f *fakeSession) { f.fail = nil })
		s.showOlder()
		s.Settle()
		if v := s.view; v.Rows != 200 || v.CanGoOn || v.ReadProblem != "" {
			t.Errorf("tried again: %+v", v)
		}
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrSessionEnded })
		s.reached(199)
		s.Settle()
		if len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

func TestActivityStanding(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newActivitySample(b)
		v := s.view
		if v.Share != "5 of 7" || v.Nothing != "Nothing needs you." || len(v.Needs) != 0 || len(v.Days) != 30 {
			t.Fatalf("%+v", v)
		}
		if want := []string{"5 people have two-factor set up.", "2 people have not."}; !slices.Equal(v.Legend, want) {
			t.Errorf("%q", v.Legend)
		}
		if today := v.Days[29]; today != (dayView{12, 1, "Today: 12 sign-ins, 1 refused."}) {
			t.Errorf("%+v", today)
		}
		b.session.standing.Enrolled, b.session.standing.TwoFactor = 7, false
		s.open()
		s.Settle()
		if want := []string{"Everyone has two-factor set up.", "Two-factor is off."}; !slices.Equal(s.view.Legend, want) {
			t.Errorf("%q", s.view.Legend)
		}
		if len(s.view.Needs) != 1 || s.view.Needs[0].Pane != PaneGeneral || s.view.Nothing != "" {
			t.Errorf("%+v", s.view.Needs)
		}
	})
}

func TestActivityDays(t *testing.T) {
	day := time.Date(2026, 11, 17, 0, 0, 0, 0, time.Local)
	for want, c := range map[string]struct {
		signIns, refusals, ago int
	}{
		"Today: no sign-ins, none refused.":           {0, 0, 0},
		"Yesterday: 1 sign-in, 1 refused.":            {1, 1, 1},
		"Tue 17 Nov: 1,204 sign-ins, 12,345 refused.": {1204, 12_345, 2},
	} {
		if got := dayText(auth.ActivityDay{Day: day, SignIns: c.signIns, Refusals: c.refusals}, c.ago); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestActivityNeeds(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		time.Sleep(9*time.Hour + 5*time.Minute)
		s := needyStanding("Anna Smith", longName)
		got := needs(&s, time.Now())
		short := longName[:maxChoice-1] + "…"
		want := []need{
			{"Anna Smith asked for help at RECEPTION-1, today 9:05.", PaneUsers, "Go to Users"},
			{short + " asked for help at RECEPTION-1, today 9:04.", PaneUsers, "Go to Users"},
			{"Cleo Marsh asked for help at RECEPTION-1, today 9:03.", PaneUsers, "Go to Users"},
			{"2 more people asked for help.", PaneUsers, "Go to Users"},
			{"After too many wrong codes an authenticator is disabled: Anna Smith. Reset it.", PaneUsers, "Go to Users"},
			{"Not set up for two-factor yet: Anna Smith, " + short + ", Cleo Marsh and 2 more. It is asked at the next sign-in.", PaneUsers, "Go to Users"},
			{"There is no recovery kit yet. Make it, and put it away safely.", PaneRecovery, "Go to Recovery"},
			{"The newest backup is of 29 Dec 1999. Make one now.", PaneBackup, "Go to Backup"},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q\nwant %q", got, want)
		}
		s.Backup = time.Time{}
		if got := needs(&s, time.Now()); got[len(got)-1].Text != "There is no backup yet. Make one now." {
			t.Errorf("%q", got[len(got)-1].Text)
		}
	})
}

// Counting 30 days may take a moment; the list does not wait for it.
func TestActivitySaysThatItCounts(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.readTime = time.Second
		s := newActivitySample(b)
		if s.view.Counting != "" {
			t.Error("it flickers")
		}
		s.pass(busyDelay)
		if s.view.Counting != "Counting…" || len(s.view.Days) != 0 {
			t.Errorf("%+v", s.view)
		}
		s.pass(time.Second)
		if s.view.Counting != "" || len(s.view.Days) != 30 {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestActivityTimes(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)
	for want, at := range map[string]time.Time{
		"24 Nov, 9:05": now.Add(-35 * time.Minute),
		"4 Feb, 9:40":  now.AddDate(0, 0, -293),
		"24 Nov 2025":  now.AddDate(-1, 0, 0),
		"1 Jan 2036":   time.Date(2036, 1, 1, 0, 0, 0, 0, time.Local), // a clock ran ahead
	} {
		if got := entryTime(at, now); got != want {
			t.Errorf("%v: %q, want %q", at, got, want)
		}
	}
}

func TestActivityEntryInFull(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 5, 7, 0, time.Local)
	got := newEntryView(auth.ActivityEntry{Seq: 12_345, At: at, Event: auth.EventSignIn, By: "Anna Smith", Computer: "OFFICE"})
	want := entryView{"Entry 12,345", "Tue 24 Nov 2026, 09:05:07 " + at.Format("MST"), "Anna Smith signed in at OFFICE.", "OFFICE"}
	if got != want {
		t.Errorf("%+v", got)
	}
	if got := newEntryView(auth.ActivityEntry{Seq: 7}); got.When != "Not known" || got.What == "" || got.Computer != "" {
		t.Errorf("of one that was changed: %+v", got)
	}
}

package activity

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // as the texts of the tests have it
	uitest.Main(m)
}

// sample is the presenter, and what it showed.
type sample struct {
	*panetest.Sample
	*presenter
	views []view
}

// run runs a test with a presenter that has read nothing yet.
func run(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) { fn(p.T, newSample(p)) })
}

func newSample(p *panetest.Sample) *sample {
	s := &sample{Sample: p}
	s.presenter = newPresenter(presenter{
		Scope: p.Params.Scope, session: p.Params.Session, save: p.Params.Save, folder: p.Params.Folder,
		pane: screen.NewView(func(v view) { s.views = append(s.views, v) }),
	})
	return s
}

// begin shows the pane.
func (s *sample) begin() {
	s.open()
	s.Settle()
}

func (s *sample) shown() view { return s.pane.Shown() }

// count is how many entries there are.
func count(p *panetest.Sample) int { return len(p.Memory.Rows().Activity) }

// fill has Ben make entries until there are so many, with one of Anna's before every so many; 0: none.
func fill(p *panetest.Sample, n, every int) {
	p.T.Helper()
	for i := count(p); i < n; i++ {
		w, name := p.Ben, "Ben Jones"
		if every > 0 && i%every == 0 {
			w, name = p.Anna, "Anna Smith"
		}
		if err := w.Session.ChangeName(p.T.Context(), fmt.Sprint(name, " ", i)); err != nil {
			p.T.Fatal(err)
		}
	}
}

// choose chooses a person by how the name begins.
func (s *sample) choose(name string) {
	s.T.Helper()
	i := slices.IndexFunc(s.people, func(one person) bool { return strings.HasPrefix(one.text, name) })
	if i < 0 {
		s.T.Fatalf("there is no %q among %+v", name, s.people)
	}
	s.choosePerson(i)
}

// Kinds to choose from, by their numbers.
const (
	refusals = 2
	users    = 4
	kits     = 7
)

func TestActivityReadsTheNewestFirst(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 600, 0)
		s.Ben.Renew()
		asked := s.Anna.Asked()
		s.begin()
		if v := s.shown(); v.Rows != pageSize || v.Shown != "The newest 200 entries. Go on down for older ones." || v.Reading != "" {
			t.Fatalf("%+v", v)
		}
		if when, what := s.when(s.at(0)), entryText(s.at(0)); when != "1 Jan, 1:00" || what != "Ben Jones 599 (bjones) signed in at RECEPTION-1." {
			t.Errorf("%q, %q", when, what)
		}
		if text := s.when(s.at(pageSize)) + entryText(s.at(pageSize)); text != "" {
			t.Errorf("behind the last one: %q", text)
		}
		if n := s.Anna.Asked() - asked; n != 3 { // for the entries, the users and the security status
			t.Errorf("asked %d times", n)
		}
	})
}

// Who goes down gets older ones before the end is in sight, to the very first.
func TestActivityReadsOnAsOneGoesDown(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 520, 0)
		s.begin()
		asked := s.Anna.Asked()
		s.reached(pageSize - readAhead - 1)
		s.Settle()
		if v := s.shown(); v.Rows != 200 {
			t.Fatalf("%d rows, too early", v.Rows)
		}
		for _, want := range []int{400, 520, 520} {
			s.reached(s.shown().Rows - readAhead)
			s.reached(s.shown().Rows - 1) // the next row in sight
			s.Settle()
			if v := s.shown(); v.Rows != want {
				t.Fatalf("%d rows, want %d", v.Rows, want)
			}
		}
		if n := s.Anna.Asked() - asked; s.shown().Shown != "520 entries, all that there are." || n != 2 {
			t.Errorf("%q after %d questions", s.shown().Shown, n)
		}
		for i, e := range s.log.entries {
			if e.Seq != int64(520-i) {
				t.Fatalf("row %d is entry %d", i, e.Seq)
			}
		}
		if len(s.views) > 30 {
			t.Errorf("shown %d times", len(s.views))
		}
	})
}

// lookFor begins to look for what Anna did, who did little, on a slow disk.
func (s *sample) lookFor() {
	fill(s.Sample, 2500, 100)
	s.begin()
	s.Anna.DelayRows(200 * time.Millisecond)
	s.choose("Anna")
}

func TestActivityOfARareFilterShowsWhatItFoundSoFar(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.lookFor()
		s.Pass(100 * time.Millisecond)
		if v := s.shown(); v.Reading != "" || v.CanStop {
			t.Errorf("it flickers: %+v", v)
		}
		s.Pass(600 * time.Millisecond)
		if v := s.shown(); v.Reading != "Looking for entries…" || !v.CanStop || v.Rows != 15 || v.ReadTotal != 2500 || v.Read != 1499 {
			t.Errorf("after 0.7 s: %+v", v)
		}
		s.Pass(time.Minute)
		if v := s.shown(); v.Reading != "" || v.CanStop || v.Rows < 25 || v.Shown != words.Number(int64(v.Rows))+" entries, all that there are." {
			t.Errorf("at the end: %+v", v)
		}
	})
}

func TestActivityStopsLooking(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.stopReading() // nothing goes on
		if s.shown().CanGoOn {
			t.Error("stopped what did not go on")
		}
		s.lookFor()
		s.Pass(700 * time.Millisecond)
		s.stopReading()
		s.Settle()
		if v := s.shown(); v.Reading != "" || v.CanStop || !v.CanGoOn || v.Shown != "15 entries were found so far." {
			t.Errorf("%+v", v)
		}
		asked := s.Anna.Asked()
		s.reached(14) // a stop is no invitation
		s.Pass(time.Minute)
		if s.shown().Rows != 15 || s.Anna.Asked() != asked {
			t.Errorf("went on to %d rows", s.shown().Rows)
		}
		s.showOlder()
		s.Pass(time.Minute)
		if v := s.shown(); v.Rows < 25 || v.CanGoOn {
			t.Errorf("%+v", v)
		}
	})
}

// An answer to an older filter must not stand under a newer one.
func TestActivityDropsLateAnswers(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 100, 10)
		s.begin()
		s.Anna.DelayRows(time.Second)
		s.choose("Anna")
		s.Pass(500 * time.Millisecond)
		s.choose("Ben")
		s.Pass(600 * time.Millisecond) // the answer about Anna has come
		if _, ok := s.entry(0); !ok || !s.log.isAnew {
			t.Error("the list begins anew with an answer to another filter")
		}
		s.Pass(10 * time.Second)
		if s.shown().Rows < 80 {
			t.Fatalf("%d rows", s.shown().Rows)
		}
		for row := range s.shown().Rows {
			if e, _ := s.entry(row); !strings.HasPrefix(e.By, "Ben Jones") && !strings.HasPrefix(e.Whom, "Ben Jones") {
				t.Fatalf("row %d: %+v", row, e)
			}
		}
	})
}

func TestActivityListBeginsAnewWithTheFilterOnly(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 500, 0)
		s.Ben.Guess()
		s.begin()
		list := s.shown().List
		s.reached(199)
		s.Settle()
		if v := s.shown(); v.List != list || v.Rows != 400 {
			t.Errorf("older ones: %+v", v)
		}
		s.chooseKind(refusals)
		s.Settle()
		if v := s.shown(); v.List == list || v.Rows != 5 || entryText(s.at(4)) != "A wrong password was typed for Ben Jones 499 (bjones) at RECEPTION-1." {
			t.Errorf("another kind: %+v", v)
		}
		asked := s.Anna.Asked()
		s.chooseKind(refusals)
		s.choosePerson(0)
		s.Settle()
		if s.Anna.Asked() != asked {
			t.Error("the same filters were asked for again")
		}
	})
}

func TestActivityEmpty(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.begin()
		s.chooseKind(kits)
		s.Settle()
		if v := s.shown(); v.Rows != 0 || v.Empty != "No entry fits. Choose another person, kind or day." || v.Shown != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestActivityErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		fill(s.Sample, 250, 0)
		s.begin()
		s.Anna.Stop(auth.ErrBusy)
		s.chooseKind(users)
		s.Settle()
		if v := s.shown(); v.Rows != 0 || !v.CanGoOn || !strings.HasPrefix(v.ReadError, "Another program is using") {
			t.Errorf("%+v", v)
		}
		s.Anna.Answer()
		s.showOlder()
		s.Settle()
		if v := s.shown(); v.Rows != 200 || v.CanGoOn || v.ReadError != "" {
			t.Errorf("tried again: %+v", v)
		}
		if err := s.session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.reached(199)
		s.Settle()
		if len(s.Ends) != 1 || !errors.Is(s.Ends[0], auth.ErrSessionEnded) {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

func TestActivitySecurityStatus(t *testing.T) {
	run(t, func(t *testing.T, off *sample) {
		off.begin()
		v := off.shown()
		if want := []string{"0 people have two-factor set up.", "2 people have not.", "Two-factor is off."}; v.Share != "0 of 2" || !slices.Equal(v.Legend, want) {
			t.Errorf("%q, %q", v.Share, v.Legend)
		}
		if panes := []string{v.Needs[0].Pane, v.Needs[1].Pane, v.Needs[2].Pane}; !slices.Equal(panes, []string{pane.General, pane.Recovery, pane.Backup}) || v.Nothing != "" {
			t.Errorf("%+v", v.Needs)
		}
		if len(v.Days) != 30 || v.Days[29] != (dayView{1, 0, "Today: 1 sign-in, none refused."}) || v.FirstDay != "3 Dec" {
			t.Errorf("from %s: %+v", v.FirstDay, v.Days)
		}

		off.TurnOn()
		off.Ben.Guess()
		off.Anna.StepUp()
		if _, err := off.Anna.Session.BackUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		s := newSample(off.Sample)
		s.begin()
		v = s.shown()
		if want := []string{"Everyone has two-factor set up."}; v.Share != "2 of 2" || !slices.Equal(v.Legend, want) {
			t.Errorf("%q, %q", v.Share, v.Legend)
		}
		if v.Nothing != "Nothing needs you." || len(v.Needs) != 0 || v.Days[29] != (dayView{3, 5, "Today: 3 sign-ins, 5 refused."}) {
			t.Errorf("%q, %+v, %+v", v.Nothing, v.Needs, v.Days[29])
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

// needyStatus needs an admin in every way.
func needyStatus(one, other string, now time.Time) auth.SecurityStatus {
	s := auth.SecurityStatus{People: 7, Enrolled: 5, TwoFactor: true}
	for i, name := range []string{one, other, "Cleo Marsh", "Dan Okafor", "Eve Lind"} {
		s.Help = append(s.Help, auth.HelpRequest{Name: name, Computer: "RECEPTION-1", At: now.Add(-time.Duration(i) * time.Minute)})
	}
	s.Disabled, s.NotEnrolled = []string{one}, []string{one, other, "Cleo Marsh", "Dan Okafor", "Eve Lind"}
	s.KitMissing, s.BackupLate, s.Backup = true, true, now.AddDate(0, 0, -3)
	return s
}

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

func TestActivityNeeds(t *testing.T) {
	now := time.Date(2000, 1, 1, 9, 5, 0, 0, time.Local)
	s := needyStatus("Anna Smith", longName, now)
	got, short := needs(&s, now), pane.Shorten(longName)
	want := []need{
		{"Anna Smith asked for help at RECEPTION-1, today 9:05.", pane.Users, "Go to Users"},
		{short + " asked for help at RECEPTION-1, today 9:04.", pane.Users, "Go to Users"},
		{"Cleo Marsh asked for help at RECEPTION-1, today 9:03.", pane.Users, "Go to Users"},
		{"2 more people asked for help.", pane.Users, "Go to Users"},
		{"After too many wrong codes an authenticator is disabled: Anna Smith. Reset it.", pane.Users, "Go to Users"},
		{"Not set up for two-factor yet: Anna Smith, " + short + ", Cleo Marsh and 2 more. It is asked at the next sign-in.", pane.Users, "Go to Users"},
		{"There is no recovery kit yet. Make it, and put it away safely.", pane.Recovery, "Go to Recovery"},
		{"The newest backup is of 29 Dec 1999. Make one now.", pane.Backup, "Go to Backup"},
	}
	if !slices.Equal(got, want) || !strings.HasSuffix(short, "…") {
		t.Errorf("got %q\nwant %q", got, want)
	}
	s.Backup = time.Time{}
	if got := needs(&s, now); got[len(got)-1].Text != "There is no backup yet. Make one now." {
		t.Errorf("%q", got[len(got)-1].Text)
	}
}

// Counting 30 days may take a moment; the list does not wait for it.
func TestActivitySaysThatItCounts(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.DelayRows(time.Second)
		s.begin()
		if s.shown().Counting != "" {
			t.Error("it flickers")
		}
		s.Pass(screen.LastingAfter)
		if v := s.shown(); v.Counting != "Counting…" || len(v.Days) != 0 {
			t.Errorf("%+v", v)
		}
		s.Pass(time.Second)
		if v := s.shown(); v.Counting != "" || len(v.Days) != 30 {
			t.Errorf("%+v", v)
		}
	})
}

// What changed while the days were counted is shown after it.
func TestActivityCountsAgain(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.DelayRows(time.Second)
		s.begin()
		s.Pass(500 * time.Millisecond)
		s.MakeKit()
		s.begin()
		s.Pass(time.Minute)
		for _, n := range s.shown().Needs {
			if n.Pane == pane.Recovery {
				t.Errorf("there is a kit, and it says: %s", n.Text)
			}
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

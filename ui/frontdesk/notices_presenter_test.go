package frontdesk

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// deskSample is a presenter with all that it showed and reported.
type noticesSample struct {
	*notices
	window  *practice.Window // whose desk it is
	views   []view
	ends    []error
	problem error // of today's backup
}

func newNoticesSample(ctx context.Context, r work.Runner, w *practice.Window) *noticesSample {
	s := &noticesSample{window: w}
	scope := screen.Scope{Ctx: ctx, Runner: r}
	s.notices = newNotices(scope, screen.NewView(func(v view) { s.views = append(s.views, v) }), w.Session, w.Desk)
	s.open = func() string { return "" }
	s.OnEnded = func(err error) { s.ends = append(s.ends, err) }
	s.backupProblem = func() error { return s.problem }
	s.begin()
	return s
}

// showsAsRead shows an overview until the next one is read.
func (s *noticesSample) showsAsRead(o auth.Overview) {
	s.overview = o
	s.update()
}

func (s *noticesSample) last() view { return s.views[len(s.views)-1] }

func TestDeskSaysWhoIsSignedIn(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := quiet(t)
		s := newNoticesSample(ctx, r, p.Anna)
		q.Settle()
		v := s.last()
		if v.Account != "Anna Smith" || v.Practice != "Brook Street" || !v.Admin {
			t.Errorf("admin: %+v", v)
		}
		s = newNoticesSample(ctx, r, p.Ben)
		q.Settle()
		if v := s.last(); v.Account != "Ben Jones" || v.Admin || v.News != "" {
			t.Errorf("staff: %+v", v)
		}
	})
}

// TestDeskSpeaksOfDrafts that nobody works at now.
func TestDeskSpeaksOfDrafts(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newNoticesSample(ctx, r, quiet(t).Anna)
		for _, form := range []string{"note/xyz", "booking", "patient/abc", "patient/new"} {
			s.window.Desk.SetDraft(form, "typed")
		}
		s.update()
		if v := s.last(); v.DraftForm != "booking" || v.Draft != "A booking that you began is not saved yet." {
			t.Errorf("%+v", v)
		}
		s.throwAway("booking")
		if v := s.last(); v.DraftForm != "patient/abc" || v.Draft != "What you changed about a patient is not saved yet." {
			t.Errorf("%+v", v)
		}
		s.open = func() string { return "patient/abc" }
		s.update()
		if v := s.last(); v.DraftForm != "patient/new" || v.Draft != "A new patient that you began is not saved yet." {
			t.Errorf("%+v", v)
		}
		s.throwAway("patient/new")
		if v := s.last(); v.Draft != "" || v.DraftForm != "" || len(s.window.Desk.Drafts()) != 2 {
			t.Errorf("%+v", v)
		}
	})
}

func TestDeskShowsOnlyWhatChanged(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newNoticesSample(ctx, r, quiet(t).Anna)
		q.Settle()
		shown, asked := len(s.views), s.window.Asked()
		for range 10 {
			time.Sleep(refreshTime)
			q.Settle()
		}
		if n := s.window.Asked() - asked; n < 10 {
			t.Errorf("read %d times", n)
		}
		if len(s.views) != shown {
			t.Errorf("shown %d times without a change", len(s.views)-shown)
		}
		if err := s.window.Session.ChangeName(ctx, "Anna Jones"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(refreshTime)
		q.Settle()
		if len(s.views) != shown+1 || s.last().Account != "Anna Jones" {
			t.Errorf("after a change: %d views, %+v", len(s.views)-shown, s.last())
		}
	})
}

func TestDeskNewsIsSeenOnce(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := enrolled(t)
		s := newNoticesSample(ctx, r, p.Anna)
		q.Settle()
		const both = "Anna Smith (asmith) set up an authenticator on 1 Jan 2000, 0:00.\nBen Jones (bjones) set up an authenticator on 1 Jan 2000, 0:00."
		if got := s.last().News; got != both {
			t.Errorf("news: %q", got)
		}
		version := func() int64 { return p.Memory.Rows().Register.Version }
		before := version()
		s.markNewsSeen()
		s.markNewsSeen()
		q.Settle()
		if n := version() - before; n != 1 {
			t.Errorf("written %d times", n)
		}
		if o, err := s.window.Session.Overview(ctx); err != nil || len(o.News) > 0 || s.last().News != "" {
			t.Errorf("still news, or shown: %v, %v, %q", err, o.News, s.last().News)
		}
	})
}

func TestDeskSaysWhatFailedUntilItWorks(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newNoticesSample(ctx, r, quiet(t).Anna)
		q.Settle()
		s.window.Stop(auth.ErrBusy)
		time.Sleep(refreshTime)
		q.Settle()
		if v := s.last(); !strings.Contains(v.Error, "Another program") || v.Account != "Anna Smith" {
			t.Errorf("while busy: %+v", v)
		}
		s.window.Answer()
		time.Sleep(refreshTime)
		q.Settle()
		if s.last().Error != "" {
			t.Errorf("afterwards: %+v", s.last())
		}
	})
}

func TestDeskReportsTheEndAndStops(t *testing.T) {
	bubble(t, func(t *testing.T, _ context.Context, q *uitest.Queue, r work.Runner) {
		ctx, leave := context.WithCancel(t.Context())
		s := newNoticesSample(ctx, r, quiet(t).Anna)
		s.OnEnded = func(err error) { s.ends = append(s.ends, err); leave() }
		q.Settle()
		if err := s.window.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(refreshTime)
		q.Settle()
		asked := s.window.Asked()
		time.Sleep(10 * refreshTime)
		q.Settle()
		if len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("reported %v", s.ends)
		}
		if n := s.window.Asked() - asked; n != 0 {
			t.Errorf("asked %d times more after the end", n)
		}
	})
}

// TestNoBackupElsewhere: admins are told when the computer that makes the backups made none.
func TestNoBackupElsewhere(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.Local)
	late := func(since time.Time) error { return &auth.NoBackupError{Since: since, Computer: "Front desk"} }
	for want, problem := range map[string]error{
		"No backup since Tuesday: Front desk makes them, and was not open.":     late(now.AddDate(0, 0, -2)),
		"No backup since 11 Nov 2026: Front desk makes them, and was not open.": late(now.AddDate(0, 0, -15)),
		"There is no backup yet: Front desk makes them, and was not open.":      late(time.Time{}),
		"": nil,
	} {
		if got := backupText(problem, true, now); got != want {
			t.Errorf("%q", got)
		}
		if got := backupText(problem, false, now); got != "" {
			t.Errorf("to staff: %q", got)
		}
	}
}

func TestDeskSaysWhyThereIsNoBackup(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newNoticesSample(ctx, r, quiet(t).Ben) // staff put sticks in, too
		q.Settle()
		if s.last().Backup != "" {
			t.Errorf("at first: %q", s.last().Backup)
		}
		s.problem = auth.ErrFolder
		time.Sleep(refreshTime)
		q.Settle()
		if got := s.last().Backup; !strings.HasPrefix(got, "Today's backup could not be made. The folder for backups is not there.") {
			t.Errorf("without the stick: %q", got)
		}
		s.problem = nil
		time.Sleep(refreshTime)
		q.Settle()
		if s.last().Backup != "" {
			t.Errorf("with it: %q", s.last().Backup)
		}
	})
}

func TestDeskAsksForTheKit(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := newPractice(t, "")
		s := newNoticesSample(ctx, r, p.Anna)
		q.Settle()
		if !s.last().KitMissing || s.last().Run != "" {
			t.Errorf("without a kit: %+v", s.last())
		}
		p.MakeKit()
		s.forThisRun = true
		time.Sleep(refreshTime)
		q.Settle()
		if s.last().KitMissing || !strings.Contains(s.last().Run, "for this run only") {
			t.Errorf("with one, in a run it opened: %+v", s.last())
		}
	})
}

func askingForHelp(n int, at time.Time) auth.Overview {
	o := anna()
	for _, name := range []string{"Ben Jones", "Cleo Marsh", "Dan Okafor", "Eve Lind", "Fay Osei"}[:n] {
		o.Help = append(o.Help, auth.HelpRequest{
			User: strings.ToLower(name[:1]), Name: name, Computer: "RECEPTION-1", At: at,
		})
	}
	return o
}

func TestDeskSaysWhoAsksForHelp(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		time.Sleep(9*time.Hour + 41*time.Minute)
		o := askingForHelp(5, time.Now())
		clock := words.Clock(o.Help[0].At)
		o.Help[1].Computer = ""
		o.Help[2].At = o.Help[2].At.AddDate(0, 0, -1)
		s := newNoticesSample(ctx, r, quiet(t).Anna)
		q.Settle()
		s.showsAsRead(o)
		want := [maxHelp]helpView{
			{"b", "Ben Jones asks for help with the Auth Code at RECEPTION-1 since " + clock + "."},
			{"c", "Cleo Marsh asks for help with the Auth Code since " + clock + "."},
			{"d", "Dan Okafor asks for help with the Auth Code at RECEPTION-1 since yesterday " + clock + "."},
		}
		if v := s.last(); v.Help != want || v.MoreHelp != "2 more people wait for help: see Settings > Users." {
			t.Errorf("%+v, %q", v.Help, v.MoreHelp)
		}
		s.showsAsRead(askingForHelp(4, time.Now()))
		if got := s.last().MoreHelp; got != "1 more person waits for help: see Settings > Users." {
			t.Errorf("%q", got)
		}
	})
}

func TestDeskDismissesARequest(t *testing.T) {
	for name, before := range map[string]func(*noticesSample, auth.HelpRequest) error{
		"done": func(*noticesSample, auth.HelpRequest) error { return nil },
		"somebody was faster": func(s *noticesSample, h auth.HelpRequest) error {
			return s.window.Session.DismissHelp(s.Ctx, h.User, h.At)
		},
		"busy": func(s *noticesSample, _ auth.HelpRequest) error {
			s.window.FailWrites(auth.ErrBusy)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
				p := enrolled(t)
				p.Ben.AskForHelp()
				s := newNoticesSample(ctx, r, p.Anna)
				q.Settle()
				ben := s.last().Help[0].User
				if err := before(s, s.overview.Help[0]); err != nil {
					t.Fatal(err)
				}
				s.dismiss(ben)
				q.Settle()
				o, err := s.window.Session.Overview(ctx)
				if isBusy := name == "busy"; err != nil || (len(o.Help) == 1) != isBusy || (s.last().Error != "") != isBusy || (s.last().Help[0].User == ben) != isBusy {
					t.Errorf("%v, %+v, shown %+v", err, o.Help, s.last())
				}
			})
		})
	}
}

// TestNewsTexts sees that every kind of news has a sentence of its own.
func TestNewsTexts(t *testing.T) {
	at := time.Date(2026, 11, 3, 9, 41, 0, 0, time.Local)
	seen := map[string]auth.NewsKind{}
	for _, kind := range []auth.NewsKind{
		auth.NewsEnrolled, auth.NewsTwoFactorOff, auth.NewsKitMade, auth.NewsLinked, auth.NewsUnlinked,
		auth.NewsKitLinked, auth.NewsKitOpened, auth.NewsKitAdmin, auth.NewsOlderAccepted, auth.NewsRestored,
		auth.NewsMoved, auth.NewsLetIn, auth.NewsClockOffset, auth.NewsClockReset,
	} {
		text := newsText(auth.News{At: at, Kind: kind, Who: "Anna Smith", What: "RECEPTION-2"})
		if other, ok := seen[text]; ok {
			t.Errorf("%q and %q both say %q", kind, other, text)
		}
		seen[text] = kind
		if !strings.Contains(text, "3 Nov 2026, 9:41") || strings.Contains(text, "{{") {
			t.Errorf("%s: %q", kind, text)
		}
	}
	for _, kind := range []auth.NewsKind{auth.NewsRestored, auth.NewsClockReset} {
		if got := newsText(auth.News{At: at, Kind: kind, What: "OFFICE"}); !strings.Contains(strings.ToLower(got), "recovery kit") {
			t.Errorf("%s by nobody: %q", kind, got)
		}
	}
	if got := newsText(auth.News{At: at, Kind: auth.NewsClockOffset, Who: "Ben"}); !strings.Contains(got, "a computer's clock") {
		t.Errorf("at an unknown computer: %q", got)
	}
}

// TestScreenKeepsWhatWasKnown where it is opened again while the server is away.
func TestScreenKeepsWhatWasKnown(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, 1))
		ben := quiet(t).Ben
		ben.Stop(&auth.AwayError{Since: time.Now()})
		s := New(Params{
			Scope:   screen.Scope{Ctx: ctx, Runner: r, OnEnded: func(err error) { t.Errorf("ended: %v", err) }},
			Session: ben.Session, Desk: ben.Desk, Window: test.NewTempWindow(t, nil),
			Name: "Anna Smith", Practice: "Brook Street", Admin: true,
		})
		q.Settle()
		if s.bar.Account().Text != "Anna Smith" || s.bar.Practice() != "Brook Street" || !s.bar.Tab(screen.AtSettings).Visible() {
			t.Errorf("away: %q, %q, the settings are there: %v", s.bar.Account().Text, s.bar.Practice(), s.bar.Tab(screen.AtSettings).Visible())
		}
		ben.Answer()
		time.Sleep(refreshTime)
		q.Settle()
		if s.bar.Account().Text != "Ben Jones" || s.bar.Tab(screen.AtSettings).Visible() {
			t.Errorf("it answers: %q, the settings are there: %v", s.bar.Account().Text, s.bar.Tab(screen.AtSettings).Visible())
		}
	})
}

// TestDeskNamesAnotherClock: a computer whose clock is not the practice's is named, whatever
// its time zone is called.
func TestDeskNamesAnotherClock(t *testing.T) {
	here := time.Date(2027, 7, 1, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	for practice, want := range map[string]string{
		"":                "",
		"Atlantis":        "This Anteroom does not know the practice's time zone, Atlantis, so times may be wrong. Install the newest one.",
		"Australia/Perth": "",
		"Asia/Singapore":  "",
		"Australia/Sydney": "This computer is set to another time zone (UTC+08:00). All appointments are in the practice's: " +
			"Sydney (Australia), UTC+10:00.",
	} {
		if got := otherClock(practice, here); got != want {
			t.Errorf("%s: %q", practice, got)
		}
	}
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newNoticesSample(ctx, r, newPractice(t, "Pacific/Kiritimati").Anna)
		if s.last().OtherClock == "" {
			t.Error("nothing is said")
		}
	})
}

package frontdesk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

type screenSample struct {
	*Screen
	window                           fyne.Window
	settingsOpened, accounts, leaves int
	kits, locks                      int
	helped                           []string // who, and how
	problem                          error
}

// newScreenSample shows a front desk in a window of the least size there is.
func newScreenSample(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner, theme fyne.Theme, user *practice.Window, more ...func(*Params)) *screenSample {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme)
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1024, 700))
	s := &screenSample{window: w}
	p := Params{
		Scope:   screen.Scope{Ctx: ctx, Runner: r, OnEnded: func(err error) { t.Errorf("ended: %v", err) }},
		Session: user.Session, Desk: user.Desk, Window: w,
		OnSettings:    func() { s.settingsOpened++ },
		OnSignOut:     func() { s.leaves++ },
		OnAccount:     func() { s.accounts++ },
		OnLock:        func() { s.locks++ },
		OnKit:         func() { s.kits++ },
		OnHelp:        func(user string, reset bool) { s.helped = append(s.helped, fmt.Sprint(user, " ", reset)) },
		BackupProblem: func() error { return s.problem },
	}
	for _, change := range more {
		change(&p)
	}
	s.Screen = New(p)
	w.SetContent(s.Content())
	q.Settle()
	s.Focus()
	return s
}

// showsAsRead shows an overview until the next one is read.
func (s *screenSample) showsAsRead(o auth.Overview) {
	s.notices.overview = o
	s.notices.update()
}

func (s *screenSample) press(names ...fyne.KeyName) {
	for _, name := range names {
		if name == fyne.KeyTab {
			s.window.Canvas().(interface{ FocusNext() }).FocusNext()
			continue
		}
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// tabTo goes to a button by Tab.
func (s *screenSample) tabTo(t *testing.T, b *widgets.Button) {
	t.Helper()
	for range 20 {
		if s.window.Canvas().Focused() == fyne.Focusable(b) {
			return
		}
		s.press(fyne.KeyTab)
	}
	t.Fatalf("Tab does not lead to %q", b.AccessibilityLabel())
}

// button is the one with a text.
func (s *screenSample) button(t *testing.T, text string) *widgets.Button {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text && b.Visible() {
			return b
		}
	}
	t.Fatalf("there is no %q", text)
	return nil
}

func TestScreenByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		user := enrolled(t).Anna
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), user)
		if s.window.Canvas().Focused() != nil {
			t.Fatal("a second Enter at the sign-in would press something here")
		}
		s.tabTo(t, s.bar.Tab(screen.AtSettings))
		s.press(fyne.KeyReturn)
		if s.settingsOpened != 1 {
			t.Error("Tab, Enter did not open the settings")
		}
		s.tabTo(t, s.bar.Account())
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		if s.accounts != 1 {
			t.Error("Tab, Enter, Enter did not open the account")
		}
		s.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if s.leaves != 1 {
			t.Error("the last item of the menu did not sign out")
		}
		s.tabTo(t, s.bar.Lock())
		s.press(fyne.KeyReturn)
		if s.locks != 1 {
			t.Error("Tab, Enter did not lock")
		}
		s.press(fyne.KeyTab, fyne.KeyReturn)
		q.Settle()
		if o, err := user.Session.Overview(ctx); err != nil || len(o.News) > 0 || s.strip.news.Visible() || s.strip.content.Visible() {
			t.Errorf("%v, not seen: %v, news visible: %v", err, o.News, s.strip.news.Visible())
		}
	})
}

func TestFirstArrowGoesToTheDay(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight} {
		bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
			s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), quiet(t).Anna)
			s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key})
			if s.window.Canvas().Focused() == nil {
				t.Errorf("%s goes nowhere", key)
			}
		})
	}
}

func TestScreenLeadsToTheKit(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), quiet(t).Anna)
		if s.strip.kit.Visible() {
			t.Error("it asks for a kit that is there")
		}
		s = newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), newPractice(t, "").Anna)
		s.tabTo(t, s.button(t, "Make the recovery kit"))
		s.press(fyne.KeyReturn)
		if s.kits != 1 {
			t.Error("the keys did not lead to the kit")
		}
	})
}

func TestScreenLeadsToHelp(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), quiet(t).Anna)
		s.showsAsRead(askingForHelp(4, time.Now()))
		s.tabTo(t, s.bar.Lock())
		s.press(fyne.KeyTab, fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
		if want := []string{"b false", "b true", "c false"}; !slices.Equal(s.helped, want) {
			t.Errorf("led to %q, want %q", s.helped, want)
		}
	})
}

// TestNotNow: a second Enter puts no other request aside.
func TestNotNow(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := enrolled(t)
		p.Ben.AskForHelp()
		ids := []string{p.Ben.Session.User()}
		for _, name := range []string{"Cleo Marsh", "Dan Okafor", "Eve Lind"} {
			user := p.Hire(name)
			user.AskForHelp()
			ids = append(ids, user.Session.User())
		}
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), p.Anna)
		s.tabTo(t, s.button(t, "Not now")) // of the first
		s.press(fyne.KeyReturn)
		q.Settle()
		if s.strip.help[0].user != ids[1] || s.strip.help[2].user != ids[3] || s.strip.more.Visible() {
			t.Errorf("shown: %q, %q", s.strip.help[0].user, s.strip.help[2].user)
		}
		if s.window.Canvas().Focused() != nil {
			t.Error("an Enter more would put the next one aside")
		}
		if o, err := p.Anna.Session.Overview(ctx); err != nil || len(o.Help) != 3 || o.Help[0].User != ids[1] {
			t.Errorf("%v, %+v", err, o.Help)
		}
	})
}

func TestScreenHasNoSettingsForStaff(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), quiet(t).Ben)
		if s.bar.Tab(screen.AtSettings).Visible() {
			t.Error("the settings are offered")
		}
		s.tabTo(t, s.bar.Account())
		s.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if s.leaves != 1 || s.settingsOpened != 0 {
			t.Error("the menu did not sign out")
		}
	})
}

func TestScreenLeadsToTheAccount(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), quiet(t).Ben)
		if s.bar.Account().Text != "Ben Jones" || s.strip.codes.Visible() {
			t.Errorf("the button says %q, codes are offered: %v", s.bar.Account().Text, s.strip.codes.Visible())
		}
		s.tabTo(t, s.bar.Account())
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.showsAsRead(auth.Overview{Name: "Ben Jones", Role: auth.Staff, RecoveryOffer: true, RecoveryLeft: 1})
		if s.strip.left.Text() != "You have 1 recovery code left. Make new ones while your phone is at hand." || !s.strip.codes.Visible() {
			t.Errorf("it says %q", s.strip.left.Text())
		}
		s.tabTo(t, s.button(t, "Recovery codes…"))
		s.press(fyne.KeyReturn)
		if s.accounts != 2 || s.leaves != 0 {
			t.Errorf("led %d times to the account", s.accounts)
		}
	})
}

// TestGallery sees that every state fits the least window, at 200 % too. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func TestGallery(t *testing.T) {
	long := strings.Repeat("Maximiliane ", 17)[:auth.MaxName]
	bubbles := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // begin then
	help, helps := askingForHelp(1, bubbles), askingForHelp(5, bubbles.Add(-time.Minute))
	helps.Help[1].Name, helps.Help[1].Computer = long, long
	help.News = []auth.News{{At: time.Now(), Kind: auth.NewsLetIn, Who: "Anna Smith", What: "Ben Jones"}, {At: time.Now(), Kind: auth.NewsClockOffset, Who: "Ben Jones", What: "RECEPTION-1"}}
	overviews := map[string]auth.Overview{
		"admin": anna(),
		"news":  {Practice: "Brook Street Practice", Name: "Anna Smith", Role: auth.Admin, News: []auth.News{benEnrolled(time.Now()), benEnrolled(time.Now())}},
		"help":  help,
		"helps": helps,
		"staff": {Practice: "Brook Street Practice", Name: "Ben Jones", Role: auth.Staff},
		"kit":   {Practice: "A run", Name: "Anna Smith", Role: auth.Admin, KitMissing: true, News: []auth.News{benEnrolled(time.Now())}},
		"codes": {Practice: "Brook Street Practice", Name: "Ben Jones", Role: auth.Staff, RecoveryOffer: true, RecoveryLeft: 1},
		"wide":  {Practice: "Brook Street Practice", Name: strings.Repeat("W", auth.MaxName), Role: auth.Admin},
		"long":  {Practice: long, Name: long, Role: auth.Admin, News: []auth.News{{Seq: 1, At: time.Now(), Who: long}}},
	}
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, o := range overviews {
			bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
				s := newScreenSample(t, ctx, q, r, look, quiet(t).Anna)
				s.notices.forThisRun = name == "kit"
				s.showsAsRead(o)
				uitest.SavePicture(t, s.window, fyne.NewSize(1024, 700), "desk-"+name+suffix)
			})
		}
	})
}

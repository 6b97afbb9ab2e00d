package shell

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/sharing"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

const (
	stillHere  = "Nothing can be saved until it does; what you typed is still here."
	dontRepeat = "It can't be told yet whether this was saved. Anteroom asks as soon as the server answers. Don't enter it again."
)

// inOfficeOnServer is inOffice where the practice is on a server.
func inOfficeOnServer(t *testing.T, test func(t *testing.T, o *office, server *authtest.Server)) {
	t.Helper()
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		o.setUp()
		o.open()
		o.signIn()
		o.pass(time.Second)
		test(t, o, server)
		server.Answer()
	})
}

func (o *office) onServer() *authtest.Server {
	server := authtest.NewServer()
	o.place, o.server = server, &movedServer{where: sharing.Where{Kind: sharing.Desk, Address: "192.168.1.20", Server: "FRONT-PC"}}
	return server
}

// movedServer is what the window knows of where the practice lies.
type movedServer struct {
	sharing.Server
	where   sharing.Where
	typed   []string
	refused error
	slow    time.Duration
}

func (f *movedServer) Where() sharing.Where { return f.where }

func (f *movedServer) ChangeAddress(ctx context.Context, address string) error {
	f.typed = append(f.typed, address)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(f.slow):
	}
	return f.refused
}

// rename opens a form that saves a name, types one and presses Save. It gives the dialog,
// its field, and what came of it.
func (o *office) rename(name string) (*widgets.Dialog, *widgets.Entry, *[]error) {
	ws, field, came := o.window.nav.at, widgets.NewEntry(), &[]error{}
	var d *widgets.Dialog
	d = widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
		Title: "Name", Content: field, Primary: "Save", KeepOpen: true, Cancel: "Close",
		OnPrimary: func() {
			d.SetBusy("Saving…")
			text := field.Text
			o.window.runner.Go(o.window.ctx, func(ctx context.Context) error {
				return ws.session.session.ChangeName(ctx, text)
			}, func(err error) {
				*came = append(*came, err)
				d.SetBusy("")
				if err != nil {
					d.SetError(words.Error(err))
				}
			})
		},
	})
	test.Type(field, name)
	o.press(fyne.KeyReturn)
	return d, field, came
}

// TestBanner: after 10 s, not 9, every page says that the server does not answer; what would
// be written is refused at once, and what was typed stays; at return all is usable again.
func TestBanner(t *testing.T) {
	for name, stop := range map[string]func(*authtest.Server){
		"nothing there": func(s *authtest.Server) { s.Stop(auth.ErrServer) },
		"it hangs":      (*authtest.Server).Hang,
	} {
		t.Run(name, func(t *testing.T) {
			inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
				stop(server)
				since := words.Clock(time.Now())
				o.pass(9 * time.Second)
				want(t, "banner after 9 s", o.shows(stillHere), false)
				o.pass(2 * time.Second) // the look is each second
				banner := "The practice's server has not answered since " + since + ". " + stillHere
				want(t, "banner after 11 s", o.shows(banner), true)
				o.settings()
				want(t, "banner on another page", o.shows(banner), true)

				d, field, came := o.rename("Anna Smith-Lind")
				o.pass(0)
				want(t, "answers at once", len(*came), 1)
				want(t, "refused with the banner's words", d.Error(), banner)
				want(t, "what was typed", field.Text, "Anna Smith-Lind")
				want(t, "banner beside the dialog", o.clear(o.window.nav.at.server.notice), true)

				server.Answer()
				o.pass(2 * time.Second)
				want(t, "back", o.shows("The server answers again."), true)
				want(t, "banner", o.window.nav.at.server.notice.Text(), "The server answers again.")
				o.press(fyne.KeyReturn)
				o.pass(time.Second)
				want(t, "saved", (*came)[1], error(nil))
				o.pass(toldTime)
				want(t, "still said", o.shows("The server answers again."), false)
				d.Close()
			})
		})
	}
}

// clear says that an object is on the window where no dialog lies over it.
func (o *office) clear(object fyne.CanvasObject) bool {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(object)
	for _, over := range o.window.nav.at.proxy.canvas.overlays.all {
		if over.own.Size().Height > at.Y {
			return false
		}
	}
	return at.Y > 0
}

// TestLocksWithoutServer: after 15 minutes the desk locks, whatever the policy, and only the
// server opens it.
func TestLocksWithoutServer(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		o.window.lock.idle.limit = func() time.Duration { return 0 }
		server.Stop(auth.ErrServer)
		o.pass(15*time.Minute - 2*time.Second)
		want(t, "locked before", o.window.nav.at.session == nil, false)
		o.pass(4 * time.Second)
		o.at(routeLock)
		want(t, "says why", o.shows("The practice's server does not answer."), true)
		o.fill(password)
		o.pass(time.Second)
		o.at(routeLock)

		server.Answer()
		o.pass(2 * time.Second)
		want(t, "still says why", o.shows("The practice's server does not answer."), false)
		o.press(fyne.KeyReturn) // of who knows no password
		o.pass(time.Second)
		o.at(routeLock)
		o.fill(password)
		o.at(routeFrontDesk)
	})
}

// TestUnknown: a form whose answer is lost keeps what was typed, and hears what became of it
// as soon as the server answers.
func TestUnknown(t *testing.T) {
	for _, saved := range []bool{true, false} {
		inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
			server.Lose(saved)
			d, field, came := o.rename("Anna Smith-Lind")
			o.pass(2 * time.Second)
			want(t, "says so", o.shows(dontRepeat), true)
			want(t, "beside the dialog", o.clear(o.window.nav.at.server.notice), true)
			o.pass(10 * time.Second)
			want(t, "with the banner", o.shows(stillHere) && o.shows(dontRepeat), true)
			want(t, "came", len(*came), 0)
			want(t, "what was typed", field.Text, "Anna Smith-Lind")

			server.Answer()
			o.pass(3 * time.Second)
			want(t, "still says so", o.shows(dontRepeat), false)
			want(t, "came", len(*came), 1)
			if saved {
				want(t, "it is saved", (*came)[0], error(nil))
				want(t, "says so", o.shows("It was saved."), true)
			} else {
				want(t, "not saved", errors.Is((*came)[0], auth.ErrNotSaved), true)
				want(t, "says so in the form", d.Error(), "It was not saved. Try again.")
				want(t, "what was typed", field.Text, "Anna Smith-Lind")
			}
			d.Close()
		})
	}
}

// TestUnknownSignIn: who signs in is told too, and comes in once the server answers.
func TestUnknownSignIn(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		o.setUp()
		o.open()
		o.at(routeSignIn)
		server.Lose(true)
		o.fill("asmith", password)
		o.pass(3 * time.Second)
		o.at(routeSignIn)
		want(t, "says so", o.shows(dontRepeat), true)
		server.Answer()
		o.pass(2 * time.Second)
		o.at(routeFrontDesk)
		want(t, "still says so", o.shows(dontRepeat), false)
	})
}

// TestUnknownThenShut: the page that says why the practice is shut says nothing else.
func TestUnknownThenShut(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		o.setUp()
		o.open()
		o.at(routeSignIn)
		server.Lose(true)
		o.fill("asmith", password)
		o.pass(3 * time.Second)
		want(t, "says so", o.shows(dontRepeat), true)
		o.window.block(auth.ErrNotLinked)
		o.at(routeBlocked)
		o.pass(time.Second)
		want(t, "still says so", o.shows(dontRepeat), false)
		server.Answer()
	})
}

// TestServerAtStart: the page stays, without a flicker, until the server answers.
func TestServerAtStart(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		o.setUp()
		server.Stop(auth.ErrServer)
		o.open()
		o.at(routeBlocked)
		o.pass(0)
		want(t, "says why", o.shows("The practice's server does not answer"), true)
		want(t, "says what to do", o.shows("192.168.1.20 does not answer. Is FRONT-PC switched on and in the same network?"), true)
		shown := o.window.nav.at.screen
		o.pass(3 * retryTime)
		want(t, "the page stays", o.window.nav.at.screen, shown)
		server.Answer()
		o.pass(retryTime)
		o.at(routeSignIn)
	})
}

// TestLeavingThePageStopsTrying: what a try brings that nobody waits for opens nothing.
func TestLeavingThePageStopsTrying(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		o.setUp()
		server.Stop(auth.ErrServer)
		o.open()
		o.at(routeBlocked)
		server.Stop(nil)
		server.Hang()
		o.pass(retryTime + time.Second) // a try is under way
		o.window.recovery.startRestore()
		o.at(routeRestore)
		server.Answer()
		o.pass(time.Second)
		o.at(routeRestore)
		o.window.recovery.leave()
	})
}

// TestChangeAddress: what is wrong with an address stands beside it; a right one opens the
// practice.
func TestChangeAddress(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		fake := o.server.(*movedServer)
		o.setUp()
		server.Stop(auth.ErrOtherServer)
		o.open()
		o.at(routeBlocked)
		o.pass(0)
		want(t, "says why", o.shows("Another computer answers at 192.168.1.20, or the server was set up anew. Nothing was sent to it."), true)
		o.press(fyne.KeyReturn) // “Change address…” has the focus
		entry, ok := o.focused().(*widgets.Entry)
		if !ok {
			t.Fatalf("the focus is on %T", o.focused())
		}
		for _, c := range []struct {
			err  error
			says string
		}{
			{sharing.ErrAddress, "This is no address of a computer."},
			{auth.ErrOtherServer, "is not the practice's server. Nothing was sent to it. Compare the address."},
			{auth.ErrServer, "does not answer. Is the server switched on and in the same network?"},
		} {
			fake.refused = c.err
			o.press(fyne.KeyReturn)
			o.pass(time.Second)
			want(t, "beside the field", o.shows(c.says), true)
			want(t, "the focus", o.focused(), fyne.Focusable(entry))
			test.Type(entry, "1")
			want(t, "about what was typed before", o.shows(c.says), false)
		}
		entry.SetText("192.168.1.33")
		fake.refused, fake.slow = nil, time.Minute
		o.press(fyne.KeyReturn)
		o.pass(time.Second)
		want(t, "busy", o.shows("Looking for the server…"), true)
		o.press(fyne.KeyEscape) // calls it off
		o.pass(time.Second)
		want(t, "a dialog", o.window.nav.at.proxy.canvas.overlays.Top() == nil, true)
		server.Answer()
		fake.slow = time.Second
		o.press(fyne.KeyReturn)
		o.focused().(*widgets.Entry).SetText("192.168.1.33")
		o.press(fyne.KeyReturn)
		o.pass(2 * time.Second)
		o.at(routeSignIn)
		want(t, "typed last", fake.typed[len(fake.typed)-1], "192.168.1.33")
	})
}

// TestNotTheServer: while people work, what is not the practice's server ends it.
func TestNotTheServer(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		server.Stop(auth.ErrOtherServer)
		o.at(routeBlocked)
		o.pass(time.Second)
		want(t, "says why", o.shows("This is not the practice's server"), true)
		all := strings.Join(o.texts(), " ")
		want(t, "a way to trust it", strings.Contains(strings.ToLower(all), "trust"), false)
	})
}

// TestClockBesideServer: the sign-in names a clock that is off, and whose counts.
func TestClockBesideServer(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		server := o.onServer()
		server.Time = func() time.Time { return time.Now().Add(7 * time.Minute) }
		o.setUp()
		o.open()
		o.at(routeSignIn)
		o.pass(0)
		want(t, "named", o.shows("This computer's clock is 7 minutes behind the server's. The server's counts."), true)
		server.Time = func() time.Time { return time.Now().Add(-3 * time.Minute) }
		o.pass(6 * time.Second)
		want(t, "named", o.shows("This computer's clock is 3 minutes ahead of the server's. The server's counts."), true)
		server.Time = time.Now
		o.pass(6 * time.Second)
		want(t, "named", o.shows("The server's counts."), false)
	})
}

// TestAwayGallery renders what is said of the server. With GALLERY=<folder> it does so in
// every look, and saves them there to be looked at.
func TestAwayGallery(t *testing.T) {
	variants, sizes := []looks.Variant{looks.Light, looks.Dark}, []int{normalText, maxText}
	if os.Getenv("GALLERY") == "" {
		variants, sizes = variants[1:], sizes[1:]
	}
	away := func(o *office, server *authtest.Server) {
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
	}
	samples := map[string]func(o *office, server *authtest.Server){
		"away": away,
		"away-dialog": func(o *office, server *authtest.Server) {
			away(o, server)
			o.rename("Anna Smith-Lind")
			o.pass(time.Second)
		},
		"away-settings": func(o *office, server *authtest.Server) {
			away(o, server)
			o.settings()
		},
		"away-unknown": func(o *office, server *authtest.Server) {
			server.Lose(true)
			o.rename("Anna Smith-Lind")
			o.pass(2 * time.Second)
		},
		"away-unknown-long": func(o *office, server *authtest.Server) {
			server.Lose(true)
			o.rename("Anna Smith-Lind")
			o.pass(12 * time.Second)
		},
		"away-back": func(o *office, server *authtest.Server) {
			away(o, server)
			server.Answer()
			o.pass(2 * time.Second)
		},
		"away-locked": func(o *office, server *authtest.Server) {
			away(o, server)
			o.window.menu.lock.Action()
			o.pass(time.Second)
		},
	}
	for _, variant := range variants {
		for _, size := range sizes {
			for name, show := range samples {
				inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
					o.window.looks.choose(variant)
					o.window.looks.resize(size)
					show(o, server)
					want(t, "size of the window for "+name, o.window.window.Canvas().Size(), firstSize)
					o.save(fmt.Sprintf("%s-%d-%d.png", name, variant, size))
				})
			}
		}
	}
}

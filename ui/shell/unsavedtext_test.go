package shell

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/ui/settings/pane"
)

const newPatient = "patient/new" // the form's draft

func (f *movedServer) Status(context.Context, *auth.Session) (sharing.Status, error) {
	return sharing.Status{}, auth.ErrServer
}

// changesAddressWhileAway types a new patient's name while the server is away, and looks for it
// at another address, where it does not answer yet.
func (o *office) changesAddressWhileAway(server *authtest.Server) {
	o.t.Helper()
	server.Stop(auth.ErrServer)
	o.pass(12 * time.Second)
	o.desk().NewPatient()
	o.pass(time.Second)
	test.Type(o.focused(), "Per Nord")
	o.pass(time.Second)
	o.window.nav.at.openSettings(pane.Server)
	o.pass(time.Second)
	o.tap("Change address…")
	o.press(fyne.KeyReturn)
	o.at(routeBlocked)
	want(o.t, "desks", len(o.window.nav.workspaces), 0)
}

// TestTypedTextOutlivesAChangeOfAddress: what could not be saved is there when its user comes
// back, and nobody else's; it is saved once the server answers.
func TestTypedTextOutlivesAChangeOfAddress(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		o.addUser(o.window.nav.at.session.session, "Person A", "persona")
		o.changesAddressWhileAway(server)
		server.Answer()
		o.at(routeSignIn)
		o.fill("persona", password)
		o.at(routeFrontDesk)
		o.pass(2 * time.Second)
		want(t, "drafts of somebody else", len(o.window.nav.at.session.desk.Drafts()), 0)
		o.window.moved("", "") // once more
		o.signIn()
		d := o.window.nav.at.session.desk
		want(t, "draft at once", strings.Contains(d.Draft(newPatient), "Per Nord"), true)
		o.pass(2 * time.Second)
		want(t, "says so", o.shows("A new patient that you began is not saved yet."), true)
		want(t, "unsaved", d.Unsaved(), false)
		again := desk.NewMemory(time.Now, data.DayFirst).Join(o.window.nav.at.session.session)
		if err := again.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
		want(t, "saved", again.Draft(newPatient), d.Draft(newPatient))
		want(t, "carried on", o.window.carried.typed(), false)
	})
}

// TestCarriedTextGoesWithTheWindow: nothing of it is kept where nobody comes back for it.
func TestCarriedTextGoesWithTheWindow(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		o.changesAddressWhileAway(server)
		want(t, "carried", o.window.carried.typed(), true)
		o.close()
		want(t, "carried on", o.window.carried.typed(), false)
	})
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		o.changesAddressWhileAway(server)
		o.window.opened(nil, auth.ErrNoPractice) // it was forgotten
		want(t, "carried to another practice", o.window.carried.typed(), false)
	})
}

// TestLeavingAsksWhereTypedTextIsLost: who quits or signs out while what was typed can't be
// written is asked, with what helps in the focus; once it is written nobody is.
func TestLeavingAsksWhereTypedTextIsLost(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		closed := false
		o.window.window.SetOnClosed(func() { closed = true })
		signOut := func() { o.window.nav.signOut(o.window.nav.at) }
		for question, leave := range map[string]func(){
			"It is lost when Anteroom quits.": o.window.Close, "It is lost when you sign out.": signOut,
		} {
			server.Stop(auth.ErrServer)
			o.pass(12 * time.Second)
			o.window.nav.at.session.desk.SetDraft(newPatient, question)
			leave()
			o.Run()
			want(t, "asked: "+question, o.shows(question), true)
			o.press(fyne.KeyReturn) // by who did not read it
			o.Run()
			want(t, "still asked: "+question, o.shows(question), false)
			want(t, "closed", closed, false)
			o.at(routeFrontDesk)
			server.Answer()
			o.pass(3 * time.Second)
		}
		signOut()
		o.at(routeSignIn)
		o.signIn()
		o.pass(time.Second)
		server.Stop(auth.ErrServer)
		o.pass(12 * time.Second)
		o.window.nav.at.session.desk.SetDraft(newPatient, "again")
		o.window.Close()
		o.tap("Quit")
		o.until("the window to close", func() bool { return closed })
	})
}

// TestAllThatIsLostIsAsked: wherever what was typed can't be written, and nowhere else.
func TestAllThatIsLostIsAsked(t *testing.T) {
	typed := func(o *office) { o.window.nav.at.session.desk.SetDraft(newPatient, "typed") }
	for name, c := range map[string]struct {
		happens func(o *office, server *authtest.Server)
		lost    bool
	}{
		"the server says nothing, and is not called away yet": {func(o *office, server *authtest.Server) {
			server.Hang()
			typed(o)
			o.pass(4 * time.Second)
			want(t, "away", o.window.server.last.Away, false)
		}, true},
		"locked while the server was away, which is back": {func(o *office, server *authtest.Server) {
			server.Stop(auth.ErrServer)
			typed(o)
			o.window.lock.lockNow()
			o.at(routeLock)
			o.Settle() // the writing before the lock finds no server
			server.Answer()
			o.pass(3 * time.Second)
		}, true},
		"kept for another address": {func(o *office, server *authtest.Server) {
			server.Stop(auth.ErrServer)
			typed(o)
			o.window.moved("", "")
			want(t, "lost while the desks are closed", o.window.loses(), true)
			o.at(routeBlocked)
		}, true},
		"a patient was opened, and nothing typed": {func(o *office, server *authtest.Server) {
			d := o.window.nav.at.session.desk
			_, err := d.SavePatient(t.Context(), data.Patient{Name: "Ola Nordmann"})
			if err != nil {
				t.Fatal(err)
			}
			server.Stop(auth.ErrServer)
			want(t, "unsaved", d.Unsaved(), true)
			o.pass(12 * time.Second)
			want(t, "lost", o.window.loses(), false)
			o.window.moved("", "")
			o.at(routeBlocked)
		}, false},
		"typed and written": {func(o *office, server *authtest.Server) {
			typed(o)
			o.pass(3 * time.Second)
		}, false},
	} {
		inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
			c.happens(o, server)
			want(t, name, o.window.loses(), c.lost)
			server.Answer()
		})
	}
}

// TestLostWhileAFileIsWritten: a window that quits by itself once a file is whole asks first
// where something would be lost by then.
func TestLostWhileAFileIsWritten(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		goOn, saved := o.writes(filepath.Join(o.t.TempDir(), "patients.csv"))
		closed := false
		o.window.window.SetOnClosed(func() { closed = true })
		o.window.Close()
		server.Stop(auth.ErrServer)
		o.window.nav.at.session.desk.SetDraft(newPatient, "typed")
		o.pass(12 * time.Second)
		goOn <- nil
		if err := <-saved; err != nil {
			t.Error(err)
		}
		o.until("the question", func() bool { return o.shows("Quit Anteroom?") })
		want(t, "closed", closed || o.window.ctx.Err() != nil, false)
		server.Answer()
	})
}

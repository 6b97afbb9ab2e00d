package shell

import (
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth/authtest/limits"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/ui/frontdesk"
	"anteroom/ui/widgets"
)

// fillDesk gives the practice some patients and a full day, and waits until the
// window shows it.
func (o *office) fillDesk() { o.fillDeskWith(someDemo()) }

func (o *office) fillDeskWith(all demo.Data) {
	o.t.Helper()
	if err := o.window.nav.at.session.desk.Fill(o.t.Context(), all.Details, all.Patients, all.Appointments); err != nil {
		o.t.Fatal(err)
	}
	o.pass(3 * time.Second)
}

// someDemo is some of the demo data: as much as a day shows.
func someDemo() demo.Data {
	all := demo.Practice(time.Now())
	few := map[string]bool{}
	for _, p := range all.Patients[:50] {
		few[p.ID] = true
	}
	all.Patients = all.Patients[:50]
	kept := all.Appointments[:0]
	for i, a := range all.Appointments {
		if a.Patient = all.Patients[i%50].ID; a.Start.After(time.Now().Add(-12*time.Hour)) && a.Start.Before(time.Now().Add(12*time.Hour)) {
			kept = append(kept, a)
		}
	}
	all.Appointments = kept
	return all
}

func (o *office) desk() *frontdesk.Screen { return o.window.nav.at.screen.(*frontdesk.Screen) }

// key presses a key, whatever has the focus or nothing does.
func (o *office) key(name fyne.KeyName) {
	c := o.window.window.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if typed := c.OnTypedKey(); typed != nil {
		typed(&fyne.KeyEvent{Name: name})
	}
	o.Settle()
}

// Nothing of a patient stays on the window, whatever page or dialog is open.
func TestPatientsGoAtTheLock(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.fillDesk()
		for what, open := range map[string]func(){
			"the day":          o.desk().ShowToday,
			"the patients":     o.desk().ShowPatients,
			"a new patient":    o.desk().NewPatient,
			"the search":       o.desk().Find,
			"a walk-in":        func() { o.desk().ShowToday(); o.key(fyne.KeyDown); test.Type(o.focused(), "w") },
			"an appointment":   func() { o.desk().ShowToday(); o.key(fyne.KeyDown); o.key(fyne.KeyDown); o.key(fyne.KeyReturn) },
			"the week":         func() { o.desk().ShowToday(); o.key(fyne.KeyDown); test.Type(o.focused(), "v") },
			"a patient's page": func() { o.desk().Find(); test.Type(o.focused(), "inv"); o.pass(time.Second); o.key(fyne.KeyReturn) },
		} {
			open()
			o.pass(2 * time.Second)
			if f := o.focused(); f != nil && what == "the search" {
				test.Type(f, "te")
				o.pass(time.Second)
			}
			dialogs := len(all[*widgets.Dialog](o))
			o.lockAndCompare(what, false) // who waits does so for longer then
			want(t, what+": dialogs", len(all[*widgets.Dialog](o)), dialogs)
			for range 3 {
				o.key(fyne.KeyEscape)
			}
			o.pass(time.Second)
		}
	})
}

// What was typed and not saved is there after the sign-out, for who typed it.
func TestDraftsSurviveTheSignOut(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.desk().NewPatient()
		o.pass(time.Second)
		test.Type(o.focused(), "Ola Nord")
		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		o.pass(time.Second)
		want(t, "in memory", len(o.window.nav.workspaces), 0)
		o.signIn()
		o.pass(3 * time.Second)
		want(t, "says so", o.shows("A new patient that you began is not saved yet."), true)
		for _, b := range all[*widgets.Button](o) {
			if b.Text == "Go on" && b.Visible() {
				b.Tapped(nil)
			}
		}
		o.pass(time.Second)
		want(t, "what was typed", o.shows("Ola Nord"), true)
	})
}

// What was typed just before a lock is there also if nobody unlocks: the window is
// closed, or the session ended by somebody else.
func TestDraftsSurviveTheLock(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.desk().NewPatient()
		o.pass(time.Second)
		test.Type(o.focused(), "Ola Nord")
		s := o.window.nav.at.session
		o.window.menu.lock.Action()
		if o.shows("Ola Nord") {
			t.Error("it is still on the window")
		}
		o.Settle()
		want(t, "unsaved", s.desk.Unsaved(), false)
		want(t, "locked", s.session.IsLocked(), true)
		o.close()
		o.open()
		o.signIn()
		o.pass(3 * time.Second)
		want(t, "says so", o.shows("A new patient that you began is not saved yet."), true)
	})
}

// signedIn is somebody who signed in, with nothing left to be written. Time passes
// as it does.
func signedIn(t *testing.T) (*office, *watchedSession) {
	t.Helper()
	o := newOffice(t)
	o.limit = limits.Wait(t)
	o.setUp()
	o.open()
	o.signIn()
	s := o.window.nav.at.session
	o.until("what there is to be written", func() bool { return !s.desk.Unsaved() })
	return o, s
}

// holdWrites holds the next commit up until goOn is closed; writing says that it is
// there.
func (o *office) holdWrites() (writing <-chan struct{}, goOn chan<- struct{}) {
	begun, end := make(chan struct{}), make(chan struct{})
	var once sync.Once
	o.memory.Fail = func() error {
		once.Do(func() {
			close(begun)
			<-end
		})
		return nil
	}
	return begun, end
}

// Who unlocks at once finds the desk open: the lock before, which still writes what
// was typed, does not come late.
func TestUnlockDuringTheLock(t *testing.T) {
	o, s := signedIn(t)
	s.desk.SetDraft("note", "half a sent")
	writing, goOn := o.holdWrites()
	o.window.menu.lock.Action()
	<-writing
	o.at(routeLock)
	o.fill(password)
	close(goOn)
	o.until("the desk", func() bool { return o.window.nav.at.session != nil })
	o.until("what was typed to be written", func() bool { return !s.desk.Unsaved() })
	want(t, "locked", s.session.IsLocked(), false)
}

// Where the disk hangs the keys go all the same.
func TestLockWithAHungDisk(t *testing.T) {
	o, s := signedIn(t)
	s.desk.SetDraft("note", "half a sent")
	_, goOn := o.holdWrites()
	defer close(goOn)
	o.window.menu.lock.Action()
	o.until("the lock", s.session.IsLocked)
}

// A lock waits for what is being written already.
func TestLockDuringASave(t *testing.T) {
	o, s := signedIn(t)
	writing, goOn := o.holdWrites()
	s.desk.SetDraft("note", "half a sent")
	go s.desk.Save(t.Context())
	<-writing
	o.window.menu.lock.Action()
	want(t, "locked", s.session.IsLocked(), false)
	close(goOn)
	o.until("the lock", s.session.IsLocked)
	want(t, "unsaved", s.desk.Unsaved(), false)
}

// bookZora takes a patient down and books her.
func (o *office) bookZora(start time.Time) data.Appointment {
	o.t.Helper()
	desk := o.window.nav.at.session.desk
	details, err := desk.Details(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	who, err := desk.SavePatient(o.t.Context(), data.Patient{Name: "Zora Alone"})
	if err != nil {
		o.t.Fatal(err)
	}
	hers, err := desk.Book(o.t.Context(), data.Appointment{
		Patient: who.ID, Practitioner: details.Practitioners[0].ID, Type: details.Types[0].ID, Status: data.Booked,
		Start: start, End: start.Add(15 * time.Minute),
	}, true)
	if err != nil {
		o.t.Fatal(err)
	}
	return hers
}

// Whoever arrives in the search is who is lit there, not who is hidden behind it; F3
// and the menu's key for macOS are one. A yes is seen on the day.
func TestArriveInTheSearch(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.fillDesk()
		desk := o.window.nav.at.session.desk
		start := time.Now().Add(2 * time.Hour)
		hers := o.bookZora(start)
		o.pass(2 * time.Second)
		o.key(fyne.KeyDown) // the cursor is at somebody else's
		o.desk().Find()
		test.Type(o.focused(), "zora")
		o.pass(time.Second)
		o.desk().NextStep()
		o.pass(time.Second)
		visits, err := desk.Day(t.Context(), data.DateOf(start))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range visits {
			now := len(v.Stamps) > 0 && !v.Stamps[len(v.Stamps)-1].At.Before(start.Add(-2*time.Hour)) && v.Status == data.Arrived
			if now != (v.ID == hers.ID) {
				t.Errorf("%s, %s: %s", v.Who.Name, v.Start, v.Status)
			}
		}
		want(t, "says so", o.shows("Zora Alone: arrived."), true)
		want(t, "the search", o.shows("Nobody found"), false)
	})
}

// Ctrl+Z in a form or in the settings takes no step back that is not to be seen there.
func TestUndoStaysInFormsAndSettings(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.fillDesk()
		o.key(fyne.KeyDown)
		o.desk().NextStep()
		o.pass(time.Second)
		steps := o.window.nav.at.session.desk.CanUndo
		before := steps()
		o.desk().NewPatient()
		o.pass(time.Second)
		o.window.window.Canvas().Unfocus()
		o.window.menu.undo()
		o.pass(time.Second)
		want(t, "the form", o.shows("New patient"), true)
		o.settings()
		o.window.menu.undo()
		o.pass(time.Second)
		want(t, "steps", steps(), before)
		o.at(routeSettings)
	})
}

// The menu leads to the front desk from the settings.
func TestMenuOfTheFrontDesk(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.settings()
		o.window.menu.desk[2].Action() // Find a patient
		o.at(routeFrontDesk)
		o.pass(time.Second)
		test.Type(o.focused(), "nobody")
		o.pass(time.Second)
		want(t, "the search", o.shows("Nobody found"), true)
		o.window.menu.lock.Action()
		o.at(routeLock)
		before := o.window.nav.at
		for _, item := range o.window.menu.desk {
			item.Action()
		}
		want(t, "while locked", o.window.nav.at == before && o.window.nav.signedOut.route == routeLock, true)
	})
}

// TestTodayFromAnywhere: the menu's key and the button lead to today's day, whatever day,
// week, page or pane was shown. Esc goes back to the day as it was left.
func TestTodayFromAnywhere(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.fillDesk()
		isToday := func() bool {
			return slices.ContainsFunc(all[*widgets.Button](o), func(b *widgets.Button) bool { return b.Text == "Go to today" && b.Disabled() })
		}
		ways := map[string]func(){"Ctrl+T": o.window.menu.desk[0].Action, "the button": func() { o.tap("Today") }}
		for _, place := range []string{"day", "week", "next free", "figures", "patients", "a new patient", "search", "a patient", "settings: general", "my account"} {
			for way, press := range ways {
				o.key(fyne.KeyPageDown)
				want(t, "another day is today", isToday(), false)
				everyPlace[place](o)
				o.pass(time.Second)
				if o.window.nav.at.route == routeSettings && way == "the button" {
					way, press = "Esc, and the button", func() { o.press(fyne.KeyEscape); o.tap("Today") }
				}
				press()
				o.pass(time.Second)
				o.at(routeFrontDesk)
				want(t, place+", "+way, isToday(), true)
			}
		}
		o.key(fyne.KeyPageDown)
		everyPlace["a patient"](o)
		o.pass(time.Second)
		o.key(fyne.KeyEscape)
		o.pass(time.Second)
		want(t, "after Esc", isToday(), false)
	})
}

// TestAddAPractitioner leads from the empty day straight to the sheet, and back to a day with a column.
func TestAddAPractitioner(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.pass(2 * time.Second)
		o.tap("Add a practitioner…")
		o.pass(time.Second)
		want(t, "the sheet is open", o.shows("Add practitioner"), true)
		test.Type(o.focused(), "Dr Roy")
		o.key(fyne.KeyReturn)
		o.pass(time.Second)
		want(t, "says so", o.shows("Added Dr Roy."), true)
		o.window.window.Canvas().Unfocus()
		o.key(fyne.KeyEscape)
		o.pass(2 * time.Second)
		want(t, "the day has a column", o.shows("Dr Roy"), true)
		want(t, "asks for a practitioner", o.shows("Nobody to book for yet"), false)
	})
}

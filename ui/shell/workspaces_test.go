package shell

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// inSharedOffice is inOffice with more people who use the same computer, and one
// who uses another.
func inSharedOffice(t *testing.T, people int, run func(t *testing.T, o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		admin := o.setUp()
		for i := range people {
			o.addUser(admin, fmt.Sprintf("Person %c", 'A'+i), fmt.Sprintf("person%c", 'a'+i))
		}
		if _, err := admin.AddUser(t.Context(), auth.UserForm{Name: "Elsewhere", Username: "elsewhere", Role: auth.Staff}); err != nil {
			t.Fatal(err)
		}
		o.open()
		o.signIn()
		o.pass(time.Second)
		run(t, o)
		o.close()
	})
}

// note opens a dialog on the present desk, and types into it.
func (o *office) note(text string) *widgets.Entry {
	field := widgets.NewEntry()
	widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{Title: "Note", Content: field, Cancel: "Close"})
	test.Type(o.focused(), text)
	return field
}

// list is the list on the window.
func (o *office) list() *widgets.List {
	o.t.Helper()
	lists := all[*widgets.List](o)
	if len(lists) != 1 {
		o.t.Fatalf("%d lists on the window", len(lists))
	}
	return lists[0]
}

// choose opens the list of people, and goes to one with the arrows.
func (o *office) choose(name string) {
	o.t.Helper()
	if o.window.nav.at.route != routeSwitch {
		o.window.menu.switchUser.Action()
	}
	o.at(routeSwitch)
	o.pass(time.Second)
	o.press(fyne.KeyHome)
	for !strings.HasPrefix(o.chosen(), name) {
		before := o.list().Selected()
		o.press(fyne.KeyDown)
		if o.list().Selected() == before {
			o.t.Fatalf("%s is not in the list", name)
		}
	}
	o.press(fyne.KeyReturn)
}

// chosen is the name in the chosen row.
func (o *office) chosen() string {
	list := o.list()
	people, err := o.window.lock.people()(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	if list.Selected() < len(people) {
		return people[list.Selected()].Name
	}
	return "Somebody else"
}

// signInBeside signs somebody in who has nothing open here.
func (o *office) signInBeside(name string) {
	o.t.Helper()
	o.choose(name)
	o.at(routeSignIn)
	o.fill(password) // the username is there
	o.at(routeFrontDesk)
	o.pass(time.Second)
}

// comeBack unlocks somebody's desk.
func (o *office) comeBack(name string) {
	o.t.Helper()
	o.choose(name)
	o.at(routeLock)
	want(o.t, "the lock screen of "+name, o.shows(name), true)
	o.unlock()
}

func TestThreePeopleEachWithTheirWork(t *testing.T) {
	inSharedOffice(t, 2, func(t *testing.T, o *office) {
		o.note("of Anna")
		o.signInBeside("Person A")
		want(t, "another's note", o.shows("of Anna"), false)
		o.note("of A")
		o.signInBeside("Person B")
		o.note("of B")
		for range 2 {
			for name, note := range map[string]string{"Anna Smith": "of Anna", "Person A": "of A", "Person B": "of B"} {
				if o.window.nav.at.session.name != name {
					o.comeBack(name)
				}
				for _, other := range []string{"of Anna", "of A", "of B"} {
					want(t, name+" sees the note "+other, slices.Contains(o.texts(), other), other == note)
				}
				field, ok := o.focused().(*widgets.Entry)
				want(t, name+" has the focus in the note", ok && field.Text == note, true)
			}
		}
		want(t, "people here", len(o.window.nav.workspaces), 3)
		for _, ws := range o.window.nav.workspaces {
			if err := ws.session.session.Check(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestTheListOfPeople(t *testing.T) {
	inSharedOffice(t, 2, func(t *testing.T, o *office) {
		o.window.menu.switchUser.Action()
		o.at(routeSwitch)
		o.pass(time.Second)
		want(t, "its state", o.shows("locked since "), true)
		for name, there := range map[string]bool{"Anna Smith": true, "Person A": true, "Person B": true, "Somebody else": true, "Elsewhere": false} {
			want(t, name, o.shows(name), there)
		}
		o.press(fyne.KeyEscape) // back to who was there
		o.at(routeLock)
		want(t, "name", o.shows("Anna Smith"), true)
		o.unlock()
		o.window.menu.switchUser.Action()
		o.choose("Somebody else")
		o.at(routeSignIn)
		want(t, "focus in an empty field", o.focused().(*widgets.Entry).Text, "")
		o.press(fyne.KeyEscape)
		o.at(routeSwitch)
		o.press(fyne.KeyEscape)
		o.at(routeLock)
	})
}

// Who signs in as ever while their work is here gets it back.
func TestSigningInGivesTheWorkBack(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		ws := o.window.nav.at
		field := o.note("of Anna")
		o.signInBeside("Person A")
		o.choose("Somebody else")
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.until("the desk", func() bool { return o.window.nav.at == ws })
		want(t, "note", field.Text, "of Anna")
		want(t, "focus", o.focused(), fyne.Focusable(field))
		o.pass(3 * checkTime)
		want(t, "desk", o.window.nav.at, ws)
		want(t, "people here", len(o.window.nav.workspaces), 2)
	})
}

func TestASixthPerson(t *testing.T) {
	inSharedOffice(t, 5, func(t *testing.T, o *office) {
		for _, name := range []string{"Person A", "Person B", "Person C", "Person D"} {
			o.signInBeside(name)
		}
		o.choose("Person E")
		o.at(routeSwitch)
		want(t, "said", o.shows("Five people have their work open here."), true)
		o.choose("Somebody else")
		o.at(routeSwitch)

		// Somebody who comes all the same, where a full sign-in is asked for.
		o.window.signIn.startOf("persone", "")
		o.fill(password)
		o.at(routeSwitch)
		o.pass(time.Second)
		want(t, "people here", len(o.window.nav.workspaces), maxWorkspaces)
		o.comeBack("Person A")
		o.window.menu.signOut.Action()
		o.signInBeside("Person E")
		want(t, "people here", len(o.window.nav.workspaces), maxWorkspaces)
	})
}

func TestSigningOutWhileOthersAreHere(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		o.signInBeside("Person A")
		o.window.menu.signOut.Action()
		o.at(routeSignIn) // who types on types into its fields
		want(t, "the way to the others", o.shows("Switch user"), true)
		want(t, "people here", len(o.window.nav.workspaces), 1)
		o.press(fyne.KeyEscape)
		o.at(routeSwitch)
		o.pass(time.Second)
		want(t, "a way back to who has gone", o.shows("Back"), false)
		o.press(fyne.KeyEscape)
		o.at(routeSwitch)
		o.comeBack("Anna Smith")
		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		want(t, "others", o.shows("Switch user"), false)
	})
}

// A session that ends elsewhere takes nothing from who is at the computer now.
func TestAnothersSessionEnds(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		anna := o.window.nav.at.session.session
		o.choose("Person A")
		o.at(routeSignIn)
		test.Type(o.focused(), "seven quiet")
		typed := o.focused().(*widgets.PasswordEntry)
		if err := anna.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.pass(2 * checkTime)
		want(t, "people here", len(o.window.nav.workspaces), 0)
		o.at(routeSignIn)
		want(t, "what was typed", typed.Text, "seven quiet")
		want(t, "said", o.shows("You were signed out"), false)
	})
}

func TestASessionEndsWhileTheListIsThere(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		anna := o.window.nav.at.session.session
		o.signInBeside("Person A")
		o.window.menu.switchUser.Action()
		o.pass(time.Second)
		if err := anna.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.pass(2 * checkTime)
		o.at(routeSwitch)
		o.choose("Anna Smith") // has nothing here any more
		o.at(routeSignIn)
		o.fill(password)
		o.at(routeFrontDesk)
	})
}

func TestHalfASignInEndsWithASwitch(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		o.window.menu.lock.Action()
		o.choose("Somebody else")
		o.at(routeSignIn)
		attempt := o.window.signIn.entry.attempt
		o.window.menu.switchUser.Action()
		o.at(routeSwitch)
		want(t, "an attempt under way", o.window.signIn.entry.attempt != nil && o.window.signIn.entry.attempt == attempt, false)
		o.window.recovery.startKit() // as from "Forgot password?"
		o.at(routeKitEntry)
		want(t, "Switch user is off", o.window.menu.switchUser.Disabled, true)
	})
}

func TestClosingSignsEveryoneOut(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		o.signInBeside("Person A")
		var sessions []*auth.Session
		for _, ws := range o.window.nav.workspaces {
			sessions = append(sessions, ws.session.session)
		}
		o.close()
		for _, s := range sessions {
			want(t, "ended", errors.Is(s.Check(t.Context()), auth.ErrSessionEnded), true)
		}
	})
}

// The kit opens another practice in the place of this one: no desk outlives that.
func TestTheKitWhileOthersAreHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		key := o.setUpWithKit()
		o.open()
		o.signIn()
		session := o.window.nav.at.session.session
		o.window.menu.lock.Action()
		o.choose("Somebody else")
		o.at(routeSignIn)
		o.window.recovery.startKit()
		o.typeKit(key)
		o.press(fyne.KeyReturn)
		o.at(routeSignIn)
		want(t, "people here", len(o.window.nav.workspaces), 0)
		o.pass(time.Second)
		want(t, "ended", session.Check(t.Context()) != nil, true)
		o.signIn()
		o.close()
	})
}

// Ctrl+L takes a sign-in under way off the window, too: a barcode may stand there.
func TestLockingAtTheDoor(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		other, err := auth.Open(t.Context(), o.deps())
		if err != nil {
			t.Fatal(err)
		}
		o.turnOn(other)
		o.at(routeSignIn)
		want(t, "nothing to lock", o.window.menu.lock.Disabled, true)
		o.fill("asmith", password)
		o.at(routeCode)
		want(t, "lock is off", o.window.menu.lock.Disabled, false)
		o.window.menu.lock.Action()
		o.at(routeSignIn)
	})
}

package shell

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

func TestMain(m *testing.M) { uitest.Main(m) }

const idleTime = auth.DefaultIdle * time.Minute

// inNewOffice runs a test in a bubble of time, before there is a practice.
func inNewOffice(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		test(t, o)
		o.close()
	})
}

// inOffice is inNewOffice where somebody is signed in.
func inOffice(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.pass(time.Second)
		test(t, o)
	})
}

// close closes the window, and waits until nothing goes on any more.
func (o *office) close() {
	o.window.Close()
	if o.shows("Quit Anteroom?") {
		o.tap("Quit")
	}
	o.pass(closeTime + time.Second)
}

// texts are all that can be read on the window now.
func (o *office) texts() []string {
	var all []string
	for _, found := range textInMarkup.FindAllStringSubmatch(test.RenderToMarkup(o.window.window.Canvas()), -1) {
		if text := strings.TrimSpace(found[1]); text != "" {
			all = append(all, text)
		}
	}
	return all
}

var textInMarkup = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)

// shows says whether a text is on the window.
func (o *office) shows(text string) bool {
	return strings.Contains(strings.Join(o.texts(), " "), text)
}

// showsNothingOf fails if anything of what was on the window is there now, but for
// what the lock screen says to anybody.
func (o *office) showsNothingOf(before []string) {
	o.t.Helper()
	allowed := []string{"Anteroom", "Password", "Show", "Cancel", "Switch user"}
	for _, text := range o.texts() {
		if slices.Contains(before, text) && !slices.Contains(allowed, text) && text != o.lockedName() {
			o.t.Errorf("%q is still on the window", text)
		}
	}
}

func (o *office) lockedName() string {
	if ws := o.window.lock.locked; ws != nil {
		return ws.session.name
	}
	return ""
}

// unlock types the password on the lock screen.
func (o *office) unlock() {
	o.t.Helper()
	o.at(routeLock)
	o.fill(password)
	o.until("the desk", func() bool { return o.window.nav.at.session != nil })
}

// settings opens the settings of who is signed in.
func (o *office) settings() {
	o.t.Helper()
	o.window.nav.at.openSettings("")
	o.at(routeSettings)
	o.pass(time.Second)
}

// all are the visible objects of a kind on the window, in the order of the Tab key.
func all[T fyne.CanvasObject](o *office) []T {
	var found []T
	root := o.window.window.Canvas().Overlays().Top()
	if root == nil {
		root = o.window.window.Canvas().Content()
	}
	walk(root, func(object fyne.CanvasObject) {
		if it, ok := object.(T); ok {
			found = append(found, it)
		}
	})
	return found
}

// walk goes through what is visible.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	uitest.Walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) { visit(o) })
}

// draft types into the first field of the settings, and gives what is there then.
func (o *office) draft() *widgets.Entry {
	o.t.Helper()
	o.settings()
	fields := all[*widgets.Entry](o)
	if len(fields) == 0 {
		o.t.Fatal("no field in the settings")
	}
	o.window.window.Canvas().Focus(fields[0])
	test.Type(fields[0], "Draft ")
	return fields[0]
}

// addUser adds somebody who has signed in at this computer before.
func (o *office) addUser(admin *auth.Session, name, username string) {
	o.t.Helper()
	ctx := o.t.Context()
	must := func(err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
	}
	must(admin.StepUp(ctx, password, ""))
	oneTime, err := admin.AddUser(ctx, auth.UserForm{Name: name, Username: username, Role: auth.Staff})
	must(err)
	practice, err := auth.Open(ctx, o.deps())
	must(err)
	attempt := practice.NewAttempt()
	_, err = attempt.Password(ctx, username, oneTime)
	must(err)
	state, err := attempt.NewPassword(ctx, password)
	must(err)
	must(state.Session.SignOut(ctx))
}

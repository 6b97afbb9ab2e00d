package shell

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
)

// openWithTwoFactor opens a window on a practice whose admin is enrolled, and
// gives the code that their app shows next.
func (o *office) openWithTwoFactor() (code string) {
	o.t.Helper()
	o.setUp()
	other, err := auth.Open(o.t.Context(), o.deps())
	if err != nil {
		o.t.Fatal(err)
	}
	_, e := o.turnOn(other)
	o.open()
	o.at(routeSignIn)
	return codeOf(o.t, e, time.Now().Add(30*time.Second))
}

// tab goes on by so many fields.
func (o *office) tab(n int) {
	for range n {
		o.window.window.Canvas().FocusNext()
	}
}

// copiedCodes are those of the screen "Your recovery codes", by its button "Copy".
func (o *office) copiedCodes() []string {
	o.t.Helper()
	o.at(routeRecoveryCodes)
	o.tab(3)
	o.press(fyne.KeyReturn)
	codes := strings.Fields(o.app.Clipboard().Content())
	if len(codes) != 10 {
		o.t.Fatalf("%d codes on the clipboard", len(codes))
	}
	return codes
}

// saysAnywhere says whether a text is in what the window shows.
func saysAnywhere(o fyne.CanvasObject, text string) bool {
	if label, ok := o.(fyne.Accessible); ok && strings.Contains(label.AccessibilityLabel(), text) {
		return true
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		if saysAnywhere(child, text) {
			return true
		}
	}
	return false
}

func (o *office) untilItSays(text string) {
	o.t.Helper()
	o.until(text, func() bool { return saysAnywhere(o.window.window.Content(), text) })
}

func TestRecoveryCodesFromTheFirstSignInToTheNext(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		code := o.openWithTwoFactor()
		o.fill("asmith", password)
		o.at(routeCode)
		test.Type(o.focused(), code)
		codes := o.copiedCodes()
		o.tab(1)
		o.press(fyne.KeyReturn) // "I have put them away"
		o.at(routeFrontDesk)

		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.at(routeCode)
		o.tab(2)
		o.press(fyne.KeyReturn) // "Ask an admin for help"
		o.untilItSays("A Practice Admin was told at")
		o.window.window.Canvas().FocusPrevious()
		o.press(fyne.KeyReturn) // "Use a recovery code"
		o.at(routeOtherCode)
		o.press(fyne.KeyEscape)
		o.at(routeCode)
		o.untilItSays("A Practice Admin was told at")
		o.tab(1)
		o.press(fyne.KeyReturn)
		o.at(routeOtherCode)
		o.fill(codes[3])
		o.at(routeFrontDesk)

		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.at(routeCode)
		o.tab(1)
		o.press(fyne.KeyReturn)
		o.at(routeOtherCode)
		for range 4 {
			o.fill(codes[3])
			o.untilItSays("That recovery code was used already.")
		}
		o.fill(codes[4]) // four wrong ones cost no wait
		o.at(routeFrontDesk)
	})
}

func TestFiveWrongRecoveryCodesEndTheSignIn(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.openWithTwoFactor()
		o.fill("asmith", password)
		o.at(routeCode)
		o.tab(1)
		o.press(fyne.KeyReturn)
		o.at(routeOtherCode)
		for range 4 {
			o.fill("aaaa-bbbb-cccc-dddd")
			o.untilItSays("That recovery code is wrong.")
		}
		o.fill("aaaa-bbbb-cccc-dddd")
		o.at(routeSignIn)
		var refusal *auth.Refusal
		if !errors.As(o.window.signIn.entry.because, &refusal) || refusal.Reason != auth.ErrAttemptOver {
			t.Errorf("back at the password because of %v", o.window.signIn.entry.because)
		}
	})
}

// A full sign-in at a locked desk may bring new codes: those on its screen count
// no more.
func TestCodesOfARenewedSessionAreShown(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		ws := o.window.nav.at
		renewed := func(n int) []string {
			var codes []string
			for i := range 10 {
				codes = append(codes, fmt.Sprintf("aaaa-bbbb-cccc-d%d%02d", n, i))
			}
			ws.renewedCodes(auth.State{Recovery: codes})
			return codes
		}
		ws.renewedCodes(auth.State{})
		o.at(routeFrontDesk)
		for n := range 2 {
			codes := renewed(n)
			if shown := o.copiedCodes(); shown[0] != codes[0] {
				t.Errorf("%s is shown, not %s", shown[0], codes[0])
			}
		}
		o.tab(1)
		o.press(fyne.KeyReturn)
		o.untilItSays("Go on")
		o.press(fyne.KeyReturn) // "Go on": nothing notes that invented codes were put away
		o.at(routeFrontDesk)

		ws.openSettings("")
		renewed(2) // what is typed there is not lost
		o.at(routeSettings)
	})
}

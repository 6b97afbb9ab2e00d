package shell

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
)

// TestWhatASignInDidIsSaid on what comes next: the recovery codes, or the front desk.
func TestWhatASignInDidIsSaid(t *testing.T) {
	for _, c := range []struct {
		route route
		codes []string
		said  string
	}{
		{routeEnrol, []string{"aaaa-bbbb-cccc-dddd"}, "Your phone is set up."},
		{routeEnrol, nil, "Your phone is set up."},
		{routeNewPassword, nil, "Your new password counts from now on."},
		{routeSignIn, nil, ""},
	} {
		inOffice(t, func(t *testing.T, o *office) {
			session := o.window.nav.endWorkspace(o.window.nav.at).session
			o.window.nav.signedOut.route = c.route
			o.window.signIn.nextStep(auth.State{Step: auth.StepDone, Session: session, Recovery: c.codes})
			o.pass(2 * time.Second)
			for _, said := range []string{"Your phone is set up.", "Your new password counts from now on."} {
				want(t, said, o.shows(said), said == c.said)
			}
		})
	}
}

// TestAPhoneSetUpBeforeTwoFactorIsOnIsSaid where the admin signs in anew, beside why.
func TestAPhoneSetUpBeforeTwoFactorIsOnIsSaid(t *testing.T) {
	for _, isSetUp := range []bool{true, false} {
		inOffice(t, func(t *testing.T, o *office) {
			ws := o.window.nav.at
			if isSetUp {
				ws.done = phoneIsSetUp()
			}
			ws.onEnded(auth.ErrSessionEnded)
			o.pass(time.Second)
			want(t, "signs in", o.window.nav.signedOut.route, routeSignIn)
			want(t, "says so", o.shows("Your phone is set up."), isSetUp)
		})
	}
}

// TestTheKitIsSaidToCount where it was asked for.
func TestTheKitIsSaidToCount(t *testing.T) {
	for _, inSettings := range []bool{true, false} {
		inOffice(t, func(t *testing.T, o *office) {
			ws := o.window.nav.at
			err := ws.session.session.StepUp(t.Context(), password, "")
			k, kitErr := ws.session.session.NewKit(t.Context())
			if err := errors.Join(err, kitErr); err != nil {
				t.Fatal(err)
			}
			last := k.Groups()[len(k.Groups())-1]
			ws.kit = kitWay{kit: k, settings: inSettings}
			ws.goTo(routeKit)
			o.pass(time.Second)
			o.tap("Next")
			o.fill(last)
			o.pass(2 * time.Second)
			want(t, "in the settings", ws.route == routeSettings, inSettings)
			want(t, "says so", o.shows("The recovery kit counts now."), true)
		})
	}
}

// TestNewCodesAreSaidToCount in "My account", once they were put away.
func TestNewCodesAreSaidToCount(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.nav.at.showNewCodes([]string{"aaaa-bbbb-cccc-dddd"})
		o.pass(time.Second)
		o.window.nav.at.codes.next()
		o.pass(time.Second)
		want(t, "says so", o.shows("Your new recovery codes count now, and the old ones no more."), true)
	})
}

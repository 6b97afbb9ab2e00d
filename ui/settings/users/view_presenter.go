package users

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// action is something that can be done to the chosen user.
type action int

const (
	actionEdit action = iota
	actionResetTwoFactor
	actionResetPassword
	actionDeactivate
	actionReactivate
	actionOneTimeCode
	actionLiftWait
	actionSignOut
)

// actionView is the button of an action.
type actionView struct {
	Action action
	Text   string
	Off    bool
}

// view is what the pane shows.
type view struct {
	Rows    []auth.UserInfo
	Day     string // that it is shown on: what the rows say of a time depends on it
	Chosen  int    // number of the chosen row, or -1
	Name    string
	Facts   string // the chosen row again: in full, and in sight where the table is wider than the window
	Actions []actionView
	Need    string   // what the chosen user needs from an admin
	Why     []string // why some actions are off
	Good    string
	Error   string
}

func (p *presenter) view() view {
	now := p.Now()
	v := view{Rows: p.list, Day: words.Date(now), Chosen: p.chosen.Row(p.list), Good: p.good, Error: p.message}
	if user, ok := p.user(); ok {
		v.Name, v.Facts = user.Name, factsText(user, now)
		v.Actions, v.Why = actions(user)
		v.Need = needText(user, now)
	}
	return v
}

func factsText(user auth.UserInfo, now time.Time) string {
	return lang.L("Username: {{.Username}} · {{.Role}} · Two-factor: {{.TwoFactor}} · Last sign-in: {{.LastSignIn}} · {{.Status}}", map[string]any{
		"Username": user.Username, "Role": pane.RoleText(user.Role), "TwoFactor": twoFactorText(user),
		"LastSignIn": lastSignInText(user, now), "Status": statusText(user),
	})
}

// actions are what can be done to a user. What auth would refuse is off, with the
// reason.
func actions(user auth.UserInfo) (buttons []actionView, why []string) {
	off := func(reason string) bool {
		if !slices.Contains(why, reason) {
			why = append(why, reason)
		}
		return true
	}
	reset := actionView{Action: actionResetTwoFactor, Text: lang.L("Reset Two-Factor Auth")}
	password := actionView{Action: actionResetPassword, Text: lang.L("Reset password…")}
	deactivate := actionView{Action: actionDeactivate, Text: lang.L("Deactivate…")}
	if user.LastAdmin {
		last := words.Error(auth.ErrLastAdmin)
		reset.Off, password.Off, deactivate.Off = off(last), off(last), off(last)
	}
	if user.Self && !user.LastAdmin {
		password.Off = off(lang.L("Another Practice Admin can reset your password."))
	}
	if !user.Active {
		password.Off = off(lang.L("Reactivating gives a new password."))
		deactivate = actionView{Action: actionReactivate, Text: lang.L("Reactivate…")}
	}
	if user.Enrolled.IsZero() && !user.LastAdmin && !user.ResetAgain {
		reset.Off = off(lang.L("There is no authenticator to reset."))
	}
	buttons = []actionView{{Action: actionEdit, Text: lang.L("Edit…")}, reset, password, oneTimeCodeButton(user), signOutButton(user), deactivate}
	if !user.WaitUntil.IsZero() {
		buttons = append(buttons, actionView{Action: actionLiftWait, Text: lang.L("Lift wait")})
	}
	return buttons, why
}

// doneText is what is said once an action was done; "": what it gives is shown.
func doneText(a action, user auth.UserInfo) string {
	of := pane.Named(user.Name)
	switch a {
	case actionResetTwoFactor:
		return lang.L("Two-factor was reset for {{.Name}}, who sets up an authenticator at the next sign-in.", of)
	case actionLiftWait:
		return lang.L("{{.Name}} can try again now.", of)
	case actionSignOut:
		return lang.L("{{.Name}} was signed out everywhere.", of)
	case actionDeactivate:
		return lang.L("{{.Name}} was deactivated.", of)
	case actionReactivate:
		return lang.L("{{.Name}} was reactivated, and signs in with the one-time password.", of)
	case actionResetPassword:
		return lang.L("The password of {{.Name}} was reset: the one-time password counts now.", of)
	}
	return ""
}

// oneTimeCodeButton is for who has an authenticator whose phone is not at hand.
func oneTimeCodeButton(user auth.UserInfo) actionView {
	return actionView{
		Action: actionOneTimeCode, Text: lang.L("One-time code…"),
		Off: user.Self || !user.Active || user.Enrolled.IsZero(),
	}
}

// signOutButton is for anybody else who may be signed in somewhere.
func signOutButton(user auth.UserInfo) actionView {
	return actionView{Action: actionSignOut, Text: lang.L("Sign out…"), Off: user.Self || !user.Active}
}

func twoFactorText(user auth.UserInfo) string {
	switch {
	case user.Lapsed:
		return lang.L("! reset lapsed")
	case user.ResetAgain:
		return lang.L("– reset")
	case user.Enrolled.IsZero():
		return lang.L("– not set up")
	case user.Disabled:
		return lang.L("! disabled")
	}
	return lang.L("✓ {{.Date}}", map[string]any{"Date": words.Date(user.Enrolled)})
}

func lastSignInText(user auth.UserInfo, now time.Time) string {
	if user.LastSignIn.IsZero() {
		return lang.L("never")
	}
	return words.Moment(user.LastSignIn, now)
}

// statusText is what an admin has to know first.
func statusText(user auth.UserInfo) string {
	switch {
	case !user.Active:
		return lang.L("Deactivated")
	case !user.Help.IsZero():
		return lang.L("Asks for help")
	case !user.WaitUntil.IsZero():
		return lang.L("Has to wait")
	case user.OneTime:
		return lang.L("One-time password")
	}
	return lang.L("Active")
}

// needText says what the chosen user needs; "" is nothing.
func needText(user auth.UserInfo, now time.Time) string {
	var lines []string
	if !user.Help.IsZero() {
		lines = append(lines, lang.L("Asks for help with the Auth Code since {{.Clock}}.", map[string]any{"Clock": words.Since(user.Help, now)}))
	}
	if !user.WaitUntil.IsZero() {
		lines = append(lines, lang.L("Has to wait until {{.Clock}}, after failed passwords or codes.", map[string]any{"Clock": words.Clock(user.WaitUntil)}))
	}
	if user.Disabled {
		lines = append(lines, lang.L("The authenticator is disabled after a hundred wrong codes: a recovery code of theirs enables it again, or a reset."))
	}
	switch {
	case user.Lapsed:
		lines = append(lines, lang.L("The reset was not used within 24 hours. Reset two-factor again."))
	case user.ResetAgain:
		lines = append(lines, lang.L("Two-factor was reset, and the hand-over code was not used yet."))
	}
	return strings.Join(lines, " ")
}

// question is what the dialog before an action says.
type question struct {
	Title   string
	Name    string
	Text    string
	You     string // what it does to the asking admin, or has all admins told
	Reason  bool   // ask for one
	Primary string
	Danger  bool
}

func newQuestion(a action, user auth.UserInfo) question {
	q := question{Name: user.Name}
	switch a {
	case actionResetTwoFactor:
		q.Title, q.Primary = lang.L("Reset Two-Factor Auth"), lang.L("Reset two-factor")
		q.Text = lang.L("For a new or lost phone. Codes from the old phone stop working, and this person is signed out everywhere. At the next sign-in they scan a new barcode.")
		q.Reason, q.Danger = true, true
	case actionResetPassword:
		q.Title, q.Primary = lang.L("Reset password"), lang.L("Reset password")
		q.Text = lang.L("The old password stops working, and this person is signed out everywhere. You get a one-time password to hand over.")
		q.Danger = true
		if user.GivenCode {
			q.You = lang.L("This person got a one-time code within the last day. Together with a new password it lets anybody in, so all Practice Admins are told.")
		}
	case actionDeactivate:
		q.Title, q.Primary = lang.L("Deactivate user"), lang.L("Deactivate")
		q.Text = lang.L("This person is signed out everywhere and can't sign in any more. What they entered stays. You can reactivate them later.")
		q.Danger = true
	case actionOneTimeCode:
		q.Title, q.Primary = lang.L("One-time code"), lang.L("Make the code")
		q.Text = lang.L("For a phone that is not at hand. You get eight digits to read out: they let this person in once, within ten minutes, with their password. Two-factor stays on. On the phone, read them out only to somebody whose voice you know.")
		if user.GivenPassword {
			q.You = lang.L("This person got a new password within the last day. Together with a one-time code it lets anybody in, so all Practice Admins are told.")
		}
	case actionLiftWait:
		q.Title, q.Primary = lang.L("Lift wait"), lang.L("Lift wait")
		q.Text = lang.L("This person can try again at once. If somebody else guessed, they can begin again, too. A disabled authenticator stays disabled.")
	case actionSignOut:
		q.Title, q.Primary = lang.L("Sign out"), lang.L("Sign out")
		q.Text = lang.L("This person is signed out at every computer, locked windows included, and is told that it was you. They can sign in again at once, with an Auth Code where two-factor is on.")
	case actionReactivate:
		q.Title, q.Primary = lang.L("Reactivate user"), lang.L("Reactivate")
		q.Text = lang.L("This person can sign in again. You get a one-time password to hand over.")
	}
	if user.Self {
		q.You = lang.L("This is you: you will be signed out at once.")
	}
	return q
}

// oneTimeView is what is shown of something that an admin passes on, once.
type oneTimeView struct {
	Title  string
	Name   string // whose it is
	Secret string
	Text   string    // what to do with it
	Until  time.Time // how long it is valid; zero: it is not said
}

func oneTimePassword(name, password string) oneTimeView {
	return oneTimeView{
		Title: lang.L("One-time password"), Name: name, Secret: password,
		Text: lang.L("Hand it over in person. It must be changed at the first sign-in, and it won't be shown again."),
	}
}

func oneTimeCode(name string, code auth.OneTimeCode) oneTimeView {
	return oneTimeView{
		Title: lang.L("One-time code"), Name: name, Secret: code.Code, Until: code.Until,
		Text: lang.L("Read it out to somebody whose voice you know. They sign in with their password, press “Use a recovery code”, and type it there. It works once, and won't be shown again."),
	}
}

func handOverCode(name, code string) oneTimeView {
	return oneTimeView{
		Title: lang.L("Hand-over code"), Name: name, Secret: code,
		Text: lang.L("Hand these digits over in person. They are asked for before the new barcode, within 24 hours, and they won't be shown again."),
	}
}

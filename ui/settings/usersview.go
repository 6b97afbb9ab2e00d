package settings

import (
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// act is something that can be done to the chosen user.
type act int

const (
	actEdit act = iota
	actResetTwoFactor
	actResetPassword
	actDeactivate
	actReactivate
)

// actView is the button of an act.
type actView struct {
	Act  act
	Text string
	Off  bool
}

// usersView is what the pane shows.
type usersView struct {
	Rows   [][]string
	Chosen int // number of the chosen row, or -1
	Name   string
	Facts  string // the chosen row again: in full, and in sight where the table is wider than the window
	Acts   []actView
	Why    []string // why some acts are off
	Error  string
}

func (u *users) view() usersView {
	v := usersView{Chosen: u.row(), Error: u.message}
	now := u.runner.Now()
	for _, user := range u.list {
		v.Rows = append(v.Rows, []string{
			user.Name, user.Username, roleText(user.Role), twoFactorText(user), lastSignInText(user, now), statusText(user),
		})
	}
	if user, ok := u.user(); ok {
		v.Name, v.Facts = user.Name, factsText(user, now)
		v.Acts, v.Why = acts(user)
	}
	return v
}

func factsText(user auth.UserInfo, now time.Time) string {
	return lang.L("Username: {{.Username}} · {{.Role}} · Two-factor: {{.TwoFactor}} · Last sign-in: {{.LastSignIn}} · {{.Status}}", map[string]any{
		"Username": user.Username, "Role": roleText(user.Role), "TwoFactor": twoFactorText(user),
		"LastSignIn": lastSignInText(user, now), "Status": statusText(user),
	})
}

// acts are what can be done to a user. What auth would refuse is off, with the
// reason.
func acts(user auth.UserInfo) (views []actView, why []string) {
	off := func(reason string) bool {
		if !slices.Contains(why, reason) {
			why = append(why, reason)
		}
		return true
	}
	reset := actView{Act: actResetTwoFactor, Text: lang.L("Reset Two-Factor Auth")}
	password := actView{Act: actResetPassword, Text: lang.L("Reset password…")}
	shut := actView{Act: actDeactivate, Text: lang.L("Deactivate…")}
	if user.LastAdmin {
		last := words.Error(auth.ErrLastAdmin)
		reset.Off, password.Off, shut.Off = off(last), off(last), off(last)
	}
	if user.Self && !user.LastAdmin {
		password.Off = off(lang.L("Another Practice Admin can reset your password."))
	}
	if !user.Active {
		password.Off = off(lang.L("Reactivating gives a new password."))
		shut = actView{Act: actReactivate, Text: lang.L("Reactivate…")}
	}
	if user.Enrolled.IsZero() && !user.LastAdmin {
		reset.Off = off(lang.L("There is no authenticator to reset."))
	}
	return []actView{{Act: actEdit, Text: lang.L("Edit…")}, reset, password, shut}, why
}

// roles are the two, in the order of the list of choices.
var roles = []auth.Role{auth.Staff, auth.Admin}

func roleText(r auth.Role) string {
	if r == auth.Admin {
		return lang.L("Practice Admin")
	}
	return lang.L("Staff")
}

func twoFactorText(user auth.UserInfo) string {
	switch {
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

func statusText(user auth.UserInfo) string {
	switch {
	case !user.Active:
		return lang.L("Deactivated")
	case user.OneTime:
		return lang.L("One-time password")
	}
	return lang.L("Active")
}

// question is what the dialog before an act says.
type question struct {
	Title   string
	Name    string
	Text    string
	You     string // what it does to the asking admin
	Reason  bool   // ask for one
	Primary string
	Danger  bool
}

func newQuestion(a act, user auth.UserInfo) question {
	q := question{Name: user.Name}
	switch a {
	case actResetTwoFactor:
		q.Title, q.Primary = lang.L("Reset Two-Factor Auth"), lang.L("Reset two-factor")
		q.Text = lang.L("For a new or lost phone. Codes from the old phone stop working, and this person is signed out everywhere. At the next sign-in they scan a new barcode.")
		q.Reason, q.Danger = true, true
	case actResetPassword:
		q.Title, q.Primary = lang.L("Reset password"), lang.L("Reset password")
		q.Text = lang.L("The old password stops working, and this person is signed out everywhere. You get a one-time password to hand over.")
		q.Danger = true
	case actDeactivate:
		q.Title, q.Primary = lang.L("Deactivate user"), lang.L("Deactivate")
		q.Text = lang.L("This person is signed out everywhere and can't sign in any more. What they entered stays. You can reactivate them later.")
		q.Danger = true
	case actReactivate:
		q.Title, q.Primary = lang.L("Reactivate user"), lang.L("Reactivate")
		q.Text = lang.L("This person can sign in again. You get a one-time password to hand over.")
	}
	if user.Self {
		q.You = lang.L("This is you: you will be signed out at once.")
	}
	return q
}

// oneTimeView is what is shown of a one-time password, once.
type oneTimeView struct{ Name, Password string }

package account

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// recentEntries is how many entries of the activity "My account" shows.
const recentEntries = 10

// accountView is what the pane "My account" shows.
type accountView struct {
	Ready     bool // the form is there
	Name      string
	NameError string
	CanSave   bool
	Facts     string // username and role
	TwoFactor string
	CanMove   bool // to a new phone, and to make recovery codes
	Recovery  string
	Few       string // that new codes are due
	SignedIn  []signedInView
	Recent    [][]string // when, and what
	Quiet     string     // that nothing happened
	Outcomes  [accountParts]outcome
	Error     string // why nothing newer is shown
}

// accountPart is a part of the pane. What came of an act is said where it began.
type accountPart int

const (
	partName accountPart = iota
	partPhone
	partSessions

	accountParts
)

// outcome is what goes on in a part, or came of the last act there.
type outcome struct {
	Busy      bool
	CanCancel bool // what goes on takes long
	Said      string
	Error     string
}

// signedInView is a session of the user's own.
type signedInView struct {
	ID   string
	Text string
	This bool
}

// accountPane shows the pane, and the dialogs that it leads to.
type accountPane interface {
	show(accountView)
	enrol(*auth.Move) // leads to confirmMove, then moved, moveFailed or refresh
}

// account decides what "My account" does.
type account struct {
	screen.Scope
	session *auth.Session
	pane    accountPane
	onCodes func([]string)

	loaded    bool
	now       auth.Account
	recent    []auth.ActivityEntry
	name      string // as it was typed
	nameError string
	part      accountPart // where the last act began
	outcome   outcome     // of it
	unread    string      // why the account could not be read
	work      *screen.Task
}

func newAccount(a account) *account {
	a.work = screen.NewTask(a.Scope, func() { a.show() })
	return &a
}

// refresh reads the account again; a name that was typed stays.
func (a *account) refresh() {
	var now auth.Account
	var recent []auth.ActivityEntry
	a.Runner.Go(a.Ctx, func(ctx context.Context) (err error) {
		if now, err = a.session.Account(ctx); err != nil {
			return err
		}
		recent, err = a.session.MyActivity(ctx, recentEntries)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			a.OnEnded(err)
			return
		case err != nil:
			a.unread = words.Error(err)
		default:
			a.take(now, recent)
		}
		a.show()
	})
}

func (a *account) take(now auth.Account, recent []auth.ActivityEntry) {
	if !a.changed() {
		a.name = now.Name
	}
	a.loaded, a.now, a.recent, a.unread = true, now, recent, ""
}

func (a *account) show() { a.pane.show(a.view()) }

// changed says whether there is a name to save.
func (a *account) changed() bool { return a.loaded && a.name != a.now.Name }

// edit takes the name as it is typed. While something is stored it stays as it is.
func (a *account) edit(name string) {
	if name == a.name || !a.loaded {
		return
	}
	if !a.work.IsBusy() {
		a.name, a.nameError, a.outcome = name, "", outcome{}
	}
	a.show()
}

// save stores the name.
func (a *account) save() {
	if !a.changed() || a.work.IsBusy() {
		return
	}
	name := a.name
	a.do(partName, func(ctx context.Context) error { return a.session.ChangeName(ctx, name) }, func() {
		a.now.Name = name // what is stored may be tidier, and is read next
		a.outcome.Said = lang.L("Saved.")
	})
}

// end ends another session of the user's own.
func (a *account) end(id string) {
	if a.work.IsBusy() {
		return
	}
	a.do(partSessions, func(ctx context.Context) error {
		err := a.session.EndSession(ctx, id)
		if errors.Is(err, auth.ErrNotFound) {
			return nil // it has ended by itself
		}
		return err
	}, func() { a.outcome.Said = lang.L("Signed out there.") })
}

// do does something quick. It can be cancelled until it is stored: a keyring may
// hang.
func (a *account) do(part accountPart, act func(context.Context) error, done func()) {
	a.part, a.outcome, a.nameError = part, outcome{}, ""
	a.work.Start(act, func(err error) {
		if err != nil {
			a.failed(err)
			return
		}
		done()
		a.show()
		a.refresh()
	})
}

// cancel stops what goes on.
func (a *account) cancel() { a.work.Cancel() }

func (a *account) failed(err error) {
	var field *auth.FieldError
	switch {
	case errors.Is(err, auth.ErrSessionEnded):
		a.OnEnded(err)
		return
	case errors.Is(err, context.Canceled):
		a.outcome.Error = lang.L("Cancelled. Look whether it was saved.")
		a.refresh()
	case errors.As(err, &field) && field.Field == auth.FieldName:
		a.nameError = words.Field(field)
	default:
		a.outcome.Error = words.Error(err)
	}
	a.show()
}

// newTask begins what a dialog is for; the account is read again after it.
func (a *account) newTask(d screen.Form) *screen.Act {
	return screen.NewAct(a.Scope, d, a.refresh, a.refresh)
}

// newCodes makes ten new recovery codes, and shows them.
func (a *account) newCodes(t *screen.Act) {
	var codes []string
	t.Done = func() { a.onCodes(codes) }
	t.Start(func(ctx context.Context) (err error) {
		codes, err = a.session.NewRecoveryCodes(ctx)
		return err
	})
}

func (a *account) view() accountView {
	v := accountView{
		Ready: a.loaded, Name: a.name, NameError: a.nameError, CanSave: a.changed() && !a.work.IsBusy(),
		Error: a.unread,
	}
	v.Outcomes[a.part] = a.outcome
	v.Outcomes[a.part].Busy, v.Outcomes[a.part].CanCancel = a.work.IsBusy(), a.work.Stage() == screen.Stalled
	if !a.loaded {
		return v
	}
	now := a.Runner.Now()
	v.Facts = lang.L("Username: {{.Username}} · {{.Role}}", map[string]any{"Username": a.now.Username, "Role": pane.RoleText(a.now.Role)})
	v.TwoFactor, v.CanMove = ownTwoFactor(a.now), !a.now.Enrolled.IsZero()
	v.Recovery, v.Few = recoveryCodesText(a.now)
	for _, s := range a.now.SignedIn {
		v.SignedIn = append(v.SignedIn, signedInView{s.ID, ownSessionText(s, now), s.This})
	}
	for _, e := range a.recent {
		v.Recent = append(v.Recent, []string{pane.MomentAndClock(e.At, now), words.Activity(e)})
	}
	if len(v.Recent) == 0 {
		v.Quiet = lang.L("Nothing happened yet.")
	}
	return v
}

func ownTwoFactor(now auth.Account) string {
	switch {
	case !now.Enrolled.IsZero():
		return lang.L("Your authenticator has been set up since {{.Date}}.", map[string]any{"Date": words.Date(now.Enrolled)})
	case now.TwoFactor:
		return lang.L("No authenticator is set up. You set one up at your next sign-in.")
	}
	return lang.L("No authenticator is set up. You set one up once a Practice Admin turns two-factor authentication on.")
}

func recoveryCodesText(now auth.Account) (text, few string) {
	switch {
	case now.Enrolled.IsZero():
		return lang.L("You get ten once your authenticator is set up."), ""
	case now.RecoveryMade.IsZero():
		return lang.L("You have none. You get ten at your next sign-in with an Auth Code, or here."), ""
	}
	text = lang.N("{{.Count}} of your ten are left. They were made on {{.Date}}.", now.RecoveryLeft,
		map[string]any{"Count": now.RecoveryLeft, "Date": words.Date(now.RecoveryMade)})
	if now.RecoveryLeft <= auth.FewRecoveryCodes {
		few = lang.L("Make new ones while your phone is at hand.")
	}
	return text, few
}

func ownSessionText(s auth.OwnSession, now time.Time) string {
	of := map[string]any{"Computer": s.Computer, "Since": words.Moment(s.Since, now)}
	switch {
	case s.Computer == "" && s.This:
		return lang.L("Here, since {{.Since}}", of)
	case s.Computer == "":
		return lang.L("At a computer that is not linked, since {{.Since}}", of)
	case s.This:
		return lang.L("{{.Computer}} (here), since {{.Since}}", of)
	}
	return lang.L("{{.Computer}}, since {{.Since}}", of)
}

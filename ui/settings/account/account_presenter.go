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

// view is what the pane "My account" shows.
type view struct {
	IsReady   bool // the form is there
	Name      string
	NameError string
	CanSave   bool
	Facts     string // username and role
	TwoFactor string
	CanMove   bool // to a new phone, and to make recovery codes
	Recovery  string
	Few       string // that new codes are due
	SignedIn  []ownSession
	Recent    [][]string // when, and what
	Quiet     string     // that nothing happened
	Outcomes  [parts]outcome
	Error     string // why nothing newer is shown
}

// part is a part of the pane. What came of an act is said where it began.
type part int

const (
	partName part = iota
	partPhone
	partSessions

	parts
)

// outcome is what goes on in a part, or came of the last act there.
type outcome struct {
	IsBusy    bool
	CanCancel bool // what goes on takes long
	Said      string
	Error     string
}

// ownSession is a session of the user's own.
type ownSession struct {
	ID     string
	Text   string
	IsThis bool
}

// presenter decides what "My account" does.
type presenter struct {
	screen.Scope
	session *auth.Session
	pane    *screen.View[view]
	enrol   func(*auth.Move) // opens the dialog that leads to confirmMove, then moved, moveFailed or refresh
	onCodes func([]string)

	isLoaded  bool
	now       auth.Account
	recent    []auth.ActivityEntry
	name      string // as it was typed
	nameError string
	part      part // where the last act began
	outcome   outcome
	unread    string // why the account could not be read
	work      *screen.Task
}

func newPresenter(p presenter) *presenter {
	p.work = screen.NewTask(p.Scope, func() { p.show() })
	return &p
}

// refresh reads the account again; a name that was typed stays.
func (p *presenter) refresh() {
	var now auth.Account
	var recent []auth.ActivityEntry
	p.Go(func(ctx context.Context) (err error) {
		if now, err = p.session.Account(ctx); err != nil {
			return err
		}
		recent, err = p.session.MyActivity(ctx, recentEntries)
		return err
	}, func(err error) {
		switch {
		case p.IsOver(err):
			return
		case err != nil:
			p.unread = words.Error(err)
		default:
			p.take(now, recent)
		}
		p.show()
	})
}

func (p *presenter) take(now auth.Account, recent []auth.ActivityEntry) {
	if !p.isChanged() {
		p.name = now.Name
	}
	p.isLoaded, p.now, p.recent, p.unread = true, now, recent, ""
}

func (p *presenter) show() { p.pane.Show(p.view()) }

// isChanged says whether there is a name to save.
func (p *presenter) isChanged() bool { return p.isLoaded && p.name != p.now.Name }

// edit takes the name as it is typed. While something is stored it stays as it is.
func (p *presenter) edit(name string) {
	switch {
	case name == p.name || !p.isLoaded:
		return
	case p.work.IsBusy():
		p.pane.Forget() // the field has what was typed
	default:
		p.name, p.nameError, p.outcome = name, "", outcome{}
	}
	p.show()
}

// save stores the name.
func (p *presenter) save() {
	if !p.isChanged() || p.work.IsBusy() {
		return
	}
	name := p.name
	p.do(partName, func(ctx context.Context) error { return p.session.ChangeName(ctx, name) }, func() {
		p.now.Name = name // what is stored may be tidier, and is read next
		p.outcome.Said = lang.L("Saved.")
	})
}

// end ends another session of the user's own.
func (p *presenter) end(id string) {
	if p.work.IsBusy() {
		return
	}
	p.do(partSessions, func(ctx context.Context) error {
		err := p.session.EndSession(ctx, id)
		if errors.Is(err, auth.ErrNotFound) {
			return nil // it has ended by itself
		}
		return err
	}, func() { p.outcome.Said = lang.L("Signed out there.") })
}

// do does something quick. It can be cancelled until it is stored: a keyring may
// hang.
func (p *presenter) do(in part, act func(context.Context) error, done func()) {
	p.part, p.outcome, p.nameError = in, outcome{}, ""
	p.work.Start(act, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		done()
		p.show()
		p.refresh()
	})
}

// cancel stops what goes on.
func (p *presenter) cancel() { p.work.Cancel() }

func (p *presenter) failed(err error) {
	var field *auth.FieldError
	switch {
	case p.IsOver(err):
		return
	case errors.Is(err, context.Canceled):
		p.outcome.Error = lang.L("Cancelled. Look whether it was saved.")
		p.refresh()
	case errors.As(err, &field) && field.Field == auth.FieldName:
		p.nameError = words.Field(field)
	default:
		p.outcome.Error = words.Error(err)
	}
	p.show()
}

// newAct begins what a dialog is for; the account is read again after it.
func (p *presenter) newAct(d screen.Form) *screen.Act {
	return screen.NewAct(p.Scope, d, p.refresh, p.refresh)
}

// newCodes makes ten new recovery codes, and shows them.
func (p *presenter) newCodes(act *screen.Act) {
	var codes []string
	act.Done = func() { p.onCodes(codes) }
	act.Start(func(ctx context.Context) (err error) {
		codes, err = p.session.NewRecoveryCodes(ctx)
		return err
	})
}

func (p *presenter) view() view {
	v := view{
		IsReady: p.isLoaded, Name: p.name, NameError: p.nameError, CanSave: p.isChanged() && !p.work.IsBusy(),
		Error: p.unread,
	}
	v.Outcomes[p.part] = p.outcome
	v.Outcomes[p.part].IsBusy, v.Outcomes[p.part].CanCancel = p.work.IsBusy(), p.work.Stage() == screen.Stalled
	if !p.isLoaded {
		return v
	}
	now := p.Now()
	v.Facts = lang.L("Username: {{.Username}} · {{.Role}}", map[string]any{"Username": p.now.Username, "Role": pane.RoleText(p.now.Role)})
	v.TwoFactor, v.CanMove = ownTwoFactor(p.now), !p.now.Enrolled.IsZero()
	v.Recovery, v.Few = recoveryCodesText(p.now)
	for _, s := range p.now.SignedIn {
		v.SignedIn = append(v.SignedIn, ownSession{s.ID, ownSessionText(s, now), s.This})
	}
	for _, e := range p.recent {
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

package users

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// presenter decides what the pane "Users" does.
type presenter struct {
	screen.Scope
	session     *auth.Session
	pane        *screen.View[view]
	showOneTime func(oneTimeView)           // what an action gives to pass on
	open        func(action, auth.UserInfo) // the dialog of an action

	list     []auth.UserInfo
	reading  *screen.Task
	chosen   pane.Selection[auth.UserInfo]
	isAdded  bool   // a user was, and is chosen once they are in the list
	first    action // to begin with once the list is there
	firstFor string // id of the user whom that is for; "": nothing is
	good     string // what was just done
	message  string // why the list can't be shown
}

func newPresenter(s screen.Scope, session *auth.Session, shown *screen.View[view]) *presenter {
	return &presenter{
		Scope: s, session: session, pane: shown, reading: screen.NewTask(s, nil),
		chosen: pane.NewSelection(func(u auth.UserInfo) string { return u.ID }),
	}
}

// watch has the list read again and again while it is in sight: somebody may ask for help, and
// waits run out.
func (p *presenter) watch(inSight func() bool) {
	p.Every(pane.LookTime, func() {
		if inSight() {
			p.refresh()
		}
	})
}

// refresh reads the list again; who is chosen stays chosen.
func (p *presenter) refresh() {
	var now []auth.UserInfo
	p.reading.Replace(func(ctx context.Context) (err error) {
		now, err = p.session.Users(ctx)
		return err
	}, func(err error) {
		switch {
		case p.IsOver(err), errors.Is(err, auth.ErrLocked): // the next one tells
			return
		case err != nil:
			p.message = words.Error(err)
		default:
			p.take(now)
		}
		p.show()
		if err == nil {
			p.begin()
		}
	})
}

// help has the pane begin with an action for somebody who asked for help.
func (p *presenter) help(user string, a action) { p.chosen.ID, p.first, p.firstFor = user, a, user }

// begin begins with that action, once, unless it can't be done any more.
func (p *presenter) begin() {
	user, ok := p.user()
	isFor := ok && user.ID == p.firstFor
	p.firstFor = ""
	if !isFor {
		return
	}
	buttons, _ := actions(user)
	if slices.ContainsFunc(buttons, func(b actionView) bool { return b.Action == p.first && !b.Off }) {
		p.open(p.first, user)
	}
}

func (p *presenter) take(now []auth.UserInfo) {
	for _, user := range now {
		isOld := slices.ContainsFunc(p.list, func(old auth.UserInfo) bool { return old.ID == user.ID })
		if p.isAdded && !isOld {
			p.chosen.ID = user.ID
		}
	}
	p.list, p.message, p.isAdded = now, "", false
	p.chosen.Keep(now)
}

func (p *presenter) show() { p.pane.Show(p.view()) }

// choose says that a row was chosen.
func (p *presenter) choose(row int) {
	if p.chosen.Choose(p.list, row) {
		p.good = ""
		p.show()
	}
}

// user is the chosen one.
func (p *presenter) user() (user auth.UserInfo, ok bool) { return p.chosen.One(p.list) }

// newAct begins what a dialog is for; the list is read again after it.
func (p *presenter) newAct(d screen.Form) *screen.Act {
	p.good = ""
	return screen.NewAct(p.Scope, d, p.refresh, p.refresh)
}

// save stores what was typed of a user as they were when that began: of a new one,
// if they have no id. A new one gets a one-time password.
func (p *presenter) save(act *screen.Act, of auth.UserInfo, form auth.UserForm) {
	if of.ID != "" {
		was := auth.UserForm{Name: of.Name, Username: of.Username, Role: of.Role}
		act.Done = p.saying(lang.L("Saved {{.Name}}.", pane.Named(strings.TrimSpace(form.Name))))
		act.Start(func(ctx context.Context) error { return p.session.EditUser(ctx, of.ID, was, form) })
		return
	}
	done := p.saying(lang.L("Added {{.Name}}.", pane.Named(strings.TrimSpace(form.Name))))
	act.Done = func() {
		p.isAdded = true
		done()
	}
	p.giveOneTime(act, form.Name, func(ctx context.Context) (string, error) { return p.session.AddUser(ctx, form) })
}

// do does an action to a user.
func (p *presenter) do(act *screen.Act, a action, user auth.UserInfo, reason string) {
	act.Done = p.saying(doneText(a, user))
	switch a {
	case actionResetTwoFactor:
		p.resetTwoFactor(act, user, reason)
	case actionOneTimeCode:
		p.give(act, func(ctx context.Context) (oneTimeView, error) {
			code, err := p.session.NewOneTimeCode(ctx, user.ID)
			return oneTimeCode(user.Name, code), err
		})
	case actionLiftWait:
		act.Start(func(ctx context.Context) error { return p.session.LiftWait(ctx, user.ID) })
	case actionSignOut:
		act.Start(func(ctx context.Context) error { return p.session.SignOutUser(ctx, user.ID) })
	case actionDeactivate:
		act.Start(func(ctx context.Context) error { return p.session.Deactivate(ctx, user.ID) })
	case actionResetPassword:
		p.giveOneTime(act, user.Name, func(ctx context.Context) (string, error) { return p.session.ResetPassword(ctx, user.ID) })
	case actionReactivate:
		p.giveOneTime(act, user.Name, func(ctx context.Context) (string, error) { return p.session.Reactivate(ctx, user.ID) })
	}
}

// saying has the pane say what was done, and read the list again.
func (p *presenter) saying(text string) func() {
	return func() {
		p.good = text
		p.show()
		p.refresh()
	}
}

// resetTwoFactor resets it, and shows the hand-over code if there is one.
func (p *presenter) resetTwoFactor(act *screen.Act, user auth.UserInfo, reason string) {
	p.give(act, func(ctx context.Context) (oneTimeView, error) {
		code, err := p.session.ResetTwoFactor(ctx, user.ID, reason)
		if code == "" {
			return oneTimeView{}, err
		}
		return handOverCode(user.Name, code), err
	})
}

// giveOneTime starts what gives a one-time password, and shows that.
func (p *presenter) giveOneTime(act *screen.Act, name string, give func(context.Context) (string, error)) {
	p.give(act, func(ctx context.Context) (oneTimeView, error) {
		password, err := give(ctx)
		return oneTimePassword(name, password), err
	})
}

// give starts what gives something to pass on, and shows that.
func (p *presenter) give(act *screen.Act, give func(context.Context) (oneTimeView, error)) {
	var given oneTimeView
	done := act.Done
	act.Done = func() {
		if given.Secret != "" {
			p.showOneTime(given)
		}
		done()
	}
	act.Start(func(ctx context.Context) (err error) {
		given, err = give(ctx)
		return err
	})
}

package users

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// usersPane shows the pane, and the one-time password that some acts give.
type usersPane interface {
	show(usersView)
	showOneTime(oneTimeView)
	begin(act, auth.UserInfo) // opens the dialog of an act
}

// users decides what the pane "Users" does.
type users struct {
	screen.Scope
	session *auth.Session
	pane    usersPane

	list     []auth.UserInfo
	chosen   string // id of the user whose row is chosen
	first    act    // to be begun once the list is there
	firstFor string // id of the user whom that is for; "": nothing is
	reads    int    // readings that were begun: only the newest counts
	watching bool
	good     string // what was just done
	message  string // why the list can't be shown
	shown    usersView
}

// watch has the list read again and again, while it is in sight: somebody may
// ask for help, and waits run out.
func (u *users) watch(inSight func() bool) {
	u.refresh()
	if u.watching {
		return
	}
	u.watching = true
	u.Runner.Every(u.Ctx, pane.LookTime, func() {
		if inSight() {
			u.refresh()
		}
	})
}

// refresh reads the list again; who is chosen stays chosen.
func (u *users) refresh() { u.read(false) }

func (u *users) refreshAndChooseNew() { u.read(true) }

func (u *users) read(chooseNew bool) {
	u.reads++
	number := u.reads
	var now []auth.UserInfo
	u.Runner.Go(u.Ctx, func(ctx context.Context) (err error) {
		now, err = u.session.Users(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			u.OnEnded(err)
			return
		case number != u.reads && !chooseNew:
			return // what was read later counts
		case errors.Is(err, auth.ErrLocked):
			return // the next one tells
		case err != nil:
			u.message = words.Error(err)
		default:
			u.take(now, chooseNew)
		}
		u.show()
		if err == nil {
			u.begin()
		}
	})
}

// help has the pane begin with an act for somebody who asked for help.
func (u *users) help(user string, a act) { u.chosen, u.first, u.firstFor = user, a, user }

// begin begins with that act, once, unless it can't be done any more.
func (u *users) begin() {
	user, ok := u.user()
	isFor := ok && user.ID == u.firstFor
	u.firstFor = ""
	if !isFor {
		return
	}
	views, _ := acts(user)
	if slices.ContainsFunc(views, func(v actView) bool { return v.Act == u.first && !v.Off }) {
		u.pane.begin(u.first, user)
	}
}

func (u *users) take(now []auth.UserInfo, chooseNew bool) {
	for _, user := range now {
		isOld := slices.ContainsFunc(u.list, func(old auth.UserInfo) bool { return old.ID == user.ID })
		if chooseNew && !isOld {
			u.chosen = user.ID
		}
	}
	u.list, u.message = now, ""
	if u.row() < 0 && len(now) > 0 {
		u.chosen = now[0].ID
	}
}

// show shows the view if it changed.
func (u *users) show() {
	if v := u.view(); !reflect.DeepEqual(v, u.shown) {
		u.shown = v
		u.pane.show(v)
	}
}

// choose says that a row was chosen.
func (u *users) choose(row int) {
	if row >= 0 && row < len(u.list) && row != u.row() {
		u.chosen, u.good = u.list[row].ID, ""
		u.show()
	}
}

// row is the chosen one, or -1.
func (u *users) row() int {
	return slices.IndexFunc(u.list, func(user auth.UserInfo) bool { return user.ID == u.chosen })
}

// user is the chosen one.
func (u *users) user() (user auth.UserInfo, ok bool) {
	if row := u.row(); row >= 0 {
		return u.list[row], true
	}
	return auth.UserInfo{}, false
}

// newTask begins what a dialog is for; the list is read again after it.
func (u *users) newTask(d screen.Form) *screen.Act {
	u.good = ""
	return screen.NewAct(u.Scope, d, u.refresh, u.refresh)
}

// save stores what was typed of a user as they were when that began: of a new one,
// if they have no id. A new one gets a one-time password.
func (u *users) save(t *screen.Act, of auth.UserInfo, form auth.UserForm) {
	if of.ID != "" {
		was := auth.UserForm{Name: of.Name, Username: of.Username, Role: of.Role}
		t.Done = u.saying(lang.L("Saved {{.Name}}.", pane.Named(strings.TrimSpace(form.Name))), u.refresh)
		t.Start(func(ctx context.Context) error { return u.session.EditUser(ctx, of.ID, was, form) })
		return
	}
	t.Done = u.saying(lang.L("Added {{.Name}}.", pane.Named(strings.TrimSpace(form.Name))), u.refreshAndChooseNew)
	u.giveOneTime(t, form.Name, func(ctx context.Context) (string, error) { return u.session.AddUser(ctx, form) })
}

// do does an act to a user.
func (u *users) do(t *screen.Act, a act, user auth.UserInfo, reason string) {
	t.Done = u.saying(doneText(a, user), u.refresh)
	switch a {
	case actResetTwoFactor:
		u.resetTwoFactor(t, user, reason)
	case actOneTimeCode:
		u.give(t, func(ctx context.Context) (oneTimeView, error) {
			code, err := u.session.NewOneTimeCode(ctx, user.ID)
			return oneTimeCode(user.Name, code), err
		})
	case actLiftWait:
		t.Start(func(ctx context.Context) error { return u.session.LiftWait(ctx, user.ID) })
	case actSignOut:
		t.Start(func(ctx context.Context) error { return u.session.SignOutUser(ctx, user.ID) })
	case actDeactivate:
		t.Start(func(ctx context.Context) error { return u.session.Deactivate(ctx, user.ID) })
	case actResetPassword:
		u.giveOneTime(t, user.Name, func(ctx context.Context) (string, error) { return u.session.ResetPassword(ctx, user.ID) })
	case actReactivate:
		u.giveOneTime(t, user.Name, func(ctx context.Context) (string, error) { return u.session.Reactivate(ctx, user.ID) })
	}
}

// saying has the pane say what was done.
func (u *users) saying(text string, done func()) func() {
	return func() {
		u.good = text
		u.show()
		done()
	}
}

// resetTwoFactor resets it, and shows the hand-over code if there is one.
func (u *users) resetTwoFactor(t *screen.Act, user auth.UserInfo, reason string) {
	u.give(t, func(ctx context.Context) (oneTimeView, error) {
		code, err := u.session.ResetTwoFactor(ctx, user.ID, reason)
		if code == "" {
			return oneTimeView{}, err
		}
		return handOverCode(user.Name, code), err
	})
}

// giveOneTime starts an act that gives a one-time password, and shows that.
func (u *users) giveOneTime(t *screen.Act, name string, give func(context.Context) (string, error)) {
	u.give(t, func(ctx context.Context) (oneTimeView, error) {
		password, err := give(ctx)
		return oneTimePassword(name, password), err
	})
}

// give starts an act that gives something to pass on, and shows that.
func (u *users) give(t *screen.Act, act func(context.Context) (oneTimeView, error)) {
	var given oneTimeView
	listAgain := t.Done
	t.Done = func() {
		if given.Secret != "" {
			u.pane.showOneTime(given)
		}
		listAgain()
	}
	t.Start(func(ctx context.Context) (err error) {
		given, err = act(ctx)
		return err
	})
}

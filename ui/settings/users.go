package settings

import (
	"context"
	"errors"
	"slices"

	"anteroom/auth"
	"anteroom/ui/words"
)

// usersPane shows the pane, and the one-time password that some acts give.
type usersPane interface {
	show(usersView)
	showOneTime(oneTimeView)
}

// users decides what the pane "Users" does.
type users struct {
	office
	session userKeeper
	pane    usersPane

	list    []auth.UserInfo
	chosen  string // id of the user whose row is chosen
	message string // why the list can't be shown
}

// refresh reads the list again; who is chosen stays chosen.
func (u *users) refresh() { u.read(false) }

func (u *users) refreshAndChooseNew() { u.read(true) }

func (u *users) read(chooseNew bool) {
	var now []auth.UserInfo
	u.runner.Go(u.ctx, func(ctx context.Context) (err error) {
		now, err = u.session.Users(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			u.ended(err)
			return
		case err != nil:
			u.message = words.Error(err)
		default:
			u.take(now, chooseNew)
		}
		u.pane.show(u.view())
	})
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

// choose says that a row was chosen.
func (u *users) choose(row int) {
	if row >= 0 && row < len(u.list) && row != u.row() {
		u.chosen = u.list[row].ID
		u.pane.show(u.view())
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
func (u *users) newTask(d taskDialog) *task {
	return &task{office: u.office, dialog: d, done: u.refresh, unsure: u.refresh}
}

// save stores what was typed of a user: of a new one, if id is empty. A new
// one gets a one-time password.
func (u *users) save(t *task, id string, form auth.UserForm) {
	if id != "" {
		t.start(func(ctx context.Context) error { return u.session.EditUser(ctx, id, form) })
		return
	}
	t.done = u.refreshAndChooseNew
	u.giveOneTime(t, form.Name, func(ctx context.Context) (string, error) { return u.session.AddUser(ctx, form) })
}

// do does an act to a user.
func (u *users) do(t *task, a act, user auth.UserInfo, reason string) {
	switch a {
	case actResetTwoFactor:
		t.start(func(ctx context.Context) error {
			_, err := u.session.ResetTwoFactor(ctx, user.ID, reason)
			return err
		})
	case actDeactivate:
		t.start(func(ctx context.Context) error { return u.session.Deactivate(ctx, user.ID) })
	case actResetPassword:
		u.giveOneTime(t, user.Name, func(ctx context.Context) (string, error) { return u.session.ResetPassword(ctx, user.ID) })
	case actReactivate:
		u.giveOneTime(t, user.Name, func(ctx context.Context) (string, error) { return u.session.Reactivate(ctx, user.ID) })
	}
}

// giveOneTime starts an act that gives a one-time password, and shows that.
func (u *users) giveOneTime(t *task, name string, give func(context.Context) (string, error)) {
	var oneTime string
	listAgain := t.done
	t.done = func() {
		u.pane.showOneTime(oneTimeView{Name: name, Password: oneTime})
		listAgain()
	}
	t.start(func(ctx context.Context) (err error) {
		oneTime, err = give(ctx)
		return err
	})
}

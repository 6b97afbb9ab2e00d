package auth_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// What is decided in one step and done in a later one is done to what was decided
// on, or not at all.

// TestKitReplacedDuringRestore: a kit that was replaced after a backup was looked at
// does not open the practice again, and neither does the backup's own.
func TestKitReplacedDuringRestore(t *testing.T) {
	for name, c := range map[string]func(w *world, r *auth.Restore, makeKit func()){
		"before it was confirmed": func(w *world, r *auth.Restore, makeKit func()) {
			makeKit()
			w.must(r.Confirm(w.ctx))
		},
		"after it was confirmed": func(w *world, r *auth.Restore, makeKit func()) {
			w.must(r.Confirm(w.ctx))
			makeKit()
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			path, backups := w.backUp(), w.kit
			w.clock.Advance(time.Minute)
			w.newKit()
			lookedAt := w.kit
			r, err := w.anna.OpenRestore(w.ctx, path)
			w.must(err)
			c(w, r, w.newKit)
			w.run(r)
			for _, old := range []string{backups, lookedAt} {
				w.refused(w.kitOpens(old), auth.ErrKitWrong)
			}
			w.must(w.kitOpens(w.kit))
			w.practice = w.reopened()
		})
	}
}

// TestRestoreByWhoMayNot: what an admin confirmed is not done any more where they
// are no such admin, or everything was changed under them.
func TestRestoreByWhoMayNot(t *testing.T) {
	for name, c := range map[string]struct {
		change func(w *world, anna string)
		want   error
	}{
		"deactivated": {func(w *world, anna string) { w.must(w.anna.Deactivate(w.ctx, anna)) }, auth.ErrConflict},
		"staff": {func(w *world, anna string) {
			w.must(w.edit(anna, auth.UserForm{Name: "Anna Smith", Username: "asmith", Role: auth.Staff}))
		}, auth.ErrConflict},
		"new password": {func(w *world, anna string) {
			_, err := w.anna.ResetPassword(w.ctx, anna)
			w.must(err)
		}, auth.ErrConflict},
		"older data": {func(w *world, _ string) {
			rows := w.memory.Rows()
			w.signInAnna(nil)
			w.memory.Put(rows)
		}, auth.ErrRolledBack},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			path := w.backUp()
			w.clock.Advance(time.Minute)
			cara := w.cara()
			r := w.withSession(path)
			anna := w.idOf("Anna Smith")
			w.stepUp(cara, annaPassword, nil)
			w.anna = cara
			c.change(w, anna)
			before := w.memory.Rows()
			_, _, err := r.Run(w.ctx)
			w.refused(err, c.want)
			w.unchanged(before)
		})
	}
}

// TestChangedDuringRestore: what somebody changes while the copy is sealed again is not
// lost: the restore has to be looked at again.
func TestChangedDuringRestore(t *testing.T) {
	for name, open := range map[string]func(w *world, path string) *auth.Restore{
		"kit":     (*world).withKit,
		"session": (*world).withSession,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.ben()
			ben := w.idOf("Ben Jones")
			other := w.linkedByKit()
			other.signInAnna(nil)
			path := w.backUp()
			w.clock.Advance(time.Minute)
			other.stepUp(other.anna, annaPassword, nil)
			r := open(w, path)
			items := w.keyring.Items()
			w.keyring.Fail = func(op, _ string) error {
				if op == "set" { // the anchor of what comes: the copy is ready
					w.keyring.Fail = nil
					w.must(other.anna.Deactivate(w.ctx, ben))
				}
				return nil
			}
			_, _, err := r.Run(w.ctx)
			w.refused(err, auth.ErrConflict)
			if !reflect.DeepEqual(w.keyring.Items(), items) {
				t.Error("the keyring changed")
			}
			w.practice = w.reopened()
			w.signInAnna(nil)
			w.holdUsers("Anna Smith")
		})
	}
}

// TestKitReplacedDuringRescue: a kit that was replaced after it was typed opens
// nothing, whether or not this computer is linked.
func TestKitReplacedDuringRescue(t *testing.T) {
	for name, lose := range map[string]func(w *world) *world{
		"all is well": func(w *world) *world { return w },
		"no mark": func(w *world) *world {
			_, anchor := w.items()
			w.must(w.keyring.Delete(w.ctx, anchor))
			return w
		},
		"not linked": (*world).desk,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			elsewhere := w.linkedByCode()
			r := lose(w).rescue()
			elsewhere.signInAnna(nil)
			elsewhere.newKit()
			before := w.memory.Rows()
			_, err := r.Open(w.ctx, false)
			w.refused(err, auth.ErrConflict)
			w.unchanged(before)
		})
	}
}

// TestOlderDataOvertaken: who accepts older data accepts what they were told of.
func TestOlderDataOvertaken(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByKit()
	old := w.memory.Rows()
	other.signInAnna(nil)
	w.memory.Put(old)
	r := other.rescue()
	w.refused(r.Report().History, auth.ErrRolledBack)
	w.practice = w.reopened() // never saw the newer
	w.signInAnna(nil)
	before := w.memory.Rows()
	_, err := r.Open(w.ctx, true)
	w.refused(err, auth.ErrConflict)
	w.unchanged(before)
}

// TestKitOvertaken: a kit that is confirmed takes the place of the one that was there
// when it was begun, and of no other.
func TestKitOvertaken(t *testing.T) {
	for name, begin := range map[string]func(testing.TB) *world{"first": newWorldWithoutKit, "next": newWorld} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			cara := w.cara()
			w.must(w.anna.StepUp(w.ctx, annaPassword, ""))
			k, err := w.anna.NewKit(w.ctx)
			w.must(err)
			w.must(cara.StepUp(w.ctx, annaPassword, ""))
			faster, err := authtest.MakeKit(w.ctx, cara)
			w.must(err)
			before := w.memory.Rows()
			w.refused(w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil), auth.ErrConflict)
			w.unchanged(before)
			w.must(w.kitOpens(faster))
		})
	}
}

// TestEditOvertaken: who saves a user over what another admin saved undoes nothing.
func TestEditOvertaken(t *testing.T) {
	w := newWorld(t)
	w.ben()
	ben := w.idOf("Ben Jones")
	was := auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff}
	admin := was
	admin.Role = auth.Admin
	w.must(w.anna.EditUser(w.ctx, ben, was, admin))
	w.must(w.anna.EditUser(w.ctx, ben, admin, was)) // taken back by another admin
	renamed := admin
	renamed.Name = "Ben Jonas"
	before := w.memory.Rows()
	w.refused(w.anna.EditUser(w.ctx, ben, admin, renamed), auth.ErrConflict)
	w.unchanged(before)
}

// TestRenameOvertaken: a form that was filled before another admin gave the practice
// a new name does not bring the old one back.
func TestRenameOvertaken(t *testing.T) {
	w := newWorld(t)
	was, old := w.policy(), w.practice.Name()
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: "Mill Lane", WasName: old, Policy: was, Was: was}))
	shorter := was
	shorter.Idle = auth.MinIdle
	before := w.memory.Rows()
	w.refused(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: old, WasName: old, Policy: shorter, Was: was}), auth.ErrConflict)
	w.unchanged(before)
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: "Mill Lane", WasName: old, Policy: shorter, Was: was}))
}

// TestZone: an admin gives the practice another time zone, which the activity tells; a form
// that was filled before does not bring the old one back.
func TestZone(t *testing.T) {
	w := newWorld(t)
	was := w.policy()
	save := func(zone, from string) error {
		return w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: w.practice.Name(), Zone: zone, WasZone: from, Policy: was, Was: was})
	}
	w.must(save("Australia/Perth", ""))
	if e := w.newest(); e.Event != auth.EventZone || e.Detail != "Australia/Perth" || w.anna.Zone().Name != "Australia/Perth" {
		t.Errorf("%+v; it is %v", e, w.anna.Zone())
	}
	before := w.memory.Rows()
	w.refused(save("Australia/Sydney", ""), auth.ErrConflict)
	w.unchanged(before)
	w.must(save("", "")) // as it is
	w.must(w.anna.ReadRecords(w.ctx, func(r *auth.RecordReader) error {
		if r.Zone() != (auth.Zone{Name: "Australia/Perth", Changes: 1}) {
			t.Errorf("it is read as %v", r.Zone())
		}
		return nil
	}))
}

// TestTurnOnOvertaken: it ends the sessions that the admin was told of, and no others;
// and an authenticator that was set up in vain is no surprise later.
func TestTurnOnOvertaken(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	e, err := w.anna.NewEnrolment(w.ctx)
	w.must(err)
	p := scan(t, e)
	was := w.policy()
	on := was
	on.TwoFactor = true
	form := auth.SettingsForm{Name: w.practice.Name(), Policy: on, Was: was, Ends: w.sessions(), Enrolment: e}
	ben := w.ben()
	form.Code = p.code(w.clock.Now())
	before := w.memory.Rows()
	w.refused(w.anna.SaveSettings(w.ctx, form), auth.ErrConflict)
	w.unchanged(before)
	w.must(ben.Check(w.ctx))
	form.Ends = w.sessions()
	w.must(w.anna.SaveSettings(w.ctx, form))
	w.refused(ben.Check(w.ctx), auth.ErrSessionEnded)

	// Off again, and on with another barcode: she is enrolled already.
	w.clock.Advance(totp.Period)
	w.signInAnna(p)
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: form.Name, Policy: was, Was: on}))
	form.Ends = nil
	form.Enrolment, err = w.anna.NewEnrolment(w.ctx)
	w.must(err)
	form.Code = scan(t, form.Enrolment).code(w.clock.Now())
	w.refused(w.anna.SaveSettings(w.ctx, form), auth.ErrConflict)
}

// TestDismissOvertaken: a request for help that was seen is put aside, and not one
// that came since.
func TestDismissOvertaken(t *testing.T) {
	c := newClinic(t)
	_, err := c.asked(auth.StepCode).AskForHelp(c.ctx)
	c.must(err)
	seen := c.seen().Help
	c.clock.Advance(time.Hour)
	_, err = c.asked(auth.StepCode).AskForHelp(c.ctx)
	c.must(err)
	c.refused(c.anna.DismissHelp(c.ctx, c.benID, seen), auth.ErrNotFound)
	if c.seen().Help.IsZero() {
		t.Error("the newer one is gone")
	}
	c.must(c.anna.DismissHelp(c.ctx, c.benID, c.seen().Help))
}

// TestKeptOvertaken: recovery codes that another sign-in showed since are not put
// away by who put the void ones away.
func TestKeptOvertaken(t *testing.T) {
	c := newClinic(t)
	first := c.ben
	second := c.signInBen()
	if len(second.Recovery) != 10 {
		t.Fatalf("%q", second.Recovery)
	}
	c.refused(first.KeptRecoveryCodes(c.ctx), auth.ErrConflict)
	c.clock.Advance(totp.Period)
	third := c.signInBen()
	if len(third.Recovery) != 10 {
		t.Fatal("nobody has codes that count")
	}
	c.must(third.Session.KeptRecoveryCodes(c.ctx))
}

// busyLocation is a place where something happens before a transaction of a number.
type busyLocation struct {
	*authtest.Memory
	until  int // how many transactions come before it
	happen func()
}

func (p *busyLocation) Open(context.Context) (auth.Store, error) { return p, nil }

func (p *busyLocation) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if p.until--; p.until == 0 {
		p.happen()
	}
	return p.Memory.Update(ctx, fn)
}

// TestStepUpOvertaken: the password from before is no proof together with a code of
// after it was changed.
func TestStepUpOvertaken(t *testing.T) {
	c := newClinic(t)
	location := &busyLocation{Memory: c.memory}
	d := c.deps()
	d.Location = location
	p, err := auth.Open(c.ctx, d)
	c.must(err)
	c.practice = p
	ben := c.signInBen().Session
	c.clock.Advance(time.Hour)
	location.until = 3 // the password is charged and judged
	location.happen = func() { c.must(ben.ChangePassword(c.ctx, benPassword, "copper lantern by the sea")) }
	c.refused(ben.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())), auth.ErrConflict)
	need, err := ben.StepUpNeed(c.ctx)
	c.must(err)
	if need.Fresh {
		t.Error("it counts")
	}
}

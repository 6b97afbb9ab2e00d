package auth_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/vault"
)

// newWorldWithoutKit is a practice on its first day, "Print it later today" pressed.
func newWorldWithoutKit(t testing.TB) *world {
	w := &world{
		t: t, ctx: context.Background(),
		clock: authtest.NewClock(), keyring: authtest.NewKeyring(), memory: &authtest.Memory{},
	}
	var err error
	w.practice, w.anna, err = auth.SetUp(w.ctx, w.deps(), auth.SetUpForm{
		Practice: "Brook Street & Söhne: Clinic", Name: "Anna Smith", Username: "asmith", Password: annaPassword,
	})
	w.must(err)
	return w
}

// newKit has Anna make another kit, which is the one that w knows from then on.
func (w *world) newKit() {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	var err error
	w.kit, err = authtest.MakeKit(w.ctx, w.anna)
	w.must(err)
}

// kitOpens says how the kit of that key answers.
func (w *world) kitOpens(key string) error {
	w.t.Helper()
	r, err := auth.OpenRescue(w.ctx, w.deps(), key)
	if err != nil {
		return err
	}
	if !r.Report().Opens || len(r.Report().Findings) != 0 {
		w.t.Fatalf("%+v", r.Report())
	}
	return r.Close()
}

// with is the world with other rows in the database: a copy kept before.
func (w *world) with(rows authtest.Rows) *world {
	copied := *w
	copied.memory = &authtest.Memory{}
	copied.memory.Put(rows)
	return &copied
}

// differs fails the test unless err is about the last group.
func (w *world) differs(err error) {
	w.t.Helper()
	var field *auth.FieldError
	if !errors.As(err, &field) || *field != (auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers}) {
		w.t.Fatalf("got %v", err)
	}
}

// TestKitValidOnceConfirmed, and not before: by the last group, as it is
// printed.
func TestKitValidOnceConfirmed(t *testing.T) {
	w := newWorldWithoutKit(t)
	before := w.memory.Rows()
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	groups := k.Groups()
	key, last := strings.Join(groups, " "), groups[7]
	if len(groups) != 8 || len(last) != 5 || k.Practice() != w.practice.Name() || k.By() != "Anna Smith" || !k.Made().Equal(w.clock.Now()) {
		t.Fatalf("%d groups, practice %q, by %q, %v", len(groups), k.Practice(), k.By(), k.Made())
	}
	for _, wrong := range []string{"", groups[6], last[:4], last + "0", key, "*****"} {
		w.differs(w.anna.ConfirmKit(w.ctx, k, wrong, nil))
	}
	w.unchanged(before)
	w.refused(w.kitOpens(key), auth.ErrNoKit)
	w.refused(w.anna.CheckKit(w.ctx, key), auth.ErrNoKit)
	info, err := w.anna.Kit(w.ctx)
	w.must(err)
	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	if info != (auth.KitInfo{}) || !o.KitMissing {
		t.Fatalf("%+v, missing: %v", info, o.KitMissing)
	}

	w.must(w.anna.ConfirmKit(w.ctx, k, last, nil))
	w.must(w.kitOpens(key))
	info, err = w.anna.Kit(w.ctx)
	w.must(err)
	o, err = w.anna.Overview(w.ctx)
	w.must(err)
	if !info.Made.Equal(k.Made()) || info.By != "Anna Smith (asmith)" || info.Number != k.Number() || o.KitMissing {
		t.Fatalf("%+v, missing: %v", info, o.KitMissing)
	}
	if strings.Contains(strings.Join(groups, ""), strings.ReplaceAll(k.Number(), "-", "")) {
		t.Error("the page's number is of the secret")
	}
	w.reopened()
}

// TestLastGroupAsPeopleType: case, what stands between and the letters that
// look like digits don't matter.
func TestLastGroupAsPeopleType(t *testing.T) {
	letters := strings.NewReplacer("0", "o", "1", "l")
	for name, type_ := range map[string]func(string) string{
		"lower case":  strings.ToLower,
		"a space":     func(g string) string { return " " + g[:2] + " " + g[2:] + "\n" },
		"a dash":      func(g string) string { return g[:3] + "-" + g[3:] },
		"letters":     letters.Replace,
		"big letters": func(g string) string { return strings.ToUpper(letters.Replace(g)) },
	} {
		w := newWorldWithoutKit(t)
		k, err := w.anna.NewKit(w.ctx)
		w.must(err)
		if err := w.anna.ConfirmKit(w.ctx, k, type_(k.Groups()[7]), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFirstKitNeedsNoStepUp only in the session that set the practice up, in
// its first 15 minutes, and while there is no kit.
func TestFirstKitNeedsNoStepUp(t *testing.T) {
	const formTime = 15 * time.Minute
	for name, c := range map[string]struct {
		before func(w *world) // NewKit
		within func(w *world) // the time from NewKit to ConfirmKit
		newKit error
		want   error
	}{
		"at once":                  {},
		"just in time":             {within: func(w *world) { w.clock.Advance(formTime - time.Millisecond) }},
		"too late":                 {before: func(w *world) { w.clock.Advance(formTime) }, newKit: auth.ErrStepUp},
		"too late to confirm":      {within: func(w *world) { w.clock.Advance(formTime) }, want: auth.ErrStepUp},
		"signed in anew":           {before: func(w *world) { w.signInAnna(nil) }, newKit: auth.ErrStepUp},
		"signed in anew to do it":  {within: func(w *world) { w.signInAnna(nil) }, want: auth.ErrStepUp},
		"another admin":            {before: func(w *world) { w.anna = w.cara() }, newKit: auth.ErrStepUp},
		"another admin to confirm": {within: func(w *world) { w.anna = w.cara() }, want: auth.ErrStepUp},
		"there is one already": {before: func(w *world) {
			_, err := authtest.MakeKit(w.ctx, w.anna)
			w.must(err)
		}, newKit: auth.ErrStepUp},
		"set up on another computer": {before: func(w *world) {
			w.practice = w.reopened()
			w.signInAnna(nil)
		}, newKit: auth.ErrStepUp},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorldWithoutKit(t)
			if c.before != nil {
				c.before(w)
			}
			k, err := w.anna.NewKit(w.ctx)
			if c.newKit != nil {
				w.refused(err, c.newKit)
				return
			}
			w.must(err)
			if c.within != nil {
				c.within(w)
			}
			before := w.memory.Rows()
			err = w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil)
			if c.want != nil {
				w.refused(err, c.want)
				w.unchanged(before)
				w.stepUp(w.anna, annaPassword, nil)
				w.must(w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil))
				o, err := w.anna.Overview(w.ctx)
				w.must(err)
				w.told(auth.NewsKitMade, o.Name+" ("+o.Username+")", "")
				return
			}
			w.must(err)
			if len(w.news()) != 0 {
				t.Errorf("who made it in the set-up is told of it: %q", w.news())
			}
		})
	}
}

// TestKitDue: from the second day on an admin is asked for it at sign-in, and
// two-factor is not turned on without it.
func TestKitDue(t *testing.T) {
	in(t, "Pacific/Auckland")
	w := newWorldWithoutKit(t)
	w.ben()
	due := func(username, password string, want bool) {
		t.Helper()
		state, err := w.practice.NewAttempt().Password(w.ctx, username, password)
		w.must(err)
		if state.KitDue != want {
			t.Errorf("%s at %v: %v", username, w.clock.Now().Local(), state.KitDue)
		}
	}
	due("asmith", annaPassword, false)
	w.clock.Advance(3 * time.Hour) // over midnight
	due("bjones", benPassword, false)
	due("asmith", annaPassword, true)

	w.stepUp(w.anna, annaPassword, nil)
	before := w.memory.Rows()
	w.refused(w.anna.SaveSettings(w.ctx, auth.SettingsForm{
		Name: w.practice.Name(), Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Daily}, Was: w.policy(),
	}), auth.ErrKitNeeded)
	w.unchanged(before)
	w.newKit()
	due("asmith", annaPassword, false)
	w.turnOn(auth.Daily)
}

// cara is a second admin, signed in.
func (w *world) cara() *auth.Session {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	oneTime, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Admin})
	w.must(err)
	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "clind", oneTime)
	w.must(err)
	state, err := a.NewPassword(w.ctx, annaPassword) // the same as Anna's, for stepUp
	w.must(err)
	return state.Session
}

// TestSecondKit: it needs step-up and re-keys the practice. The old one opens
// nothing that is written from then on, and still what was kept before.
func TestSecondKit(t *testing.T) {
	w := newWorld(t)
	w.put("p1", "Grete Muster")
	w.put("p2", "Ola Nordmann")
	w.clock.Advance(time.Hour)
	old, kept := w.kit, w.memory.Rows()
	first, err := w.anna.Kit(w.ctx)
	w.must(err)
	_, err = w.anna.NewKit(w.ctx)
	w.refused(err, auth.ErrStepUp)
	w.newKit()
	w.told(auth.NewsKitMade, "Anna Smith (asmith)", "")
	second, err := w.anna.Kit(w.ctx)
	w.must(err)
	if second.Number == first.Number || !second.Made.After(first.Made) {
		t.Errorf("%+v, then %+v", first, second)
	}

	w.refused(w.anna.CheckKit(w.ctx, old), auth.ErrKitWrong)
	w.must(w.anna.CheckKit(w.ctx, w.kit))
	w.refused(w.kitOpens(old), auth.ErrKitWrong)
	w.must(w.kitOpens(w.kit))
	w.allDiffer(kept, w.memory.Rows())

	copied := w.with(kept)
	copied.keyring = authtest.NewKeyring() // of somebody who has the copy
	w.refused(copied.kitOpens(w.kit), auth.ErrKitWrong)
	w.must(copied.kitOpens(old))
	copied.kit = old
	copied.practice = copied.rescued(false)
	copied.signInAnna(nil)
	copied.reads("p1", "Grete Muster")

	// The new records among the old rows: the old kit opens none of them.
	mixed := kept
	mixed.Records = w.memory.Rows().Records
	copied.memory.Put(mixed)
	r, err := auth.OpenRescue(w.ctx, copied.deps(), old)
	w.must(err)
	if f := r.Report().Findings; !slices.Contains(f, auth.Finding{Kind: auth.FindingRecords, Count: 2}) {
		t.Fatalf("%+v", f)
	}
	w.reads("p1", "Grete Muster")
	w.logIntact()
	w.practice = w.reopened()
	w.signInAnna(nil)
	w.reads("p2", "Ola Nordmann")
}

// TestCheckKit says yes, no, or what is wrong with how it was typed.
func TestCheckKit(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	groups := strings.Fields(w.kit)
	turned := slices.Clone(groups)
	turned[2], turned[5] = turned[5], turned[2]
	mixed := slices.Clone(groups)
	mixed[7] = strings.Fields(foreign.kit)[7]
	for name, c := range map[string]struct {
		typed string
		want  error
	}{
		"as printed":          {w.kit, nil},
		"in lower case":       {strings.ToLower(w.kit), nil},
		"without spaces":      {strings.Join(groups, ""), nil},
		"another practice's":  {foreign.kit, auth.ErrKitWrong},
		"random":              {strings.Join(vault.NewKitSecret().Groups(), " "), auth.ErrKitWrong},
		"groups turned":       {strings.Join(turned, " "), auth.TypoError{Group: 3}},
		"a symbol missing":    {w.kit[:len(w.kit)-1], auth.TypoError{Group: 8}},
		"a group missing":     {strings.Join(groups[:7], " "), auth.LengthError{Got: 35, Want: 40}},
		"another kit's group": {strings.Join(mixed, " "), auth.ErrChecksum},
		"nothing":             {"", auth.LengthError{Got: 0, Want: 40}},
	} {
		before := w.memory.Rows()
		if err := w.anna.CheckKit(w.ctx, c.typed); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if c.want != nil && !errors.Is(c.want, auth.ErrKitWrong) && !errors.Is(w.anna.CheckKit(w.ctx, c.typed), auth.ErrPrinted) {
			t.Errorf("%s: is not ErrPrinted", name)
		}
		w.unchanged(before)
	}
}

// TestStaffRefusedKeys: auth refuses Staff everything about kit, computers and
// backups.
func TestStaffRefusedKeys(t *testing.T) {
	w := newWorld(t)
	ben := w.ben()
	w.must(ben.StepUp(w.ctx, benPassword, ""))
	other := w.linkedByCode()
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	file, err := w.anna.BackUp(w.ctx, nil)
	if errors.Is(err, auth.ErrFolder) {
		t.Fatal(err)
	}
	w.must(err)
	there := w.elsewhere().ID
	before := w.memory.Rows()
	for name, do := range map[string]func() error{
		"NewKit":             func() error { _, err := ben.NewKit(w.ctx); return err },
		"ConfirmKit":         func() error { return ben.ConfirmKit(w.ctx, k, k.Groups()[7], nil) },
		"CheckKit":           func() error { return ben.CheckKit(w.ctx, w.kit) },
		"Kit":                func() error { _, err := ben.Kit(w.ctx); return err },
		"Computers":          func() error { _, err := ben.Computers(w.ctx); return err },
		"RenameComputer":     func() error { return ben.RenameComputer(w.ctx, there, "x") },
		"Unlink":             func() error { return ben.Unlink(w.ctx, there, nil) },
		"NewLinkingCode":     func() error { _, err := ben.NewLinkingCode(w.ctx); return err },
		"IsLinkingCodeValid": func() error { _, err := ben.IsLinkingCodeValid(w.ctx, ""); return err },
		"Backups":            func() error { _, err := ben.Backups(w.ctx); return err },
		"SetBackupFolder":    func() error { return ben.SetBackupFolder(w.ctx, "") },
		"BackUp":             func() error { _, err := ben.BackUp(w.ctx, nil); return err },
		"OpenRestore":        func() error { _, err := ben.OpenRestore(w.ctx, file.Path); return err },
		"VerifyActivity":     func() error { _, err := ben.VerifyActivity(w.ctx, nil); return err },
		"Activity":           func() error { _, err := ben.Activity(w.ctx, auth.ActivityFilter{}, 0, 1); return err },
		"SecurityStatus":     func() error { _, err := ben.SecurityStatus(w.ctx); return err },
	} {
		if err := do(); !errors.Is(err, auth.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.unchanged(before)
	other.reopened()
}

// ben is a Staff user, signed in.
func (w *world) ben() *auth.Session {
	w.t.Helper()
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "bjones", w.addBen())
	w.must(err)
	state, err := a.NewPassword(w.ctx, benPassword)
	w.must(err)
	return state.Session
}

// TestForgottenKit: a kit that was forgotten is none.
func TestForgottenKit(t *testing.T) {
	w := newWorldWithoutKit(t)
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	k.Forget()
	if err := w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil); err == nil {
		t.Errorf("a kit of nothing but zeros counts: %q", strings.Join(k.Groups(), " "))
	}
}

// TestKitConfirmedTwice: a kit confirmed twice is confirmed, and re-keys
// nothing.
func TestKitConfirmedTwice(t *testing.T) {
	w := newWorldWithoutKit(t)
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	w.must(w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil))
	before := w.memory.Rows()
	w.must(w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil))
	if !reflect.DeepEqual(w.memory.Rows().Envelopes, before.Envelopes) {
		t.Error("re-keyed")
	}
}

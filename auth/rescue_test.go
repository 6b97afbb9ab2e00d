package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// rescue opens the kit's report at this computer.
func (w *world) rescue() *auth.Rescue {
	w.t.Helper()
	r, err := auth.OpenRescue(w.ctx, w.deps(), w.kit)
	w.must(err)
	return r
}

// rescued opens the practice with the kit.
func (w *world) rescued(anyHistory bool) *auth.Practice {
	w.t.Helper()
	p, err := w.rescue().Open(w.ctx, anyHistory)
	w.must(err)
	return p
}

// items are the keyring's: this computer's binding and its anchor.
func (w *world) items() (binding, anchor string) {
	for name := range w.keyring.Items() {
		switch {
		case strings.HasSuffix(name, "/mark"):
			anchor = name
		case !strings.HasPrefix(name, "folder/"):
			binding = name
		}
	}
	return binding, anchor
}

// garble changes a byte of an item.
func (w *world) garble(name string) {
	value := []byte(w.keyring.Items()[name])
	value[7] ^= 1
	w.must(w.keyring.Set(w.ctx, name, string(value)))
}

// TestKitOpens: in every state of the keyring, and how.
func TestKitOpens(t *testing.T) {
	for name, c := range map[string]struct {
		lose    func(w *world)
		open    error // what a start says before
		linked  bool  // Report.Linked
		keyring error // Report.Keyring
		links   int   // how many computers there are after it
		news    bool
	}{
		"all is well": {lose: func(*world) {}, linked: true, links: 1},
		"no item": {lose: func(w *world) {
			binding, _ := w.items()
			w.must(w.keyring.Delete(w.ctx, binding))
		}, open: auth.ErrNotLinked, links: 2, news: true},
		"another keyring": {lose: func(w *world) { w.keyring = authtest.NewKeyring() }, open: auth.ErrNotLinked, links: 2, news: true},
		"missing mark": {lose: func(w *world) {
			_, anchor := w.items()
			w.must(w.keyring.Delete(w.ctx, anchor))
		}, open: auth.ErrAnchor, linked: true, links: 1, news: true},
		"damaged mark": {lose: func(w *world) {
			_, anchor := w.items()
			w.garble(anchor)
		}, open: auth.ErrAnchor, linked: true, links: 1, news: true},
		"locked": {lose: func(w *world) {
			w.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
		}, open: keyring.ErrLocked, keyring: keyring.ErrLocked, links: 1, news: true},
		"no service": {lose: func(w *world) {
			w.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
		}, open: keyring.ErrNoService, keyring: keyring.ErrNoService, links: 1, news: true},
		"locked for the mark": {lose: func(w *world) {
			w.keyring.Fail = func(_, name string) error {
				if strings.HasSuffix(name, "/mark") {
					return keyring.ErrDismissed
				}
				return nil
			}
		}, open: keyring.ErrDismissed, keyring: keyring.ErrDismissed, links: 1, news: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.put("p", "Grete")
			c.lose(w)
			before := w.memory.Rows()
			_, err := auth.Open(w.ctx, w.deps())
			w.refused(err, c.open)
			r := w.rescue()
			report := r.Report()
			if !report.Opens || len(report.Findings) != 0 || report.History != nil ||
				report.Linked != c.linked || !errors.Is(report.Keyring, c.keyring) || report.Practice != w.practice.Name() {
				t.Fatalf("%+v", report)
			}
			w.unchanged(before)
			w.practice, err = r.Open(w.ctx, false)
			w.must(err)
			w.must(r.Close())
			if w.practice.ForThisRun() != (c.keyring != nil) {
				t.Errorf("for this run: %v", w.practice.ForThisRun())
			}
			if !c.news {
				w.unchanged(before)
			}
			w.signInAnna(nil)
			w.reads("p", "Grete")
			if len(w.computers()) != c.links {
				t.Errorf("%+v", w.computers())
			}
			switch {
			case c.keyring != nil:
				w.told(auth.NewsKitOpened, "", "reception")
			case c.news:
				w.told(auth.NewsKitLinked, "", "reception")
			}
			w.logIntact()
			if c.keyring == nil {
				w.practice = w.reopened()
				w.signInAnna(nil)
				w.reads("p", "Grete")
			}
		})
	}
}

// copyLocation is a copy of the practice's folder, elsewhere.
type copyLocation struct {
	auth.Location
	twin bool // the folder it was copied from has a database, too
}

func (copyLocation) Name() string                                    { return "copy" }
func (p copyLocation) HasTwin(context.Context, string) (bool, error) { return p.twin, nil }

// TestKitAndCopies: the kit does not open a copy beside the folder that this
// account works in; it does open one that was moved, or a copy at another computer.
func TestKitAndCopies(t *testing.T) {
	w := newWorld(t)
	d := w.deps()
	d.Location = copyLocation{w.memory, true}
	var copied *auth.CopyError
	if _, err := auth.OpenRescue(w.ctx, d, w.kit); !errors.As(err, &copied) || copied.Original != w.memory.Name() {
		t.Fatalf("a copy: %v", err)
	}
	d.Location = copyLocation{w.memory, false}
	r, err := auth.OpenRescue(w.ctx, d, w.kit)
	w.must(err)
	_, err = r.Open(w.ctx, false)
	w.must(err)
	elsewhere := w.desk().deps()
	elsewhere.Location = copyLocation{w.memory, true}
	_, err = auth.OpenRescue(w.ctx, elsewhere, w.kit)
	w.must(err)
}

// TestKitVouchesOnce: for what it found, not for what another window of this
// account has seen since.
func TestKitVouchesOnce(t *testing.T) {
	w := newWorld(t)
	w.practice = w.rescued(false)
	other := *w
	other.practice = w.openCopy()
	other.signInAnna(nil)
	other.signInAnna(nil)
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrRolledBack)
}

// hangingKeyring never answers.
type hangingKeyring struct{ auth.Keyring }

func (hangingKeyring) Get(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", keyring.ErrNoAnswer
}

// TestKitAndHangingKeyring: it is not waited for, and the kit opens the practice
// for this run.
func TestKitAndHangingKeyring(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		path := w.backUp()
		d := w.deps()
		d.Keyring = hangingKeyring{w.keyring}
		ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
		defer cancel()
		r, err := auth.OpenRescue(ctx, d, w.kit)
		w.must(err)
		w.refused(r.Report().Keyring, keyring.ErrNoAnswer)
		p, err := r.Open(ctx, false)
		w.must(err)
		restore, err := auth.OpenRestore(ctx, d, path, w.kit)
		w.must(err)
		restored, _, err := restore.Run(ctx)
		w.must(err)
		if !p.ForThisRun() || !restored.ForThisRun() {
			t.Error("linked without a keyring")
		}

		// Who cancels it is not made to wait, and gets no half of a report.
		ctx, cancel = context.WithCancel(w.ctx)
		cancel()
		_, err = auth.OpenRescue(ctx, d, w.kit)
		w.refused(err, context.Canceled)
	})
}

// TestForThisRun: a run that the kit opened leaves nothing in the keyring, is
// trusted with nothing, and its sessions go with the next one.
func TestForThisRun(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.Monthly)
	here := w.practice
	w.signInAnna(phone)
	w.asks(false)
	items := w.keyring.Items()
	run := *w
	run.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
	run.practice = run.rescued(false)
	w.clock.Advance(time.Minute)
	first := run.signInAnna(phone)
	run.asks(true) // no trust, whatever the policy
	run.put("p", "Grete")
	w.must(first.RenameComputer(w.ctx, run.computers()[0].ID, "front desk"))
	if all := run.computers(); len(all) != 1 || all[0].This {
		t.Errorf("%+v", all)
	}
	w.refused(first.SetBackupFolder(w.ctx, ""), auth.ErrNotLinked)
	_, err := first.BackUp(w.ctx, nil)
	w.must(err)

	again := run
	again.practice = again.rescued(false)
	w.refused(first.Check(w.ctx), auth.ErrSessionEnded)
	w.must(w.anna.Check(w.ctx)) // the computer's own sessions are others
	w.clock.Advance(time.Minute)
	again.signInAnna(phone)
	again.reads("p", "Grete")

	w.keyring.Fail = nil
	for name, value := range w.keyring.Items() {
		if items[name] != value {
			t.Errorf("the run changed %s", name)
		}
	}
	if len(w.keyring.Items()) != len(items) {
		t.Errorf("%v", w.keyring.Items())
	}
	w.practice = w.reopened()
	w.asks(false)
	if here.ForThisRun() || w.practice.ForThisRun() {
		t.Error("a linked computer opens it for this run only")
	}
	w.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
	_, err = auth.Open(w.ctx, w.deps())
	w.refused(err, keyring.ErrLocked)
}

// TestKitAndOlderData: refused with both dates unless somebody says so; then a
// new lineage begins, everyone is out, and it is told.
func TestKitAndOlderData(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.Monthly)
	w.signInAnna(phone)
	w.put("p", "Grete")
	old := w.memory.Rows()
	found := w.clock.Now()
	lineage := w.register(w.practice).Lineage
	w.clock.Advance(time.Hour)
	w.asks(false)
	seen := w.clock.Now()
	w.memory.Put(old)
	w.refused(w.staysShut("older data"), auth.ErrRolledBack)

	r := w.rescue()
	var back *auth.RolledBackError
	_, err := r.Open(w.ctx, false)
	if !errors.As(err, &back) || !back.Found.Equal(found) || !back.Seen.Equal(seen) || !errors.Is(r.Report().History, auth.ErrRolledBack) {
		t.Fatalf("%v, report %v", err, r.Report().History)
	}
	w.unchanged(old)
	w.practice, err = r.Open(w.ctx, true)
	w.must(err)
	if w.register(w.practice).Lineage == lineage {
		t.Error("the lineage goes on")
	}
	for _, u := range w.register(w.practice).Users {
		if len(u.Trusts) != 0 {
			t.Errorf("%s is still trusted", u.Name)
		}
	}
	if len(w.register(w.practice).Sessions) != 0 {
		t.Error("sessions go on")
	}
	w.clock.Advance(time.Minute)
	w.asks(true)
	w.clock.Advance(time.Minute)
	w.signInAnna(phone)
	w.told(auth.NewsOlderAccepted, "", "reception")
	w.reads("p", "Grete")
	w.logIntact()
	w.practice = w.reopened()
}

// TestFailedRescueForgetsNothing: older data that could not be opened after all
// is older data the next time.
func TestFailedRescueForgetsNothing(t *testing.T) {
	w := newWorld(t)
	old := w.memory.Rows()
	w.signInAnna(nil)
	w.memory.Put(old)
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	_, err := w.rescue().Open(w.ctx, true)
	w.refused(err, auth.ErrDiskFull)
	w.memory.Fail = nil
	w.unchanged(old)
	w.refused(w.staysShut("older data"), auth.ErrRolledBack)
	w.refused(w.rescue().Report().History, auth.ErrRolledBack)
}

// TestOtherComputerAndOlderData: one that saw the newer data does not follow by
// itself, but with the kit.
func TestOtherComputerAndOlderData(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByKit()
	old := w.memory.Rows()
	other.signInAnna(nil)
	w.memory.Put(old)
	w.practice = w.reopened() // never saw the newer
	w.signInAnna(nil)
	w.signInAnna(nil)
	w.refused(other.staysShut("a branch that it did not see"), auth.ErrOtherHistory)
	r := other.rescue()
	w.refused(r.Report().History, auth.ErrOtherHistory)
	_, err := r.Open(w.ctx, false)
	w.refused(err, auth.ErrOtherHistory)
	other.practice, err = r.Open(w.ctx, true)
	w.must(err)
	other.signInAnna(nil)
	other.told(auth.NewsOlderAccepted, "", "reception")
	other.practice = other.reopened()
	w.refused(w.staysShut("the new lineage, under new keys"), auth.ErrNotLinked)
}

// TestWrongKits: they open nothing and change nothing, and a slip is named
// before the database is even opened.
func TestWrongKits(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	older := w.kit
	w.newKit()
	slip := strings.Fields(w.kit)
	slip[0], slip[4] = slip[4], slip[0]
	before := w.memory.Rows()
	for name, c := range map[string]struct {
		typed string
		want  error
	}{
		"another practice's": {foreign.kit, auth.ErrKitWrong},
		"an older one":       {older, auth.ErrKitWrong},
		"a slip":             {strings.Join(slip, " "), auth.TypoError{Group: 1}},
		"too short":          {w.kit[:41], auth.LengthError{Got: 35, Want: 40}},
	} {
		_, err := auth.OpenRescue(w.ctx, w.deps(), c.typed)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		_, err = auth.OpenRestore(w.ctx, w.deps(), "memory/none", c.typed)
		if errors.Is(c.want, auth.ErrPrinted) && !errors.Is(err, c.want) {
			t.Errorf("%s, restore: got %v", name, err)
		}
	}
	w.unchanged(before)
	missing := &world{t: t, ctx: w.ctx, clock: w.clock, keyring: w.keyring, memory: &authtest.Memory{}}
	_, err := auth.OpenRescue(w.ctx, missing.deps(), strings.Join(slip, " "))
	w.refused(err, auth.ErrPrinted)
}

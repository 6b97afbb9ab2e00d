package auth_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// desk is an account at another computer: a keyring of its own, the same database.
func (w *world) desk() *world {
	other := *w
	other.keyring, other.practice, other.anna = authtest.NewKeyring(), nil, nil
	return &other
}

// depsAs are deps on a computer of that name.
func (w *world) depsAs(name string) auth.Deps {
	d := w.deps()
	d.Computer.Name = name
	return d
}

// linkedByCode is another computer, linked with a code that Anna makes.
func (w *world) linkedByCode() *world {
	w.t.Helper()
	other := w.desk()
	var err error
	other.practice, err = auth.LinkWithCode(w.ctx, other.depsAs("surgery"), w.linkingCode())
	w.must(err)
	return other
}

// linkedByKit is another computer, linked with the recovery kit.
func (w *world) linkedByKit() *world {
	w.t.Helper()
	other := w.desk()
	other.practice = other.rescued(false)
	return other
}

// reopened opens the practice again with this computer's keyring.
func (w *world) reopened() *auth.Practice {
	w.t.Helper()
	p, err := auth.Open(w.ctx, w.deps())
	w.must(err)
	return p
}

// computers are what Anna sees.
func (w *world) computers() []auth.ComputerInfo {
	w.t.Helper()
	all, err := w.anna.Computers(w.ctx)
	w.must(err)
	return all
}

// elsewhere is the one other computer.
func (w *world) elsewhere() auth.ComputerInfo {
	w.t.Helper()
	others := slices.DeleteFunc(w.computers(), func(c auth.ComputerInfo) bool { return c.This })
	if len(others) != 1 {
		w.t.Fatalf("other computers: %+v", others)
	}
	return others[0]
}

// unlink has Anna unlink the one other computer.
func (w *world) unlink() {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	w.must(w.anna.Unlink(w.ctx, w.elsewhere().ID, nil))
}

// register is what lies sealed, as far as these tests look at it.
type sealedRegister struct {
	Lineage string
	Users   []struct {
		Name    string
		Records []byte
		Trusts  []struct{ Computer string }
	}
	Computers []struct{ ID string }
	Sessions  []struct{ Computer string }
	Links     []struct{ ID string }
	Backup    time.Time
}

func (w *world) register(p *auth.Practice) (r sealedRegister) {
	w.t.Helper()
	plain, err := auth.OpenedRegister(w.ctx, p)
	w.must(err)
	w.must(json.Unmarshal(plain, &r))
	return r
}

// news are the kinds of news that Anna has not seen yet.
func (w *world) news() (kinds []auth.NewsKind) {
	w.t.Helper()
	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	for _, n := range o.News {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

// told fails the test unless Anna's newest news is of a kind, about that
// person and computer.
func (w *world) told(kind auth.NewsKind, who, what string) {
	w.t.Helper()
	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	if len(o.News) == 0 {
		w.t.Fatalf("no news, want %q", kind)
	}
	if n := o.News[len(o.News)-1]; n.Kind != kind || n.Who != who || n.What != what {
		w.t.Fatalf("the newest news is %+v, want %q, %q, %q", n, kind, who, what)
	}
}

// logIntact fails the test unless the activity log verifies.
func (w *world) logIntact() {
	w.t.Helper()
	if broken, err := w.anna.VerifyActivity(w.ctx, nil); err != nil || broken != 0 {
		w.t.Fatalf("activity broken from %+v: %v", broken, err)
	}
}

// TestComputers are listed by name, with who is signed in there.
func TestComputers(t *testing.T) {
	w := newWorld(t)
	w.clock.Advance(time.Hour)
	other := w.linkedByCode()
	w.clock.Advance(time.Hour)
	other.signInAnna(nil)
	other.signInAnna(nil)

	all := w.computers()
	if len(all) != 2 || all[0].Name != "reception" || all[1].Name != "surgery" || all[1].Account != "desk" {
		t.Fatalf("%+v", all)
	}
	here, there := all[0], all[1]
	if !here.This || there.This || !slices.Equal(here.SignedIn, []string{"Anna Smith (asmith)"}) || !slices.Equal(there.SignedIn, []string{"Anna Smith (asmith)"}) {
		t.Errorf("%+v", all)
	}
	now := w.clock.Now()
	if !here.Since.Equal(now.Add(-2*time.Hour)) || !there.Since.Equal(now.Add(-time.Hour)) || !there.LastUsed.Equal(now) {
		t.Errorf("%+v", all)
	}
	if !slices.Contains(w.news(), auth.NewsLinked) {
		t.Errorf("news %q", w.news())
	}
	w.logIntact()
}

// TestRenameComputer: people know it by that name from then on.
func TestRenameComputer(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	w.clock.Advance(5 * time.Minute)
	w.refused(w.anna.RenameComputer(w.ctx, w.elsewhere().ID, "Back office"), auth.ErrStepUp)
	w.stepUp(w.anna, annaPassword, nil)
	w.must(w.anna.RenameComputer(w.ctx, w.elsewhere().ID, "  Back office "))
	if all := w.computers(); all[0].Name != "Back office" || all[1].Name != "reception" {
		t.Fatalf("%+v", all)
	}
	var field *auth.FieldError
	if err := w.anna.RenameComputer(w.ctx, w.elsewhere().ID, " "); !errors.As(err, &field) || field.Field != auth.FieldComputer {
		t.Fatalf("no name: %v", err)
	}
	w.refused(w.anna.RenameComputer(w.ctx, "nobody", "x"), auth.ErrNotFound)
	other.reopened()
}

// TestUnlinkRefused: it takes step-up, a computer that is linked, and another
// one than that on which it is asked; refused, nothing changes.
func TestUnlinkRefused(t *testing.T) {
	w := newWorld(t)
	w.linkedByKit()
	there := w.elsewhere().ID
	here := w.computers()[0]
	if !here.This {
		here = w.computers()[1]
	}
	w.clock.Advance(time.Hour)
	before := w.memory.Rows()
	w.refused(w.anna.Unlink(w.ctx, there, nil), auth.ErrStepUp)
	w.unchanged(before)
	w.stepUp(w.anna, annaPassword, nil)
	before = w.memory.Rows()
	w.refused(w.anna.Unlink(w.ctx, here.ID, nil), auth.ErrThisComputer)
	w.refused(w.anna.Unlink(w.ctx, "nobody", nil), auth.ErrNotFound)
	w.unchanged(before)
}

// TestUnlink: the computer opens nothing any more, by an open window neither
// nor at its next start; everybody is told; it can be linked again.
func TestUnlink(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	other.signInAnna(nil)
	attempt := other.practice.NewAttempt()
	w.unlink()
	w.told(auth.NewsUnlinked, "Anna Smith (asmith)", "surgery")

	w.refused(other.anna.Check(w.ctx), auth.ErrNotLinked)
	_, err := attempt.Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrNotLinked)
	_, err = other.practice.BackupDue(w.ctx)
	w.refused(err, auth.ErrNotLinked)
	w.refused(other.staysShut("an unlinked computer"), auth.ErrNotLinked)
	w.must(w.anna.Check(w.ctx))

	var not *auth.NotLinkedError
	if _, err := auth.Open(w.ctx, other.deps()); !errors.As(err, &not) || not.Practice != w.practice.Name() {
		t.Fatalf("got %v", err)
	}
	other.practice, err = auth.LinkWithCode(w.ctx, other.deps(), w.linkingCode())
	w.must(err)
	other.signInAnna(nil)
	other.practice = other.reopened()
	other.signInAnna(nil)
}

// TestLeftoverItem: a damaged item of another link beside the good one keeps
// nobody out, and who links again takes such items away.
func TestLeftoverItem(t *testing.T) {
	for name, relink := range map[string]func(w *world){
		"kit":     func(w *world) { w.practice = w.rescued(false) },
		"restore": func(w *world) { w.run(w.withKit(w.backUp())) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first, _ := w.items()
			other := w.linkedByCode()
			own, _ := other.items()
			w.must(other.keyring.Set(w.ctx, first, "no binding"))
			other.practice = other.reopened()
			other.garble(own)
			w.refused(other.staysShut("nothing but damaged items"), keyring.ErrDamaged)
			relink(other)
			other.practice = other.reopened()
			for _, item := range []string{first, own} {
				if _, there := other.keyring.Items()[item]; there {
					t.Errorf("%s is still there", item)
				}
			}
		})
	}
}

// TestUnlinkEndsTrust: a computer that is linked again begins without trusts
// and sessions; the others keep theirs.
func TestUnlinkEndsTrust(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	phone := w.turnOn(auth.Monthly)
	other.signInAnna(phone)
	w.clock.Advance(30 * time.Second)
	w.signInAnna(phone)
	other.asks(false)
	gone := w.elsewhere()
	w.must(w.anna.Unlink(w.ctx, gone.ID, nil))
	w.asks(false)

	r := w.register(w.practice)
	for _, s := range r.Sessions {
		if s.Computer == gone.ID {
			t.Error("a session of the unlinked computer is open")
		}
	}
	for _, u := range r.Users {
		if len(u.Trusts) != 1 || u.Trusts[0].Computer == gone.ID {
			t.Errorf("%s is trusted on %+v", u.Name, u.Trusts)
		}
	}
	var err error
	other.practice, err = auth.LinkWithCode(w.ctx, other.deps(), w.linkingCode())
	w.must(err)
	other.asks(true)
}

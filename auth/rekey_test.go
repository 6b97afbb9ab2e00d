package auth_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// allDiffer fails the test if anything sealed is the same in both; the activity
// log stays under its keys.
func (w *world) allDiffer(before, after authtest.Rows) {
	w.t.Helper()
	var sealed [][]byte
	add := func(rows authtest.Rows) {
		sealed = append(sealed, rows.Register.Sealed)
		for _, e := range rows.Envelopes {
			sealed = append(sealed, e.Sealed)
		}
		for _, r := range rows.Records {
			sealed = append(sealed, r.Sealed)
		}
	}
	add(before)
	old := len(sealed)
	add(after)
	for _, s := range sealed[old:] {
		if slices.ContainsFunc(sealed[:old], func(o []byte) bool { return bytes.Equal(o, s) }) {
			w.t.Fatal("something is sealed as it was before")
		}
	}
	if len(before.Records) != len(after.Records) {
		w.t.Fatalf("%d records, then %d", len(before.Records), len(after.Records))
	}
	for i, r := range after.Records {
		if b := before.Records[i]; b.ID != r.ID || b.Version != r.Version {
			w.t.Errorf("record %s of version %d became %s of %d", b.ID, b.Version, r.ID, r.Version)
		}
	}
	if !reflect.DeepEqual(before.Activity, after.Activity[:len(before.Activity)]) {
		w.t.Error("the activity log changed")
	}
}

// rekeys are the two ways to new keys.
var rekeys = map[string]func(w *world){
	"unlink":  func(w *world) { w.unlink() },
	"new kit": func(w *world) { w.newKit() },
}

// TestRekey: everything sealed is another, opens for who may, and says the same.
func TestRekey(t *testing.T) {
	for name, rekey := range rekeys {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.linkedByCode()
			ben := w.ben()
			for i := range 3 {
				w.put(fmt.Sprint("p", i), fmt.Sprint("patient ", i))
			}
			w.stepUp(w.anna, annaPassword, nil)
			before := w.memory.Rows()
			rekey(w)
			after := w.memory.Rows()
			w.allDiffer(before, after)
			w.must(w.kitOpens(w.kit))
			w.logIntact()
			for i := range 3 {
				w.reads(fmt.Sprint("p", i), fmt.Sprint("patient ", i))
			}
			_, err := ben.Record(w.ctx, patient, "p1") // signed in all the time
			w.must(err)

			// Nothing from before opens in its place.
			for name, bad := range map[string]func(rows *authtest.Rows){
				"register":  func(rows *authtest.Rows) { rows.Register = before.Register },
				"envelopes": func(rows *authtest.Rows) { rows.Envelopes = before.Envelopes },
				"both":      func(rows *authtest.Rows) { rows.Register, rows.Envelopes = before.Register, before.Envelopes },
			} {
				rows := after
				bad(&rows)
				w.memory.Put(rows)
				w.staysShut("the " + name + " of before")
			}
			rows := after
			rows.Records = before.Records
			w.memory.Put(rows)
			again := w.reopened()
			state, err := again.NewAttempt().Password(w.ctx, "bjones", benPassword)
			w.must(err)
			w.must(state.Session.EachRecord(w.ctx, patient, func(r auth.Record) error {
				w.refused(r.Err, auth.ErrDamaged)
				return nil
			}))
		})
	}
}

// TestUnlinkedOpensOldOnly: its keyring opens the copy it could have kept, and
// nothing of what is there now.
func TestUnlinkedOpensOldOnly(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	other := w.linkedByCode()
	other.signInAnna(nil)
	kept := w.memory.Rows()
	w.unlink()
	w.refused(other.staysShut("an unlinked computer"), auth.ErrNotLinked)

	copied := other.with(kept)
	copied.practice = copied.reopened()
	copied.signInAnna(nil)
	copied.reads("p", "Grete")
	gone, now := copied.memory.Rows(), w.memory.Rows()
	for name, mix := range map[string]func(rows *authtest.Rows){
		"register":  func(rows *authtest.Rows) { rows.Register = now.Register },
		"envelopes": func(rows *authtest.Rows) { rows.Envelopes = now.Envelopes },
	} {
		rows := kept
		mix(&rows)
		copied.memory.Put(rows)
		copied.staysShut("the new " + name)
	}
	copied = other.with(gone)
	rows := gone
	rows.Records = now.Records
	copied.memory.Put(rows)
	copied.practice = copied.reopened()
	copied.signInAnna(nil)
	_, err := copied.anna.Record(w.ctx, patient, "p")
	w.refused(err, auth.ErrDamaged)

	// Its old envelope among the new ones is no way in either.
	rows = now
	for _, e := range kept.Envelopes {
		if !slices.ContainsFunc(now.Envelopes, func(o auth.Envelope) bool { return o.Recipient == e.Recipient }) {
			rows.Envelopes = append(slices.Clone(rows.Envelopes), e)
		}
	}
	w.memory.Put(rows)
	w.refused(other.staysShut("its old envelope"), auth.ErrDamaged)
	w.refused(w.staysShut("an envelope too many"), auth.ErrDamaged)
}

// TestOthersGoOn: the windows of another linked computer notice nothing of new
// keys, nor does its next start.
func TestOthersGoOn(t *testing.T) {
	for name, rekey := range rekeys {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.ben()
			w.put("p", "Grete")
			third := w.linkedByKit()
			state, err := third.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
			w.must(err)
			ben := state.Session
			waiting := third.practice.NewAttempt() // a form that somebody left
			if name == "unlink" {
				gone := w.linkedByCode()
				for _, c := range w.computers() {
					if c.Name == "surgery" {
						w.must(w.anna.Unlink(w.ctx, c.ID, nil))
					}
				}
				w.refused(gone.staysShut("the unlinked one"), auth.ErrNotLinked)
			} else {
				rekey(w)
			}

			w.must(ben.Check(w.ctx))
			r, err := ben.Record(w.ctx, patient, "p")
			w.must(err)
			_, err = ben.PutRecord(w.ctx, patient, "p", r.Version, []byte("Grete Muster"))
			w.must(err)
			w.must(ben.StepUp(w.ctx, benPassword, ""))
			_, err = waiting.Password(w.ctx, "asmith", annaPassword)
			w.must(err)
			w.reads("p", "Grete Muster")
			third.practice = third.reopened()
			third.signInAnna(nil)
			third.reads("p", "Grete Muster")
			third.logIntact()
			// And it goes on by itself: its anchor is of a database with the new keys.
			rows := w.memory.Rows()
			third.signInAnna(nil)
			w.memory.Put(rows)
			w.refused(third.staysShut("an older register"), auth.ErrRolledBack)
		})
	}
}

// TestRekeyForUsers: who is active gets the new key, whoever was deactivated
// gets nothing, and who has a one-time password reads with it, too.
func TestRekeyForUsers(t *testing.T) {
	for name, rekey := range rekeys {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.linkedByCode()
			w.ben()
			w.put("p", "Grete")
			oneTime, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Staff})
			w.must(err)
			users, err := w.anna.Users(w.ctx)
			w.must(err)
			w.must(w.anna.Deactivate(w.ctx, users[1].ID))
			rekey(w)

			for _, u := range w.register(w.practice).Users {
				if u.Name == "Ben Jones" && u.Records != nil {
					t.Error("who was deactivated got the records key")
				}
				if u.Name != "Ben Jones" && len(u.Records) == 0 {
					t.Errorf("%s got no records key", u.Name)
				}
			}
			_, err = w.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
			w.refused(err, auth.ErrCredentials)
			cara := w.practice.NewAttempt()
			_, err = cara.Password(w.ctx, "clind", oneTime)
			w.must(err)
			state, err := cara.NewPassword(w.ctx, benPassword)
			w.must(err)
			_, err = state.Session.Record(w.ctx, patient, "p")
			w.must(err)

			w.stepUp(w.anna, annaPassword, nil)
			oneTime, err = w.anna.Reactivate(w.ctx, users[1].ID)
			w.must(err)
			ben := w.practice.NewAttempt()
			_, err = ben.Password(w.ctx, "bjones", oneTime)
			w.must(err)
			state, err = ben.NewPassword(w.ctx, benPassword)
			w.must(err)
			_, err = state.Session.Record(w.ctx, patient, "p")
			w.must(err)
		})
	}
}

// TestRekeyAndDamage: a record that does not open stays as it is, and alone.
func TestRekeyAndDamage(t *testing.T) {
	w := newWorld(t)
	for i := range 5 {
		w.put(fmt.Sprint("p", i), fmt.Sprint("patient ", i))
	}
	w.putRecords(func(rows *authtest.Rows) { rows.Records[2].Sealed[30] ^= 1 })
	bad := *recordRow(w.memory.Rows(), "p2")
	for range 2 {
		w.newKit()
		if !reflect.DeepEqual(*recordRow(w.memory.Rows(), "p2"), bad) {
			t.Fatal("the damaged record changed")
		}
		for i := range 5 {
			if i != 2 {
				w.reads(fmt.Sprint("p", i), fmt.Sprint("patient ", i))
			}
		}
		_, err := w.anna.Record(w.ctx, patient, "p2")
		w.refused(err, auth.ErrDamaged)
	}
}

// TestRekeyWholeOrNot: keys that can't be stored change nothing; a keyring that
// fails does not take them back.
func TestRekeyWholeOrNot(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	other := w.linkedByCode()
	there := w.elsewhere().ID
	w.stepUp(w.anna, annaPassword, nil)
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	before := w.memory.Rows()
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	w.refused(w.anna.Unlink(w.ctx, there, nil), auth.ErrDiskFull)
	w.refused(w.anna.ConfirmKit(w.ctx, k, k.Groups()[7], nil), auth.ErrDiskFull)
	w.memory.Fail = nil
	w.unchanged(before)
	w.must(w.kitOpens(w.kit))
	w.reads("p", "Grete")
	other.reopened()

	w.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
	w.must(w.anna.Unlink(w.ctx, there, nil)) // stored: who is told that it failed would do it again
	w.keyring.Fail = nil
	w.refused(other.staysShut("unlinked"), auth.ErrNotLinked)
	w.practice = w.reopened()
	w.signInAnna(nil)
	w.reads("p", "Grete")
}

// TestRekeyProgress goes up to the total, and from nothing.
func TestRekeyProgress(t *testing.T) {
	w := newWorld(t)
	for _, n := range []int{0, 1001} {
		w.fill(n)
		w.linkedByCode()
		w.stepUp(w.anna, annaPassword, nil)
		last, reports := -1, 0
		w.must(w.anna.Unlink(w.ctx, w.elsewhere().ID, func(done, total int) {
			if done < last || total != n || reports == 0 && done != 0 {
				t.Errorf("%d of %d after %d", done, total, last)
			}
			last = done
			reports++
		}))
		if last != n || reports < 2 {
			t.Errorf("%d records: the last of %d reports is %d", n, reports, last)
		}
	}
	w.reads("p01000", "patient 1000")
}

// TestLogAcrossKeys: the activity log verifies after any number of new keys,
// and a change in any part of it is named.
func TestLogAcrossKeys(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.newKit()
		w.logIntact()
		w.linkedByCode()
		w.unlink()
		w.logIntact()
	}
	w.practice = w.reopened()
	w.signInAnna(nil)
	w.logIntact()
	good := w.memory.Rows()
	for i := range good.Activity {
		rows := w.memory.Rows()
		rows.Activity[i].Sealed = bytes.Clone(rows.Activity[i].Sealed)
		rows.Activity[i].Sealed[i%len(rows.Activity[i].Sealed)] ^= 1
		w.memory.Put(rows)
		if broken, err := w.anna.VerifyActivity(w.ctx, nil); err != nil || broken != int64(i+1) {
			t.Errorf("entry %d changed: broken from %d, %v", i+1, broken, err)
		}
		w.memory.Put(good)
	}
}

// TestUnknownNamesWaitOn: new keys end nobody's wait, known or not.
func TestUnknownNamesWaitOn(t *testing.T) {
	for name, rekey := range rekeys {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.linkedByCode()
			w.ben()
			w.stepUp(w.anna, annaPassword, nil)
			try := func(username string) error {
				_, err := w.practice.NewAttempt().Password(w.ctx, username, "wrong")
				return err
			}
			for range 5 {
				w.refused(try("nobody"), auth.ErrCredentials)
				w.refused(try("bjones"), auth.ErrCredentials)
			}
			rekey(w)
			for _, username := range []string{"nobody", "NOBODY ", "bjones"} {
				var refusal *auth.Refusal
				if err := try(username); !errors.As(err, &refusal) || !errors.Is(err, auth.ErrWait) {
					t.Errorf("%q: %v", username, err)
				}
			}
		})
	}
}

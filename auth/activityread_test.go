package auth_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// idOf is the id of the user of a name.
func (w *world) idOf(name string) string {
	w.t.Helper()
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	i := slices.IndexFunc(users, func(u auth.UserInfo) bool { return u.Name == name })
	return users[i].ID
}

// found reads the whole log through a filter, page by page, and says how many
// pages that took.
func (w *world) found(f auth.ActivityFilter, limit int) (all []auth.ActivityEntry, pages int) {
	w.t.Helper()
	for next := int64(0); ; {
		page, err := w.anna.Activity(w.ctx, f, next, limit)
		w.must(err)
		pages++
		if len(page.Entries) > limit || page.Next < 0 || next > 0 && page.Next >= next {
			w.t.Fatalf("%d entries, from %d to %d", len(page.Entries), next, page.Next)
		}
		all = append(all, page.Entries...)
		if next = page.Next; next == 0 {
			return all, pages
		}
	}
}

// fillLog writes entries of such events, one a second, up to now.
func (w *world) fillLog(n int, event auth.Event) {
	w.t.Helper()
	begun := w.clock.Now().Add(-time.Duration(n) * time.Second)
	w.must(auth.FillLog(w.ctx, w.practice, n, func(i int) auth.Entry {
		return auth.Entry{At: begun.Add(time.Duration(i) * time.Second), Event: event}
	}))
}

// longLogs are worlds with so many sign-ins in their log, each made once in a run:
// sealing thousands of entries takes a while.
var longLogs = struct {
	mu    sync.Mutex
	world map[int]*world
}{world: map[int]*world{}}

// newLongWorld is a world of its own with n sign-ins in its log, and Anna signed in.
func newLongWorld(t testing.TB, n int) *world {
	longLogs.mu.Lock()
	defer longLogs.mu.Unlock()
	first := longLogs.world[n]
	if first == nil {
		first = newWorld(t)
		first.fillLog(n, auth.EventSignIn)
		longLogs.world[n] = first
	}
	w := &world{
		t: t, ctx: context.Background(), kit: first.kit,
		clock: authtest.NewClock(), keyring: first.keyring.Copy(), memory: &authtest.Memory{},
	}
	w.memory.Put(first.memory.Rows())
	var err error
	w.practice, err = auth.Open(w.ctx, w.deps())
	w.must(err)
	w.signInAnna(nil)
	return w
}

// TestActivity is read from its newest entry on, with the names of now.
func TestActivity(t *testing.T) {
	w := newWorld(t)
	w.addBen()
	ben := w.idOf("Ben Jones")
	w.clock.Advance(time.Hour)
	at := w.clock.Now()
	w.stepUp(w.anna, annaPassword, nil)
	_, err := w.anna.ResetPassword(w.ctx, ben)
	w.must(err)
	w.must(w.edit(ben, auth.UserForm{Name: "Ben Jonas", Username: "bjones", Role: auth.Staff}))
	page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 0, 2)
	w.must(err)
	n := page.Count
	want := []auth.ActivityEntry{
		{Seq: n, At: at, Event: auth.EventUserEdited, By: "Anna Smith (asmith)", Whom: "Ben Jonas (bjones)", Computer: "reception", Detail: "staff to staff"},
		{Seq: n - 1, At: at, Event: auth.EventPasswordReset, By: "Anna Smith (asmith)", Whom: "Ben Jonas (bjones)", Computer: "reception"},
	}
	if !slices.Equal(page.Entries, want) || page.Next != n-1 || int(n) != len(w.memory.Rows().Activity) {
		t.Errorf("%+v, want %+v", page, want)
	}
	for limit := 1; limit < int(n)+2; limit++ {
		all, _ := w.found(auth.ActivityFilter{}, limit)
		if len(all) != int(n) || all[n-1].Event != auth.EventSetUp || all[n-1].Seq != 1 {
			t.Errorf("%d at a time: %+v", limit, all)
		}
	}
	if page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 1, 5); err != nil || len(page.Entries) != 0 || page.Next != 0 {
		t.Errorf("before the first: %+v, %v", page, err)
	}
}

// TestActivityComputerGone: what a computer did that is not linked any more has
// no name of it.
func TestActivityComputerGone(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	other.signInAnna(nil)
	page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 0, 1)
	w.must(err)
	if e := page.Entries[0]; e.Event != auth.EventSignIn || e.Computer == "" {
		t.Fatalf("%+v", e)
	}
	w.unlink()
	page, err = w.anna.Activity(w.ctx, auth.ActivityFilter{}, page.Entries[0].Seq+1, 1)
	w.must(err)
	if e := page.Entries[0]; e.Event != auth.EventSignIn || e.Computer != "" || e.By != "Anna Smith (asmith)" {
		t.Fatalf("%+v", e)
	}
}

// TestActivityFilters: by person, kind and time, alone and together.
func TestActivityFilters(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	w.clock.Advance(time.Hour)
	from := w.clock.Now()
	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "bjones", "wrong")
	w.refused(err, auth.ErrCredentials)
	_, err = a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	_, err = a.NewPassword(w.ctx, benPassword)
	w.must(err)
	w.clock.Advance(time.Hour)
	until := w.clock.Now()
	w.signInAnna(nil)
	ben := w.idOf("Ben Jones")
	for name, c := range map[string]struct {
		filter auth.ActivityFilter
		want   []auth.Event
	}{
		"person":          {auth.ActivityFilter{Person: ben}, []auth.Event{auth.EventSignIn, auth.EventPasswordChanged, auth.EventPasswordRefused, auth.EventUserAdded}},
		"kind":            {auth.ActivityFilter{Kind: auth.KindSignIns}, []auth.Event{auth.EventSignIn, auth.EventSignIn, auth.EventStepUp}},
		"person and kind": {auth.ActivityFilter{Person: ben, Kind: auth.KindUsers}, []auth.Event{auth.EventPasswordChanged, auth.EventUserAdded}},
		"from":            {auth.ActivityFilter{From: until}, []auth.Event{auth.EventSignIn}},
		"from until":      {auth.ActivityFilter{From: from, Until: until}, []auth.Event{auth.EventSignIn, auth.EventPasswordChanged, auth.EventPasswordRefused}},
		"until":           {auth.ActivityFilter{Until: from, Kind: auth.KindSettings}, []auth.Event{auth.EventSetUp}},
		"person and from": {auth.ActivityFilter{Person: ben, From: until}, nil},
		"nobody":          {auth.ActivityFilter{Person: "x"}, nil},
	} {
		var got []auth.Event
		all, _ := w.found(c.filter, 1)
		for _, e := range all {
			got = append(got, e.Event)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestActivityAnswersSoon: a search through a long log says in between how far
// it is, after 20,000 entries or 100 ms.
func TestActivityAnswersSoon(t *testing.T) {
	w := newLongWorld(t, 21_000)
	first, err := w.anna.Activity(w.ctx, auth.ActivityFilter{Kind: auth.KindSettings}, 0, 10)
	w.must(err)
	if looked := first.Count + 1 - first.Next; len(first.Entries) != 0 || looked != 20_000 {
		t.Errorf("%d entries, looked at %d", len(first.Entries), looked)
	}
	all, pages := w.found(auth.ActivityFilter{Kind: auth.KindSettings}, 10)
	if len(all) != 1 || all[0].Event != auth.EventSetUp || pages != 2 {
		t.Errorf("%+v on %d pages", all, pages)
	}
	w.practice = w.opened(func() time.Time { w.clock.Advance(40 * time.Millisecond); return w.clock.Now() })
	w.signInAnna(nil)
	first, err = w.anna.Activity(w.ctx, auth.ActivityFilter{Kind: auth.KindSettings}, 0, 10)
	w.must(err)
	if looked := first.Count + 1 - first.Next; looked >= 5000 {
		t.Errorf("looked at %d on a slow computer", looked)
	}
}

// opened opens the practice once more, on another clock.
func (w *world) opened(now func() time.Time) *auth.Practice {
	w.t.Helper()
	deps := w.deps()
	deps.Now = now
	p, err := auth.Open(w.ctx, deps)
	w.must(err)
	return p
}

// TestActivityWhateverClocksDid: a search from a day on finds all of it where
// the clock was up to a day behind at times, or lost for a while.
func TestActivityWhateverClocksDid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		newest := w.clock.Now()
		var times []time.Time
		for range rapid.IntRange(1, 60).Draw(rt, "entries") {
			newest = newest.Add(time.Duration(rapid.IntRange(0, 600).Draw(rt, "minutes")) * time.Minute)
			at := newest
			switch rapid.IntRange(0, 9).Draw(rt, "clock") {
			case 0:
				at = at.Add(-time.Duration(rapid.IntRange(0, 24*60).Draw(rt, "behind")) * time.Minute)
			case 1:
				at = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC) // a flat battery
			}
			for range rapid.SampledFrom([]int{1, 1, 1, 30}).Draw(rt, "times") {
				times = append(times, at)
			}
		}
		w.must(auth.FillLog(w.ctx, w.practice, len(times), func(i int) auth.Entry {
			return auth.Entry{At: times[i], Event: auth.EventActivityExported, Detail: fmt.Sprint(i)}
		}))
		f := auth.ActivityFilter{Kind: auth.KindData, From: rapid.SampledFrom(times).Draw(rt, "from")}
		var want, got []string
		for i, at := range slices.Backward(times) {
			if !at.Before(f.From) {
				want = append(want, fmt.Sprint(i))
			}
		}
		all, _ := w.found(f, 500)
		for _, e := range all {
			if e.Event == auth.EventActivityExported {
				got = append(got, e.Detail)
			}
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("from %v: %d found, want %d", f.From, len(got), len(want))
		}
	})
}

// TestActivityEndsEarly: a search from a day on does not read what is older,
// but for some thousands.
func TestActivityEndsEarly(t *testing.T) {
	w := newLongWorld(t, 21_000)
	w.clock.Advance(48 * time.Hour)
	from := w.clock.Now()
	w.signInAnna(nil)
	all, pages := w.found(auth.ActivityFilter{From: from}, 10)
	if len(all) != 1 || pages != 1 {
		t.Errorf("%d found on %d pages", len(all), pages)
	}
	// Within a day nobody can tell.
	if _, pages := w.found(auth.ActivityFilter{From: from.Add(-33 * time.Hour)}, 10); pages != 2 {
		t.Errorf("%d pages", pages)
	}
}

// TestActivityThatDoesNotOpen stands in its place, whatever the filter, and
// does not keep others from being read.
func TestActivityThatDoesNotOpen(t *testing.T) {
	w := newWorld(t)
	w.addBen()
	n := len(w.memory.Rows().Activity)
	bad := w.memory.Rows()
	bad.Activity[1].Sealed = bytes.Clone(bad.Activity[0].Sealed)
	for _, seq := range []int64{0, -1, int64(n) + 1} { // these never were of the log
		stray := bad.Activity[2]
		stray.Seq = seq
		bad.Activity = append(bad.Activity, stray)
	}
	w.memory.Put(bad)
	all, _ := w.found(auth.ActivityFilter{}, 3)
	if len(all) != n || all[n-2] != (auth.ActivityEntry{Seq: 2}) {
		t.Errorf("%+v", all)
	}
	all, _ = w.found(auth.ActivityFilter{Kind: auth.KindSettings}, 3)
	if len(all) != 2 || all[0] != (auth.ActivityEntry{Seq: 2}) || all[1].Event != auth.EventSetUp {
		t.Errorf("%+v", all)
	}
	mine, err := w.anna.MyActivity(w.ctx, 100)
	w.must(err)
	if slices.ContainsFunc(mine, func(e auth.ActivityEntry) bool { return e.Event == "" || e.By != "Anna Smith (asmith)" }) {
		t.Errorf("%+v", mine)
	}
	bad.Activity = bad.Activity[1:] // so that a search comes to what lies before it
	w.memory.Put(bad)
	if all, _ = w.found(auth.ActivityFilter{}, 3); len(all) != n-1 {
		t.Errorf("%+v", all)
	}
}

// TestMyActivity is what a person did, and what was done to them: the newest of
// it, and no more than is near the end.
func TestMyActivity(t *testing.T) {
	w := newWorld(t)
	ben := w.ben()
	mine, err := ben.MyActivity(w.ctx, 3)
	w.must(err)
	var got []auth.Event
	for _, e := range mine {
		got = append(got, e.Event)
		if e.By != "Ben Jones (bjones)" && e.Whom != "Ben Jones (bjones)" {
			t.Errorf("%+v", e)
		}
	}
	if want := []auth.Event{auth.EventSignIn, auth.EventPasswordChanged, auth.EventUserAdded}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if mine, err = ben.MyActivity(w.ctx, 1); err != nil || len(mine) != 1 || mine[0].Event != auth.EventSignIn {
		t.Errorf("%+v, %v", mine, err)
	}
	w.fillLog(20_000, auth.EventSignIn)
	if mine, err = ben.MyActivity(w.ctx, 1); err != nil || len(mine) != 0 {
		t.Errorf("%+v, %v", mine, err)
	}
	w.must(ben.SignOut(w.ctx))
	_, err = ben.MyActivity(w.ctx, 1)
	w.refused(err, auth.ErrSessionEnded)
}

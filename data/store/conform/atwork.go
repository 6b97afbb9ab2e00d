package conform

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data"
	"anteroom/data/desk"
)

// worker is a child that books, and changes the register.
func worker(at site, in io.Reader, out io.Writer) {
	ctx := context.Background()
	deps, err := at.deps(func() time.Time { return began })
	var p *auth.Practice
	if err == nil {
		p, err = auth.Open(ctx, deps)
	}
	var session *auth.Session
	var d *desk.Desk
	Commands(in, out, err, func(words []string) error {
		switch words[0] {
		case "in":
			state, err := p.NewAttempt().Password(ctx, words[1], password)
			if err != nil {
				return err
			}
			session, d = state.Session, desk.NewMemory(deps.Now, data.DayFirst).Join(state.Session)
			return nil
		case "rename":
			return session.ChangeName(ctx, words[1])
		}
		start := timeOf(words)
		_, err := d.Book(ctx, data.Appointment{Patient: words[2], Practitioner: practitioner, Start: start.In(d.Zone()), End: start.Add(slot)}, false)
		return err
	})
}

const slot = 30 * time.Minute

// act is something that a worker was told: a booking or a new name.
type act struct {
	booked time.Time // zero: it is the name
	name   string
}

// busyWorker is a worker that is told one thing after the other, until it ends.
type busyWorker struct {
	*Process
	user, patient   string
	confirmed, open []act // open: it ended before it answered
	refused         []string
	ended           chan struct{}
}

// work tells it what to do. next is the time that nobody booked yet.
func (w *busyWorker) work(next *atomic.Int64) {
	defer close(w.ended)
	for {
		n := next.Add(1)
		do := act{name: fmt.Sprintf("%s %d", w.user, n)}
		if n%2 == 0 {
			do = act{booked: began.Add(time.Duration(n) * slot)}
			w.tell("book", do.booked, w.patient)
		} else {
			w.Send("rename", do.name)
		}
		if !w.Said() {
			w.open = append(w.open, do)
			return
		}
		switch got := w.out.Text(); {
		case got == "did <nil>":
			w.confirmed = append(w.confirmed, do)
		case !strings.Contains(got, auth.ErrBusy.Error()):
			w.refused = append(w.refused, got)
		}
	}
}

// signIn tries a few times while the others keep the database busy: SQLite promises nobody a turn.
func (w *busyWorker) signIn() {
	w.t.Helper()
	got := w.Do("in", w.user)
	for range 10 {
		if !strings.Contains(got, auth.ErrBusy.Error()) {
			break
		}
		got = w.Do("in", w.user)
	}
	if got != "did <nil>" {
		w.t.Fatalf("got %q", got)
	}
}

// Three desks book and change the register; one after the other is killed at some moment
// of that, a hundred and fifty times (fewer with -short), and begins again. Nothing that
// was confirmed is lost, and nothing is there twice.
func testKilledAtWork(t *testing.T, e Engine) {
	c := newClinic(t, e)
	d := desk.NewMemory(c.deps.Now, data.DayFirst).Join(c.anna)
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: practitioner, Name: "Dr Osei"}}
	_, err := d.SaveDetails(t.Context(), details)
	c.must(err)
	var next atomic.Int64
	workers := make([]*busyWorker, 3)
	begin := func(w *busyWorker) {
		w.Process, w.ended = c.start("worker"), make(chan struct{})
		w.signIn()
	}
	for i := range workers {
		w := &busyWorker{user: fmt.Sprint("worker", i)}
		c.addUser(w.user, auth.Staff)
		p, err := d.SavePatient(t.Context(), data.Patient{Name: "Of " + w.user})
		c.must(err)
		w.patient = p.ID
		begin(w)
		workers[i] = w
	}
	start := time.Now()
	for _, w := range workers {
		n := next.Add(2) / 2 * 2
		do := act{booked: began.Add(time.Duration(n) * slot)}
		w.tell("book", do.booked, w.patient)
		w.Expect("did <nil>")
		w.confirmed = append(w.confirmed, do)
	}
	span := time.Since(start) // of three bookings, which with all at work are fewer
	for _, w := range workers {
		go w.work(&next)
	}
	for round := range limits.Rounds(150) {
		w := workers[round%len(workers)]
		kill := time.AfterFunc(rand.N(span), w.Kill)
		<-w.ended
		kill.Stop()
		w.End()
		begin(w)
		go w.work(&next)
	}
	for _, w := range workers {
		w.Kill()
		<-w.ended
		w.End()
	}
	c.holdWork(d, workers, began.Add(time.Duration(next.Load()+1)*slot))
}

// holdWork holds what is there against what the workers were told.
func (c *clinic) holdWork(d *desk.Desk, workers []*busyWorker, end time.Time) {
	c.Helper()
	visits, err := d.Between(c.Context(), data.DateOf(began.In(d.Zone())), data.DateOf(end.In(d.Zone())).AddDays(1))
	c.must(err)
	there := map[act][]string{} // by whom
	for _, v := range visits {
		do := act{booked: v.Start.UTC()}
		there[do] = append(there[do], v.Patient)
	}
	page, err := c.anna.Activity(c.Context(), auth.ActivityFilter{}, 0, 1<<20)
	c.must(err)
	last := map[string]string{}
	users, err := c.anna.Users(c.Context())
	c.must(err)
	for _, u := range users {
		last[u.Name+" ("+u.Username+")"] = u.Name // as the log has them
	}
	for _, e := range page.Entries { // the newest first; each has the name from before
		if e.Event == auth.EventNameChanged {
			do := act{name: last[e.By]}
			there[do] = append(there[do], e.By)
			last[e.By] = e.Detail
		}
	}
	saved, open := 0, 0
	for _, w := range workers {
		for _, said := range w.refused {
			c.Errorf("%s was refused: %s", w.user, said)
		}
		for _, do := range w.confirmed {
			if got := there[do]; len(got) != 1 || got[0] != w.patient && do.name == "" {
				c.Errorf("%s: %v was confirmed, and is there %q", w.user, do, got)
			}
			delete(there, do)
			saved++
		}
		for _, do := range w.open {
			if got := there[do]; len(got) > 1 {
				c.Errorf("%s: %v is there %q", w.user, do, got)
			}
			open += len(there[do])
			delete(there, do)
		}
	}
	if len(there) > 0 {
		c.Errorf("nobody was told to, or was told that it was refused: %v", there)
	}
	broken, err := c.anna.VerifyActivity(c.Context(), nil)
	if err = errors.Join(err, d.Sync(c.Context())); err != nil || broken > 0 {
		c.Errorf("the log: %v, entry %d", err, broken)
	}
	c.Logf("%d acts were confirmed, and %d of those that a kill hit were saved", saved, open)
}

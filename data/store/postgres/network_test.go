//go:build postgres

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// clinic is a practice on the server, by the server's clock.
type clinic struct {
	*testing.T
	server  *postgres.Server
	deps    auth.Deps
	p       *auth.Practice
	anna    *auth.Session
	desk    *desk.Desk
	patient data.Patient
}

const (
	annasName     = "Anna Quillfeather"
	annasUsername = "aquillfeather"
	annasPassword = "violet tractor 91 sleeps"
	osei          = "osei"
)

func newClinic(t *testing.T) *clinic {
	t.Helper()
	c := &clinic{T: t, server: pgtest.New(t)}
	c.deps = auth.Deps{Location: c.server, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap}
	var err error
	c.p, c.anna, err = auth.SetUp(t.Context(), c.deps, auth.SetUpForm{
		Practice: "Marigold Clinic", Name: annasName, Username: annasUsername, Password: annasPassword,
	})
	c.must(err)
	t.Cleanup(func() { c.p.Close() })
	c.desk = desk.NewMemory(time.Now, data.DayFirst).Join(c.anna)
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: osei, Name: "Dr Osei"}}
	_, err = c.desk.SaveDetails(t.Context(), details)
	c.must(err)
	c.patient, err = c.desk.SavePatient(t.Context(), data.Patient{Name: "Grete Wolkenstein"})
	c.must(err)
	return c
}

func (c *clinic) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// signIn opens the practice by another way, and signs in.
func (c *clinic) signIn(way postgres.Config) (*auth.Practice, *auth.Session, *desk.Desk) {
	c.Helper()
	deps := c.deps
	deps.Location = pgtest.By(c.T, way)
	p, err := auth.Open(c.Context(), deps)
	c.must(err)
	c.Cleanup(func() { p.Close() })
	session, d := c.enter(p)
	return p, session, d
}

// enter signs in.
func (c *clinic) enter(p *auth.Practice) (*auth.Session, *desk.Desk) {
	c.Helper()
	state, err := p.NewAttempt().Password(c.Context(), annasUsername, annasPassword)
	c.must(err)
	return state.Session, desk.NewMemory(time.Now, data.DayFirst).Join(state.Session)
}

var firstDay = data.Date{Year: 2027, Month: time.March, Day: 1}

// visit is the nth half hour that can be booked.
func (c *clinic) visit(n int) data.Appointment {
	start := firstDay.At(0, c.desk.Zone()).Add(time.Duration(n) * 30 * time.Minute)
	return data.Appointment{Patient: c.patient.ID, Practitioner: osei, Start: start, End: start.Add(30 * time.Minute)}
}

// booked are the half hours that are booked, in order.
func (c *clinic) booked(until int) (all []int) {
	c.Helper()
	visits, err := c.desk.Between(c.Context(), firstDay.AddDays(-1), firstDay.AddDays(until/48+2))
	c.must(err)
	for _, v := range visits {
		all = append(all, int(v.Start.Sub(c.visit(0).Start)/(30*time.Minute)))
	}
	slices.Sort(all)
	return all
}

// TestBadNetwork: a network that is slow, and in which every tenth packet comes late or
// ends its connection, loses no booking and makes none twice: who is told that one was not
// saved books again, and who is told nothing asks.
func TestBadNetwork(t *testing.T) {
	for _, delay := range []time.Duration{150 * time.Microsecond, 1500 * time.Microsecond, 10 * time.Millisecond} {
		t.Run((2 * delay).String(), func(t *testing.T) {
			t.Parallel()
			c := newClinic(t)
			server := remote(t, database(c.server))
			const desks = 4
			each := limits.Rounds(40) / 2
			var lost, again, unknown, saved int64
			var mu sync.Mutex
			var all sync.WaitGroup
			for i := range desks {
				network := newProxy(t, server, delay)
				_, _, d := c.signIn(network.way(server))
				network.bad.Store(true)
				all.Go(func() {
					for n := range each {
						retried, asked, found, err := insist(t.Context(), d, c.visit(n*desks+i))
						if err != nil {
							t.Errorf("desk %d, booking %d: %v", i, n, err)
							return
						}
						mu.Lock()
						again, unknown, saved = again+retried, unknown+asked, saved+found
						mu.Unlock()
					}
					mu.Lock()
					lost += network.lost.Load()
					mu.Unlock()
				})
			}
			all.Wait()
			want := make([]int, desks*each)
			for n := range want {
				want[n] = n
			}
			if got := c.booked(len(want)); !slices.Equal(got, want) {
				t.Errorf("%d were booked: %v", len(want), got)
			}
			if lost == 0 {
				t.Error("no packet was lost")
			}
			t.Logf("%d packets were lost; %d bookings were made again; of %d nobody knew at first, and %d of those were saved", lost, again, unknown, saved)
		})
	}
}

// insist books until it is saved, and says how often that was tried again, and how often
// nobody knew, and how often it was saved then.
func insist(ctx context.Context, d *desk.Desk, a data.Appointment) (again, unknown, saved int64, err error) {
	for {
		_, err := d.Book(ctx, a, false)
		var open *auth.UnknownError
		switch {
		case err == nil:
			return again, unknown, saved, nil
		case errors.As(err, &open):
			unknown++
			is, err := open.Ask(ctx)
			for errors.Is(err, auth.ErrServer) {
				is, err = open.Ask(ctx)
			}
			if err != nil {
				return again, unknown, saved, err
			}
			if is {
				return again, unknown, saved + 1, nil
			}
		case !errors.Is(err, auth.ErrServer) && !errors.Is(err, auth.ErrBusy):
			return again, unknown, saved, err // a clash: it had been saved
		}
		again++
	}
}

// TestBlackHole: when a desk's network goes away while it has the turn the others go on
// within six seconds. What it wrote is not there, and it is told so when the network is
// back.
func TestBlackHole(t *testing.T) {
	t.Parallel()
	p := made(t)
	server := remote(t, database(p))
	network := newProxy(t, server, 0)
	away, err := pgtest.By(t, network.way(server)).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer away.Close()
	const others = 3
	var stores []auth.Store
	for range others {
		s, err := pgtest.By(t, server).Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		stores = append(stores, s)
	}
	// write lets all of the others write, and says how long the slowest took.
	write := func(what string) (took time.Duration) {
		start := time.Now()
		var all sync.WaitGroup
		for i, s := range stores {
			all.Go(func() {
				err := put(s, fmt.Sprint(what, i))
				for errors.Is(err, auth.ErrBusy) { // the turn may end just after one's patience
					err = put(s, fmt.Sprint(what, i))
				}
				if err != nil {
					t.Errorf("%s, desk %d: %v", what, i, err)
				}
			})
		}
		all.Wait()
		return time.Since(start)
	}
	write("the first time") // prepares the queries
	usual := write("as usual")
	inside := make(chan struct{})
	written := make(chan error, 1)
	go func() {
		written <- away.Update(context.Background(), func(tx auth.Tx) error {
			network.black(true)
			close(inside)
			return tx.PutRecord(draft("away"), 0)
		})
	}()
	<-inside
	if took, most := write("beside it"), 6*time.Second+50*usual; took > most {
		t.Errorf("the others went on after %v (as usual: %v)", took, usual)
	} else {
		t.Logf("the others went on after %v (as usual: %v)", took, usual)
	}
	err = <-written
	network.black(false)
	var open *auth.UnknownError
	if !errors.As(err, &open) {
		t.Fatalf("who was away: %v", err)
	}
	saved, err := open.Ask(t.Context())
	if err != nil || saved || has(t, stores[0], "away") {
		t.Errorf("who was away asked: %v, %v", saved, err)
	}
	if err := put(away, "away"); err != nil {
		t.Errorf("who was away, once more: %v", err)
	}
}

//go:build postgres

package postgres_test

import (
	"encoding/base32"
	"errors"
	"math/rand/v2"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
	"anteroom/auth/totp"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/store/postgres/pgtest"
)

const fifty = 50

// window is one of many.
type window struct {
	session *auth.Session
	desk    *desk.Desk
}

func (c *clinic) windows() (all []window) {
	c.Helper()
	way := pgtest.Config(c.T, database(c.server))
	way.Owner = false
	practices := make([]*auth.Practice, fifty)
	var opening sync.WaitGroup
	for i := range practices {
		deps := c.deps
		deps.Location = pgtest.By(c.T, way)
		opening.Go(func() {
			var err error
			if practices[i], err = auth.Open(c.Context(), deps); err != nil {
				c.Error(err)
			}
		})
	}
	opening.Wait()
	for _, p := range practices { // one by one: an attempt counts until it is judged
		if p == nil {
			c.FailNow()
		}
		c.Cleanup(func() { p.Close() })
		session, d := c.enter(p)
		all = append(all, window{session, d})
	}
	return all
}

// TestFifty: fifty desks at one practice.
func TestFifty(t *testing.T) {
	c := newClinic(t)
	windows := c.windows()
	c.bookOne(windows)
	c.allOut(windows)
}

// bookOne lets all book the same time at once; each time one of them has it, and all
// others are told so.
func (c *clinic) bookOne(windows []window) {
	c.Helper()
	rounds := limits.Rounds(40)
	for round := range rounds {
		var won, lost atomic.Int64
		var all sync.WaitGroup
		for _, w := range windows {
			all.Go(func() {
				_, err := w.desk.Book(c.Context(), c.visit(round), false)
				var clash *data.Clash
				switch {
				case err == nil:
					won.Add(1)
				case errors.As(err, &clash):
					lost.Add(1)
				default:
					c.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 || lost.Load() != fifty-1 {
			c.Fatalf("round %d: %d have it, %d were told that it is taken", round, won.Load(), lost.Load())
		}
	}
	if got := c.booked(rounds); len(got) != rounds {
		c.Errorf("%d were booked", len(got))
	}
}

// allOut turns two-factor on in one window: all others are out within two seconds, as each
// looks once a second. A busy machine has as much more as a look by all takes there.
func (c *clinic) allOut(windows []window) {
	c.Helper()
	first, others := windows[0].session, windows[1:]
	c.must(c.anna.StepUp(c.Context(), annasPassword, ""))
	_, err := authtest.MakeKit(c.Context(), c.anna)
	c.must(err)
	c.must(first.StepUp(c.Context(), annasPassword, ""))
	e, err1 := first.NewEnrolment(c.Context())
	ends, err2 := authtest.SignedIn(c.Context(), first)
	settings, err3 := first.Settings(c.Context())
	c.must(errors.Join(err1, err2, err3))
	uri, err := url.Parse(e.URI())
	c.must(err)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	c.must(err)
	policy := settings.Policy
	policy.TwoFactor, policy.Frequency = true, auth.EverySignIn

	looked := time.Now()
	var all sync.WaitGroup
	for _, w := range others {
		all.Go(func() {
			if err := w.session.Check(c.Context()); err != nil {
				c.Error(err)
			}
		})
	}
	all.Wait()
	look := time.Since(looked)
	out := make(chan time.Time, len(others))
	var ready sync.WaitGroup
	for _, w := range others {
		ready.Add(1)
		all.Go(func() {
			offset := time.After(rand.N(time.Second))
			ready.Done()
			<-offset
			tick := time.NewTicker(time.Second)
			defer tick.Stop()
			for err := w.session.Check(c.Context()); !errors.Is(err, auth.ErrSessionEnded); err = w.session.Check(c.Context()) {
				if err != nil {
					c.Error(err)
					return
				}
				<-tick.C
			}
			out <- time.Now()
		})
	}
	ready.Wait()
	c.must(first.SaveSettings(c.Context(), auth.SettingsForm{
		Name: "Marigold Clinic", Policy: policy, Was: settings.Policy,
		Ends: ends, Enrolment: e, Code: totp.Code(secret, totp.StepAt(time.Now())),
	}))
	on := time.Now()
	all.Wait()
	close(out)
	var last time.Duration
	count := 0
	for at := range out {
		last, count = max(last, at.Sub(on)), count+1
	}
	if limit := 2*time.Second + 5*look; count != len(others) || last > limit {
		c.Errorf("%d of %d were out, the last after %v, of %v", count, len(others), last, limit)
	}
	c.Logf("%d were out, the last after %v; a look by all takes %v", count, last, look)
}

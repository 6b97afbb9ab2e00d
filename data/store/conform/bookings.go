package conform

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/data"
	"anteroom/data/desk"
)

// The same time of the same practitioner is booked by eight processes at once, for a
// patient of each; each time exactly one has it, and the others are told whose it is.
func testOneBooking(t *testing.T, e Engine) {
	c := newClinic(t, e)
	d := desk.NewMemory(c.deps.Now, data.DayFirst).Join(c.anna)
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: practitioner, Name: "Dr Osei"}}
	_, err := d.SaveDetails(t.Context(), details)
	c.must(err)
	var bookers []*Process
	var patients []string
	for i := range 8 {
		p, err := d.SavePatient(t.Context(), data.Patient{Name: fmt.Sprint("Patient ", i)})
		c.must(err)
		patients = append(patients, p.ID)
		bookers = append(bookers, c.start("booker"))
	}
	wins := make([]int, len(bookers))
	for round := range limits.Rounds(200) {
		at := c.now.Add(time.Duration(round) * time.Hour)
		for i, b := range bookers {
			b.tell("book", at, patients[i])
		}
		winner, told := -1, map[string]int{}
		for i, b := range bookers {
			switch got := b.Answer(); {
			case got != "did <nil>":
				told[got]++
			case winner >= 0:
				t.Fatalf("round %d: %d and %d got it", round, winner, i)
			default:
				winner = i
			}
		}
		if winner < 0 || told["did "+clashWith(patients[winner])] != len(bookers)-1 {
			t.Fatalf("round %d: %d got it, the others %v", round, winner, told)
		}
		wins[winner]++
		visits, err := d.Between(t.Context(), data.DateOf(at.In(d.Zone())), data.DateOf(at.In(d.Zone())).AddDays(1))
		c.must(err)
		var then []string
		for _, v := range visits {
			if v.Start.Equal(at) {
				then = append(then, v.Patient)
			}
		}
		if len(then) != 1 || then[0] != patients[winner] {
			t.Fatalf("round %d: it is booked for %q, not for %q", round, then, patients[winner])
		}
	}
	t.Logf("the processes got it %v times", wins)
}

const practitioner = "osei"

func clashWith(patient string) string { return "clash with " + patient }

// booker is a child that is a front desk.
func booker(at site, in io.Reader, out io.Writer) {
	ctx := context.Background()
	deps, err := at.deps(func() time.Time { return began })
	var d *desk.Desk
	if err == nil {
		d, err = joinDesk(ctx, deps)
	}
	Commands(in, out, err, func(words []string) error {
		start := timeOf(words)
		_, err := d.Book(ctx, data.Appointment{Patient: words[2], Practitioner: practitioner, Start: start.In(d.Zone()), End: start.Add(30 * time.Minute)}, false)
		var clash *data.Clash
		if errors.As(err, &clash) && len(clash.With) == 1 {
			return errors.New(clashWith(clash.With[0].Patient))
		}
		return err
	})
}

// joinDesk opens a practice and signs in.
func joinDesk(ctx context.Context, deps auth.Deps) (*desk.Desk, error) {
	p, err := auth.Open(ctx, deps)
	if err != nil {
		return nil, err
	}
	state, err := p.NewAttempt().Password(ctx, "asmith", password)
	if err != nil {
		return nil, err
	}
	return desk.NewMemory(deps.Now, data.DayFirst).Join(state.Session), nil
}

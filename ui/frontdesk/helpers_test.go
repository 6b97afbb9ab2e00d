package frontdesk

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/work"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // as the practice
	uitest.Main(m)
}

// newPractice has one practitioner and no kit.
func newPractice(t *testing.T, zone string) *practice.Practice {
	t.Helper()
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	return practice.New(t, practice.Records{Zone: zone, Details: details})
}

// quiet is a practice of which there is nothing to say: it has a kit.
func quiet(t *testing.T) *practice.Practice {
	t.Helper()
	p := newPractice(t, "")
	p.MakeKit()
	return p
}

// enrolled is a practice with two-factor, of which Anna is told who set a phone up.
func enrolled(t *testing.T) *practice.Practice {
	t.Helper()
	p := newPractice(t, "")
	p.TurnOn()
	return p
}

// anna is what the front desk shows Anna, in pictures.
func anna() auth.Overview {
	return auth.Overview{Practice: "Brook Street", Name: "Anna Smith", Role: auth.Admin}
}

func benEnrolled(at time.Time) auth.News {
	return auth.News{Seq: 7, At: at, Kind: auth.NewsEnrolled, Who: "Ben Jones"}
}

// bubble runs a test with a clock and goroutines of its own.
func bubble(t *testing.T, fn func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		q := &uitest.Queue{}
		fn(t, ctx, q, work.Runner{Dispatch: q.Dispatch, Now: time.Now})
	})
}

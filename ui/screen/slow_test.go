package screen

import (
	"testing"
	"time"
)

func TestGoSlow(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration
		want  string
	}{
		"soon":     {LastingAfter / 2, "done"},
		"it lasts": {time.Hour, "lasts, ended, done"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b *bubble) {
				got := ""
				b.GoSlow(lasting(c.takes, nil), func(on bool) {
					if on {
						got += "lasts, "
					} else {
						got += "ended, "
					}
				}, func(error) { got += "done" })
				if b.pass(2 * time.Hour); got != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
			})
		})
	}
}

// TestGoSlowOfAScreenThatIsLeft is told nothing any more.
func TestGoSlowOfAScreenThatIsLeft(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		told := 0
		b.GoSlow(lasting(time.Hour, nil), func(bool) { told++ }, func(error) { told++ })
		b.leave()
		if b.pass(2 * time.Hour); told != 0 {
			t.Errorf("told %d times", told)
		}
	})
}

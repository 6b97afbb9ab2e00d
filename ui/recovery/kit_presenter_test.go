package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// kitCase is the presenter with a kit of a practice in memory.
type kitCase struct {
	*screentest.Bubble
	made      *auth.Kit
	groups    []string
	answers   answers // of each slow work
	progress  func(auth.Progress)
	ownDisk   bool
	confirmed []string
	saved     []string

	params                   KitParams
	presenter                *kit
	done, later, backs, read int

	shown           kitView
	focused         []kitStep
	retyped, closed int
	leaving         func() // what it asked about
	bars            []int  // how much was done, each time that was shown
}

func (c *kitCase) show(v kitView) {
	c.shown = v
	if v.Total > 0 && (len(c.bars) == 0 || c.bars[len(c.bars)-1] != v.Done) {
		c.bars = append(c.bars, v.Done)
	}
}

func (c *kitCase) display() kitDisplay {
	return kitDisplay{
		View: screen.NewView(c.show), FocusStep: func(s kitStep) { c.focused = append(c.focused, s) },
		Retype: func() { c.retyped++ }, CloseSave: func() { c.closed++ }, AskToLeave: func(leave func()) { c.leaving = leave },
	}
}

// inKit runs a test of the presenter in a bubble of time. The answers are to
// New, Print, Save and Confirm, in the order they are asked.
func inKit(t *testing.T, list []answer, change func(*KitParams, *kitCase), test func(*testing.T, *kitCase)) {
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		made, err := practice.New(t, practice.Records{}).Anna.Session.NewKit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c := &kitCase{Bubble: b, made: made, groups: made.Groups(), answers: answers{list: list}}
		c.params = KitParams{
			Scope: b.Scope,
			New: func(ctx context.Context) (*auth.Kit, error) {
				if err := c.answers.next(ctx); err != nil {
					return nil, err
				}
				return c.made, nil
			},
			Confirm: func(ctx context.Context, _ *auth.Kit, lastGroup string, p auth.Progress) error {
				c.confirmed = append(c.confirmed, lastGroup)
				if c.progress != nil {
					c.progress(p)
				}
				return c.answers.next(ctx)
			},
			Print: func(k *auth.Kit) error {
				c.read += len(k.Groups())
				return c.answers.next(context.Background())
			},
			Save: func(k *auth.Kit, path string) error {
				c.read += len(k.Groups())
				c.saved = append(c.saved, path)
				return c.answers.next(context.Background())
			},
			OwnDisk: func(string) bool { return c.ownDisk },
			Done:    func() { c.done++ },
		}
		if change != nil {
			change(&c.params, c)
		}
		c.presenter = newKit(c.params)
		c.presenter.begin(c.display())
		c.Pass(0)
		test(t, c)
	})
}

func withWays(p *KitParams, c *kitCase) {
	p.Later, p.OnBack = func() { c.later++ }, func() { c.backs++ }
}

func (c *kitCase) isWiped() bool { return !c.made.LastGroupIs(c.groups[7]) }

var allWell = []answer{{}, {}, {}, {}, {}}

func TestKitFromTheKeyToTheLastGroup(t *testing.T) {
	inKit(t, allWell, nil, func(t *testing.T, c *kitCase) {
		want(t, "key", strings.Join(c.shown.Groups, " "), strings.Join(c.groups, " "))
		want(t, "number", c.shown.Number, c.made.Number())
		c.presenter.next()
		want(t, "groups while the last one is typed", len(c.shown.Groups), 0)

		c.presenter.confirm("00000")
		want(t, "error", c.shown.Error, "That is not the last group. Look at the page and type its last five characters.")
		want(t, "retyped", c.retyped, 1)
		want(t, "confirmed", len(c.confirmed), 0)
		c.presenter.edited()
		want(t, "error after typing", c.shown.Error, "")

		c.presenter.showAgain()
		want(t, "groups shown again", len(c.shown.Groups), 8)
		c.presenter.next()
		typed := strings.ToLower(c.groups[7])
		c.presenter.confirm(typed)
		c.presenter.confirm(typed)
		c.Pass(0)
		want(t, "confirmed", strings.Join(c.confirmed, " "), typed)
		want(t, "done", c.done, 1)
		want(t, "wiped", c.isWiped(), true)
		want(t, "steps", len(c.focused), 4)
	})
}

func TestKitShowsThatItGoesOn(t *testing.T) {
	inKit(t, []answer{{after: 2 * time.Second}, {after: 10 * time.Second}, {after: 10 * time.Second}}, nil, func(t *testing.T, c *kitCase) {
		want(t, "waiting at once", c.shown.Waiting, "")
		c.presenter.next()
		want(t, "step before there is a key", c.shown.Step, kitComing)
		c.Pass(time.Second)
		want(t, "stage", c.shown.Waiting, "One moment…")
		c.Pass(time.Second)
		want(t, "waiting for the key", c.shown.Waiting, "")

		c.presenter.print()
		c.Pass(6 * time.Second)
		want(t, "waiting for a viewer", c.shown.Waiting, "One moment…")
		want(t, "can cancel it", c.shown.CanCancel, false)
		want(t, "can go on", c.shown.CanSubmit, false)
		c.presenter.next()
		want(t, "step while printing", c.shown.Step, kitShown)
		c.Pass(5 * time.Second)

		c.presenter.next()
		c.presenter.confirm(c.groups[7])
		c.Pass(time.Second)
		want(t, "stage", c.shown.Waiting, "One moment…")
		c.presenter.showAgain()
		want(t, "step while confirming", c.shown.Step, kitTyped)
		c.Pass(5 * time.Second)
		want(t, "stage", c.shown.Waiting, "Waiting for the keyring")
		want(t, "can cancel", c.shown.CanCancel, true)
	})
}

func TestKitShowsHowFarTheSealingIs(t *testing.T) {
	list := []answer{{}, {after: time.Second}, {after: time.Second}}
	inKit(t, list, nil, func(t *testing.T, c *kitCase) {
		c.progress = func(p auth.Progress) {
			for done := range 100_001 {
				p(done, 100_000)
				if done == 50_000 {
					time.Sleep(time.Second)
				}
			}
		}
		c.presenter.next()
		c.presenter.confirm(c.groups[7])
		c.Pass(500 * time.Millisecond)
		want(t, "stage", c.shown.Waiting, "Sealing everything anew…")
		want(t, "done", c.shown.Done, 50_000)
		want(t, "can cancel", c.shown.CanCancel, true)
		c.Pass(700 * time.Millisecond)
		want(t, "done", c.shown.Done, 100_000)
		if len(c.bars) > 101 {
			t.Errorf("shown anew %d times", len(c.bars))
		}
		c.presenter.back() // Esc
		c.Pass(0)
		want(t, "said", c.shown.Said, "Cancelled. This kit does not count yet.")
		want(t, "error", c.shown.Error, "")
		want(t, "bar", c.shown.Total, 0)
		want(t, "done", c.done, 0)

		c.progress = nil
		c.presenter.confirm(c.groups[7])
		c.Pass(500 * time.Millisecond)
		want(t, "waiting without progress", c.shown.Waiting, "One moment…")
		c.Pass(time.Second)
		want(t, "done", c.done, 1)
	})
}

func TestKitOfAPracticeWithoutRecordsHasNoBar(t *testing.T) {
	inKit(t, []answer{{}, {after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.progress = func(p auth.Progress) { p(0, 0) }
		c.presenter.next()
		c.presenter.confirm(c.groups[7])
		c.Pass(500 * time.Millisecond)
		want(t, "stage", c.shown.Waiting, "Sealing everything anew…")
		want(t, "total", c.shown.Total, 0)
	})
}

func TestKitThatCannotBeMade(t *testing.T) {
	inKit(t, []answer{{err: auth.ErrBusy}, {}}, withWays, func(t *testing.T, c *kitCase) {
		want(t, "step", c.shown.Step, kitFailed)
		if !strings.HasPrefix(c.shown.Error, "Another program") {
			t.Errorf("error: %q", c.shown.Error)
		}
		c.presenter.start()
		c.Pass(0)
		want(t, "step", c.shown.Step, kitShown)
		want(t, "error", c.shown.Error, "")
	})
}

// The proof that a kit needs can be refused: then nobody wants a kit.
func TestKitThatNobodyProved(t *testing.T) {
	cancelled := []answer{{err: context.Canceled}}
	inKit(t, cancelled, withWays, func(t *testing.T, c *kitCase) { want(t, "back", c.backs, 1) })
	inKit(t, cancelled, nil, func(t *testing.T, c *kitCase) {
		want(t, "error", c.shown.Error, "There is no kit yet. Try again when you are ready.")
	})
}

func TestKitPrints(t *testing.T) {
	inKit(t, []answer{{}, {err: errors.New("no viewer")}, {}}, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.print()
		c.Pass(0)
		if !strings.HasPrefix(c.shown.Error, "Something went wrong") {
			t.Errorf("error: %q", c.shown.Error)
		}
		c.presenter.leave(c.params.Later)
		want(t, "later, without a page", c.later, 1)

		c.presenter.print()
		c.Pass(0)
		want(t, "said", c.shown.Said, "The page is open in the viewer. Print it there.")
		want(t, "error", c.shown.Error, "")
		c.presenter.leave(c.params.Later)
		want(t, "later, with a page, unasked", c.later, 1)
		c.leaving()
		want(t, "later", c.later, 2)
	})
}

func TestKitEndsWithTheSession(t *testing.T) {
	for _, reason := range []error{auth.ErrSessionEnded, auth.ErrDamaged} {
		inKit(t, []answer{{err: reason}}, nil, func(t *testing.T, c *kitCase) { want(t, "ended", c.Ended[0], reason) })
		for name, act := range map[string]func(*kitCase){
			"print":   func(c *kitCase) { c.presenter.print() },
			"save":    func(c *kitCase) { c.presenter.saver.Save(authtest.Path("/usb/a.pdf")) },
			"confirm": func(c *kitCase) { c.presenter.next(); c.presenter.confirm(c.groups[7]) },
		} {
			inKit(t, []answer{{}, {err: reason}}, nil, func(t *testing.T, c *kitCase) {
				act(c)
				c.Pass(0)
				want(t, name, c.Ended[0], reason)
			})
		}
	}
}

func TestKitSaysWhyItDoesNotCount(t *testing.T) {
	wrong := &auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers}
	inKit(t, []answer{{}, {err: keyring.ErrNoAnswer}, {err: wrong}}, nil, func(t *testing.T, c *kitCase) {
		c.presenter.next()
		for _, text := range []string{"The keyring of this computer does not answer.", "That is not the last group."} {
			c.presenter.confirm(c.groups[7])
			c.Pass(0)
			if !strings.HasPrefix(c.shown.Error, text) {
				t.Errorf("error: %q", c.shown.Error)
			}
		}
		want(t, "retyped", c.retyped, 1)
	})
}

func TestKitEscape(t *testing.T) {
	inKit(t, allWell, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.next()
		c.presenter.back()
		want(t, "step", c.shown.Step, kitShown)
		want(t, "back too early", c.backs, 0)
		c.presenter.back()
		want(t, "back", c.backs, 1)
		c.presenter.print()
		c.presenter.back() // while it is being printed
		want(t, "back, with a page, unasked", c.backs, 1)
	})
	inKit(t, allWell, func(p *KitParams, c *kitCase) { p.Later = func() { c.later++ } }, func(t *testing.T, c *kitCase) {
		c.presenter.back()
		want(t, "later by Esc", c.later, 0)
	})
}

// A key is wiped when the screen is left, but never while work reads it.
func TestKitWipes(t *testing.T) {
	inKit(t, allWell, nil, func(t *testing.T, c *kitCase) {
		c.Leave()
		c.presenter.close()
		want(t, "wiped", c.isWiped(), true)
		want(t, "groups", len(c.presenter.view().Groups), 0)
	})
	inKit(t, []answer{{after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.presenter.close() // before there is a key, which comes all the same
		c.Pass(2 * time.Second)
		want(t, "wiped", c.isWiped(), true)
		want(t, "step", c.shown.Step, kitComing)
	})
	inKit(t, []answer{{}, {after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.presenter.saver.Save(authtest.Path("/usb/a.pdf"))
		c.Pass(0)
		c.Leave()
		c.presenter.close()
		want(t, "wiped while it is saved", c.isWiped(), false)
		c.Pass(2 * time.Second)
		want(t, "wiped", c.isWiped(), true)
		want(t, "said after the end", c.shown.Said, "")
	})
}

// TestKitSaves: only a page that is there makes leaving a question.
func TestKitSaves(t *testing.T) {
	inKit(t, []answer{{}, {err: auth.ErrDiskFull}, {after: time.Second}}, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.saver.Save(authtest.Path("/usb/a.pdf"))
		c.Pass(0)
		want(t, "said after an error", c.shown.Said, "")
		c.presenter.leave(c.params.Later)
		want(t, "left without a page", c.later, 1)
		c.presenter.saver.Save(authtest.Path("/usb/a.pdf"))
		c.Pass(500 * time.Millisecond)
		want(t, "busy", c.shown.Save.Busy, true)
		want(t, "the screen's own line", c.shown.Waiting, "")
		c.Pass(time.Second)
		want(t, "said", c.shown.Said, "Saved as "+authtest.Path("/usb/a.pdf")+".")
		want(t, "closed", c.closed, 1)
		c.presenter.leave(c.params.Later)
		want(t, "left with a page, unasked", c.later, 1)
	})
}

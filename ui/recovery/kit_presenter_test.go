package recovery

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

type fakeKitScreen struct {
	view             kitView
	focused          []kitStep
	retyped, closed  int
	leave            func() // that it asked about
	bars             []int  // how much was done, each time that was shown
	waitedWithCancel bool
}

func (f *fakeKitScreen) show(v kitView) {
	f.view = v
	if v.Total > 0 && (len(f.bars) == 0 || f.bars[len(f.bars)-1] != v.Done) {
		f.bars = append(f.bars, v.Done)
	}
	f.waitedWithCancel = f.waitedWithCancel || v.CanCancel
}

func (f *fakeKitScreen) focusStep(s kitStep)  { f.focused = append(f.focused, s) }
func (f *fakeKitScreen) retype()              { f.retyped++ }
func (f *fakeKitScreen) closeSave()           { f.closed++ }
func (f *fakeKitScreen) askToLeave(do func()) { f.leave = do }

// kitCase is the presenter with a kit of a practice in memory.
type kitCase struct {
	*queue
	made      *auth.Kit
	groups    []string
	answers   answers // of each slow work
	progress  func(auth.Progress)
	ownDisk   bool
	confirmed []string
	saved     []string

	params                   KitParams
	display                  *fakeKitScreen
	presenter                *kit
	leave                    context.CancelFunc
	done, later, backs, read int
	ended                    error
}

func (c *kitCase) answer(ctx context.Context) error {
	_, err := c.answers.next(ctx)
	return err
}

// kitSession is signed in at a practice in memory.
var kitSession = sync.OnceValue(func() *auth.Session {
	_, session := newTestPractice()
	return session
})

// newTestKit is a kit that was begun and counts for nothing.
func newTestKit() *auth.Kit {
	made, err := kitSession().NewKit(context.Background())
	if err != nil {
		panic(err)
	}
	return made
}

// inKit runs a test of the presenter in a bubble of time. The answers are to
// New, Print, Save and Confirm, in the order they are asked.
func inKit(t *testing.T, list []answer, change func(*KitParams, *kitCase), test func(*testing.T, *kitCase)) {
	made := newTestKit()
	synctest.Test(t, func(t *testing.T) {
		c := &kitCase{queue: &queue{}, made: made, groups: made.Groups(), answers: answers{list: list}, display: &fakeKitScreen{}}
		host, leave := newHost(t, c.queue)
		defer leave()
		c.leave = leave
		c.params = KitParams{
			Host: host,
			New: func(ctx context.Context) (*auth.Kit, error) {
				if err := c.answer(ctx); err != nil {
					return nil, err
				}
				return c.made, nil
			},
			Confirm: func(ctx context.Context, _ *auth.Kit, lastGroup string, p auth.Progress) error {
				c.confirmed = append(c.confirmed, lastGroup)
				if c.progress != nil {
					c.progress(p)
				}
				return c.answer(ctx)
			},
			Print: func(k *auth.Kit) error {
				c.read += len(k.Groups())
				return c.answer(context.Background())
			},
			Save: func(k *auth.Kit, path string) error {
				c.read += len(k.Groups())
				c.saved = append(c.saved, path)
				return c.answer(context.Background())
			},
			OwnDisk: func(string) bool { return c.ownDisk },
			Done:    func() { c.done++ },
			OnEnded: func(err error) { c.ended = err },
		}
		if change != nil {
			change(&c.params, c)
		}
		c.presenter = newKit(c.params)
		c.presenter.begin(c.display)
		c.pass(0)
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
		want(t, "key", strings.Join(c.display.view.Groups, " "), strings.Join(c.groups, " "))
		want(t, "number", c.display.view.Number, c.made.Number())
		c.presenter.next()
		want(t, "groups while the last one is typed", len(c.display.view.Groups), 0)

		c.presenter.confirm("00000")
		want(t, "error", c.display.view.Error, "That is not the last group. Look at the page and type its last five characters.")
		want(t, "retyped", c.display.retyped, 1)
		want(t, "confirmed", len(c.confirmed), 0)
		c.presenter.edited()
		want(t, "error after typing", c.display.view.Error, "")

		c.presenter.showAgain()
		want(t, "groups shown again", len(c.display.view.Groups), 8)
		c.presenter.next()
		typed := strings.ToLower(c.groups[7])
		c.presenter.confirm(typed)
		c.presenter.confirm(typed)
		c.pass(0)
		want(t, "confirmed", strings.Join(c.confirmed, " "), typed)
		want(t, "done", c.done, 1)
		want(t, "wiped", c.isWiped(), true)
		want(t, "steps", len(c.display.focused), 4)
	})
}

func TestKitShowsThatItGoesOn(t *testing.T) {
	inKit(t, []answer{{after: 2 * time.Second}, {after: 10 * time.Second}, {after: 10 * time.Second}}, nil, func(t *testing.T, c *kitCase) {
		want(t, "waiting at once", c.display.view.Waiting, "")
		c.presenter.next()
		want(t, "step before there is a key", c.display.view.Step, kitComing)
		c.pass(time.Second)
		want(t, "waiting", c.display.view.Waiting, "One moment…")
		c.pass(time.Second)
		want(t, "waiting for the key", c.display.view.Waiting, "")

		c.presenter.print()
		c.pass(6 * time.Second)
		want(t, "waiting for a viewer", c.display.view.Waiting, "One moment…")
		want(t, "can cancel it", c.display.view.CanCancel, false)
		want(t, "can go on", c.display.view.CanSubmit, false)
		c.presenter.next()
		want(t, "step while printing", c.display.view.Step, kitShown)
		c.pass(5 * time.Second)

		c.presenter.next()
		c.presenter.confirm(c.groups[7])
		c.pass(time.Second)
		want(t, "waiting", c.display.view.Waiting, "One moment…")
		c.presenter.showAgain()
		want(t, "step while confirming", c.display.view.Step, kitTyped)
		c.pass(5 * time.Second)
		want(t, "waiting", c.display.view.Waiting, "Waiting for the keyring")
		want(t, "can cancel", c.display.view.CanCancel, true)
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
		c.pass(500 * time.Millisecond)
		want(t, "waiting", c.display.view.Waiting, "Sealing everything anew…")
		want(t, "done", c.display.view.Done, 50_000)
		want(t, "can cancel", c.display.view.CanCancel, true)
		c.pass(700 * time.Millisecond)
		want(t, "done", c.display.view.Done, 100_000)
		if len(c.display.bars) > 101 {
			t.Errorf("shown anew %d times", len(c.display.bars))
		}
		c.presenter.back() // Esc
		c.pass(0)
		want(t, "said", c.display.view.Said, "Cancelled. This kit does not count yet.")
		want(t, "error", c.display.view.Error, "")
		want(t, "bar", c.display.view.Total, 0)
		want(t, "done", c.done, 0)

		c.progress = nil
		c.presenter.confirm(c.groups[7])
		c.pass(500 * time.Millisecond)
		want(t, "waiting without progress", c.display.view.Waiting, "One moment…")
		c.pass(time.Second)
		want(t, "done", c.done, 1)
	})
}

func TestKitOfAPracticeWithoutRecordsHasNoBar(t *testing.T) {
	inKit(t, []answer{{}, {after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.progress = func(p auth.Progress) { p(0, 0) }
		c.presenter.next()
		c.presenter.confirm(c.groups[7])
		c.pass(500 * time.Millisecond)
		want(t, "waiting", c.display.view.Waiting, "Sealing everything anew…")
		want(t, "total", c.display.view.Total, 0)
	})
}

func TestKitThatCannotBeMade(t *testing.T) {
	inKit(t, []answer{{err: auth.ErrBusy}, {}}, withWays, func(t *testing.T, c *kitCase) {
		want(t, "step", c.display.view.Step, kitFailed)
		if !strings.HasPrefix(c.display.view.Error, "Another program") {
			t.Errorf("error: %q", c.display.view.Error)
		}
		c.presenter.start()
		c.pass(0)
		want(t, "step", c.display.view.Step, kitShown)
		want(t, "error", c.display.view.Error, "")
	})
}

// The proof that a kit needs can be refused: then nobody wants a kit.
func TestKitThatNobodyProved(t *testing.T) {
	cancelled := []answer{{err: context.Canceled}}
	inKit(t, cancelled, withWays, func(t *testing.T, c *kitCase) { want(t, "back", c.backs, 1) })
	inKit(t, cancelled, nil, func(t *testing.T, c *kitCase) {
		want(t, "error", c.display.view.Error, "There is no kit yet. Try again when you are ready.")
	})
}

func TestKitPrints(t *testing.T) {
	inKit(t, []answer{{}, {err: errors.New("no viewer")}, {}}, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.print()
		c.pass(0)
		if !strings.HasPrefix(c.display.view.Error, "Something went wrong") {
			t.Errorf("error: %q", c.display.view.Error)
		}
		c.presenter.leave(c.params.Later)
		want(t, "later, without a page", c.later, 1)

		c.presenter.print()
		c.pass(0)
		want(t, "said", c.display.view.Said, "The page is open in the viewer. Print it there.")
		want(t, "error", c.display.view.Error, "")
		c.presenter.leave(c.params.Later)
		want(t, "later, with a page, unasked", c.later, 1)
		c.display.leave()
		want(t, "later", c.later, 2)
	})
}

func TestKitEndsWithTheSession(t *testing.T) {
	for _, reason := range []error{auth.ErrSessionEnded, auth.ErrDamaged} {
		inKit(t, []answer{{err: reason}}, nil, func(t *testing.T, c *kitCase) { want(t, "ended", c.ended, reason) })
		for name, act := range map[string]func(*kitCase){
			"print":   func(c *kitCase) { c.presenter.print() },
			"save":    func(c *kitCase) { c.presenter.saver.saveTo(authtest.Path("/usb/a.pdf")) },
			"confirm": func(c *kitCase) { c.presenter.next(); c.presenter.confirm(c.groups[7]) },
		} {
			inKit(t, []answer{{}, {err: reason}}, nil, func(t *testing.T, c *kitCase) {
				act(c)
				c.pass(0)
				want(t, name, c.ended, reason)
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
			c.pass(0)
			if !strings.HasPrefix(c.display.view.Error, text) {
				t.Errorf("error: %q", c.display.view.Error)
			}
		}
		want(t, "retyped", c.display.retyped, 1)
	})
}

func TestKitEscape(t *testing.T) {
	inKit(t, allWell, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.next()
		c.presenter.back()
		want(t, "step", c.display.view.Step, kitShown)
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
		c.leave()
		c.presenter.close()
		want(t, "wiped", c.isWiped(), true)
		want(t, "groups", len(c.presenter.view().Groups), 0)
	})
	inKit(t, []answer{{after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.presenter.close() // before there is a key, which comes all the same
		c.pass(2 * time.Second)
		want(t, "wiped", c.isWiped(), true)
		want(t, "step", c.display.view.Step, kitComing)
	})
	inKit(t, []answer{{}, {after: time.Second}}, nil, func(t *testing.T, c *kitCase) {
		c.presenter.saver.saveTo(authtest.Path("/usb/a.pdf"))
		c.pass(0)
		c.leave()
		c.presenter.close()
		want(t, "wiped while it is saved", c.isWiped(), false)
		c.pass(2 * time.Second)
		want(t, "wiped", c.isWiped(), true)
		want(t, "said after the end", c.display.view.Said, "")
	})
}

package recovery

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

type keyCase struct {
	*screentest.Bubble
	answers    answers
	keys       []string
	shown      keyView
	groups     []int // to which the cursor went
	presenter  *keyEntry
	done, back int
}

// inKeyEntry runs a test of the presenter in a bubble of time.
func inKeyEntry(t *testing.T, w keyWords, list []answer, test func(*testing.T, *keyCase)) {
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &keyCase{Bubble: b, answers: answers{list: list}}
		c.presenter = newKeyEntry(KeyEntryParams{
			Scope: b.Scope,
			Open: func(ctx context.Context, key string) error {
				c.keys = append(c.keys, key)
				return c.answers.next(ctx)
			},
			Done:   func() { c.done++ },
			OnBack: func() { c.back++ },
		}, w)
		c.presenter.begin(screentest.View(&c.shown), func(group int) { c.groups = append(c.groups, group) })
		test(t, c)
	})
}

func TestKeyEntrySaysWhatIsWrong(t *testing.T) {
	kit, code := kitWords("Brook Street"), linkingCodeWords("")
	for _, c := range []struct {
		words keyWords
		err   error
		says  string
		group int // to which the cursor goes; -1: it stays
	}{
		{kit, auth.TypoError{Group: 4}, "Group 4 has a slip. Compare it with the page.", 4},
		{code, auth.TypoError{Group: 2}, "Group 2 has a slip. Compare it with the code.", 2},
		{kit, auth.LengthError{Got: 37, Want: 40}, "The key has eight groups of five characters. 37 characters are typed.", 0},
		{code, auth.LengthError{Got: 3, Want: 20}, "The code has four groups of five characters. 3 characters are typed.", 0},
		{kit, auth.ErrChecksum, "The groups do not belong together.", 0},
		{kit, auth.ErrKitWrong, "This is not the recovery kit of this practice", -1},
		{kit, auth.ErrNoKit, "This practice has no recovery kit yet.", -1},
		{code, auth.ErrLinkCode, "This linking code does not count", -1},
		{code, keyring.ErrLocked, "The keyring of this computer is locked.", -1},
	} {
		inKeyEntry(t, c.words, []answer{{err: c.err}}, func(t *testing.T, k *keyCase) {
			k.presenter.submit("ABCDE FGHJK")
			k.Pass(0)
			if !strings.HasPrefix(k.shown.Error, c.says) {
				t.Errorf("%v: says %q, want %q", c.err, k.shown.Error, c.says)
			}
			want(t, "asked with", strings.Join(k.keys, "|"), "ABCDE FGHJK")
			want(t, "done", k.done, 0)
			if c.group < 0 {
				want(t, "moves of the cursor", len(k.groups), 0)
			} else if len(k.groups) != 1 || k.groups[0] != c.group {
				t.Errorf("%v: the cursor went to %v, want %d", c.err, k.groups, c.group)
			}
			k.presenter.edited()
			want(t, "error after typing", k.shown.Error, "")
		})
	}
}

func TestKeyEntryOpensOnce(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{after: 6 * time.Second}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		k.presenter.submit("B")
		for _, step := range []struct {
			pass time.Duration
			want screen.Stage
		}{{0, screen.Begun}, {time.Second / 2, screen.Lasting}, {5 * time.Second, screen.Stalled}, {time.Second, screen.Idle}} {
			want(t, "can submit", k.shown.CanSubmit, false)
			k.Pass(step.pass)
			if k.done == 0 {
				want(t, "stage", k.shown.Stage, step.want)
			}
		}
		want(t, "done", k.done, 1)
		want(t, "asked", len(k.keys), 1)
	})
}

// Back ends what is under way, and then leaves, without an error.
func TestKeyEntryBackWhileOpening(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{after: time.Minute}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		k.presenter.back()
		want(t, "back before it ended", k.back, 0)
		k.Pass(0)
		want(t, "back", k.back, 1)
		want(t, "error", k.shown.Error, "")
		k.presenter.back()
		want(t, "back with nothing under way", k.back, 2)
	})
}

// Cancel stays on the screen, and a later failure does not leave it.
func TestKeyEntryCancel(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{after: time.Minute}, {err: auth.ErrKitWrong}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		k.presenter.task.Cancel()
		k.Pass(0)
		want(t, "can submit", k.shown.CanSubmit, true)
		want(t, "error", k.shown.Error, "")
		k.presenter.submit("A")
		k.Pass(0)
		want(t, "back", k.back, 0)
		want(t, "says something", k.shown.Error != "", true)
	})
}

// What was opened while somebody pressed Back is shown, not left open unseen.
func TestKeyEntryTooLateForBack(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		synctest.Wait()
		k.presenter.back()
		k.Pass(0)
		want(t, "done", k.done, 1)
		want(t, "back", k.back, 0)
	})
}

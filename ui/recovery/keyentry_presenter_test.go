package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

type fakeKeyScreen struct {
	view   keyView
	groups []int // to which the cursor went
}

func (f *fakeKeyScreen) show(v keyView) { f.view = v }
func (f *fakeKeyScreen) goTo(group int) { f.groups = append(f.groups, group) }

type keyCase struct {
	*queue
	answers    answers
	keys       []string
	display    *fakeKeyScreen
	presenter  *keyEntry
	leave      context.CancelFunc
	done, back int
}

// inKeyEntry runs a test of the presenter in a bubble of time.
func inKeyEntry(t *testing.T, w keyWords, list []answer, test func(*testing.T, *keyCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &keyCase{queue: &queue{}, answers: answers{list: list}, display: &fakeKeyScreen{}}
		host, leave := newHost(t, c.queue)
		c.leave = leave
		defer leave()
		c.presenter = newKeyEntry(KitEntryParams{
			Host: host,
			Open: func(ctx context.Context, key string) error {
				c.keys = append(c.keys, key)
				_, err := c.answers.next(ctx)
				return err
			},
			Done:   func() { c.done++ },
			OnBack: func() { c.back++ },
		}, w)
		c.presenter.begin(c.display)
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
			k.pass(0)
			if !strings.HasPrefix(k.display.view.Error, c.says) {
				t.Errorf("%v: says %q, want %q", c.err, k.display.view.Error, c.says)
			}
			want(t, "asked with", strings.Join(k.keys, "|"), "ABCDE FGHJK")
			want(t, "done", k.done, 0)
			if c.group < 0 {
				want(t, "moves of the cursor", len(k.display.groups), 0)
			} else if len(k.display.groups) != 1 || k.display.groups[0] != c.group {
				t.Errorf("%v: the cursor went to %v, want %d", c.err, k.display.groups, c.group)
			}
			k.presenter.edited()
			want(t, "error after typing", k.display.view.Error, "")
		})
	}
}

func TestKeyEntryOpensOnce(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{after: 6 * time.Second}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		k.presenter.submit("B")
		for _, step := range []struct {
			pass time.Duration
			want waiting
		}{{0, begun}, {time.Second, lasting}, {5 * time.Second, stalled}} {
			want(t, "can submit", k.display.view.CanSubmit, false)
			k.pass(step.pass)
			if k.done == 0 {
				want(t, "waiting", k.display.view.Waiting, step.want)
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
		k.pass(0)
		want(t, "back", k.back, 1)
		want(t, "error", k.display.view.Error, "")
		k.presenter.back()
		want(t, "back with nothing under way", k.back, 2)
	})
}

// Cancel stays on the screen, and a later failure does not leave it.
func TestKeyEntryCancel(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{after: time.Minute}, {err: auth.ErrKitWrong}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		k.presenter.cancel()
		k.pass(0)
		want(t, "can submit", k.display.view.CanSubmit, true)
		want(t, "error", k.display.view.Error, "")
		k.presenter.submit("A")
		k.pass(0)
		want(t, "back", k.back, 0)
		want(t, "says something", k.display.view.Error != "", true)
	})
}

// What was opened while somebody pressed Back is shown, not left open unseen.
func TestKeyEntryTooLateForBack(t *testing.T) {
	inKeyEntry(t, kitWords(""), []answer{{}}, func(t *testing.T, k *keyCase) {
		k.presenter.submit("A")
		synctest.Wait()
		k.presenter.back()
		k.pass(0)
		want(t, "done", k.done, 1)
		want(t, "back", k.back, 0)
	})
}

// keyDesk is a screen for a printed key in a window.
type keyDesk struct {
	*desk
	screen     *KeyEntryScreen
	open       func(ctx context.Context, key string) error
	done, back int
}

func newKeyDesk(t *testing.T, show func(KitEntryParams) *KeyEntryScreen) *keyDesk {
	d := &keyDesk{desk: newDesk(t)}
	d.screen = show(KitEntryParams{
		Host: d.host, Practice: "Brook Street",
		Open:   func(ctx context.Context, key string) error { return d.open(ctx, key) },
		Done:   func() { d.done++ },
		OnBack: func() { d.back++ },
	})
	d.show(d.screen)
	return d
}

func (d *keyDesk) waitForError(t *testing.T) {
	t.Helper()
	d.runUntil(t, "an error", func() bool { return d.screen.key.field.Error() != "" })
}

// TestKitEntryScreen opens a practice with its kit, typed as badly as people do.
func TestKitEntryScreen(t *testing.T) {
	place := &authtest.Memory{}
	deps := auth.Deps{Location: place, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap}
	groups := makeTestKit(t, deps)
	deps.Keyring = authtest.NewKeyring() // of another computer
	d := newKeyDesk(t, NewKitEntry)
	d.open = func(ctx context.Context, key string) error {
		r, err := auth.OpenRescue(ctx, deps, key)
		if err == nil {
			err = r.Close()
		}
		return err
	}
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.key.entry))

	d.typeText(strings.ToLower(strings.Join(groups[:7], "-")))
	d.press(fyne.KeyReturn)
	d.waitForError(t)
	want(t, "shown", d.screen.key.entry.Text, strings.Join(groups[:7], " "))
	want(t, "error", d.screen.key.field.Error(), "The key has eight groups of five characters. 35 characters are typed.")

	d.typeText(groups[7])
	want(t, "error while typing", d.screen.key.field.Error(), "")
	slip := "0"
	if groups[3][0] == '0' {
		slip = "1"
	}
	d.screen.key.goTo(4)
	d.press(fyne.KeyDelete)
	d.typeText(slip)
	d.press(fyne.KeyReturn)
	d.waitForError(t)
	want(t, "error", d.screen.key.field.Error(), "Group 4 has a slip. Compare it with the page.")
	want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 3*6)

	d.press(fyne.KeyDelete)
	d.typeText(groups[3][:1])
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the practice", func() bool { return d.done == 1 })
}

// makeTestKit is the recovery kit of a new practice.
func makeTestKit(t *testing.T, deps auth.Deps) []string {
	t.Helper()
	ctx := t.Context()
	_, session, err := auth.SetUp(ctx, deps, goodForm)
	if err != nil {
		t.Fatal(err)
	}
	kit, err := session.NewKit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	groups := kit.Groups()
	if err := session.ConfirmKit(ctx, kit, groups[7], nil); err != nil {
		t.Fatal(err)
	}
	return groups
}

func TestLinkingCodeScreen(t *testing.T) {
	d := newKeyDesk(t, func(p KitEntryParams) *KeyEntryScreen { return NewLinkingCodeEntry(LinkingCodeParams(p)) })
	d.open = func(context.Context, string) error { return auth.ErrLinkCode }
	d.typeText("abcde fghjk")
	test.Tap(d.screen.footer.primary)
	d.waitForError(t)
	want(t, "kept", d.screen.key.entry.Text, "ABCDE FGHJK")
}

// TestKeyEntryKeys: Enter, Esc and Tab do in the field what they do elsewhere.
func TestKeyEntryKeys(t *testing.T) {
	d := newKeyDesk(t, NewKitEntry)
	d.open = func(context.Context, string) error { return errors.New("asked") }
	d.typeText("ABCDEFG")
	d.press(fyne.KeyTab)
	want(t, "focus after Tab", d.window.Canvas().Focused() != fyne.Focusable(d.screen.key.entry), true)
	want(t, "text", d.screen.key.entry.Text, "ABCDE FG")
	d.window.Canvas().Focus(d.screen.key.entry)
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)
}

// TestKeyEntryCapitals: who types capitals holds Shift, and loses no letter.
func TestKeyEntryCapitals(t *testing.T) {
	d := newKeyDesk(t, NewKitEntry)
	entry := d.screen.key.entry
	for _, r := range "9A2NXC2S63ZGX5Q" {
		entry.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		entry.TypedRune(r)
	}
	want(t, "text", entry.Text, "9A2NX C2S63 ZGX5Q")
}

func TestKeyEntryCorrections(t *testing.T) {
	d := newKeyDesk(t, NewKitEntry)
	paste := func(text string) {
		c := test.NewClipboard()
		c.SetContent(text)
		d.screen.key.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	}
	paste("abcde-fghjk-lmnpq-rstvw\nxyz01-23456-789ab-cdefg\n")
	want(t, "pasted", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 23456 789AB CDEFG")
	d.screen.key.goTo(6)
	d.typeText("q")
	want(t, "put in", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 Q2345 6789A BCDEF G")
	want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 31)
	d.press(fyne.KeyBackspace)
	want(t, "taken out", d.screen.key.text, "ABCDE FGHJK LMNPQ RSTVW XYZ01 23456 789AB CDEFG")
	want(t, "cursor", d.screen.key.entry.CursorTextOffset(), 29)
	d.screen.key.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	d.typeText("x")
	want(t, "typed over all of it", d.screen.key.text, "X")
}

func TestKeyEntryWipesOnClose(t *testing.T) {
	d := newKeyDesk(t, NewKitEntry)
	d.typeText("ABCDE")
	d.screen.Close()
	d.screen.key.entry.TypedShortcut(&fyne.ShortcutUndo{})
	want(t, "text", d.screen.key.entry.Text, "")
	want(t, "remembered", d.screen.key.text, "")
}

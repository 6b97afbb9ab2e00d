package recovery

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/widgets"
)

type connectCase struct {
	*screentest.Bubble
	answers   answers
	steps     []sharing.Step // that each try reaches, a second apart
	asked     []string
	shown     connectView
	addresses int   // how often the cursor went to the address
	groups    []int // to which of the key it went
	presenter *connect
	done      []bool
	back      int
}

func (c *connectCase) params(scope screen.Scope, window fyne.Window) ConnectParams {
	way := func(name string) func(context.Context, string, string, func(sharing.Step)) error {
		return func(ctx context.Context, address, key string, at func(sharing.Step)) error {
			c.asked = append(c.asked, name+" "+address+" "+key)
			for _, step := range c.steps {
				at(step)
				time.Sleep(time.Second)
			}
			return c.answers.next(ctx)
		}
	}
	return ConnectParams{
		Scope: scope, Window: window, Connect: way("code"), ConnectWithKit: way("kit"),
		Done: func(kit bool) { c.done = append(c.done, kit) }, OnBack: func() { c.back++ },
	}
}

// inConnect runs a test of the presenter in a bubble of time.
func inConnect(t *testing.T, list []answer, test func(*testing.T, *connectCase)) {
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &connectCase{Bubble: b, answers: answers{list: list}}
		c.presenter = newConnect(c.params(b.Scope, nil))
		c.presenter.begin(connectDisplay{
			View: screentest.View(&c.shown), GoToAddress: func() { c.addresses++ },
			GoToKey: func(group int) { c.groups = append(c.groups, group) },
		})
		test(t, c)
	})
}

func TestConnectSaysWhatIsWrongBesideItsField(t *testing.T) {
	for _, c := range []struct {
		kit                 bool
		err                 error
		address, key, other string // what is said, beside the address, the key, and neither
		group               int    // to which the cursor goes; -1: to none
	}{
		{false, sharing.ErrAddress, "This is no address of a computer.", "", "", -1},
		{false, auth.ErrServer, "10.0.0.9 does not answer. Is the server switched on and in the same network?", "", "", -1},
		{false, auth.ErrOtherServer, "What answers at 10.0.0.9 is not the practice's server.", "", "", -1},
		{false, auth.ErrOlderServer, "The practice's server has an older Anteroom", "", "", -1},
		{false, auth.ErrManyDesks, "The server takes no more computers.", "", "", -1},
		{false, auth.TypoError{Group: 2}, "", "Group 2 has a slip. Compare it with the code.", "", 2},
		{false, auth.LengthError{Got: 3, Want: 20}, "", "The code has four groups of five characters.", "", 0},
		{false, auth.ErrLinkCode, "", "This linking code does not count", "", 0},
		{true, auth.TypoError{Group: 7}, "", "Group 7 has a slip. Compare it with the page.", "", 7},
		{true, auth.ErrKitWrong, "", "This is not the recovery kit of this practice", "", 0},
		{false, keyring.ErrLocked, "", "", "The keyring of this computer is locked.", -1},
		{true, keyring.ErrNoService, "", "", "This computer has no keyring", -1},
	} {
		inConnect(t, []answer{{err: c.err}}, func(t *testing.T, k *connectCase) {
			if c.kit {
				k.presenter.swap()
				k.groups = nil
			}
			k.presenter.submit(" 10.0.0.9 ", "ABCDE")
			k.Pass(0)
			v := k.shown
			for _, say := range [][2]string{{v.AddressError, c.address}, {v.KeyError, c.key}, {v.Error, c.other}} {
				if !strings.HasPrefix(say[0], say[1]) || (say[0] == "") != (say[1] == "") {
					t.Errorf("%v: says %q, want %q", c.err, say[0], say[1])
				}
			}
			want(t, "cursor to the address", k.addresses, map[bool]int{true: 1}[c.address != ""])
			if c.group < 0 {
				want(t, "cursor to the key", len(k.groups), 0)
			} else if len(k.groups) != 1 || k.groups[0] != c.group {
				t.Errorf("%v: the cursor went to %v, want %d", c.err, k.groups, c.group)
			}
			want(t, "asked", k.asked[0], map[bool]string{true: "kit", false: "code"}[c.kit]+" 10.0.0.9 ABCDE")
			k.presenter.edited()
			want(t, "error after typing", k.shown.AddressError+k.shown.KeyError+k.shown.Error, "")
		})
	}
}

func TestConnectNeedsAnAddress(t *testing.T) {
	inConnect(t, nil, func(t *testing.T, k *connectCase) {
		k.presenter.submit("  ", "ABCDE")
		k.Pass(0)
		want(t, "asked", len(k.asked), 0)
		want(t, "says", k.shown.AddressError, "Type the server's name or number, such as 192.168.1.20.")
		want(t, "cursor to the address", k.addresses, 1)
	})
}

func TestConnectStepByStep(t *testing.T) {
	inConnect(t, []answer{{after: time.Second}}, func(t *testing.T, k *connectCase) {
		k.steps = []sharing.Step{sharing.Looking, sharing.Checking, sharing.Linking}
		k.presenter.submit("10.0.0.9", "ABCDE")
		k.presenter.submit("10.0.0.9", "ABCDE") // a second Enter
		k.Pass(500 * time.Millisecond)
		for _, says := range []string{"Looking for the server…", "Checking the server…", "Linking this computer…", "Linking this computer…"} {
			want(t, "goes on", k.shown.Doing, says)
			want(t, "waits", k.shown.Stage >= screen.Lasting, true)
			want(t, "can submit", k.shown.CanSubmit, false)
			k.Pass(time.Second)
		}
		want(t, "asked", len(k.asked), 1)
		want(t, "done", len(k.done), 1)
		want(t, "with the kit", k.done[0], false)
	})
}

func TestConnectCancelAndTryAgain(t *testing.T) {
	inConnect(t, []answer{{after: time.Minute}, {}}, func(t *testing.T, k *connectCase) {
		k.presenter.submit("10.0.0.9", "ABCDE")
		k.Pass(time.Second)
		k.presenter.swap() // not now
		want(t, "swapped", k.shown.Kit, false)
		k.presenter.task.Cancel()
		k.Pass(0)
		want(t, "says", k.shown.AddressError+k.shown.KeyError+k.shown.Error, "")
		want(t, "can submit", k.shown.CanSubmit, true)
		want(t, "back", k.back, 0)
		k.presenter.swap()
		k.presenter.submit("10.0.0.9", "FGHJK")
		k.presenter.reached(1, sharing.Linking) // of the try before
		want(t, "goes on", k.shown.Doing, "Looking for the server…")
		k.Pass(0)
		want(t, "done", len(k.done), 1)
		want(t, "with the kit", k.done[0], true)
	})
}

// Back ends what is under way, and then leaves, without an error.
func TestConnectBackWhileItLooks(t *testing.T) {
	inConnect(t, []answer{{after: time.Minute}}, func(t *testing.T, k *connectCase) {
		k.presenter.submit("10.0.0.9", "ABCDE")
		k.presenter.back()
		want(t, "back before it ended", k.back, 0)
		k.Pass(0)
		want(t, "back", k.back, 1)
	})
}

// connectDesk is the screen on a window.
type connectDesk struct {
	*desk
	*connectCase
	screen *ConnectScreen
}

func newConnectDesk(w *desk, list ...answer) *connectDesk {
	d := &connectDesk{desk: w, connectCase: &connectCase{answers: answers{list: list}}}
	d.screen = NewConnect(d.params(w.Scope, w.Window))
	d.desk.Show(d.screen)
	return d
}

// All that was typed stays after an error, and while the kit is asked for.
func TestConnectScreenByKeyboard(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newConnectDesk(w, answer{err: auth.ErrServer}, answer{err: auth.TypoError{Group: 2}}, answer{})
		s := d.screen
		d.Type("10.0.0.9")
		d.Press(fyne.KeyReturn)
		want(t, "focus after Enter in the address", d.Focused(), fyne.Focusable(s.keys[false].entry))
		want(t, "asked", len(d.asked), 0)
		d.Type("7k2m9qx4tb0hz3nwj8rv")
		d.Press(fyne.KeyReturn)
		want(t, "button while it looks", s.footer.Primary.Disabled(), true)
		d.desk.Until(t, "an error", func() bool { return s.field.Error() != "" })
		want(t, "focus", d.Focused(), fyne.Focusable(s.address))
		want(t, "address", s.address.Text, "10.0.0.9")
		want(t, "code", s.keys[false].entry.Text, "7K2M9 QX4TB 0HZ3N WJ8RV")

		d.Press(fyne.KeyReturn)
		d.desk.Until(t, "a slip", func() bool { return s.keys[false].field.Error() != "" })
		want(t, "focus", d.Focused(), fyne.Focusable(s.keys[false].entry))
		want(t, "cursor", s.keys[false].entry.CursorTextOffset(), 6)

		s.presenter.swap()
		want(t, "focus after the swap", d.Focused(), fyne.Focusable(s.keys[true].entry))
		want(t, "the code's field is shown", s.keys[false].field.Visible(), false)
		want(t, "link", s.swap.Text, "Use a linking code instead")
		s.presenter.swap()
		want(t, "code", s.keys[false].entry.Text, "7K2M9 QX4TB 0HZ3N WJ8RV")
		d.Press(fyne.KeyReturn)
		d.desk.Until(t, "the end", func() bool { return len(d.done) == 1 })
	})
}

func TestConnectAsksBeforeTypedTextGoes(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newConnectDesk(w)
		d.Press(fyne.KeyEscape)
		want(t, "back with nothing typed", d.back, 1)
		d.Type("10")
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
		q, ok := d.Window.Canvas().Overlays().Top().(*widgets.Dialog)
		if !ok || q.Primary().Text != "Throw away" {
			t.Fatal("nothing is asked")
		}
		q.Cancel().OnTapped()
		want(t, "address", d.screen.address.Text, "10")
		want(t, "back", d.back, 1)
		d.Press(fyne.KeyEscape)
		d.Window.Canvas().Overlays().Top().(*widgets.Dialog).Primary().OnTapped()
		want(t, "back", d.back, 2)
	})
}

func TestConnectWithKitOnly(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := &connectDesk{desk: w, connectCase: &connectCase{answers: answers{list: []answer{{}}}}}
		p := d.params(w.Scope, w.Window)
		p.Kit, p.Address = true, "10.0.0.9"
		d.screen = NewConnect(p)
		d.desk.Show(d.screen)
		want(t, "link to a code", d.screen.swap.Visible(), false)
		want(t, "focus", d.Focused(), fyne.Focusable(d.screen.keys[true].entry))
		d.Press(fyne.KeyEscape)
		want(t, "back: nothing was typed", d.back, 1)
		d.Type(typedKey)
		d.Press(fyne.KeyReturn)
		d.desk.Until(t, "the end", func() bool { return len(d.done) == 1 && d.done[0] })
		d.screen.Close()
		want(t, "key after the end", d.screen.keys[true].entry.Text, "")
	})
}

func TestConnectCancelIsThereAtOnce(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newConnectDesk(w, answer{after: time.Minute})
		s := d.screen
		s.address.SetText("10.0.0.9")
		s.submit()
		d.desk.Until(t, "a sign of life", func() bool { return s.presenter.task.Stage() == screen.Lasting })
		want(t, "Cancel", s.footer.Cancel.Visible(), true)
		want(t, "busy", s.IsBusy(), true)
		s.footer.Cancel.OnTapped()
		d.desk.Until(t, "the end", func() bool { return !s.IsBusy() })
		want(t, "Cancel", s.footer.Cancel.Visible(), false)
	})
}

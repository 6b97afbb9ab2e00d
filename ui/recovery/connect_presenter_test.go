package recovery

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

type fakeConnectScreen struct {
	view      connectView
	addresses int   // how often the cursor went to the address
	groups    []int // to which it went
}

func (f *fakeConnectScreen) show(v connectView) { f.view = v }
func (f *fakeConnectScreen) goToAddress()       { f.addresses++ }
func (f *fakeConnectScreen) goToKey(group int)  { f.groups = append(f.groups, group) }

type connectCase struct {
	*queue
	answers   answers
	steps     []sharing.Step // that each try reaches, a second apart
	asked     []string
	display   *fakeConnectScreen
	presenter *connect
	leave     context.CancelFunc
	done      []bool
	back      int
}

func (c *connectCase) params(host Host) ConnectParams {
	way := func(name string) func(context.Context, string, string, func(sharing.Step)) error {
		return func(ctx context.Context, address, key string, at func(sharing.Step)) error {
			c.asked = append(c.asked, name+" "+address+" "+key)
			for _, step := range c.steps {
				at(step)
				time.Sleep(time.Second)
			}
			_, err := c.answers.next(ctx)
			return err
		}
	}
	return ConnectParams{
		Host: host, Connect: way("code"), ConnectWithKit: way("kit"),
		Done: func(kit bool) { c.done = append(c.done, kit) }, OnBack: func() { c.back++ },
	}
}

// inConnect runs a test of the presenter in a bubble of time.
func inConnect(t *testing.T, list []answer, test func(*testing.T, *connectCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &connectCase{queue: &queue{}, answers: answers{list: list}, display: &fakeConnectScreen{}}
		host, leave := newHost(t, c.queue)
		c.leave = leave
		defer leave()
		c.presenter = newConnect(c.params(host))
		c.presenter.begin(c.display)
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
				k.display.groups = nil
			}
			k.presenter.submit(" 10.0.0.9 ", "ABCDE")
			k.pass(0)
			v := k.display.view
			for _, say := range [][2]string{{v.AddressError, c.address}, {v.KeyError, c.key}, {v.Error, c.other}} {
				if !strings.HasPrefix(say[0], say[1]) || (say[0] == "") != (say[1] == "") {
					t.Errorf("%v: says %q, want %q", c.err, say[0], say[1])
				}
			}
			want(t, "cursor to the address", k.display.addresses, map[bool]int{true: 1}[c.address != ""])
			if c.group < 0 {
				want(t, "cursor to the key", len(k.display.groups), 0)
			} else if len(k.display.groups) != 1 || k.display.groups[0] != c.group {
				t.Errorf("%v: the cursor went to %v, want %d", c.err, k.display.groups, c.group)
			}
			want(t, "asked", k.asked[0], map[bool]string{true: "kit", false: "code"}[c.kit]+" 10.0.0.9 ABCDE")
			k.presenter.edited()
			want(t, "error after typing", k.display.view.AddressError+k.display.view.KeyError+k.display.view.Error, "")
		})
	}
}

func TestConnectNeedsAnAddress(t *testing.T) {
	inConnect(t, nil, func(t *testing.T, k *connectCase) {
		k.presenter.submit("  ", "ABCDE")
		k.pass(0)
		want(t, "asked", len(k.asked), 0)
		want(t, "says", k.display.view.AddressError, "Type the server's name or number, such as 192.168.1.20.")
		want(t, "cursor to the address", k.display.addresses, 1)
	})
}

func TestConnectStepByStep(t *testing.T) {
	inConnect(t, []answer{{after: time.Second}}, func(t *testing.T, k *connectCase) {
		k.steps = []sharing.Step{sharing.Looking, sharing.Checking, sharing.Linking}
		k.presenter.submit("10.0.0.9", "ABCDE")
		k.presenter.submit("10.0.0.9", "ABCDE") // a second Enter
		k.pass(500 * time.Millisecond)
		for _, says := range []string{"Looking for the server…", "Checking the server…", "Linking this computer…", "Linking this computer…"} {
			want(t, "goes on", k.display.view.Doing, says)
			want(t, "waits", k.display.view.Waiting >= lasting, true)
			want(t, "can submit", k.display.view.CanSubmit, false)
			k.pass(time.Second)
		}
		want(t, "asked", len(k.asked), 1)
		want(t, "done", len(k.done), 1)
		want(t, "with the kit", k.done[0], false)
	})
}

func TestConnectCancelAndTryAgain(t *testing.T) {
	inConnect(t, []answer{{after: time.Minute}, {}}, func(t *testing.T, k *connectCase) {
		k.presenter.submit("10.0.0.9", "ABCDE")
		k.pass(time.Second)
		k.presenter.swap() // not now
		want(t, "swapped", k.display.view.Kit, false)
		k.presenter.cancel()
		k.pass(0)
		want(t, "says", k.display.view.AddressError+k.display.view.KeyError+k.display.view.Error, "")
		want(t, "can submit", k.display.view.CanSubmit, true)
		want(t, "back", k.back, 0)
		k.presenter.swap()
		k.presenter.submit("10.0.0.9", "FGHJK")
		k.presenter.reached(1, sharing.Linking) // of the try before
		want(t, "goes on", k.display.view.Doing, "Looking for the server…")
		k.pass(0)
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
		k.pass(0)
		want(t, "back", k.back, 1)
	})
}

// connectDesk is the screen on a window.
type connectDesk struct {
	*desk
	*connectCase
	screen *ConnectScreen
}

func newConnectDesk(t *testing.T, list ...answer) *connectDesk {
	d := &connectDesk{desk: newDesk(t), connectCase: &connectCase{answers: answers{list: list}}}
	d.screen = NewConnect(d.params(d.host))
	d.desk.show(d.screen)
	return d
}

// All that was typed stays after an error, and while the kit is asked for.
func TestConnectScreenByKeyboard(t *testing.T) {
	d := newConnectDesk(t, answer{err: auth.ErrServer}, answer{err: auth.TypoError{Group: 2}}, answer{})
	s := d.screen
	d.typeText("10.0.0.9")
	d.press(fyne.KeyReturn)
	want(t, "focus after Enter in the address", d.window.Canvas().Focused(), fyne.Focusable(s.keys[false].entry))
	want(t, "asked", len(d.asked), 0)
	d.typeText("7k2m9qx4tb0hz3nwj8rv")
	d.press(fyne.KeyReturn)
	want(t, "button while it looks", s.footer.primary.Disabled(), true)
	d.desk.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.address))
	want(t, "address", s.address.Text, "10.0.0.9")
	want(t, "code", s.keys[false].entry.Text, "7K2M9 QX4TB 0HZ3N WJ8RV")

	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "a slip", func() bool { return s.keys[false].field.Error() != "" })
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.keys[false].entry))
	want(t, "cursor", s.keys[false].entry.CursorTextOffset(), 6)

	s.presenter.swap()
	want(t, "focus after the swap", d.window.Canvas().Focused(), fyne.Focusable(s.keys[true].entry))
	want(t, "the code's field is shown", s.keys[false].field.Visible(), false)
	want(t, "link", s.swap.Text, "Use a linking code instead")
	s.presenter.swap()
	want(t, "code", s.keys[false].entry.Text, "7K2M9 QX4TB 0HZ3N WJ8RV")
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the end", func() bool { return len(d.done) == 1 })
}

func TestConnectAsksBeforeTypedTextGoes(t *testing.T) {
	d := newConnectDesk(t)
	d.press(fyne.KeyEscape)
	want(t, "back with nothing typed", d.back, 1)
	d.typeText("10")
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)
	q, ok := d.window.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok || q.Primary().Text != "Throw away" {
		t.Fatal("nothing is asked")
	}
	q.Cancel().OnTapped()
	want(t, "address", d.screen.address.Text, "10")
	want(t, "back", d.back, 1)
	d.press(fyne.KeyEscape)
	d.window.Canvas().Overlays().Top().(*widgets.Dialog).Primary().OnTapped()
	want(t, "back", d.back, 2)
}

func TestConnectWithKitOnly(t *testing.T) {
	d := &connectDesk{desk: newDesk(t), connectCase: &connectCase{answers: answers{list: []answer{{}}}}}
	p := d.params(d.host)
	p.Kit, p.Address = true, "10.0.0.9"
	d.screen = NewConnect(p)
	d.desk.show(d.screen)
	want(t, "link to a code", d.screen.swap.Visible(), false)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.keys[true].entry))
	d.press(fyne.KeyEscape)
	want(t, "back: nothing was typed", d.back, 1)
	d.typeText(typedKey)
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the end", func() bool { return len(d.done) == 1 && d.done[0] })
	d.screen.Close()
	want(t, "key after the end", d.screen.keys[true].entry.Text, "")
}

func TestConnectCancelIsThereAtOnce(t *testing.T) {
	d := newConnectDesk(t, answer{after: time.Minute})
	s := d.screen
	s.address.SetText("10.0.0.9")
	s.submit()
	d.desk.runUntil(t, "a sign of life", func() bool { return s.presenter.waiting == lasting })
	want(t, "Cancel", s.footer.cancel.Visible(), true)
	want(t, "busy", s.IsBusy(), true)
	s.footer.cancel.OnTapped()
	d.desk.runUntil(t, "the end", func() bool { return !s.IsBusy() })
	want(t, "Cancel", s.footer.cancel.Visible(), false)
}

// The first start has the link only where there is a server to connect to.
func TestSetUpLeadsToAServer(t *testing.T) {
	for _, there := range []bool{false, true} {
		d := newDesk(t)
		p, pressed := SetUpParams{Host: d.host, Zone: "Europe/Berlin", Done: func() {}, OnRestore: func() {}}, 0
		if there {
			p.OnConnect = func() { pressed++ }
		}
		d.show(NewSetUp(p))
		link := d.button("Connect to the practice's server…")
		if (link != nil) != there {
			t.Fatalf("link %v, want %v", link, there)
		}
		if there {
			link.OnTapped()
			want(t, "pressed", pressed, 1)
		}
	}
}

func TestSignInTellsTheAddress(t *testing.T) {
	d := newSignInDesk(t)
	want(t, "a link without an address", d.button("Copy the address") == nil, true)
	clip := test.NewClipboard()
	d.show(NewSignIn(SignInParams{Host: d.host, Ways: d.ways(), Address: "192.168.1.20", Copier: work.NewCopier(d.host.Runner, clip)}))
	var shown string
	for _, o := range test.LaidOutObjects(d.window.Content()) {
		if r, ok := o.(*widget.RichText); ok {
			shown += r.String()
		}
	}
	want(t, "shown", strings.Contains(shown, "Other computers connect to 192.168.1.20."), true)
	d.button("Copy the address").OnTapped()
	want(t, "copied", clip.Content(), "192.168.1.20")
}

// button is the one with a text that is shown, or nil.
func (d *desk) button(text string) *widgets.Button {
	for _, o := range test.LaidOutObjects(d.window.Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text == text {
			return b
		}
	}
	return nil
}

package recovery

import (
	"context"
	"strings"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
)

// connectSamples are the states of "Connect to the practice's server".
func connectSamples() map[string]func(*desk) {
	failed := func(err error) func(*desk) {
		return func(d *desk) {
			s := newSampleConnect(d, false)
			d.typeText("192.168.1.20")
			s.goToKey(0)
			d.typeText("7k2m9 qx4tb 0hz3n wj8rv")
			s.presenter.address = strings.TrimSpace(s.address.Text)
			s.presenter.fail(err)
		}
	}
	return map[string]func(*desk){
		"connect":            func(d *desk) { newSampleConnect(d, false) },
		"connect-slip":       failed(auth.TypoError{Group: 4}),
		"connect-used":       failed(auth.ErrLinkCode),
		"connect-silent":     failed(auth.ErrServer),
		"connect-other":      failed(auth.ErrOtherServer),
		"connect-keyring":    failed(keyring.ErrNoService),
		"connect-kit":        func(d *desk) { newSampleConnect(d, false).presenter.swap() },
		"connect-kit-only":   func(d *desk) { newSampleConnect(d, true) },
		"connect-kit-wrong":  showWrongKit,
		"connect-long":       showLongAddress,
		"connect-looking":    func(d *desk) { newSampleConnect(d, false).presenter.become(lasting) },
		"connect-linking":    showLinking,
		"connect-throw-away": showThrowAway,
	}
}

func newSampleConnect(d *desk, kit bool) *ConnectScreen {
	hang := func(ctx context.Context, _, _ string, _ func(sharing.Step)) error { return hang(ctx) }
	p := ConnectParams{Host: d.host, Kit: kit, Connect: hang, ConnectWithKit: hang, Done: func(bool) {}, OnBack: func() {}}
	if kit {
		p.Address = "192.168.1.20"
	}
	s := NewConnect(p)
	d.show(s)
	return s
}

func showWrongKit(d *desk) {
	s := newSampleConnect(d, true)
	d.typeText(typedKey)
	s.presenter.address = s.address.Text
	s.presenter.fail(auth.ErrKitWrong)
}

func showLongAddress(d *desk) {
	s := newSampleConnect(d, false)
	s.address.SetText(strings.Repeat("reception.", 12) + "example.org:54321")
	s.presenter.address = s.address.Text
	s.presenter.fail(auth.ErrServer)
}

func showLinking(d *desk) {
	s := newSampleConnect(d, false)
	s.address.SetText("192.168.1.20")
	s.submit()
	s.presenter.reached(1, sharing.Linking)
	s.presenter.become(stalled)
}

func showThrowAway(d *desk) {
	s := newSampleConnect(d, false)
	d.typeText("192.168.1.20")
	s.back()
}

package recovery

import (
	"context"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
)

// connectSamples are the states of "Connect to the practice's server".
func connectSamples() map[string]sample {
	failed := func(err error) sample {
		return func(_ *testing.T, d *desk) {
			s := newSampleConnect(d, false)
			d.Type("192.168.1.20")
			s.goToKey(0)
			d.Type("7k2m9 qx4tb 0hz3n wj8rv")
			s.presenter.address = strings.TrimSpace(s.address.Text)
			s.presenter.fail(err)
		}
	}
	return map[string]sample{
		"connect":            func(_ *testing.T, d *desk) { newSampleConnect(d, false) },
		"connect-slip":       failed(auth.TypoError{Group: 4}),
		"connect-used":       failed(auth.ErrLinkCode),
		"connect-silent":     failed(auth.ErrServer),
		"connect-other":      failed(auth.ErrOtherServer),
		"connect-keyring":    failed(keyring.ErrNoService),
		"connect-kit":        func(_ *testing.T, d *desk) { newSampleConnect(d, false).presenter.swap() },
		"connect-kit-only":   func(_ *testing.T, d *desk) { newSampleConnect(d, true) },
		"connect-kit-wrong":  showWrongKit,
		"connect-long":       showLongAddress,
		"connect-looking":    func(_ *testing.T, d *desk) { showConnecting(d) },
		"connect-linking":    showLinking,
		"connect-throw-away": showThrowAway,
	}
}

func newSampleConnect(d *desk, kit bool) *ConnectScreen {
	hang := func(ctx context.Context, _, _ string, _ func(sharing.Step)) error { return hang(ctx) }
	p := ConnectParams{Scope: d.Scope, Window: d.Window, Kit: kit, Connect: hang, ConnectWithKit: hang, Done: func(bool) {}, OnBack: func() {}}
	if kit {
		p.Address = "192.168.1.20"
	}
	s := NewConnect(p)
	d.Show(s)
	return s
}

func showWrongKit(_ *testing.T, d *desk) {
	s := newSampleConnect(d, true)
	d.Type(typedKey)
	s.presenter.address = s.address.Text
	s.presenter.fail(auth.ErrKitWrong)
}

func showLongAddress(_ *testing.T, d *desk) {
	s := newSampleConnect(d, false)
	s.address.SetText(strings.Repeat("reception.", 12) + "example.org:54321")
	s.presenter.address = s.address.Text
	s.presenter.fail(auth.ErrServer)
}

func showLinking(_ *testing.T, d *desk) {
	s := newSampleConnect(d, false)
	s.address.SetText("192.168.1.20")
	s.submit()
	s.presenter.reached(1, sharing.Linking)
	d.Pass(screen.StalledAfter)
}

func showConnecting(d *desk) {
	s := newSampleConnect(d, false)
	v := s.presenter.view()
	v.Stage, v.CanSubmit = screen.Lasting, false
	s.show(v)
}

func showThrowAway(_ *testing.T, d *desk) {
	s := newSampleConnect(d, false)
	d.Type("192.168.1.20")
	s.back()
}

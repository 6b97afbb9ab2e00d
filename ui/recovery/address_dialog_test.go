package recovery

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

// TestAddressIsTypedOver: what is typed first takes the place of the old address.
func TestAddressIsTypedOver(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := w
		var typed string
		done := false
		AskAddress(AddressParams{
			Scope: d.Scope, Window: d.Window, Address: "192.0.2.2", Done: func() { done = true },
			Change: func(_ context.Context, address string) error { typed = address; return nil },
		})
		d.Type("10.0.0.5")
		d.Press(fyne.KeyReturn)
		d.Until(t, "the change", func() bool { return done })
		want(t, "address", typed, "10.0.0.5")
	})
}

// TestAddressSaysWhatIsWrong: beside the field, which gets the focus, until another one is typed.
func TestAddressSaysWhatIsWrong(t *testing.T) {
	for err, text := range map[error]string{
		auth.ErrServer: "10.0.0.5 does not answer.", auth.ErrOtherServer: "What answers at 10.0.0.5 is not the practice's server.", auth.ErrDiskFull: "The disk is full",
	} {
		screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
			form, done := &screentest.Form{}, 0
			fails := err
			a := newAddress(AddressParams{Scope: b.Scope, Done: func() { done++ }, Change: func(context.Context, string) error { return fails }}, form)
			a.submit(" ")
			want(t, "an empty address", form.Last().Error, "Type the server's name or number, such as 192.168.1.20.")
			a.submit(" 10.0.0.5 ")
			want(t, "goes on", form.Last().Doing, "Looking for the server…")
			b.Settle()
			if p := form.Last(); !strings.HasPrefix(p.Error, text) || p.Field != fieldAddress || done > 0 || form.IsClosed {
				t.Errorf("%v: %+v", err, p)
			}
			a.edited()
			want(t, "after typing", form.Last(), screen.Progress{})
			fails = nil
			a.submit("10.0.0.6")
			b.Settle()
			want(t, "done", done == 1 && form.IsClosed, true)
		})
	}
}

package signin

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

func TestSetUpScreenFocusesTheFirstWrongField(t *testing.T) {
	inWindow(t, func(t *testing.T, w *desk) {
		var created []auth.SetUpForm
		s := NewSetUp(SetUpParams{Scope: w.Scope, Window: w.Window, Zone: "Europe/Berlin", Done: func() {}, Create: func(_ context.Context, f auth.SetUpForm) error {
			created = append(created, f)
			return keyring.ErrNoService
		}})
		w.Show(s)
		button := place(s.Footer.Primary)

		w.Type("Brook Street")
		s.password.SetText(testPassword)
		s.confirm.SetText("something else")
		w.Press(fyne.KeyReturn)
		w.Settle()
		want(t, "the last is wrong", s.Field(FieldConfirm).Error() != "", true)
		isFocused(t, w, "the first that is wrong", s.name)

		w.Type("Anna Smith")
		want(t, "error after typing", s.Field(auth.FieldName).Error(), "")
		s.username.SetText("asmith")
		s.confirm.SetText(testPassword)
		s.password.SetShown(true)
		w.Press(fyne.KeyReturn)
		w.Settle()
		want(t, "the keyring's error", s.Message.Text() != "", true)
		want(t, "what was typed", created[0], auth.SetUpForm{Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: testPassword, Zone: "Europe/Berlin"})
		want(t, "password kept", s.password.Text, testPassword)
		want(t, "and hidden", s.password.Password, true)
		want(t, "place of the button", place(s.Footer.Primary), button)
	})
}

// A data folder that another program copies is named before anything lies in it. The
// disk is asked beside the screen, which does not wait for it.
func TestSetUpNamesASynchronisedFolder(t *testing.T) {
	for service, isNamed := range map[string]bool{"": false, "Dropbox": true} {
		inWindow(t, func(t *testing.T, w *desk) {
			answers := make(chan string)
			w.Show(NewSetUp(SetUpParams{Scope: w.Scope, Window: w.Window, Zone: "Europe/Berlin", Done: func() {}, Synchronised: func() string { return <-answers }}))
			answers <- service
			w.Settle()
			want(t, "said in "+service, slices.ContainsFunc(w.Texts(), func(text string) bool {
				return strings.HasPrefix(text, "The data folder is in "+service+", which can damage the data")
			}), isNamed)
		})
	}
}

// The first start has the link only where there is a server to connect to.
func TestSetUpLeadsToAServer(t *testing.T) {
	for _, there := range []bool{false, true} {
		inWindow(t, func(t *testing.T, w *desk) {
			p, pressed := SetUpParams{Scope: w.Scope, Window: w.Window, Zone: "Europe/Berlin", Done: func() {}, OnRestore: func() {}}, 0
			if there {
				p.OnConnect = func() { pressed++ }
			}
			w.Show(NewSetUp(p))
			link := w.Button("Connect to the practice's server…")
			if (link != nil) != there {
				t.Fatalf("link %v, want %v", link, there)
			}
			if there {
				link.OnTapped()
				want(t, "pressed", pressed, 1)
			}
		})
	}
}

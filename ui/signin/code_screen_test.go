package signin

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

// codeDesk is a screen that asks for a code, in a window.
type codeDesk struct {
	*desk
	*led
	*secondStep
	params                 CodeParams
	others, twoCodes, back int
}

func newCodeDesk(t *testing.T, w *desk, prepare func(*testing.T, *practice.Practice)) *codeDesk {
	t.Helper()
	d := &codeDesk{desk: w, led: &led{}, secondStep: newSecondStep(t, prepare)}
	d.params = CodeParams{
		Scope: w.Scope, Window: w.Window, Navigation: d.navigation(), Attempt: d.attempt, Challenge: NewChallenge(d.asks, time.Now()), Practice: "Brook Street",
		OnOther: func() { d.others++ }, OnTwoCodes: func() { d.twoCodes++ }, OnBack: func() { d.back++ },
	}
	return d
}

func inCodeDesk(t *testing.T, prepare func(*testing.T, *practice.Practice), fn func(t *testing.T, d *codeDesk)) {
	t.Helper()
	inWindow(t, func(t *testing.T, w *desk) { fn(t, newCodeDesk(t, w, prepare)) })
}

// enter is Enter, and what comes of it.
func (d *codeDesk) enter() {
	d.Press(fyne.KeyReturn)
	d.Settle()
}

func TestCodeScreenByKeyboard(t *testing.T) {
	wait := func(*testing.T, *practice.Practice) { time.Sleep(30 * time.Second) } // of the bubble's time, for a code not used up
	inCodeDesk(t, wait, func(t *testing.T, d *codeDesk) {
		s := NewCode(d.params)
		d.Show(s)
		isFocused(t, d.desk, "first", s.code.Focusable())
		want(t, "link about the clock", s.clockLink.Visible(), false)
		before := []fyne.Position{place(s.field), place(s.other), place(s.help), place(s.footer.Primary)}
		d.Type(wrongCode(d.ben))
		d.Settle()
		want(t, "says something", s.field.Error() != "", true)
		want(t, "code", s.code.Text(), "")
		isFocused(t, d.desk, "after an error", s.code.Focusable())
		for _, next := range []fyne.Focusable{s.other, s.help, s.clockLink} {
			d.Tab()
			isFocused(t, d.desk, "Tab", next)
		}
		d.Press(fyne.KeyReturn)
		want(t, "two codes", d.twoCodes, 1)
		d.Window.Canvas().FocusPrevious()
		d.enter()
		want(t, "help", s.footer.Message.Text() != "", true)
		d.Window.Canvas().FocusPrevious()
		d.Press(fyne.KeyReturn)
		want(t, "others", d.others, 1)
		for i, o := range []fyne.CanvasObject{s.field, s.other, s.help, s.footer.Primary} {
			want(t, "place", place(o), before[i])
		}
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
		d.Window.Canvas().Focus(s.code.Focusable())
		code := d.ben.Code()
		d.Type(code[:3] + "-" + code[3:]) // the sixth digit submits
		d.Settle()
		want(t, "signed in", d.state != nil, true)
	})
}

func TestCodeScreenLinksWorkDuringAWait(t *testing.T) {
	for name, prepare := range map[string]func(*testing.T, *practice.Practice){"wait": failCodes(5), "disabled": disable} {
		inCodeDesk(t, prepare, func(t *testing.T, d *codeDesk) {
			s := NewCode(d.params)
			d.Show(s)
			want(t, name+": Verify", s.footer.Primary.Disabled(), true)
			asked := d.ben.Asked()
			d.Type(d.ben.Code())
			d.Settle()
			want(t, name+": asked", d.ben.Asked(), asked)
			test.Tap(s.other)
			want(t, name+": others", d.others, 1)
			test.Tap(s.help)
			d.Settle()
			want(t, name+": help", s.footer.Message.Text() != "", true)
			other := NewOtherCode(d.params)
			want(t, name+": a recovery code would be judged", !other.footer.Primary.Disabled(), name == "disabled")
		})
	}
}

func TestOtherCodeScreenByKeyboard(t *testing.T) {
	var codes []string
	prepare := func(t *testing.T, all *practice.Practice) { codes = newBensCodes(t, all) }
	inCodeDesk(t, prepare, func(t *testing.T, d *codeDesk) {
		s := NewOtherCode(d.params)
		d.Show(s)
		isFocused(t, d.desk, "first", s.entry)
		asked := d.ben.Asked()
		d.enter()
		want(t, "asked with nothing typed", d.ben.Asked(), asked)

		d.Type("4k2m 90ab")
		d.enter()
		want(t, "says something", s.field.Error() != "", true)
		want(t, "what was typed of it", s.entry.Text, "4k2m 90ab")
		button := place(s.footer.Primary)

		d.Type(" 77xy q1zz")
		d.enter()
		want(t, "what was typed of a wrong one", s.entry.Text, "")
		isFocused(t, d.desk, "after a wrong code", s.entry)
		want(t, "place of the button", place(s.footer.Primary), button)

		paste(s.entry, codes[0]+"\n")
		d.enter()
		want(t, "signed in", d.state != nil, true)
		want(t, "back", d.back, 0)
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
		s.Close()
		want(t, "wiped", s.entry.Text, "")
	})
}

// A recovery code as it stands on paper is seen whole.
func TestOtherCodeScreenIsWideEnough(t *testing.T) {
	inCodeDesk(t, nil, func(t *testing.T, d *codeDesk) {
		s := NewOtherCode(d.params)
		d.Show(s)
		letters := fyne.MeasureText("wwww-wwww-wwww-wwww", widgets.KeySize*14, fyne.TextStyle{Monospace: true})
		if s.entry.Size().Width < letters.Width+32 {
			t.Errorf("the field is %v wide, a code %v", s.entry.Size().Width, letters.Width)
		}
	})
}

func TestTwoCodesScreenByKeyboard(t *testing.T) {
	inCodeDesk(t, nil, func(t *testing.T, d *codeDesk) {
		s := NewTwoCodes(d.params)
		d.Show(s)
		isFocused(t, d.desk, "first", s.first.Focusable())
		asked := d.ben.Asked()
		d.Type("482 913")
		isFocused(t, d.desk, "after the first code", s.next.Focusable())
		d.enter()
		want(t, "asked with one code", d.ben.Asked(), asked)
		button := place(s.footer.Primary)
		d.Type("151727")
		d.Settle()
		if !strings.HasPrefix(s.field.Error(), "Those two codes don't fit.") {
			t.Errorf("error: %q", s.field.Error())
		}
		want(t, "fields after an error", s.first.Text()+s.next.Text(), "")
		want(t, "place of the button", place(s.footer.Primary), button)
		isFocused(t, d.desk, "after an error", s.first.Focusable())

		d.Pass(30 * time.Second)
		paste(s.first.Focusable(), d.ben.Code())
		d.Pass(30 * time.Second)
		paste(s.next.Focusable(), d.ben.Code())
		d.Settle()
		want(t, "signed in", d.state != nil, true)
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
	})
}

func TestHandOverScreen(t *testing.T) {
	prepare := func(t *testing.T, all *practice.Practice) {
		reset(t, all)
		time.Sleep(24*time.Hour - time.Minute) // of the bubble's time
	}
	inCodeDesk(t, prepare, func(t *testing.T, d *codeDesk) {
		s := NewHandOver(d.params)
		d.Show(s)
		d.Type("1234 5678")
		d.enter()
		want(t, "says something", s.field.Error() != "", true)
		isFocused(t, d.desk, "after a wrong code", s.entry)
		d.Pass(2 * time.Minute)
		d.Type("8765 4321")
		d.enter()
		want(t, "the end of the reset", s.lapsed.Text() != "", true)
		want(t, "field", s.field.Visible(), false)
		want(t, "Continue", s.footer.Primary.Disabled(), true)
		isFocused(t, d.desk, "with nothing to type", s.back)
		d.Press(fyne.KeyReturn)
		want(t, "back", d.back, 1)
	})
}

func TestHandOverScreenOfALapsedReset(t *testing.T) {
	prepare := func(t *testing.T, all *practice.Practice) {
		reset(t, all)
		time.Sleep(25 * time.Hour) // of the bubble's time
	}
	inCodeDesk(t, prepare, func(t *testing.T, d *codeDesk) {
		s := NewHandOver(d.params)
		d.Show(s)
		want(t, "field", s.field.Visible(), false)
		want(t, "text", s.lapsed.Text(), "The reset was not used within 24 hours. Ask a Practice Admin to reset two-factor again.")
		isFocused(t, d.desk, "with nothing to type", s.back)
	})
}

// TestNoRefusalMovesACard: whatever is said about a code, the card stays as high
// as it is.
func TestNoRefusalMovesACard(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		screentest.RunInWindow(t, looks.New(looks.Light, scale), func(t *testing.T, w *desk) {
			p := CodeParams{Scope: w.Scope, Window: w.Window, Challenge: NewChallenge(auth.State{}, time.Now()), Practice: "Brook Street"}
			first, other, two, handOver := NewCode(p), NewOtherCode(p), NewTwoCodes(p), NewHandOver(p)
			for _, s := range []struct {
				screen    screen.Screen
				presenter *code
				card      *widgets.Card
				reasons   []error
			}{
				{first, first.presenter, first.card, []error{auth.ErrCodeWrong, auth.ErrCodeExpired, auth.ErrCodeUsed, auth.ErrCodeFormat, auth.ErrWait, auth.ErrAuthenticatorDisabled}},
				{other, other.presenter, other.card, []error{auth.ErrCodeShape, auth.ErrRecoveryWrong, auth.ErrRecoveryUsed, auth.ErrOneTimeWrong, auth.ErrOneTimeUsed, auth.ErrOneTimeExpired, auth.ErrWait}},
				{two, two.presenter, two.card, []error{auth.ErrTwoCodes, auth.ErrCodeFormat, auth.ErrCodeUsed, auth.ErrWait}},
				{handOver, handOver.presenter, handOver.card, []error{auth.ErrCodeShape, auth.ErrHandOverWrong, auth.ErrWait}},
			} {
				w.Show(s.screen)
				height := s.card.MinSize().Height
				for _, reason := range s.reasons {
					s.presenter.fail(refused(reason, 45*time.Second))
					s.presenter.refresh()
					s.card.Refresh()
					want(t, reason.Error(), s.card.MinSize().Height, height)
				}
			}
		})
	}
}

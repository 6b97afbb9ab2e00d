package signin

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// codeDesk is a screen that asks for a code, in a window.
type codeDesk struct {
	*desk
	*led
	attempt                *fakeCode
	params                 CodeParams
	others, twoCodes, back int
}

func newCodeDesk(t *testing.T, state auth.State, list ...answer) *codeDesk {
	t.Helper()
	d := &codeDesk{desk: newDesk(t), led: &led{}, attempt: &fakeCode{answers: answers{list: list}, since: time.Now()}}
	d.params = CodeParams{
		Host: d.host, Ways: d.ways(), Attempt: d.attempt, Asking: NewAsking(state, time.Now()), Practice: "Brook Street",
		OnOther: func() { d.others++ }, OnTwoCodes: func() { d.twoCodes++ }, OnBack: func() { d.back++ },
	}
	return d
}

// atCode is the answer to a code that was refused.
func atCode(step auth.Step, reason error, wait time.Duration) answer {
	return answer{state: auth.State{Step: step}, err: refused(reason, wait)}
}

func (d *codeDesk) isFocused(t *testing.T, what string, o fyne.Focusable) {
	t.Helper()
	if d.window.Canvas().Focused() != o {
		t.Errorf("%s: the focus is on %T", what, d.window.Canvas().Focused())
	}
}

func place(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func paste(o fyne.Focusable, text string) {
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	o.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}

func TestCodeScreenByKeyboard(t *testing.T) {
	d := newCodeDesk(t, auth.State{}, atCode(auth.StepCode, auth.ErrCodeExpired, 0), answer{})
	s := NewCode(d.params)
	d.show(s)
	d.isFocused(t, "first", s.code.Focusable())
	want(t, "link about the clock", s.clockLink.Visible(), false)
	before := []fyne.Position{place(s.field), place(s.other), place(s.help), place(s.footer.primary)}
	d.typeText("482913")
	d.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	d.isFocused(t, "after an error", s.code.Focusable())
	for _, next := range []fyne.Focusable{s.other, s.help, s.clockLink} {
		d.window.Canvas().FocusNext()
		d.isFocused(t, "Tab", next)
	}
	d.press(fyne.KeyReturn)
	want(t, "two codes", d.twoCodes, 1)
	d.window.Canvas().FocusPrevious()
	d.press(fyne.KeyReturn)
	d.runUntil(t, "help", func() bool { return s.footer.message.Text() != "" })
	d.window.Canvas().FocusPrevious()
	d.press(fyne.KeyReturn)
	want(t, "others", d.others, 1)
	for i, o := range []fyne.CanvasObject{s.field, s.other, s.help, s.footer.primary} {
		want(t, "place", place(o), before[i])
	}
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)
}

func TestCodeScreenLinksWorkDuringAWait(t *testing.T) {
	for _, reason := range []error{auth.ErrWait, auth.ErrAuthenticatorDisabled} {
		d := newCodeDesk(t, auth.State{Refused: refused(reason, time.Hour)}, answer{})
		s := NewCode(d.params)
		d.show(s)
		want(t, "Verify", s.footer.primary.Disabled(), true)
		d.typeText("482913")
		want(t, "asked", d.attempt.asked, 0)
		test.Tap(s.other)
		want(t, "others", d.others, 1)
		test.Tap(s.help)
		d.runUntil(t, "help", func() bool { return s.footer.message.Text() != "" })
		other := NewOtherCode(d.params)
		want(t, "a recovery code would be judged", !other.footer.primary.Disabled(), reason == auth.ErrAuthenticatorDisabled)
	}
}

func TestOtherCodeScreenByKeyboard(t *testing.T) {
	d := newCodeDesk(t, auth.State{}, atCode(auth.StepCode, auth.ErrCodeShape, 0), atCode(auth.StepCode, auth.ErrRecoveryWrong, 0),
		answer{state: auth.State{Step: auth.StepDone}})
	s := NewOtherCode(d.params)
	d.show(s)
	d.isFocused(t, "first", s.entry)
	d.press(fyne.KeyReturn)
	want(t, "asked with nothing typed", d.attempt.asked, 0)

	d.typeText("4k2m 90ab")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	want(t, "what was typed of it", s.entry.Text, "4k2m 90ab")
	button := place(s.footer.primary)

	d.typeText(" 77xy q1zz")
	d.press(fyne.KeyEnter)
	d.runUntil(t, "another error", func() bool { return s.entry.Text == "" })
	want(t, "asked", d.attempt.asked, 2)
	want(t, "typed", d.attempt.typed[0], "4k2m 90ab 77xy q1zz")
	d.isFocused(t, "after a wrong code", s.entry)
	want(t, "place of the button", place(s.footer.primary), button)

	paste(s.entry, "1234 5678\n")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the next step", func() bool { return d.state != nil })
	want(t, "pasted", d.attempt.typed[0], "1234 5678")
	want(t, "back", d.back, 0)
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)

	s.Close()
	want(t, "wiped", s.entry.Text, "")
}

// A recovery code as it stands on paper is seen whole.
func TestOtherCodeScreenIsWideEnough(t *testing.T) {
	d := newCodeDesk(t, auth.State{})
	s := NewOtherCode(d.params)
	d.show(s)
	letters := fyne.MeasureText("wwww-wwww-wwww-wwww", keySize*14, fyne.TextStyle{Monospace: true})
	if s.entry.Size().Width < letters.Width+32 {
		t.Errorf("the field is %v wide, a code %v", s.entry.Size().Width, letters.Width)
	}
}

func TestTwoCodesScreenByKeyboard(t *testing.T) {
	d := newCodeDesk(t, auth.State{}, atCode(auth.StepCode, auth.ErrTwoCodes, 0), answer{state: auth.State{Step: auth.StepDone}})
	s := NewTwoCodes(d.params)
	d.show(s)
	d.isFocused(t, "first", s.first.Focusable())
	d.typeText("482 913")
	d.isFocused(t, "after the first code", s.next.Focusable())
	want(t, "asked after one code", d.attempt.asked, 0)
	d.press(fyne.KeyReturn)
	want(t, "asked with one code", d.attempt.asked, 0)
	button := place(s.footer.primary)
	d.typeText("151727")
	d.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	want(t, "first code", d.attempt.typed[0], "482913")
	want(t, "next code", d.attempt.typed[1], "151727")
	want(t, "fields after an error", s.first.Text()+s.next.Text(), "")
	want(t, "place of the button", place(s.footer.primary), button)
	d.isFocused(t, "after an error", s.first.Focusable())

	paste(s.first.Focusable(), "482913")
	paste(s.next.Focusable(), "151 727")
	d.runUntil(t, "the next step", func() bool { return d.state != nil })
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)
}

func TestHandOverScreen(t *testing.T) {
	reset := &auth.ResetNote{At: time.Now(), By: "Anna Smith"}
	d := newCodeDesk(t, auth.State{Reset: reset}, atCode(auth.StepHandOver, auth.ErrHandOverWrong, 0), atCode(auth.StepHandOver, auth.ErrResetLapsed, 0))
	s := NewHandOver(d.params)
	d.show(s)
	d.typeText("1234 5678")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	d.isFocused(t, "after a wrong code", s.entry)
	d.typeText("8765 4321")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the end of the reset", func() bool { return s.lapsed.Text() != "" })
	want(t, "field", s.field.Visible(), false)
	want(t, "Continue", s.footer.primary.Disabled(), true)
	d.isFocused(t, "with nothing to type", s.back)
	d.press(fyne.KeyReturn)
	want(t, "back", d.back, 1)
}

func TestHandOverScreenOfALapsedReset(t *testing.T) {
	d := newCodeDesk(t, auth.State{Refused: refused(auth.ErrResetLapsed, 0)})
	s := NewHandOver(d.params)
	d.show(s)
	want(t, "field", s.field.Visible(), false)
	want(t, "text", s.lapsed.Text(), "The reset was not used within 24 hours. Ask a Practice Admin to reset two-factor again.")
	d.isFocused(t, "with nothing to type", s.back)
}

func TestSignInScreenNamesAClockThatIsBehind(t *testing.T) {
	d, behind := newDesk(t), 48*time.Hour
	attempt := &fakePassword{answers{list: []answer{{err: refused(auth.ErrClockBehind, 0)}}}}
	s := NewSignIn(SignInParams{
		Host: d.host, Ways: (&led{}).ways(), Attempt: attempt, Practice: "Brook Street",
		ClockBehind: func() time.Duration { return behind },
	})
	d.show(s)
	want(t, "clock is named", s.clock.Visible() && s.clock.Text() != "", true)
	button := place(s.footer.primary)
	s.username.SetText("bjones")
	d.window.Canvas().Focus(s.password)
	d.typeText("violet tractor")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the refusal", func() bool { return s.field.Error() != "" })
	s.card.Refresh()
	want(t, "place of the button", place(s.footer.primary), button)

	behind = 0
	s.presenter.clock.look()
	s.presenter.refresh()
	want(t, "set right", s.clock.Visible(), false)
}

// TestNoRefusalMovesACard: whatever is said about a code, the card stays as high
// as it is.
func TestNoRefusalMovesACard(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		d := newCodeDesk(t, auth.State{})
		d.desk = newDeskIn(t, looks.New(looks.Light, scale))
		d.params.Host = d.host
		first, other, two, handOver := NewCode(d.params), NewOtherCode(d.params), NewTwoCodes(d.params), NewHandOver(d.params)
		for _, s := range []struct {
			screen interface {
				Content() fyne.CanvasObject
				Focus()
			}
			presenter *code
			card      *widgets.Card
			reasons   []error
		}{
			{first, first.presenter, first.card, []error{auth.ErrCodeWrong, auth.ErrCodeExpired, auth.ErrCodeUsed, auth.ErrCodeFormat, auth.ErrWait, auth.ErrAuthenticatorDisabled}},
			{other, other.presenter, other.card, []error{auth.ErrCodeShape, auth.ErrRecoveryWrong, auth.ErrRecoveryUsed, auth.ErrOneTimeWrong, auth.ErrOneTimeUsed, auth.ErrOneTimeExpired, auth.ErrWait}},
			{two, two.presenter, two.card, []error{auth.ErrTwoCodes, auth.ErrCodeFormat, auth.ErrCodeUsed, auth.ErrWait}},
			{handOver, handOver.presenter, handOver.card, []error{auth.ErrCodeShape, auth.ErrHandOverWrong, auth.ErrWait}},
		} {
			d.show(s.screen)
			height := s.card.MinSize().Height
			for _, reason := range s.reasons {
				s.presenter.fail(refused(reason, 45*time.Second))
				s.presenter.refresh()
				s.card.Refresh()
				want(t, reason.Error(), s.card.MinSize().Height, height)
			}
		}
	}
}

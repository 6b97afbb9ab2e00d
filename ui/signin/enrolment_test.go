package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// enrolmentCase is the presenter of the dialog, at a sign-in of Ben's whose authenticator was
// reset.
type enrolmentCase struct {
	*screentest.Bubble
	ben             *practice.Window
	clipboard       fyne.Clipboard
	params          EnrolmentParams
	shown           enrolmentView
	retyped, closed int
	presenter       *enrolment
	done            int
	over            error
}

// newEnrolment is a sign-in that sets up Ben's new phone.
func beginEnrolment(t *testing.T) (*auth.Attempt, *practice.Window, *auth.Enrolment) {
	t.Helper()
	all := newPractice(t)
	all.TurnOn()
	all.Anna.StepUp()
	_, err := all.Anna.Session.ResetTwoFactor(t.Context(), all.Ben.Session.User(), "lost phone")
	must(t, err)
	a, state := signInBen(t, all)
	want(t, "step", state.Step, auth.StepEnrol)
	e, err := a.Enrolment(t.Context())
	must(t, err)
	all.Ben.Scan(e)
	return a, all.Ben, e
}

func inEnrolment(t *testing.T, fn func(t *testing.T, c *enrolmentCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &enrolmentCase{Bubble: b, clipboard: test.NewClipboard()}
		attempt, ben, e := beginEnrolment(t)
		c.ben = ben
		c.params = EnrolmentParams{
			Scope: b.Scope, Enrolment: e, Copier: work.NewCopier(b.Runner, c.clipboard),
			Confirm: func(ctx context.Context, code string) error {
				_, err := attempt.Confirm(ctx, code)
				return err
			},
			Done: func() { c.done++ },
			Over: func(err error) { c.over = err },
		}
		c.presenter = newEnrolment(c.params)
		c.presenter.begin(screentest.View(&c.shown), func() { c.retyped++ }, func() { c.closed++ })
		fn(t, c)
		c.ben.Answer()
	})
}

func (c *enrolmentCase) submit(code string) {
	c.presenter.submit(code)
	c.Settle()
}

func TestEnrolmentConfirms(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.submit(wrongCode(c.ben))
		if !strings.HasPrefix(c.shown.Error, "That code is wrong.") {
			t.Errorf("error: %q", c.shown.Error)
		}
		want(t, "retyped", c.retyped, 1)
		want(t, "closed", c.closed, 0)
		c.submit("482")
		want(t, "retyped for three digits", c.retyped, 1)
		c.submit(c.ben.Code())
		want(t, "closed", c.closed, 1)
		want(t, "done", c.done, 1)
	})
}

// TestEnrolmentKeepsNoCode: only who called the try off is still there. After other errors the
// sign-in is over.
func TestEnrolmentKeepsNoCode(t *testing.T) {
	for err, retyped := range map[error]int{auth.ErrServer: 1, auth.ErrDiskFull: 1, context.Canceled: 0} {
		inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
			c.ben.Stop(err)
			c.submit(c.ben.Code())
			want(t, err.Error()+": retyped", c.retyped, retyped)
			want(t, "closed", c.closed, 0)
			c.ben.Answer()
			c.submit(c.ben.Code())
			want(t, "closed", c.closed, 1)
			want(t, "over", errors.Is(c.over, auth.ErrAttemptOver), true)
		})
	}
}

// TestEnrolmentEnds where nothing that is typed would help.
func TestEnrolmentEnds(t *testing.T) {
	for _, err := range []error{auth.ErrDamaged, auth.ErrSessionEnded, auth.ErrForbidden} {
		inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
			c.ben.Stop(err)
			c.submit(c.ben.Code())
			want(t, err.Error()+": over", errors.Is(c.over, err), true)
			want(t, err.Error()+": closed", c.closed, 1)
		})
	}
}

// A code that was confirmed while somebody pressed Cancel is valid.
func TestEnrolmentTooLateToCancel(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.presenter.submit(c.ben.Code())
		synctest.Wait()
		c.Leave()
		c.Settle()
		want(t, "done", c.done, 1)
	})
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.presenter.submit(wrongCode(c.ben))
		synctest.Wait()
		c.Leave()
		c.Settle()
		want(t, "done", c.done, 0)
		want(t, "over", c.over, nil)
	})
}

func TestCopiedKeyLeavesTheClipboard(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		want(t, "clipboard", c.clipboard.Content(), "JBSWY3DP")
		want(t, "said", c.shown.Copied, "Copied. It leaves the clipboard in 60 s")
		c.Pass(59 * time.Second)
		want(t, "clipboard", c.clipboard.Content(), "JBSWY3DP")
		c.Pass(2 * time.Second)
		want(t, "clipboard", c.clipboard.Content(), "")
		want(t, "said", c.shown.Copied, "")
	})
}

func TestKeyCopiedTwiceStaysForAMinute(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		for range 2 {
			c.presenter.copyKey("JBSW Y3DP")
			c.Pass(40 * time.Second)
			want(t, "said", c.shown.Copied, "Copied. It leaves the clipboard in 60 s")
		}
		c.Pass(20 * time.Second)
		want(t, "said", c.shown.Copied, "")
	})
}

func TestCopiedKeyLeavesTheClipboardAfterTheDialog(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		c.Leave()
		c.Pass(61 * time.Second)
		want(t, "clipboard", c.clipboard.Content(), "")
	})
}

func TestWhatWasCopiedMeanwhileStays(t *testing.T) {
	inEnrolment(t, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		c.clipboard.SetContent("a phone number")
		c.Pass(61 * time.Second)
		want(t, "clipboard", c.clipboard.Content(), "a phone number")
	})
}

func TestKeyLines(t *testing.T) {
	want(t, "two lines", keyLines("AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH", 4), "AAAA BBBB CCCC DDDD\nEEEE FFFF GGGG HHHH")
	want(t, "an odd end", keyLines("AAAA BBBB CC", 2), "AAAA BBBB\nCC")
	want(t, "nothing", keyLines("", 4), "")
}

// inEnrolScreen runs a test of the page of a sign-in, with its dialog.
func inEnrolScreen(t *testing.T, fn func(t *testing.T, w *desk, ben *practice.Window, s *EnrolScreen, l *led)) {
	t.Helper()
	inWindow(t, func(t *testing.T, w *desk) {
		attempt, ben, _ := beginEnrolment(t)
		l := &led{}
		s := NewEnrol(EnrolParams{
			Scope: w.Scope, Window: w.Window, Navigation: l.navigation(), Attempt: attempt,
			Copier: work.NewCopier(w.Runner, test.NewClipboard()), OnBack: func() { l.over = context.Canceled },
		})
		w.Show(s)
		w.Until(t, "the dialog", func() bool { return w.Dialog() != nil })
		fn(t, w, ben, s, l)
	})
}

func TestEnrolmentDialogSubmitsTheSixthDigit(t *testing.T) {
	inEnrolScreen(t, func(t *testing.T, w *desk, ben *practice.Window, s *EnrolScreen, l *led) {
		d := s.dialog
		ben.Scan(d.presenter.params.Enrolment)
		before := d.code.Position()
		w.Type(wrongCode(ben))
		w.Until(t, "an error", func() bool { return d.dialog.Error() != "" })
		want(t, "code", d.code.Text(), "")
		isFocused(t, w, "after an error", d.code.Focusable())
		want(t, "place of the field", d.code.Position(), before)
		code := ben.Code()
		w.Type(code[:3] + " " + code[3:])
		w.Until(t, "the session", func() bool { return l.state != nil && l.state.Session != nil })
		want(t, "dialog", w.Dialog(), nil)
	})
}

// The barcode and the key leave the screen however the dialog ends.
func TestEnrolmentDialogTakesItsSecretsAlong(t *testing.T) {
	for name, end := range map[string]func(*desk, *EnrolScreen){
		"Esc":              func(w *desk, _ *EnrolScreen) { w.Press(fyne.KeyEscape) },
		"the screen's end": func(w *desk, _ *EnrolScreen) { w.Leave() },
		"its closing":      func(_ *desk, s *EnrolScreen) { s.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			inEnrolScreen(t, func(t *testing.T, w *desk, _ *practice.Window, s *EnrolScreen, l *led) {
				d := s.dialog
				if d.key.Text == "" {
					t.Fatal("there is no key")
				}
				w.Type("482")
				end(w, s)
				w.Settle()
				want(t, "dialog", w.Dialog(), nil)
				want(t, "key", d.key.Text, "")
				want(t, "code", d.code.Text(), "")
				if black := blackPixels(t, d.barcode); black > 0 {
					t.Errorf("the barcode still has %d black pixels", black)
				}
				want(t, "cancelled", l.over != nil, name == "Esc")
			})
		})
	}
}

func blackPixels(t *testing.T, b *widgets.Barcode) (black int) {
	w := test.NewTempWindow(t, b)
	w.Resize(fyne.NewSize(300, 300))
	picture := w.Canvas().Capture()
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if r, _, _, _ := picture.At(x, y).RGBA(); r < 0x2000 {
				black++
			}
		}
	}
	return black
}

// TestWholeBarcodeIsInSight as soon as the dialog is there: nobody scrolls to scan, and none of its quiet zone is cut off.
func TestWholeBarcodeIsInSight(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		for _, reset := range []*auth.ResetNote{nil, {At: time.Now(), By: "Anna Smith"}} {
			screentest.RunInWindow(t, looks.New(looks.Light, scale), func(t *testing.T, w *screentest.Window) {
				w.Window.Resize(screentest.Size)
				showSampleEnrolment(t, w, reset)
				w.Settle()
				driver := fyne.CurrentApp().Driver()
				sees, whole := 0, 0
				for _, o := range test.LaidOutObjects(w.Dialog()) {
					scroll, ok := o.(*container.Scroll)
					if !ok {
						continue
					}
					for _, in := range test.LaidOutObjects(scroll.Content) {
						if b, ok := in.(*widgets.Barcode); ok {
							sees++
							at := driver.AbsolutePositionForObject(b).Subtract(driver.AbsolutePositionForObject(scroll))
							if at.Y >= 0 && at.Y+b.Size().Height <= scroll.Size().Height {
								whole++
							} else {
								t.Errorf("scale %v: the barcode is at %v, %v high, in %v", scale, at, b.Size().Height, scroll.Size())
							}
						}
					}
				}
				if sees == 0 || whole != sees {
					t.Errorf("scale %v: %d of %d are whole", scale, whole, sees)
				}
			})
		}
	}
}

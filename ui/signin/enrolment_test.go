package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

type fakeClipboard struct{ text string }

func (f *fakeClipboard) Content() string     { return f.text }
func (f *fakeClipboard) SetContent(s string) { f.text = s }

type fakeEnrolment struct {
	view            enrolmentView
	retyped, closed int
}

func (f *fakeEnrolment) show(v enrolmentView) { f.view = v }
func (f *fakeEnrolment) retype()              { f.retyped++ }
func (f *fakeEnrolment) close()               { f.closed++ }

type enrolmentCase struct {
	*queue
	answers   answers
	clipboard *fakeClipboard
	display   *fakeEnrolment
	presenter *enrolment
	leave     context.CancelFunc
	done      int
	over      error
}

func inEnrolment(t *testing.T, list []answer, run func(*testing.T, *enrolmentCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &enrolmentCase{queue: &queue{}, answers: answers{list: list}, clipboard: &fakeClipboard{}, display: &fakeEnrolment{}}
		host, leave := newHost(t, c.queue)
		c.leave = leave
		defer leave()
		c.presenter = newEnrolment(host, EnrolmentParams{
			Confirm: func(ctx context.Context, _ string) error {
				_, err := c.answers.next(ctx)
				return err
			},
			Copier: work.NewCopier(host.Runner, c.clipboard),
			Done:   func() { c.done++ },
			Over:   func(err error) { c.over = err },
		})
		c.presenter.begin(c.display)
		run(t, c)
	})
}

func TestEnrolmentConfirms(t *testing.T) {
	inEnrolment(t, []answer{{err: refused(auth.ErrCodeWrong, 0)}, {}}, func(t *testing.T, c *enrolmentCase) {
		c.presenter.submit("000000")
		c.pass(0)
		if !strings.HasPrefix(c.display.view.Error, "That code is wrong.") {
			t.Errorf("error: %q", c.display.view.Error)
		}
		want(t, "retyped", c.display.retyped, 1)
		want(t, "closed", c.display.closed, 0)

		c.presenter.submit("482913")
		c.pass(0)
		want(t, "closed", c.display.closed, 1)
		want(t, "done", c.done, 1)
	})
}

func TestEnrolmentKeepsNoCode(t *testing.T) {
	for err, retyped := range map[error]int{auth.ErrServer: 1, auth.ErrDiskFull: 1, context.Canceled: 0, refused(auth.ErrCodeFormat, 0): 0} {
		inEnrolment(t, []answer{{err: err}}, func(t *testing.T, c *enrolmentCase) {
			c.presenter.submit("482913")
			c.pass(0)
			want(t, err.Error()+": retyped", c.display.retyped, retyped)
			want(t, "closed", c.display.closed, 0)
		})
	}
}

func TestEnrolmentEndsWithTheSession(t *testing.T) {
	for _, reason := range []error{auth.ErrSessionEnded, auth.ErrAttemptOver, auth.ErrDamaged} {
		inEnrolment(t, []answer{{err: reason}}, func(t *testing.T, c *enrolmentCase) {
			c.presenter.submit("482913")
			c.pass(0)
			want(t, "over", c.over, reason)
			want(t, "closed", c.display.closed, 1)
		})
	}
}

// A code that was confirmed while somebody pressed Cancel counts.
func TestEnrolmentTooLateToCancel(t *testing.T) {
	inEnrolment(t, []answer{{}}, func(t *testing.T, c *enrolmentCase) {
		c.presenter.submit("482913")
		synctest.Wait()
		c.leave()
		c.pass(0)
		want(t, "done", c.done, 1)
	})
	inEnrolment(t, []answer{{err: errors.New("failed")}}, func(t *testing.T, c *enrolmentCase) {
		c.presenter.submit("482913")
		synctest.Wait()
		c.leave()
		c.pass(0)
		want(t, "done", c.done, 0)
		want(t, "over", c.over, nil)
	})
}

func TestCopiedKeyLeavesTheClipboard(t *testing.T) {
	inEnrolment(t, nil, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		want(t, "clipboard", c.clipboard.text, "JBSWY3DP")
		want(t, "said", c.display.view.Copied, "Copied. It leaves the clipboard in 60 s")
		c.pass(59 * time.Second)
		want(t, "clipboard", c.clipboard.text, "JBSWY3DP")
		c.pass(2 * time.Second)
		want(t, "clipboard", c.clipboard.text, "")
		want(t, "said", c.display.view.Copied, "")
	})
}

func TestKeyCopiedTwiceStaysForAMinute(t *testing.T) {
	inEnrolment(t, nil, func(t *testing.T, c *enrolmentCase) {
		for range 2 {
			c.presenter.copyKey("JBSW Y3DP")
			c.pass(40 * time.Second)
			want(t, "said", c.display.view.Copied, "Copied. It leaves the clipboard in 60 s")
		}
		c.pass(20 * time.Second)
		want(t, "said", c.display.view.Copied, "")
	})
}

func TestCopiedKeyLeavesTheClipboardAfterTheDialog(t *testing.T) {
	inEnrolment(t, nil, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		c.leave()
		c.pass(61 * time.Second)
		want(t, "clipboard", c.clipboard.text, "")
	})
}

func TestWhatWasCopiedMeanwhileStays(t *testing.T) {
	inEnrolment(t, nil, func(t *testing.T, c *enrolmentCase) {
		c.presenter.copyKey("JBSW Y3DP")
		c.clipboard.text = "a phone number"
		c.pass(61 * time.Second)
		want(t, "clipboard", c.clipboard.text, "a phone number")
	})
}

func TestKeyLines(t *testing.T) {
	want(t, "two lines", keyLines("AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH", 4), "AAAA BBBB CCCC DDDD\nEEEE FFFF GGGG HHHH")
	want(t, "an odd end", keyLines("AAAA BBBB CC", 2), "AAAA BBBB\nCC")
	want(t, "nothing", keyLines("", 4), "")
}

type enrolmentDesk struct {
	*desk
	dialog    *Enrolment
	codes     []string
	cancelled int
}

func newEnrolmentDesk(t *testing.T) *enrolmentDesk {
	d := &enrolmentDesk{desk: newDesk(t)}
	d.window.SetContent(widgets.NewButton("Behind", nil))
	d.dialog = ShowEnrolment(d.window, EnrolmentParams{
		Ctx: d.host.Ctx, Runner: d.host.Runner, Copier: work.NewCopier(d.host.Runner, test.NewClipboard()), Enrolment: newTestEnrolment(),
		Confirm: func(_ context.Context, code string) error {
			d.codes = append(d.codes, code)
			return refused(auth.ErrCodeWrong, 0)
		},
		Done:      func() {},
		Cancelled: func() { d.cancelled++ },
		Over:      func(error) {},
	})
	return d
}

func TestEnrolmentDialogSubmitsTheSixthDigit(t *testing.T) {
	d := newEnrolmentDesk(t)
	before := d.dialog.code.Position()
	d.typeText("482 913")
	d.runUntil(t, "an error", func() bool { return d.dialog.dialog.Error() != "" })
	if len(d.codes) != 1 || d.codes[0] != "482913" {
		t.Errorf("codes: %q", d.codes)
	}
	want(t, "code", d.dialog.code.Text(), "")
	want(t, "focus", d.window.Canvas().Focused(), d.dialog.code.Focusable())
	want(t, "place of the field", d.dialog.code.Position(), before)
}

// The barcode and the key leave the screen however the dialog ends.
func TestEnrolmentDialogTakesItsSecretsAlong(t *testing.T) {
	for name, end := range map[string]func(*enrolmentDesk){
		"Esc":               func(d *enrolmentDesk) { d.press(fyne.KeyEscape) },
		"the screen's end":  func(d *enrolmentDesk) { d.leave() },
		"the window's call": func(d *enrolmentDesk) { d.dialog.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			d := newEnrolmentDesk(t)
			if d.dialog.key.Text == "" {
				t.Fatal("there is no key")
			}
			d.typeText("482")
			end(d)
			d.runUntil(t, "the dialog to close", func() bool { return d.window.Canvas().Overlays().Top() == nil })
			want(t, "key", d.dialog.key.Text, "")
			want(t, "code", d.dialog.code.Text(), "")
			if black := blackPixels(t, d.dialog.barcode); black > 0 {
				t.Errorf("the barcode still has %d black pixels", black)
			}
			want(t, "cancelled", d.cancelled > 0, name == "Esc")
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

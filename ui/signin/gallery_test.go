package signin

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

// TestGallery renders every screen, also with the longest names. With
// GALLERY=<folder> it does so in every look, and saves them there to be looked at.
func TestGallery(t *testing.T) {
	variants, scales := []looks.Variant{looks.Light, looks.Dark}, []float32{1, 1.5, 2}
	if os.Getenv("GALLERY") == "" {
		variants = variants[1:]
	}
	long := strings.Repeat("Dr. Ärztehaus ", 15)[:200]
	unbroken := strings.Repeat("W", auth.MaxName)
	samples := map[string]func(*desk){
		"opening":     func(d *desk) { d.show(NewOpening(OpeningParams{Host: d.host, Open: hang, Done: func(error) {}})) },
		"opening-5s":  showStalledOpening,
		"setup":       func(d *desk) { d.show(newSampleSetUp(d)) },
		"setup-error": showSetUpErrors,
		"setup-synchronised": func(d *desk) {
			d.show(NewSetUp(SetUpParams{Host: d.host, Zone: "Europe/Berlin", Done: func() {}, Synchronised: func() string { return "Google Drive" }}))
			for !d.queue.run() { // it is asked off the UI goroutine
				time.Sleep(time.Millisecond)
			}
		},
		"setup-connect": func(d *desk) {
			d.show(NewSetUp(SetUpParams{Host: d.host, Zone: "Europe/Berlin", Done: func() {}, OnRestore: func() {}, OnConnect: func() {}}))
		},
		"signin-moved": func(d *desk) {
			d.show(NewSignIn(SignInParams{
				Host: d.host, Practice: "Brook Street Practice", Address: "192.168.1.20", Copier: work.NewCopier(d.host.Runner, test.NewClipboard()),
				Notice: "This computer is the practice's server now. Everyone signs in again.",
			}))
		},
		"signin": func(d *desk) { d.show(newSampleSignIn(d, "Brook Street Practice", nil)) },
		"signin-wait": func(d *desk) {
			refusal := &auth.Refusal{Reason: auth.ErrCredentials, Wait: 30 * time.Second, Now: time.Now()}
			d.show(newSampleSignIn(d, "Brook Street Practice", refusal))
		},
		"signin-long":     func(d *desk) { d.show(newSampleSignIn(d, long, nil)) },
		"signin-unbroken": func(d *desk) { d.show(newSampleSignIn(d, unbroken, nil)) },
		"forgotten": func(d *desk) {
			s := newSampleSignIn(d, "Brook Street Practice", nil)
			d.show(s)
			s.explainForgotten()
		},
		"code":            func(d *desk) { d.show(newSampleCode(d, nil)) },
		"code-used":       showUsedCode,
		"newpassword":     showNewPassword,
		"change-password": func(d *desk) { d.show(NewChangePassword((&fakeChange{}).params(d.host))) },
		"change-wrong":    showChangePassword,
		"enrol":           func(d *desk) { showSampleEnrolment(d, nil) },
		"enrol-reset":     func(d *desk) { showSampleEnrolment(d, &auth.ResetNote{At: time.Now(), By: "Anna Smith"}) },
		"rolled-back": func(d *desk) {
			showBlocked(d, &auth.RolledBackError{Found: time.Now().Add(-time.Hour), Seen: time.Now()})
		},
		"not-linked":      func(d *desk) { showBlocked(d, &auth.NotLinkedError{Practice: "Brook Street Practice"}) },
		"not-linked-long": func(d *desk) { showBlocked(d, &auth.NotLinkedError{Practice: long}) },
		"damaged":         func(d *desk) { showBlocked(d, auth.ErrDamaged) },
		"missing":         func(d *desk) { showBlocked(d, auth.ErrDatabaseMissing) },
		"no-service":      func(d *desk) { showBlocked(d, keyring.ErrNoService) },
		"no-collection":   func(d *desk) { showBlocked(d, errors.Join(auth.ErrNoDatabase, keyring.ErrNoCollection)) },
		"newer":           func(d *desk) { showBlocked(d, auth.ErrNewerDatabase) },
		"not-private":     func(d *desk) { showBlocked(d, auth.ErrNotPrivate) },
		"network-share":   func(d *desk) { showBlocked(d, auth.ErrRemote) },
		"server-away":     func(d *desk) { showBlockedAt(d, auth.ErrServer, atFront) },
		"server-away-long": func(d *desk) {
			showBlockedAt(d, auth.ErrServer, sharing.Where{Kind: sharing.Desk, Address: unbroken, Server: long})
		},
		"server-other":    func(d *desk) { showBlockedAt(d, auth.ErrOtherServer, atFront) },
		"server-unlinked": func(d *desk) { showBlockedAt(d, auth.ErrNotLinked, atFront) },
		"server-forget": func(d *desk) {
			showBlockedAt(d, auth.ErrNotLinked, atFront)
			AskToForget(ForgetParams{Host: d.host})
		},
		"server-address": func(d *desk) {
			showBlockedAt(d, auth.ErrOtherServer, atFront)
			AskAddress(AddressParams{Host: d.host, Address: atFront.Address})
		},
	}
	maps.Copy(samples, rescueSamples())
	maps.Copy(samples, codeSamples(long))
	maps.Copy(samples, connectSamples())
	for _, look := range variants {
		for _, scale := range scales {
			for name, show := range samples {
				d := newDeskIn(t, looks.New(look, scale))
				show(d)
				d.run()
				want(t, "size of the window for "+name, d.window.Canvas().Size(), fyne.NewSize(1024, 700))
				uitest.SeeRead(t, d.window)
				uitest.SeeSmall(t, d.window, name)
				save(t, d.window.Canvas(), fmt.Sprintf("%s-%d-%.0f.png", name, look, 100*scale))
				d.leave()
			}
		}
	}
}

func save(t *testing.T, c fyne.Canvas, name string) {
	t.Helper()
	picture := c.Capture()
	folder := os.Getenv("GALLERY")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
}

func hang(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func showStalledOpening(d *desk) {
	s := NewOpening(OpeningParams{Host: d.host, Open: hang, Done: func(error) {}})
	d.show(s)
	s.task.become(stalled)
}

func newSampleSetUp(d *desk) *SetUpScreen {
	return NewSetUp(SetUpParams{Host: d.host, Zone: "Europe/Berlin", Create: func(context.Context, auth.SetUpForm) error { return nil }, Done: func() {}})
}

func showSetUpErrors(d *desk) {
	s := newSampleSetUp(d)
	d.show(s)
	s.practice.SetText("Brook Street Practice")
	s.password.SetText("short")
	s.presenter.fail(errors.Join(errDiffer, s.form().Check()))
	s.presenter.failed = failedAt(time.Now(), keyring.ErrNoAnswer)
	s.presenter.task.become(lasting)
}

func newSampleSignIn(d *desk, practice string, because error) *SignInScreen {
	s := NewSignIn(SignInParams{
		Host: d.host, Practice: practice, Because: because,
		Notice: "Two-factor was turned on by Anna Smith at 9:40. Everyone signs in again.",
	})
	s.username.SetText("asmith")
	s.password.SetText("violet tractor")
	return s
}

func newSampleCode(d *desk, state *auth.State) *CodeScreen {
	if state == nil {
		state = &auth.State{NextCode: time.Now().Add(12 * time.Second)}
	}
	return NewCode(CodeParams{Host: d.host, Practice: "Brook Street Practice", Asking: NewAsking(*state, time.Now())})
}

func showUsedCode(d *desk) {
	s := newSampleCode(d, &auth.State{})
	d.show(s)
	test.Type(s.code.Focusable(), "48291")
	s.presenter.failed = failedAt(time.Now(), &auth.Refusal{Reason: auth.ErrCodeUsed, Next: time.Now().Add(12 * time.Second), Now: time.Now()})
	s.presenter.task.become(lasting)
}

func showNewPassword(d *desk) {
	s := NewNewPassword(NewPasswordParams{Host: d.host})
	d.show(s)
	s.password.SetText("brass kettle on the hob")
	s.presenter.meter.text = strengthText(s.password.Text)
	s.presenter.task.become(stalled)
}

func showSampleEnrolment(d *desk, reset *auth.ResetNote) {
	d.show(newSampleSignIn(d, "Brook Street Practice", nil))
	e := ShowEnrolment(d.window, EnrolmentParams{
		Ctx: d.host.Ctx, Runner: d.host.Runner, Copier: work.NewCopier(d.host.Runner, test.NewClipboard()), Enrolment: newTestEnrolment(), Reset: reset,
	})
	if reset != nil {
		e.presenter.failed = failedAt(time.Now(), &auth.Refusal{Reason: auth.ErrCodeWrong, Now: time.Now()})
		e.presenter.copyKey("key")
	}
}

func showBlocked(d *desk, err error) { showBlockedAt(d, err, sharing.Where{}) }

func showBlockedAt(d *desk, err error, where sharing.Where) {
	d.show(NewBlocked(BlockedParams{
		Host: d.host, Err: err, DataDir: "/home/reception/.local/share/anteroom", Where: where,
		OnAddress: func() {}, OnRetry: func() {}, OnKit: func() {}, OnLinkingCode: func() {}, OnRestore: func() {}, OnForget: func() {},
	}))
}

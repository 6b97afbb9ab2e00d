package signin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/work"
)

// sample shows a screen in one of its states.
type sample = func(*testing.T, *desk)

const brookStreet = "Brook Street Practice"

// TestGallery renders every screen, also with the longest names.
func TestGallery(t *testing.T) {
	long := strings.Repeat("Dr. Ärztehaus ", 15)[:200]
	samples := signInSamples(long)
	maps.Copy(samples, setUpSamples())
	maps.Copy(samples, passwordSamples())
	maps.Copy(samples, codeSamples(long))
	maps.Copy(samples, deskSamples(long))
	screentest.Gallery(t, samples)
}

func setUpSamples() map[string]sample {
	return map[string]sample{
		"opening": func(_ *testing.T, d *desk) { showOpening(d) },
		"opening-5s": func(_ *testing.T, d *desk) {
			showOpening(d)
			d.Pass(screen.StalledAfter)
		},
		"setup":       func(_ *testing.T, d *desk) { d.Show(NewSetUp(sampleSetUp(d))) },
		"setup-error": func(_ *testing.T, d *desk) { showSetUpErrors(d) },
		"setup-synchronised": func(_ *testing.T, d *desk) {
			p := sampleSetUp(d)
			p.Synchronised = func() string { return "Google Drive" }
			d.Show(NewSetUp(p))
		},
		"setup-connect": func(_ *testing.T, d *desk) {
			p := sampleSetUp(d)
			p.OnRestore, p.OnConnect = func() {}, func() {}
			d.Show(NewSetUp(p))
		},
	}
}

func showOpening(d *desk) {
	d.Show(NewOpening(OpeningParams{Scope: d.Scope, Window: d.Window, Open: hang, Done: func(error) {}}))
}

func sampleSetUp(d *desk) SetUpParams {
	return SetUpParams{Scope: d.Scope, Window: d.Window, Zone: "Europe/Berlin", Create: func(context.Context, auth.SetUpForm) error { return nil }, Done: func() {}}
}

func showSetUpErrors(d *desk) {
	s := NewSetUp(sampleSetUp(d))
	d.Show(s)
	s.practice.SetText(brookStreet)
	s.password.SetText("short")
	s.presenter.Fail(errors.Join(ErrDiffer, s.form().Check()))
	v := s.presenter.view()
	v.Error, v.Stage, v.CanSubmit = FailedAt(time.Now(), keyring.ErrNoAnswer).Text(time.Now()), screen.Lasting, false
	s.show(v)
}

func signInSamples(long string) map[string]sample {
	signIn := func(practice string, because func() error) sample {
		return func(_ *testing.T, d *desk) { showSignIn(d, practice, because()) }
	}
	none := func() error { return nil }
	return map[string]sample{
		"signin": signIn(brookStreet, none),
		"signin-wait": signIn(brookStreet, func() error {
			return refused(auth.ErrCredentials, 30*time.Second)
		}),
		"signin-long":     signIn(long, none),
		"signin-unbroken": signIn(strings.Repeat("W", auth.MaxName), none),
		"forgotten":       func(_ *testing.T, d *desk) { showSignIn(d, brookStreet, nil).explainForgotten() },
		"signin-moved": func(_ *testing.T, d *desk) {
			d.Show(NewSignIn(SignInParams{
				Scope: d.Scope, Window: d.Window, Practice: brookStreet, Address: "192.168.1.20", Copier: work.NewCopier(d.Runner, test.NewClipboard()),
				Notice: "This computer is the practice's server now. Everyone signs in again.",
			}))
		},
		"signin-behind": func(_ *testing.T, d *desk) {
			d.Show(NewSignIn(SignInParams{
				Scope: d.Scope, Window: d.Window, Practice: brookStreet, ClockBehind: isBehind,
				Because: &auth.Refusal{Reason: auth.ErrClockBehind, Now: time.Now()},
			}))
		},
	}
}

func isBehind() time.Duration { return 48 * time.Hour }

func showSignIn(d *desk, practice string, because error) *SignInScreen {
	s := NewSignIn(SignInParams{
		Scope: d.Scope, Window: d.Window, Practice: practice, Because: because,
		Notice: "Two-factor was turned on by Anna Smith at 9:40. Everyone signs in again.",
	})
	s.username.SetText("asmith")
	s.password.SetText("violet tractor")
	d.Show(s)
	return s
}

func passwordSamples() map[string]sample {
	return map[string]sample{
		"newpassword": func(_ *testing.T, d *desk) {
			s := NewNewPassword(NewPasswordParams{Scope: d.Scope, Window: d.Window})
			d.Show(s)
			s.password.SetText("brass kettle on the hob")
			s.show(FormView{Strength: strengthText(s.password.Text), Stage: screen.Stalled})
		},
		"change-password": func(_ *testing.T, d *desk) {
			d.Show(NewChangePassword(ChangePasswordParams{Scope: d.Scope, Window: d.Window}))
		},
		"change-wrong": func(_ *testing.T, d *desk) { showChangePassword(d) },
	}
}

func showChangePassword(d *desk) {
	s := NewChangePassword(ChangePasswordParams{Scope: d.Scope, Window: d.Window})
	d.Show(s)
	s.present.SetText("wrong")
	s.password.SetText(testPassword)
	s.confirm.SetText(testPassword + "s")
	s.presenter.Fail(checkChange("", testPassword, ""))
	s.presenter.failed = FailedAt(time.Now(), refused(auth.ErrWait, 30*time.Second))
	v := s.presenter.view()
	v.Strength, v.Stage = strengthText(testPassword), screen.Stalled
	s.show(v)
}

// codeSamples are the screens that ask for a code.
func codeSamples(long string) map[string]sample {
	params := func(d *desk, practice string) CodeParams {
		state := auth.State{Help: time.Now(), Reset: &auth.ResetNote{At: time.Now(), By: "Anna Smith"}}
		return CodeParams{Scope: d.Scope, Window: d.Window, Practice: practice, ClockBehind: isBehind, Challenge: NewChallenge(state, time.Now())}
	}
	return map[string]sample{
		"code":      func(_ *testing.T, d *desk) { newSampleCode(d, auth.State{NextCode: time.Now().Add(12 * time.Second)}) },
		"code-used": func(_ *testing.T, d *desk) { showUsedCode(d) },
		"code-help": func(_ *testing.T, d *desk) {
			s := NewCode(params(d, brookStreet))
			s.presenter.fail(refused(auth.ErrCodeWrong, 0))
			s.presenter.params.Challenge.noteFailure(s.presenter.failed)
			s.presenter.refresh()
			d.Show(s)
		},
		"code-long":  func(_ *testing.T, d *desk) { d.Show(NewCode(params(d, long))) },
		"code-two":   func(_ *testing.T, d *desk) { d.Show(NewTwoCodes(params(d, brookStreet))) },
		"code-other": func(_ *testing.T, d *desk) { showRefusedRecoveryCode(d, params(d, brookStreet)) },
		"hand-over":  func(_ *testing.T, d *desk) { d.Show(NewHandOver(params(d, brookStreet))) },
		"hand-over-lapsed": func(_ *testing.T, d *desk) {
			p := params(d, brookStreet)
			p.Challenge.failed = FailedAt(time.Now(), refused(auth.ErrResetLapsed, 0))
			d.Show(NewHandOver(p))
		},
		"enrol": func(t *testing.T, d *desk) { showSampleEnrolment(t, d, nil) },
		"enrol-reset": func(t *testing.T, d *desk) {
			showSampleEnrolment(t, d, &auth.ResetNote{At: time.Now(), By: "Anna Smith"})
		},
	}
}

func newSampleCode(d *desk, state auth.State) *CodeScreen {
	s := NewCode(CodeParams{Scope: d.Scope, Window: d.Window, Practice: brookStreet, Challenge: NewChallenge(state, time.Now())})
	d.Show(s)
	return s
}

func showUsedCode(d *desk) {
	s := newSampleCode(d, auth.State{})
	test.Type(s.code.Focusable(), "48291")
	now := time.Now()
	s.presenter.failed = FailedAt(now, &auth.Refusal{Reason: auth.ErrCodeUsed, Next: now.Add(12 * time.Second), Now: now})
	v := s.presenter.view()
	v.Stage, v.CanSubmit = screen.Lasting, false
	s.show(v)
}

func showRefusedRecoveryCode(d *desk, p CodeParams) {
	s := NewOtherCode(p)
	d.Show(s)
	s.entry.SetText("4k2m-90ab-77xy-q1zz")
	s.presenter.fail(refused(auth.ErrRecoveryUsed, 30*time.Second))
	s.presenter.refresh()
}

func showSampleEnrolment(t *testing.T, d *desk, reset *auth.ResetNote) {
	showSignIn(d, brookStreet, nil)
	deps := auth.Deps{Location: &authtest.Memory{}, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap}
	made, session, err := auth.SetUp(t.Context(), deps, goodForm) // whose name makes a large barcode
	must(t, err)
	defer made.Close()
	must(t, session.StepUp(t.Context(), testPassword, ""))
	enrolment, err := session.NewEnrolment(t.Context())
	must(t, err)
	e := ShowEnrolment(d.Window, EnrolmentParams{
		Scope: d.Scope, Copier: work.NewCopier(d.Runner, test.NewClipboard()), Enrolment: enrolment, Reset: reset,
	})
	if reset != nil {
		e.presenter.failed = FailedAt(time.Now(), refused(auth.ErrCodeWrong, 0))
		e.presenter.copyKey("key")
	}
}

// deskSamples are the screens before and beside one's work.
func deskSamples(long string) map[string]sample {
	lock := func(name, practice string) sample {
		return func(_ *testing.T, d *desk) { newSampleLock(d, name, practice) }
	}
	return map[string]sample{
		"recovery-codes": func(_ *testing.T, d *desk) { newSampleCodes(d) },
		"recovery-codes-unkept": func(_ *testing.T, d *desk) {
			s := newSampleCodes(d)
			s.presenter.unkept = true
			s.presenter.say("", auth.ErrDiskFull)
		},
		"recovery-codes-saved": func(_ *testing.T, d *desk) {
			newSampleCodes(d).presenter.say("Saved as /media/reception/STICK/Anteroom recovery codes.pdf.", nil)
		},
		"recovery-codes-save": func(_ *testing.T, d *desk) { newSampleCodes(d).saving.Open() },
		"locked":              lock("Anna Smith", brookStreet),
		"locked-long":         lock(long, long),
		"locked-wrong": func(_ *testing.T, d *desk) {
			s := newSampleLock(d, "Anna Smith", brookStreet)
			s.presenter.fail(refused(auth.ErrCredentials, 30*time.Second))
			s.presenter.refresh()
		},
		"switch":      func(_ *testing.T, d *desk) { newSampleSwitch(d, false) },
		"switch-full": func(_ *testing.T, d *desk) { newSampleSwitch(d, true) },
	}
}

func newSampleCodes(d *desk) *RecoveryCodesScreen {
	var codes []string
	for i := range 10 {
		codes = append(codes, fmt.Sprintf("%04d-mnpq-wxyz-0%03d", 1234+i, i))
	}
	s := NewRecoveryCodes(RecoveryCodesParams{
		Scope: d.Scope, Window: d.Window, Codes: codes, Copier: work.NewCopier(d.Runner, test.NewClipboard()), Folder: documents,
	})
	d.Show(s)
	return s
}

func newSampleLock(d *desk, name, practice string) *LockScreen {
	s := NewLock(LockParams{Scope: d.Scope, Window: d.Window, Practice: practice, Name: name, Since: time.Now()})
	d.Show(s)
	return s
}

func newSampleSwitch(d *desk, full bool) {
	people := []auth.Person{{ID: "a", Name: "Anna Smith"}, {ID: "b", Name: "Ben Jones"}, {ID: "c", Name: "Dr. Wolfeschlegelsteinhausenbergerdorff von der Sonnenalb"}}
	d.Show(NewSwitchUser(SwitchUserParams{
		Scope: d.Scope, Window: d.Window, Full: full, Desks: Desks{"a": time.Now()},
		People: func(context.Context) ([]auth.Person, error) { return people, nil },
	}))
}

package signin

import (
	"context"
	"time"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/work"
)

// codeSamples are the screens for who has no Auth Code, and for who went away.
func codeSamples(long string) map[string]func(*desk) {
	params := func(d *desk, practice string) CodeParams {
		return CodeParams{Host: d.host, Practice: practice, Attempt: &fakeCode{}, ClockBehind: isBehind,
			Asking: NewAsking(auth.State{Help: time.Now(), Reset: &auth.ResetNote{At: time.Now(), By: "Anna Smith"}}, time.Now())}
	}
	return map[string]func(*desk){
		"code-help": func(d *desk) {
			s := NewCode(params(d, "Brook Street Practice"))
			s.presenter.fail(refused(auth.ErrCodeWrong, 0))
			s.presenter.asking.failedWith(s.presenter.failed)
			s.presenter.refresh()
			d.show(s)
		},
		"code-long":  func(d *desk) { d.show(NewCode(params(d, long))) },
		"code-two":   func(d *desk) { d.show(NewTwoCodes(params(d, "Brook Street Practice"))) },
		"code-other": func(d *desk) { showRefusedRecoveryCode(d, params(d, "Brook Street Practice")) },
		"hand-over":  func(d *desk) { d.show(NewHandOver(params(d, "Brook Street Practice"))) },
		"hand-over-lapsed": func(d *desk) {
			p := params(d, "Brook Street Practice")
			p.Asking.failed = failedAt(time.Now(), refused(auth.ErrResetLapsed, 0))
			d.show(NewHandOver(p))
		},
		"signin-behind": func(d *desk) {
			d.show(NewSignIn(SignInParams{Host: d.host, Practice: "Brook Street Practice", ClockBehind: isBehind,
				Because: &auth.Refusal{Reason: auth.ErrClockBehind, Now: time.Now()}}))
		},
		"recovery-codes-unkept": showUnkeptRecoveryCodes,
		"recovery-codes":        func(d *desk) { d.show(newSampleRecoveryCodes(d)) },
		"recovery-codes-saved":  showSavedRecoveryCodes,
		"recovery-codes-save":   func(d *desk) { s := newSampleRecoveryCodes(d); d.show(s); s.openSave() },
		"locked":                func(d *desk) { d.show(newSampleLock(d, "Anna Smith", "Brook Street Practice")) },
		"locked-long":           func(d *desk) { d.show(newSampleLock(d, long, long)) },
		"locked-wrong": func(d *desk) {
			s := newSampleLock(d, "Anna Smith", "Brook Street Practice")
			s.presenter.fail(refused(auth.ErrCredentials, 30*time.Second))
			s.presenter.refresh()
			d.show(s)
		},
		"switch":      func(d *desk) { d.show(newSampleSwitch(d, false)) },
		"switch-full": func(d *desk) { d.show(newSampleSwitch(d, true)) },
	}
}

func showRefusedRecoveryCode(d *desk, p CodeParams) {
	s := NewOtherCode(p)
	d.show(s)
	s.entry.SetText("4k2m-90ab-77xy-q1zz")
	s.presenter.fail(refused(auth.ErrRecoveryUsed, 30*time.Second))
	s.presenter.refresh()
}

func newSampleRecoveryCodes(d *desk) *RecoveryCodesScreen {
	return NewRecoveryCodes(RecoveryCodesParams{
		Host: d.host, Codes: sampleCodes(), Copier: work.NewCopier(d.host.Runner, test.NewClipboard()), Folder: authtest.Path("/home/reception/Documents"),
	})
}

func isBehind() time.Duration { return 48 * time.Hour }

func showUnkeptRecoveryCodes(d *desk) {
	s := newSampleRecoveryCodes(d)
	s.presenter.unkept = true
	s.presenter.say("", auth.ErrDiskFull)
	d.show(s)
}

func showSavedRecoveryCodes(d *desk) {
	s := newSampleRecoveryCodes(d)
	s.presenter.say("Saved as /media/reception/STICK/Anteroom recovery codes.pdf.", nil)
	d.show(s)
}

func newSampleLock(d *desk, name, practice string) *LockScreen {
	return NewLock(LockParams{Host: d.host, Practice: practice, Name: name, Since: time.Now()})
}

func newSampleSwitch(d *desk, full bool) *SwitchUserScreen {
	people := []auth.Person{{ID: "a", Name: "Anna Smith"}, {ID: "b", Name: "Ben Jones"}, {ID: "c", Name: "Dr. Wolfeschlegelsteinhausenbergerdorff von der Sonnenalb"}}
	s := NewSwitchUser(SwitchUserParams{
		Host: d.host, Full: full, Desks: Desks{"a": time.Now()},
		People: func(context.Context) ([]auth.Person, error) { return people, nil },
	})
	s.presenter.people = people
	s.presenter.refresh()
	return s
}

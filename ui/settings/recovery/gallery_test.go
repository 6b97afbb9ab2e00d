package recovery

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/auth"
)

// recoverySamples are the gallery's states of "Recovery".
var recoverySamples = samples{
	"recovery": func(_ *testing.T, s *screenSample) { s.enter(rowRecovery) },
	"recovery-none": func(_ *testing.T, s *screenSample) {
		s.session.kit = auth.KitInfo{}
		s.enter(rowRecovery)
	},
	"recovery-long": func(_ *testing.T, s *screenSample) {
		s.session.kit.By = longName
		s.enter(rowRecovery)
	},
	"kit-check":       func(t *testing.T, s *screenSample) { checkKit(t, s, "") },
	"kit-check-right": func(t *testing.T, s *screenSample) { checkKit(t, s, rightKey) },
	"kit-check-wrong": func(t *testing.T, s *screenSample) {
		checkKit(t, s, "7K2QM R9XB4 0DHVE ZT51P 7K2QM R9XB4 0DHVE ZT51P")
	},
	"kit-new": func(t *testing.T, s *screenSample) {
		s.enter(rowRecovery)
		s.tabTo(t, "Make a new kit…")
		s.press(fyne.KeyReturn)
	},
}

func checkKit(t *testing.T, s *screenSample, typed string) {
	s.enter(rowRecovery)
	s.tabTo(t, "Check my kit…")
	s.press(fyne.KeyReturn)
	if typed != "" {
		s.typed(typed)
		s.press(fyne.KeyReturn)
	}
}

package account

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// accountSamples are the gallery's states of "Account".
var accountSamples = samples{
	"account": func(_ *testing.T, s *screenSample) { s.enter(rowAccount) },
	"account-few": func(_ *testing.T, s *screenSample) {
		s.session.own.RecoveryLeft = 1
		s.enter(rowAccount)
		s.account.edit("")
		s.account.save()
		s.Settle()
		s.press(fyne.KeyPageDown)
	},
	"account-moved": func(t *testing.T, s *screenSample) {
		s.enter(rowAccount)
		s.account.moved()
		s.tabTo(t, "Move to a new phone")
	},
	"account-none": func(_ *testing.T, s *screenSample) {
		s.session.own = auth.Account{Name: "Anna Smith", Username: "asmith", Role: auth.Staff, SignedIn: s.session.own.SignedIn[:1]}
		s.session.mine = nil
		s.enter(rowAccount)
		s.press(fyne.KeyPageDown)
	},
	"account-end": func(t *testing.T, s *screenSample) {
		s.enter(rowAccount)
		s.tabTo(t, "End")
		s.press(fyne.KeyReturn, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
	},
	"account-hangs": func(_ *testing.T, s *screenSample) {
		s.session.last = time.Minute
		s.enter(rowAccount)
		s.typed("Dr ")
		s.press(fyne.KeyReturn)
		time.Sleep(screen.StalledAfter)
		s.Settle()
	},
	"account-long": func(t *testing.T, s *screenSample) {
		own := &s.session.own
		own.Name, own.Username = longName, longName
		own.SignedIn[1].Computer = longName
		for i := range s.session.mine {
			s.session.mine[i].By, s.session.mine[i].Whom = longName, longName
		}
		s.enter(rowAccount)
		s.tabTo(t, "End")
	},
	"account-move": func(_ *testing.T, s *screenSample) {
		s.session.own.NextCode = time.Now().Add(12 * time.Second)
		s.enter(rowAccount)
		openMove(s.dialogs, s.account)
	},
	"account-move-wait": func(_ *testing.T, s *screenSample) {
		s.enter(rowAccount)
		s.session.refuse = &auth.Refusal{Reason: auth.ErrCodeWrong, Wait: 30 * time.Second, Now: time.Now()}
		openMove(s.dialogs, s.account)
		s.typed("000000")
	},
	"account-codes": func(_ *testing.T, s *screenSample) { s.enter(rowAccount); openNewCodes(s.dialogs, s.account) },
}

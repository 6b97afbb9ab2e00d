package activity

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
)

// activitySamples are the gallery's states of "Activity".
var activitySamples = samples{
	"activity": func(_ *testing.T, s *screenSample) { s.enter(rowActivity) },
	"activity-needs": func(_ *testing.T, s *screenSample) {
		s.session.standing = needyStanding("Anna Smith", "Ben Jones")
		s.enter(rowActivity)
		s.press(fyne.KeyLeft, fyne.KeyLeft)
	},
	"activity-list": func(t *testing.T, s *screenSample) {
		s.enter(rowActivity)
		s.tabTo(t, "Verify")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyTab, fyne.KeyDown)
	},
	"activity-long": func(t *testing.T, s *screenSample) {
		s.session.standing = needyStanding(longName, longName)
		s.session.users = manyUsers(100, longName)
		s.session.entry = func(seq int64) auth.ActivityEntry {
			e := sampleEntry(seq)
			e.By, e.Computer = longName, longName
			return e
		}
		s.enter(rowActivity)
		s.tabTo(t, "Export CSV…")
		s.press(fyne.KeyTab, fyne.KeyReturn)
	},
	"activity-none": func(t *testing.T, s *screenSample) {
		s.session.count = 0
		s.enter(rowActivity)
		s.tabTo(t, "Verify")
		s.press(shiftTab)
		s.typed("31.2.2026")
		s.press(fyne.KeyReturn)
	},
	"activity-broken": func(t *testing.T, s *screenSample) {
		s.session.found = 1204
		s.enter(rowActivity)
		s.tabTo(t, "Verify")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyTab)
	},
	"activity-busy": func(t *testing.T, s *screenSample) {
		s.session.count, s.session.readTime = 1_000_000, time.Second
		s.session.entry = func(seq int64) auth.ActivityEntry { return auth.ActivityEntry{Seq: seq} }
		s.enter(rowActivity)
		s.tabTo(t, "Verify")
		s.goOn(fyne.KeyReturn)
		s.press(fyne.KeyTab)
	},
	"activity-looking": func(_ *testing.T, s *screenSample) {
		s.session.readTime, s.session.lookedAt = 400*time.Millisecond, 50
		s.enter(rowActivity)
		for range 2 {
			time.Sleep(s.session.readTime)
			s.Settle()
		}
		s.scrollDown()
	},
	"activity-end": func(_ *testing.T, s *screenSample) {
		s.session.count = 3
		s.enter(rowActivity)
		s.scrollDown()
	},
	"activity-export": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.files.content["/home/anna/taken.csv"] = ""
		s.enter(rowActivity)
		s.tabTo(t, "Export CSV…")
		s.press(fyne.KeyReturn)
		s.replace("/home/anna/taken.csv")
		s.press(fyne.KeyReturn)
	},
}

package settings

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/work"
)

// samples are the states that the gallery shows.
var samples = map[string]func(*testing.T, *screenSample){
	"general": func(*testing.T, *screenSample) {},
	"general-on": func(_ *testing.T, s *screenSample) {
		s.general.edit(generalForm{Name: "", TwoFactor: true, Frequency: auth.Monthly})
		s.general.nameError = "Type something here."
		s.general.show()
		s.press(fyne.KeyReturn)
	},
	"turn-on": func(_ *testing.T, s *screenSample) {
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn)
	},
	"proof": func(_ *testing.T, s *screenSample) {
		s.session.need = auth.StepUpNeed{Code: true, NextCode: time.Now().Add(12 * time.Second)}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.typed("wrong")
		s.press(fyne.KeyReturn)
	},
	"users":    openUsers,
	"user-dan": func(t *testing.T, s *screenSample) { openUsers(t, s); s.press(fyne.KeyEnd) },
	"users-many": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		openUsers(t, s)
		s.press(fyne.KeyDown)
	},
	"edit-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		openUsers(t, s)
		s.press(fyne.KeyDown, fyne.KeyReturn)
	},
	"reset-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		openUsers(t, s)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Reset Two-Factor Auth")
		s.press(fyne.KeyReturn)
	},
	"add": func(t *testing.T, s *screenSample) {
		openUsers(t, s)
		s.tabTo(t, "Add user…")
		s.press(fyne.KeyReturn)
	},
	"reset": func(t *testing.T, s *screenSample) {
		openUsers(t, s)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Reset Two-Factor Auth")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
	},
	"deactivate": func(t *testing.T, s *screenSample) {
		openUsers(t, s)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Deactivate…")
		s.press(fyne.KeyReturn)
	},
	"one-time": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		openUsers(nil, s)
		s.sheets.openOneTime(oneTimePassword("Ben Jones", "ab12-cd34-ef56-gh78"), work.NewCopier(s.runner, fyne.CurrentApp().Clipboard()), office{ctx: t.Context(), runner: s.runner})
		s.press(fyne.KeyReturn)
	},
	"kit-first": func(_ *testing.T, s *screenSample) {
		s.session.settings.KitMade = false
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn)
	},
	"account": func(_ *testing.T, s *screenSample) { s.enter(rowAccount) },
	"account-few": func(_ *testing.T, s *screenSample) {
		s.session.own.RecoveryLeft = 1
		s.enter(rowAccount)
		s.account.edit("")
		s.account.save()
		s.settle()
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
		time.Sleep(cancelAfter)
		s.settle()
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
		s.sheets.openMove(s.account)
	},
	"account-move-wait": func(_ *testing.T, s *screenSample) {
		s.enter(rowAccount)
		s.session.refuse = &auth.Refusal{Reason: auth.ErrCodeWrong, Wait: 30 * time.Second, Now: time.Now()}
		s.sheets.openMove(s.account)
		s.typed("000000")
	},
	"account-codes": func(_ *testing.T, s *screenSample) { s.enter(rowAccount); s.sheets.openNewCodes(s.account) },
	"users-need": func(_ *testing.T, s *screenSample) {
		s.session.set(func(f *fakeSession) {
			f.users[1].Help, f.users[1].WaitUntil, f.users[1].Disabled = time.Now(), time.Now().Add(time.Minute), true
		})
		openUsers(nil, s)
		s.settle()
		s.press(fyne.KeyDown)
	},
	"one-time-code": func(t *testing.T, s *screenSample) {
		openUsers(nil, s)
		code := auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(9*time.Minute + 30*time.Second)}
		s.sheets.openOneTime(oneTimeCode("Ben Jones", code), work.NewCopier(s.runner, fyne.CurrentApp().Clipboard()), office{ctx: t.Context(), runner: s.runner})
	},
	"general-idle": func(_ *testing.T, s *screenSample) {
		s.session.set(func(f *fakeSession) { f.settings.NotEnrolled = []string{"Cleo Marsh", "Dan Okafor"} })
		s.general.refresh()
		s.settle()
		form := s.general.form
		form.Idle, form.TwoFactor, form.HandOver = "90", true, true
		s.general.edit(form)
		s.general.save()
	},
	"general-hangs": func(_ *testing.T, s *screenSample) {
		s.session.last = time.Minute
		form := s.general.form
		form.Idle = "15"
		s.general.edit(form)
		s.general.save()
		s.settle()
		time.Sleep(cancelAfter)
		s.settle()
		s.scrollDown()
	},
	"general-not-set-up": func(_ *testing.T, s *screenSample) {
		s.session.settings.NotEnrolled = []string{longName, longName, "Cleo Marsh", "Dan Okafor", "Eve Lind", "Fay Osei", "Gil Roy", "Hal Poe"}
		s.general.refresh()
		s.settle()
	},
	"question-one-time-code": func(t *testing.T, s *screenSample) {
		s.session.users[1].GivenPassword = true
		openUsers(t, s)
		s.press(fyne.KeyDown)
		s.tabTo(t, "One-time code…")
		s.press(fyne.KeyReturn)
	},
	"question-wait": func(t *testing.T, s *screenSample) {
		s.session.users[1].WaitUntil = time.Now().Add(time.Minute)
		openUsers(t, s)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Lift wait")
		s.press(fyne.KeyReturn)
	},
	"one-time-code-over": func(t *testing.T, s *screenSample) {
		openUsers(nil, s)
		code := auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(time.Minute)}
		s.sheets.openOneTime(oneTimeCode(longName, code), work.NewCopier(s.runner, fyne.CurrentApp().Clipboard()), office{ctx: t.Context(), runner: s.runner})
		s.press(fyne.KeyReturn)
		time.Sleep(time.Minute)
		s.settle()
	},
	"hand-over-code": func(t *testing.T, s *screenSample) {
		openUsers(nil, s)
		s.sheets.openOneTime(handOverCode("Ben Jones", "8765 4321"), work.NewCopier(s.runner, fyne.CurrentApp().Clipboard()), office{ctx: t.Context(), runner: s.runner})
	},
	"users-waiting": func(_ *testing.T, s *screenSample) {
		s.session.users[1].Help, s.session.users[1].WaitUntil = time.Now().Add(-30*time.Hour), time.Now().Add(time.Minute)
		s.session.users[2].ResetAgain, s.session.users[2].Lapsed = true, true
		openUsers(nil, s)
		s.press(fyne.KeyDown)
	},
	"computers-hang": func(_ *testing.T, s *screenSample) {
		s.session.last = time.Minute
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		time.Sleep(cancelAfter)
		s.settle()
	},
	"linking-code-used": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		s.session.set(func(f *fakeSession) {
			f.used = true
			f.computers = append(f.computers, auth.ComputerInfo{ID: "n", Name: "SURGERY"})
		})
		time.Sleep(lookTime)
		s.settle()
	},
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
	"computers": func(_ *testing.T, s *screenSample) { s.enter(rowComputers) },
	"computers-many": func(_ *testing.T, s *screenSample) {
		s.session.computers = manyComputers(100, longName)
		s.enter(rowComputers)
		s.press(fyne.KeyDown)
	},
	"linking-code": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn, fyne.KeyReturn)
	},
	"linking-code-over": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn, fyne.KeyReturn)
		time.Sleep(10 * time.Minute)
		s.settle()
	},
	"rename": func(_ *testing.T, s *screenSample) {
		s.enter(rowComputers)
		s.press(fyne.KeyReturn)
	},
	"unlink":      func(t *testing.T, s *screenSample) { unlink(t, s) },
	"unlink-busy": func(t *testing.T, s *screenSample) { unlink(t, s); s.goOn(fyne.KeyTab, fyne.KeyReturn) },
	"unlink-long": func(t *testing.T, s *screenSample) {
		s.session.computers = manyComputers(100, longName)
		s.session.computers[1].This = false
		unlink(t, s)
	},
	"backup": func(_ *testing.T, s *screenSample) { s.enter(rowBackup) },
	"backup-none": func(_ *testing.T, s *screenSample) {
		s.session.backups = auth.BackupInfo{Folder: "/home/anna/.local/share/anteroom/backups", IsDefault: true}
		s.enter(rowBackup)
	},
	"backup-gone": func(_ *testing.T, s *screenSample) {
		s.session.backups.Problem, s.session.backups.Files = auth.ErrFolder, nil
		s.session.backups.Newest = time.Now().AddDate(0, 0, -3)
		s.enter(rowBackup)
	},
	"backup-long": func(_ *testing.T, s *screenSample) {
		folder := "/" + strings.Repeat("folder/", 30) + strings.Repeat("x", 200)
		s.session.backups = auth.BackupInfo{Folder: folder, Newest: time.Now(), Problem: auth.ErrFolder}
		for i := range 11 {
			s.session.backups.Files = append(s.session.backups.Files, auth.BackupFile{
				Path: fmt.Sprintf("%s/%02d.db", folder, i), At: time.Now().AddDate(0, 0, -i), Size: 4_820_000_000,
			})
		}
		s.enter(rowBackup)
	},
	"backup-busy": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.goOn(fyne.KeyReturn)
	},
	"backup-made": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
	},
	"backup-full": func(t *testing.T, s *screenSample) {
		s.session.refused = auth.ErrDiskFull
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
	},
	"folder": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Change folder…")
		s.press(fyne.KeyReturn)
		s.typed("/mnt/gone")
		s.press(fyne.KeyReturn)
	},
	"restore": func(t *testing.T, s *screenSample) {
		s.session.fresh, s.session.restore = true, newRestore(t, 1204)
		s.enter(rowBackup)
		s.press(fyne.KeyReturn)
	},
	"restore-kit": func(_ *testing.T, s *screenSample) {
		s.session.fresh, s.session.refused = true, auth.ErrNotLinked
		s.enter(rowBackup)
		s.press(fyne.KeyReturn)
	},
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
		s.session.found = auth.LogBreak{Seq: 1204, How: auth.LogMoved}
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
			s.settle()
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
	"leave": func(_ *testing.T, s *screenSample) {
		s.press(fyne.KeyReturn)
		s.typed("!")
		s.press(fyne.KeyEscape)
	},
}

func openUsers(_ *testing.T, s *screenSample) { s.enter(rowUsers) }

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

func checkKit(t *testing.T, s *screenSample, typed string) {
	s.enter(rowRecovery)
	s.tabTo(t, "Check my kit…")
	s.press(fyne.KeyReturn)
	if typed != "" {
		s.typed(typed)
		s.press(fyne.KeyReturn)
	}
}

func unlink(t *testing.T, s *screenSample) {
	s.session.fresh = true
	s.enter(rowComputers)
	s.press(fyne.KeyDown)
	s.tabTo(t, "Unlink…")
	s.press(fyne.KeyReturn)
}

// goOn begins long work with keys, and stops the picture half-way.
func (s *screenSample) goOn(names ...fyne.KeyName) {
	s.session.steps = 80
	s.press(names...)
	time.Sleep(40*stepTime + time.Millisecond)
	s.settle()
}

// TestStaffGallery is TestGallery of what staff see.
func TestStaffGallery(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newStaffSample(t, b, looks.New(looks.Light, scale))
			savePicture(t, s.window, fmt.Sprintf("staff-1-%.0f", 100*scale))
		})
	}
}

// TestGallery sees that every state fits the least window, at 200 % too. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func TestGallery(t *testing.T) {
	variants := []looks.Variant{looks.Light}
	if os.Getenv("GALLERY") != "" {
		variants = append(variants, looks.Dark)
	}
	for _, look := range variants {
		for _, scale := range []float32{1, 2} {
			for name, show := range samples {
				name := fmt.Sprintf("%s-%d-%.0f", name, look, 100*scale)
				t.Run(name, func(t *testing.T) {
					bubble(t, func(t *testing.T, b *bubbled) {
						s := newScreenSample(t, b, looks.New(look, scale))
						show(t, s)
						savePicture(t, s.window, name)
					})
				})
			}
		}
	}
}

func savePicture(t *testing.T, w fyne.Window, name string) {
	if size := w.Canvas().Size(); size != fyne.NewSize(1024, 700) {
		t.Errorf("%s: the window grew to %v", name, size)
	}
	folder := os.Getenv("GALLERY")
	if folder == "" {
		return
	}
	picture := w.Canvas().Capture()
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
}

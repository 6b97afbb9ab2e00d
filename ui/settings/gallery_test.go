package settings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
)

// samples are states that the gallery shows, by name.
type samples map[string]func(*testing.T, *screenSample)

// gallery is all of them, by pane.
var gallery = []samples{
	generalSamples, userSamples, accountSamples, recoverySamples, computerSamples, backupSamples, activitySamples,
	practitionerSamples, exchangeSamples, serverSamples,
}

// generalSamples are the gallery's states of "General".
var generalSamples = samples{
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
	"kit-first": func(_ *testing.T, s *screenSample) {
		s.session.settings.KitMade = false
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn)
	},
	"general-idle": func(_ *testing.T, s *screenSample) {
		s.session.set(func(f *fakeSession) { f.settings.NotEnrolled = []string{"Cleo Marsh", "Dan Okafor"} })
		s.general.refresh()
		s.Settle()
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
		s.Settle()
		time.Sleep(screen.StalledAfter)
		s.Settle()
		s.scrollDown()
	},
	"general-not-set-up": func(_ *testing.T, s *screenSample) {
		s.session.settings.NotEnrolled = []string{longName, longName, "Cleo Marsh", "Dan Okafor", "Eve Lind", "Fay Osei", "Gil Roy", "Hal Poe"}
		s.general.refresh()
		s.Settle()
	},
	"leave": func(_ *testing.T, s *screenSample) {
		s.press(fyne.KeyReturn)
		s.typed("!")
		s.press(fyne.KeyEscape)
	},
}

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// goOn begins long work with keys, and stops the picture half-way.
func (s *screenSample) goOn(names ...fyne.KeyName) {
	s.session.steps = 80
	s.press(names...)
	time.Sleep(40*stepTime + time.Millisecond)
	s.Settle()
}

// TestStaffGallery is TestGallery of what staff see.
func TestStaffGallery(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newStaffSample(t, b, looks.New(looks.Light, scale))
			uitest.SavePicture(t, s.window, fyne.NewSize(1024, 700), fmt.Sprintf("staff-1-%.0f", 100*scale))
		})
	}
}

// TestGallery sees that every state fits the least window, at 200 % too. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func TestGallery(t *testing.T) {
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for _, pane := range gallery {
			pane.take(t, look, suffix)
		}
	})
}

// take makes a picture of each in a window of its own.
func (states samples) take(t *testing.T, look *looks.Theme, suffix string) {
	for name, show := range states {
		name := name + suffix
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, b *bubbled) {
				s := newScreenSample(t, b, look)
				show(t, s)
				uitest.SavePicture(t, s.window, fyne.NewSize(1024, 700), name)
			})
		})
	}
}

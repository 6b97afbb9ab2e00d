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
)

// samples are states that the gallery shows, by name.
type samples map[string]func(*testing.T, *screenSample)

// gallery is all of them, by pane.
var gallery = []samples{
	generalSamples, userSamples, accountSamples, recoverySamples, computerSamples, backupSamples, activitySamples,
	practitionerSamples, exchangeSamples,
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
			for _, pane := range gallery {
				pane.take(t, look, scale)
			}
		}
	}
}

// take makes a picture of each in a window of its own.
func (states samples) take(t *testing.T, look looks.Variant, scale float32) {
	for name, show := range states {
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

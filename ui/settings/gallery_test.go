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
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn, fyne.KeyReturn)
		s.typed("wrong")
		s.press(fyne.KeyReturn)
	},
	"users":    openUsers,
	"user-dan": func(t *testing.T, s *screenSample) { openUsers(t, s); s.press(fyne.KeyEnd) },
	"users-many": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, strings.Repeat("Maximiliane ", 17)[:auth.MaxName])
		openUsers(t, s)
		s.press(fyne.KeyDown)
	},
	"edit-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, strings.Repeat("Maximiliane ", 17)[:auth.MaxName])
		openUsers(t, s)
		s.press(fyne.KeyDown, fyne.KeyReturn)
	},
	"reset-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, strings.Repeat("Maximiliane ", 17)[:auth.MaxName])
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
	"one-time": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		openUsers(nil, s)
		s.sheets.openOneTime(oneTimeView{"Ben Jones", "ab12-cd34-ef56-gh78"}, work.NewCopier(s.runner, fyne.CurrentApp().Clipboard()))
		s.press(fyne.KeyReturn)
	},
	"leave": func(_ *testing.T, s *screenSample) {
		s.press(fyne.KeyReturn)
		s.typed("!")
		s.press(fyne.KeyEscape)
	},
}

func openUsers(_ *testing.T, s *screenSample) { s.press(fyne.KeyDown, fyne.KeyReturn) }

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
				bubble(t, func(t *testing.T, b *bubbled) {
					s := newScreenSample(t, b, looks.New(look, scale))
					show(t, s)
					savePicture(t, s.window, fmt.Sprintf("%s-%d-%.0f", name, look, 100*scale))
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

package appointments

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/ui/settings/panetest"
)

var longWord = strings.Repeat("Maximiliane ", 5)

func TestGallery(t *testing.T) {
	panetest.Gallery(t, records(), map[string]func(*panetest.Sample){
		"appointments": show,
		"appointments-last": func(s *panetest.Sample) {
			s.ChangeDetails(func(d *data.Details) { d.Types[1].Gone = true })
			show(s)
		},
		"appointments-long": func(s *panetest.Sample) {
			s.ChangeDetails(func(d *data.Details) {
				for i := range 12 {
					d.Types = append(d.Types, data.AppointmentType{ID: fmt.Sprint(i), Name: fmt.Sprint(longWord, i), Minutes: 480, Gone: i > 7})
				}
				d.HealthNumber = longWord
			})
			show(s)
			s.Press(fyne.KeyEnd)
		},
		"appointments-wrong": func(s *panetest.Sample) {
			show(s)
			s.TabTo("Remove…")
			s.Press(fyne.KeyTab)
			s.Replace("soon")
			s.Press(fyne.KeyReturn)
		},
		"appointments-overtaken": func(s *panetest.Sample) {
			show(s)
			s.ChangeDetails(func(d *data.Details) { d.WaitLimit = 30 })
			s.TabTo("Remove…")
			s.Press(fyne.KeyTab)
			s.Replace("25")
			s.Press(fyne.KeyReturn)
		},
		"appointments-kind": func(s *panetest.Sample) {
			show(s)
			s.Press(fyne.KeyReturn)
			s.Replace("")
			s.Press(fyne.KeyReturn)
		},
	})
}

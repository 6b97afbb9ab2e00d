package recovery

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

func TestGallery(t *testing.T) {
	panetest.Gallery(t, practice.Records{}, map[string]func(*panetest.Sample){
		"recovery": func(s *panetest.Sample) {
			s.MakeKit()
			show(s)
		},
		"recovery-none": func(s *panetest.Sample) { show(s) },
		"recovery-long": func(s *panetest.Sample) {
			_ = s.Anna.Session.ChangeName(s.T.Context(), strings.Repeat("Maximiliane ", 17)[:auth.MaxName])
			s.MakeKit()
			show(s)
		},
		"kit-check": func(s *panetest.Sample) {
			s.MakeKit()
			openAndType(s, "")
		},
		"kit-check-right": func(s *panetest.Sample) {
			openAndType(s, s.MakeKit())
			s.Press(fyne.KeyReturn)
		},
		"kit-check-wrong": func(s *panetest.Sample) {
			old := s.MakeKit()
			s.MakeKit()
			openAndType(s, old)
			s.Press(fyne.KeyReturn)
		},
		"kit-new": func(s *panetest.Sample) {
			s.MakeKit()
			show(s)
			s.Push("Make a new kit…")
		},
	})
}

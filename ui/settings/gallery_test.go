package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
)

// TestGallery shows the frame with each pane as it is at first; what else a pane shows is in the
// gallery of its package.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){
		"staff": showing(Params{}, func(*sample) {}),
		"leave": showing(Params{Admin: true}, func(s *sample) {
			s.Press(fyne.KeyReturn)
			s.Typed("!")
			s.Press(fyne.KeyEscape)
		}),
		"settings-" + pane.General: showing(Params{Admin: true}, func(*sample) {}),
	}
	for _, name := range all[1:] {
		states["settings-"+name] = showing(Params{Admin: true}, func(s *sample) { s.enter(name) })
	}
	panetest.Gallery(t, records(), states)
}

// showing is a state of the settings that begin so.
func showing(begin Params, then func(*sample)) func(*panetest.Sample) {
	return func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.begin(begin)
		then(s)
	}
}

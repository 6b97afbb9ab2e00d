package panetest

import (
	"testing"

	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

// Gallery sees that every state of a pane fits the least window, at 200 % too. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func Gallery(t *testing.T, r practice.Records, states map[string]func(*Sample)) {
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, show := range states {
			name := name + suffix
			t.Run(name, func(t *testing.T) {
				Run(t, r, func(s *Sample) {
					s.Look(look)
					show(s)
					uitest.SavePicture(t, s.Window, Size, name)
				})
			})
		}
	})
}

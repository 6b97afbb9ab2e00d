package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// TestGallery shows the states of the pane.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, state := range gallery {
		states[name] = func(all *panetest.Sample) { state(&paneSample{all, newFakeServer()}) }
	}
	panetest.Gallery(t, practice.Records{}, states)
}

var gallery = map[string]func(*paneSample){
	"server-alone":   func(s *paneSample) { s.at(sharing.Alone, "") },
	"server-host":    func(s *paneSample) { s.at(sharing.Host, "") },
	"server-desk":    func(s *paneSample) { s.at(sharing.Desk, "192.168.1.20") },
	"server-managed": func(s *paneSample) { s.at(sharing.Managed, "db.brook-street.example.org:5433") },
	"server-desk-long": func(s *paneSample) {
		s.at(sharing.Desk, strings.Repeat("reception.", 12)+"example.org:54321")
	},
	"server-silent": func(s *paneSample) {
		s.server.set(func(f *fakeServer) { f.fail = auth.ErrServer })
		s.at(sharing.Desk, "192.168.1.20")
	},
	"server-host-silent": func(s *paneSample) {
		s.Anna.Stop(&auth.AwayError{})
		s.server.set(func(f *fakeServer) { f.fail = &auth.AwayError{} })
		s.at(sharing.Host, "")
	},
	"share": (*paneSample).openShare,
	"share-looking": func(s *paneSample) {
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.openShare()
		s.Pass(3 * time.Second)
	},
	"share-bad": func(s *paneSample) {
		s.server.set(func(f *fakeServer) { f.bad = allBad() })
		s.openShare()
	},
	"share-copying": func(s *paneSample) {
		s.openShare()
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.Push("Move and share")
		s.Pass(2500 * time.Millisecond)
	},
	"share-switching": (*paneSample).openSwitching,
	"server-code":     (*paneSample).openCode,
	"server-back": func(s *paneSample) {
		s.link("RECEPTION-2", "RECEPTION-3")
		s.at(sharing.Host, "")
		s.Push("Work on this computer only…")
		s.Typed("ALONE")
	},
	"server-back-copying": func(s *paneSample) {
		s.Anna.StepUp()
		s.at(sharing.Host, "")
		s.Push("Work on this computer only…")
		s.Typed("ALONE")
		s.server.set(func(f *fakeServer) { f.last = time.Second })
		s.Press(fyne.KeyReturn)
		s.Pass(1500 * time.Millisecond)
	},
	"server-back-many": func(s *paneSample) {
		for i := range 40 {
			s.link(fmt.Sprintf("DESK-%02d", i))
		}
		s.at(sharing.Host, "")
		s.Push("Work on this computer only…")
	},
	"server-address": func(s *paneSample) {
		s.server.set(func(f *fakeServer) { f.refuse = auth.ErrOtherServer })
		s.at(sharing.Desk, "192.168.1.20")
		s.Push("Change address…")
		s.Press(fyne.KeyReturn)
	},
	"server-leave": func(s *paneSample) {
		s.at(sharing.Desk, "192.168.1.20")
		s.Push("Leave the server…")
	},
	"server-move": func(s *paneSample) {
		s.at(sharing.Alone, "")
		s.Push("Move to another server…")
		s.Press(fyne.KeyReturn)
	},
}

// allBad are checks of which none is as it must be.
func allBad() []sharing.Check {
	return []sharing.Check{
		{Kind: sharing.Installed}, {Kind: sharing.Room, Room: 100_000_000}, {Kind: sharing.Kit}, {Kind: sharing.Backup}, {Kind: sharing.Awake},
		{Kind: sharing.Nobody, Names: []string{"Ben Jones", longName}},
	}
}

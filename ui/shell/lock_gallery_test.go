package shell

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"anteroom/ui/looks"
)

// TestLockGallery renders what is shown to who went away. With GALLERY=<folder> it
// does so in every look, and saves them there to be looked at.
func TestLockGallery(t *testing.T) {
	variants, sizes := []looks.Variant{looks.Light, looks.Dark}, []int{normalText, maxText}
	if os.Getenv("GALLERY") == "" {
		variants, sizes = variants[1:], sizes[1:]
	}
	samples := map[string]func(o *office){
		"warning":        func(o *office) { o.pass(idleTime - 17*time.Second) },
		"warning-dialog": func(o *office) { showSecret(o.window.nav.at, "Patient"); o.pass(idleTime - 17*time.Second) },
		"locked":         func(o *office) { o.pass(idleTime + time.Second) },
		"locked-wait": func(o *office) {
			o.window.menu.lock.Action()
			for range 5 {
				o.fill("wrong horse battery")
				o.pass(time.Second)
			}
		},
		"privacy-screen": func(*office) { time.Sleep(idleTime) },
		"switch": func(o *office) {
			o.signInBeside("Person A")
			o.window.menu.switchUser.Action()
			o.pass(time.Second)
		},
		"switch-signin": func(o *office) { o.choose("Person B"); o.pass(time.Second) },
		"day": func(o *office) {
			o.window.menu.lock.Action()
			time.Sleep(24 * time.Hour)
			o.Settle()
			o.at(routeSignIn)
		},
		"day-ends": func(o *office) {
			o.window.lock.idle.limit = func() time.Duration { return 0 }
			time.Sleep(24*time.Hour - dayWarning)
			o.Settle()
		},
	}
	for _, variant := range variants {
		for _, size := range sizes {
			for name, show := range samples {
				inSharedOffice(t, 2, func(t *testing.T, o *office) {
					o.window.looks.choose(variant)
					o.window.looks.resize(size)
					show(o)
					want(t, "size of the window for "+name, o.window.window.Canvas().Size(), firstSize)
					o.save(fmt.Sprintf("%s-%d-%d.png", name, variant, size))
				})
			}
		}
	}
}

func (o *office) save(name string) {
	o.t.Helper()
	picture := o.window.window.Canvas().Capture()
	folder := os.Getenv("GALLERY")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		o.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		o.t.Fatal(err)
	}
}

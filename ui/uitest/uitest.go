// Package uitest is what the tests of screens stand on: the texts, the way back
// onto the UI goroutine, pictures. Only tests import it.
package uitest

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/resources"
	"anteroom/ui/looks"
)

// Main runs a package's tests with the real texts: those with a count have a
// singular there.
func Main(m *testing.M) {
	if err := os.Setenv("LC_ALL", "en"); err != nil { // what tests look for is English
		panic(err)
	}
	if err := lang.AddTranslationsFS(resources.Translations, "translation"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Queue is the way back onto the UI goroutine, which in a test is the test's.
type Queue struct {
	mu    sync.Mutex
	calls []func()
}

// Dispatch is work.Runner's.
func (q *Queue) Dispatch(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.calls = append(q.calls, f)
}

// Run runs what is dispatched by now, and says whether that was anything.
func (q *Queue) Run() bool {
	q.mu.Lock()
	calls := q.calls
	q.calls = nil
	q.mu.Unlock()
	for _, call := range calls {
		call()
	}
	return len(calls) > 0
}

// Settle runs what is dispatched until nothing goes on any more. It belongs in
// a synctest bubble.
func (q *Queue) Settle() {
	for synctest.Wait(); q.Run(); synctest.Wait() {
	}
}

// gallery is the folder that pictures are saved to; "": none.
func gallery() string { return os.Getenv("GALLERY") }

// InEachLook calls show with every look that a gallery has: light, at 100, 150 (not in short
// tests) and 200 %, and with GALLERY=<folder> dark too. suffix ends a picture's name.
func InEachLook(show func(look *looks.Theme, suffix string)) {
	variants := []looks.Variant{looks.Light}
	if gallery() != "" {
		variants = append(variants, looks.Dark)
	}
	scales := []float32{1, 1.5, 2}
	if testing.Short() {
		scales = []float32{1, 2}
	}
	for _, variant := range variants {
		for _, scale := range scales {
			show(looks.New(variant, scale), fmt.Sprintf("-%d-%.0f", variant, 100*scale))
		}
	}
}

// KeepDrawn keeps what is drawn on a window from now on until a picture is saved of it, for a minute.
// A picture has Fyne throw away what was not drawn lately, by the time of the picture before: in
// another synctest bubble, that may be hours ago.
func KeepDrawn(w fyne.Window) {
	if gallery() != "" {
		w.Canvas().Capture()
	}
}

// SavePicture sees that a window is no larger than it was made, can be read, and has no key that its help is silent about, and
// saves what it shows to the folder GALLERY, if that is set.
func SavePicture(t *testing.T, w fyne.Window, made fyne.Size, name string) {
	t.Helper()
	if size := w.Canvas().Size(); size != made {
		t.Errorf("%s: the window grew to %v", name, size)
	}
	SeeRead(t, w)
	SeeSmall(t, w, name)
	SeeKeys(t, w)
	if gallery() == "" {
		return
	}
	file, err := os.Create(filepath.Join(gallery(), name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

package today

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

// state is one that the gallery shows.
type state struct {
	records func() practice.Records
	do      func(*sample)
}

var gallery = map[string]state{
	"today": {usualDay, func(s *sample) { s.to("b") }},
	"free":  {usualDay, func(s *sample) { s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown) }},
	"moving": {usualDay, func(s *sample) {
		s.to("c")
		s.typed("m")
		s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	}},
	"arrived": {usualDay, func(s *sample) { s.to("c"); s.press(fyne.KeyF3) }},
	"many":    {func() practice.Records { return fullDay(10, 40) }, func(s *sample) { s.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight) }},
	"one":     {func() practice.Records { return fullDay(1, 20) }, func(*sample) {}},
	"nobody":  {nobody, func(*sample) {}},
	"sheet":   {usualDay, func(s *sample) { s.to("b"); s.press(fyne.KeyReturn) }},
	"reason":  {usualDay, func(s *sample) { s.to("c"); s.press(fyne.KeyDelete) }},
	"date":    {usualDay, func(s *sample) { s.typed("g"); s.press(fyne.KeyDown, fyne.KeyRight) }},
	"booking": {usualDay, func(s *sample) {
		s.openAll()
		s.to("c")
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.typed("o")
	}},
	"booking-chosen": {usualDay, func(s *sample) {
		s.to("c")
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.typed("nov")
		s.press(fyne.KeyReturn)
	}},
	"booking-errors": {usualDay, func(s *sample) {
		s.openAll()
		s.page.Book(Request{})
		s.Settle()
		s.press(fyne.KeyReturn)
	}},
	"clash": {usualDay, func(s *sample) {
		s.page.Book(Request{Patient: "p1", Practitioner: "osei", Date: tuesday, Minute: 9 * 60, HasMinute: true})
		s.Settle()
		s.press(fyne.KeyReturn)
	}},
	"walkin": {usualDay, func(s *sample) {
		s.typed("w")
		s.typed("Nora")
		s.page.booking.newPatient(true)
		s.Settle()
	}},
	"week": {usualDay, func(s *sample) { s.typed("v") }},
	"busy": {usualDay, func(s *sample) {
		s.anna.Delay(time.Minute)
		s.to("c")
		s.press(fyne.KeyF3)
		s.pass(screen.LastingAfter)
	}},
}

// openAll opens every patient, so that the first of them was opened last.
func (s *sample) openAll() {
	for _, p := range slices.Backward(people) {
		if _, err := s.anna.Desk.Patient(s.t.Context(), p.ID); err != nil {
			s.t.Fatal(err)
		}
	}
}

// TestGallery sees that every state fits the least window, at 200 % too. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func TestGallery(t *testing.T) {
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, state := range gallery {
			name := name + suffix
			t.Run(name, func(t *testing.T) {
				onPageIn(t, state.records(), look, func(s *sample) {
					state.do(s)
					uitest.SavePicture(t, s.window, fyne.NewSize(1024, 668), name)
				})
			})
		}
	})
}

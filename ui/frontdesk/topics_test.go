package frontdesk

import (
	"context"
	"slices"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"

	"anteroom/ui/help"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// TestKeysStandInTheHelp sees that each page has a topic, which names all keys of the page and of the frame around it.
func TestKeysStandInTheHelp(t *testing.T) {
	bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
		p := quiet(t)
		s := newScreenSample(t, ctx, q, r, looks.New(looks.Light, 1), p.Anna)
		pages := []struct {
			topic string
			show  func()
		}{
			{help.Today, s.ShowToday},
			{help.Figures, s.ShowFigures},
			{help.Patients, s.ShowPatients},
			{help.Form, s.NewPatient},
			{help.Patient, func() { s.openPatient("nobody", "") }},
		}
		for _, page := range pages {
			page.show()
			q.Settle()
			if got := widgets.HelpAt(s.window.Canvas()); got != page.topic {
				t.Errorf("the topic is %q, want %q", got, page.topic)
			}
			uitest.SeeKeys(t, s.window)
		}
		s.ShowToday()
		bound := widgets.BoundKeys(s.Content())[help.Today].Runes
		day, _ := help.Of(help.Today)
		for _, letter := range "BNM+-WVG" { // and what the help says is so
			if want := unicode.ToLower(letter); !day.Has(string(letter)) || !slices.Contains(bound, want) {
				t.Errorf("%c is bound: %v, in the help: %v", letter, slices.Contains(bound, want), day.Has(string(letter)))
			}
		}
		for _, letter := range "bgwv" { // a booking, a date, a walk-in, and the week
			s.ShowToday()
			s.window.Canvas().Unfocus()
			s.window.Canvas().OnTypedRune()(letter)
			q.Settle()
			uitest.SeeKeys(t, s.window)
			s.press(fyne.KeyEscape)
		}
	})
}

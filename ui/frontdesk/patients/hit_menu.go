package patients

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// hitActs are how a list of found patients does what its menu offers.
type hitActs struct {
	away          func(act func()) // for what leads elsewhere
	arrive, print func(id string)  // for what is told beside the list
}

// hitMenu is what can be done with a row that was found.
func hitMenu(p Params, s *search, row int, acts hitActs) []widgets.MenuItem {
	v := s.display.Shown()
	if row < 0 || row >= len(v.Hits) {
		return nil
	}
	h := v.Hits[row]
	if h.ID == "" {
		return []widgets.MenuItem{{Text: h.Title, Sign: looks.SignPatients, Act: func() { s.fresh(s.newName()) }}}
	}
	items := []widgets.MenuItem{{Text: lang.L("Open"), Sign: looks.SignPatients, Act: func() { s.open(h.ID) }}}
	if h.CanArrive {
		items = append(items, widgets.MenuItem{Text: lang.L("Arrived"), Sign: looks.SignDone, Act: func() { acts.arrive(h.ID) }})
	}
	return append(items,
		widgets.MenuItem{Text: lang.L("Book…"), Sign: looks.SignBook, Act: func() {
			acts.away(func() { p.OnBook(data.Patient{ID: h.ID}, nil) })
		}},
		widgets.MenuItem{Text: lang.L("Edit…"), Sign: looks.SignEdit, Act: func() { acts.away(func() { p.OnEdit(h.ID) }) }},
		widgets.MenuItem{Text: lang.L("Print next appointments"), Sign: looks.SignPrint, Act: func() { acts.print(h.ID) }},
	)
}

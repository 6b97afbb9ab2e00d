package patients

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// topBar shows the search field as the shell does, over a page.
func (s *sample) topBar() *FindField {
	f := NewFind(s.params, func() { s.went = append(s.went, "below") })
	bar := padded(container.NewBorder(nil, nil, widgets.Label("Today  Patients  Settings"), nil, container.NewHBox(layout.NewSpacer(), f)), 8, 8, 24)
	under := widgets.NewPage(container.NewVBox(widgets.NewButton("Arrive", func() { s.went = append(s.went, "arrive") })), widgets.PageOptions{
		OnEscape: func() { s.went = append(s.went, "escape") },
	})
	frame := container.New(layout.NewBorderLayout(bar, nil, nil, nil), bar, under)
	s.window.SetContent(widgets.NewPage(f.Over(frame), widgets.PageOptions{Keys: map[fyne.KeyName]func(){
		fyne.KeyF3: func() { s.went = append(s.went, "F3") },
	}}))
	return f
}

var gallery = map[string]func(*sample){
	"find-recent": func(s *sample) { s.topBar().Focus() },
	"find-expected": func(s *sample) {
		s.today()
		s.topBar().Focus()
		s.Settle()
		s.typed("ann")
	},
	"list-expected": func(s *sample) {
		s.today()
		s.show(NewList(s.params))
		s.typed("ann")
	},
	"find-typed": func(s *sample) {
		s.topBar().Focus()
		s.Settle()
		s.typed("a")
		s.press(fyne.KeyDown)
	},
	"find-reading": func(s *sample) {
		s.readsSlowly()
		s.topBar().Focus()
		s.Settle()
		s.typed("sample")
		s.pass(26 * time.Second)
	},
	"list": func(s *sample) { s.show(NewList(s.params)) },
	"list-typed": func(s *sample) {
		s.show(NewList(s.params))
		s.typed("a")
		s.press(fyne.KeyDown, fyne.KeyDown)
	},
	"list-nobody": func(s *sample) {
		s.show(NewList(s.params))
		s.typed("zz")
	},
	"patient": func(s *sample) {
		s.record("ann")
		s.press(fyne.KeyTab)
	},
	"patient-down": func(s *sample) {
		w := s.record("ann")
		s.window.Canvas().Focus(w.visits.past.Focusable())
		s.press(fyne.KeyDown)
	},
	"patient-today": func(s *sample) {
		s.today()
		s.record("ann")
		s.press(fyne.KeyF3)
	},
	"patient-all": func(s *sample) {
		for i := range 20 {
			if _, err := s.practice.Ben.Desk.Book(s.t.Context(), visit("", -500-i, data.Booked), false); err != nil {
				s.t.Fatal(err)
			}
		}
		w := s.record("ann")
		test.Tap(w.visits.unfold)
	},
	"patient-none":    func(s *sample) { s.record("annie") },
	"patient-long":    func(s *sample) { s.record("long") },
	"patient-rtl":     func(s *sample) { s.record("rtl") },
	"patient-left":    func(s *sample) { s.record("bo") },
	"patient-missing": func(s *sample) { s.record("nobody") },
	"patient-merged": func(s *sample) {
		s.benMerges("ann", "annie")
		s.record("ann")
	},
	"form-new": func(s *sample) {
		s.form("", "")
		s.typed("Annie")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typed("4/3/81")
	},
	"form-alike-later": func(s *sample) {
		f := s.form("", "Annie")
		f.fields[data.FieldBorn].set("4/3/81")
		s.window.Canvas().Focus(f.fields[data.FieldPhone].focus)
	},
	"form-errors": func(s *sample) {
		s.form("", "")
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typed("31/2/1981")
		s.press(fyne.KeyReturn)
	},
	"form-edit": func(s *sample) { s.form("ann", "") },
	"form-edit-bottom": func(s *sample) {
		f := s.form("bo", "")
		s.window.Canvas().Focus(f.fields[data.FieldSince].focus)
	},
	"form-edit-long": func(s *sample) {
		f := s.form("long", "")
		s.window.Canvas().Focus(f.fields[data.FieldNotes].focus)
	},
	"form-draft": func(s *sample) {
		f := s.form("", "")
		s.typed("Zed")
		f.Close()
		s.form("", "Ann")
	},
	"form-disk": func(s *sample) {
		s.anna.FailWrites(auth.ErrDiskFull)
		s.form("ann", "")
		s.typed("x")
		s.press(fyne.KeyReturn)
	},
	"form-discard": func(s *sample) {
		s.form("ann", "")
		s.typed("x")
		s.press(fyne.KeyEscape)
	},
	"form-conflict": func(s *sample) {
		f := s.form("ann", "")
		s.benChanges("ann", func(p *data.Patient) {
			p.Phones = []string{"07700 900999"}
			p.Alert = "Allergic to penicillin and latex."
			p.Notes = longNotes
		})
		f.form.edit(data.FieldPhone, "07700 900888")
		f.form.edit(data.FieldAlert, "Allergic to penicillin. Carries an EpiPen.")
		f.form.edit(data.FieldNotes, longNotes[:700]+"But not on Mondays.")
		s.press(fyne.KeyReturn)
	},
	"merge-choose": func(s *sample) {
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smy")
	},
	"merge-sheet": func(s *sample) {
		w := s.record("ann")
		w.openMerge()
		s.Settle()
		s.typed("smy")
		s.press(fyne.KeyReturn)
	},
	"take-back": func(s *sample) {
		w := s.record("ann")
		w.askTakeBack(mergedLine{ID: "annie", Name: "Annie Smyth"})
	},
}

// TestGallery sees that every state fits the least window, at 200 % too, and the commonest one. With
// GALLERY=<folder> it saves pictures there, light and dark, to be looked at.
func TestGallery(t *testing.T) {
	least, usual := fyne.NewSize(1024, 700), fyne.NewSize(1366, 720)
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, prepare := range gallery {
			t.Run(name+suffix, func(t *testing.T) {
				more := 30
				if strings.HasPrefix(name, "find-reading") {
					more = 290 // who are read in more than one step
				}
				inBubbleWith(t, many(more), look, func(s *sample) {
					s.opened("rtl", "long", "cy", "bo", "ann")
					prepare(s)
					s.Settle()
					uitest.SavePicture(t, s.window, least, name+suffix)
					if strings.HasSuffix(suffix, "-100") {
						s.window.Resize(usual)
						s.Settle()
						uitest.SavePicture(t, s.window, usual, name+suffix+"-usual")
					}
					s.close()
				})
			})
		}
	})
}

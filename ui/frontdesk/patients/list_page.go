package patients

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// listLimit is how many patients the page shows: who is not among them is found
// by typing more.
const listLimit = 200

// ListPage is the page "Patients".
type ListPage struct {
	base
	page  *widgets.Page
	found *foundList
	fresh *widgets.Button
}

// NewList makes the page "Patients". OnPatient, OnNew and OnBack lead on.
func NewList(p Params) *ListPage {
	l := &ListPage{base: newBase(p)}
	search := newSearch(l.scope, listLimit)
	search.open = func(id string) { p.OnPatient(id, "") }
	search.fresh = p.OnNew
	search.arriving, search.arrived, search.printing = p.OnArrive, p.OnVisit, p.OnPrint
	l.found = newFoundList(search)
	l.found.list.Menu = func(row int) []widgets.MenuItem {
		return hitMenu(p, search, row, hitActs{away: func(act func()) { act() }, arrive: search.arriveAs, print: search.printFor})
	}
	maps.Copy(l.found.entry.Keys, widgets.MenuKeys(l.found.list.OpenMenu))
	l.fresh = widgets.NewPrimaryButton(lang.L("New patient…"), func() { p.OnNew(search.newName()) })
	l.fresh.Sign = looks.SignBook

	head := widgets.Beside(widgets.Heading(lang.L("Patients")), l.fresh, margin)
	top := widgets.NewColumn(head, l.found.entry, l.found.note)
	content := container.New(layout.NewBorderLayout(top, nil, nil, nil), top, padded(l.found.list, gap, listMargin, 0))
	wide := layouts.MaxWidth{Width: layouts.Growing(pageWidth), MarginX: margin, MarginY: margin / 2}
	l.page = widgets.NewPage(container.New(wide, content), widgets.PageOptions{
		OnEscape: p.OnBack, Keys: map[fyne.KeyName]func(){fyne.KeyF3: l.NextStep},
	})
	search.begin()
	return l
}

// Content is what the window shows.
func (l *ListPage) Content() fyne.CanvasObject { return l.page }

// Focus puts the cursor into the search field.
func (l *ListPage) Focus() {
	l.page.FocusFirst(l.canvas())
	l.canvas().Focus(l.found.entry)
}

// Refresh looks again: the records changed.
func (l *ListPage) Refresh() { l.found.search.again() }

// NextStep has the patient of the selected row arrive.
func (l *ListPage) NextStep() { l.found.search.arrive() }

// foundList is a search field with its results below it, which stay.
type foundList struct {
	search *search
	entry  *widgets.Entry
	note   *widgets.Text
	list   *widgets.ResultList
}

func newFoundList(s *search) *foundList {
	f := &foundList{search: s, entry: widgets.NewEntry(), note: widgets.Small(""), list: widgets.NewResultList(lang.L("Patients"))}
	s.display = screen.NewView(f.show)
	f.entry.SetPlaceHolder(lang.L("Name, date of birth, phone or record number"))
	f.entry.SetIcon(theme.SearchIcon())
	f.entry.OnChanged = s.typed
	f.entry.OnSubmit = s.enter
	f.entry.OnEscape = f.escape
	f.entry.Keys = map[fyne.KeyName]func(){
		fyne.KeyDown:     func() { s.move(1) },
		fyne.KeyUp:       func() { s.move(-1) },
		fyne.KeyPageDown: func() { s.move(f.list.RowsInSight()) },
		fyne.KeyPageUp:   func() { s.move(-f.list.RowsInSight()) },
	}
	f.list.OnSelected = s.choose
	f.list.OnActivated = func(row int) {
		s.choose(row)
		s.enter()
	}
	return f
}

// escape empties the field first.
func (f *foundList) escape() {
	if f.entry.Text != "" {
		f.entry.SetText("")
		return
	}
	widgets.PassKey(f.entry, &fyne.KeyEvent{Name: fyne.KeyEscape})
}

func (f *foundList) show(v searchView) {
	note := v.Note
	switch {
	case v.Said != "":
		note, v.Keys = v.Said, ""
	case note != "":
	case !v.Typed && len(v.Hits) > 0:
		note = lang.L("Recent")
	case len(v.Hits) == listLimit:
		note = lang.L("The first {{.Count}}. Type more to see fewer.", map[string]any{"Count": listLimit})
	case len(v.Hits) > 0:
		note = lang.N("{{.Count}} patients", len(v.Hits), map[string]any{"Count": len(v.Hits)})
	}
	f.note.SetText(joined(note, v.Keys))
	showHits(f.list, v)
}

package patients

import (
	"cmp"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

const (
	findLimit = 10  // results in the drop list
	findWidth = 150 // of the field, for text at 100 %
	dropWidth = 600 // of the list below it
)

// FindField is the search field of the top bar, with a list of results that
// drops down below it.
//
// Keys in it: Down and Up choose a result, Enter opens it, Esc empties the field
// and goes back to where the cursor was. Other keys that a field has no use for,
// such as F3, go to the page around. Tab leaves it and closes the list.
type FindField struct {
	widget.BaseWidget
	params Params
	search *search

	entry *widgets.Entry
	list  *widgets.ResultList
	note  *widgets.Text
	head  *fyne.Container // has the note
	drop  *widgets.Popover
	over  *fyne.Container

	before fyne.Focusable // what had the cursor before Focus; nil: not known
	leave  func()         // puts the cursor where it belongs then
}

// NewFind makes the field. Params.Ctx ends with the session; OnPatient and OnNew
// lead on, leave puts the cursor onto the page below. What the field is part of
// has to be shown by Over.
func NewFind(p Params, leave func()) *FindField {
	f := &FindField{params: p, leave: leave}
	f.search = newSearch(scope{p.Scope, p.Desk, p.Order}, findLimit)
	f.search.asRow, f.search.display = true, screen.NewView(f.show)
	f.search.open = func(id string) { f.leaveFor(func() { p.OnPatient(id, "") }) }
	f.search.fresh = func(name string) { f.leaveFor(func() { p.OnNew(name) }) }

	f.search.arriving, f.search.printing = p.OnArrive, p.OnPrint
	f.search.arrived = func(a data.Appointment) { f.leaveFor(func() { p.OnVisit(a) }) }

	f.entry = widgets.NewEntry()
	f.entry.SetPlaceHolder(lang.L("Find a patient"))
	f.entry.SetIcon(theme.SearchIcon())
	f.entry.OnChanged = screen.Edited(f.search.display, f.search.typed)
	f.entry.OnFocus = f.focused
	f.entry.OnSubmit = f.enter
	f.entry.OnEscape = f.escape
	f.entry.Keys = map[fyne.KeyName]func(){
		fyne.KeyDown:     func() { f.move(1) },
		fyne.KeyUp:       func() { f.move(-1) },
		fyne.KeyPageDown: func() { f.move(f.list.RowsInSight()) },
		fyne.KeyPageUp:   func() { f.move(-f.list.RowsInSight()) },
	}

	f.list = widgets.NewResultList(lang.L("Patients"))
	f.list.BelongTo(func() {
		if f.isOpen() { // the mouse was let go elsewhere
			f.Focus()
		}
	})
	f.list.OnSelected = f.search.choose
	f.list.OnActivated = func(row int) {
		f.search.choose(row)
		f.search.enter()
	}
	f.list.Menu = func(row int) []widgets.MenuItem {
		return hitMenu(p, f.search, row, hitActs{away: f.leaveFor, arrive: f.againFor(f.search.arriveAs), print: f.againFor(f.search.printFor)})
	}
	maps.Copy(f.entry.Keys, widgets.MenuKeys(f.list.OpenMenu))
	f.note = widgets.Small("")
	f.head = padded(f.note, gap, 0, gap)
	f.drop = widgets.NewPopover(container.New(layout.NewBorderLayout(f.head, nil, nil, nil), f.head, f.list))
	f.ExtendBaseWidget(f)
	return f
}

// Over puts the drop list over content, which has the field in it somewhere.
func (f *FindField) Over(content fyne.CanvasObject) fyne.CanvasObject {
	f.over = widgets.WithPopover(content, f, f.drop, dropWidth, f.height)
	f.search.display.Forget() // show showed nothing till now
	return f.over
}

// height is that of as many whole rows as there is room for.
func (f *FindField) height(room float32) float32 {
	head := float32(0)
	if f.note.Text() != "" {
		head = f.head.MinSize().Height + theme.Padding()
	}
	row := f.list.RowHeight()
	fit := min(f.list.Len(), max(1, int((room-head)/row)))
	return head + float32(fit)*row
}

// Focus puts the cursor into the field, as Ctrl+F does, and chooses all of what
// is in it, so that typing begins anew.
func (f *FindField) Focus() {
	if now := f.params.Window.Canvas().Focused(); now != fyne.Focusable(f.entry) {
		f.before = now
	}
	f.params.Window.Canvas().Focus(f.entry)
	f.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// SetText fills the field and looks for it, as if it was typed.
func (f *FindField) SetText(text string) { f.entry.SetText(text) }

// RecordsChanged looks again. (Refresh is what Fyne calls to paint a widget.)
func (f *FindField) RecordsChanged() { f.search.again() }

// Children implements layouts.Parent.
func (f *FindField) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.entry} }

// CreateRenderer implements fyne.Widget.
func (f *FindField) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.entry) }

// MinSize implements fyne.CanvasObject.
func (f *FindField) MinSize() fyne.Size {
	return fyne.NewSize(layouts.HalfScaled(findWidth), f.BaseWidget.MinSize().Height)
}

func (f *FindField) isOpen() bool { return f.search.on }

// IsOpen says that the list lies over the page, and has the keys.
func (f *FindField) IsOpen() bool { return f.isOpen() }

// NextStep has the patient of the selected row arrive.
func (f *FindField) NextStep() {
	if f.isOpen() {
		f.search.arrive()
	}
}

// againFor is an act of the list's menu that is told beside the list: the menu took the cursor.
func (f *FindField) againFor(act func(id string)) func(id string) {
	return func(id string) {
		f.Focus()
		act(id)
	}
}

// focused opens the list with the cursor, and closes it when the cursor goes,
// unless it goes because of a click into the list.
func (f *FindField) focused(gained bool) {
	switch {
	case gained && !f.isOpen():
		f.search.begin()
	case !gained && !f.list.IsPressed():
		f.close()
		f.search.Runner.Dispatch(f.forgetBefore) // once it is known where the cursor went
	}
}

// forgetBefore forgets where the cursor was before, where the person put it
// somewhere else since. That another window has it, or nobody, is not that.
func (f *FindField) forgetBefore() {
	if now := f.params.Window.Canvas().Focused(); now != nil && now != fyne.Focusable(f.entry) {
		f.before = nil
	}
}

func (f *FindField) move(by int) {
	if !f.isOpen() {
		f.search.begin()
		return
	}
	f.search.move(by)
}

func (f *FindField) enter() {
	if !f.isOpen() {
		f.search.begin()
		return
	}
	f.search.enter()
}

func (f *FindField) escape() {
	before := f.before
	f.leaveFor(func() {
		c := f.params.Window.Canvas()
		if before != nil {
			c.Focus(before)
		}
		if now := c.Focused(); now == nil || now == fyne.Focusable(f.entry) { // what was there is gone
			f.leave()
		}
	})
}

func (f *FindField) empty() {
	f.search.display.ByProgram(func() { f.entry.SetText("") })
	f.search.text = ""
}

func (f *FindField) close() {
	f.search.end()
	f.drop.Hide()
	f.search.display.Forget() // else it would stay hidden while the same is found
}

// leaveFor leaves the field empty for the next search.
func (f *FindField) leaveFor(next func()) {
	f.before = nil
	f.close()
	f.empty()
	next()
}

func (f *FindField) show(v searchView) {
	if f.over == nil {
		return
	}
	note := v.Note
	switch {
	case v.Said != "":
		note = v.Said
	case note != "":
	case !v.Typed && len(v.Hits) > 1:
		note = joined(lang.L("Recent"), v.Keys)
	case v.Typed && len(v.Hits) == 1:
		note = joined(lang.L("Nobody found"), v.Keys)
	default:
		note = v.Keys
	}
	f.note.SetText(note)
	headChanged := f.head.Visible() != (note != "")
	widgets.SetVisible(f.head, note != "")
	showHits(f.list, v)
	widgets.PlacePopover(f.over)
	if headChanged {
		f.drop.Refresh()
	}
	if !f.drop.Visible() {
		f.drop.Show()
		canvas.Refresh(f.entry) // Fyne draws nothing for what it has not drawn before, or not for a minute
	}
}

// showHits shows what was found, without touching more than what is in sight.
func showHits(list *widgets.ResultList, v searchView) {
	list.ID = func(row int) string { return cmp.Or(v.Hits[row].ID, newRow) }
	list.SetSource(len(v.Hits), v.Chosen, func(row int) widgets.Result {
		h := v.Hits[row]
		return widgets.Result{Title: h.Title, More: h.More, Lead: h.Today, Detail: h.Detail, Sign: h.Sign, Warn: h.Warn}
	})
	list.SetEmpty(v.Empty)
}

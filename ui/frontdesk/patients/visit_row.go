package patients

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// visitRow is an appointment that is still to come, with what can be done to it. The right mouse button lets down all of
// that, as the menu key does on one of its buttons.
type visitRow struct {
	widget.BaseWidget
	of *PatientPage
	id string

	when, what, note *widgets.Text
	key              *widgets.Text // that makes it arrived
	arrived, move    *widgets.Button
	cancel, more     *widgets.Button
	content          *fyne.Container
}

var (
	_ fyne.SecondaryTappable = (*visitRow)(nil)
	_ fyne.DoubleTappable    = (*visitRow)(nil)
)

func newVisitRow(of *PatientPage, id string) *visitRow {
	r := &visitRow{of: of, id: id, when: widgets.Label(""), what: widgets.Paragraph(""), note: widgets.Small(""), key: widgets.Small(lang.L("F3: arrived"))}
	r.arrived = widgets.NewPrimaryButton(lang.L("Arrived"), r.act(func(v data.Visit) { of.params.OnArrived(v, of.record.told) }))
	r.arrived.Tip = lang.L("Arrived (F3)")
	r.arrived.Narrow = true
	r.move = widgets.NewFlatButton(looks.SignMove, lang.L("Move…"), r.act(of.params.OnMove))
	r.cancel = widgets.NewFlatButton(looks.SignClose, lang.L("Cancel…"), r.act(func(v data.Visit) { of.params.OnCancel(v, of.record.told) }))
	r.more = widgets.NewFlatButton(looks.SignMore, "", nil)
	r.more.OnTapped = func() { r.openMenu(r.more, fyne.NewPos(0, r.more.Size().Height)) }
	r.more.Tip = lang.L("More about this appointment")
	for _, b := range r.buttons() {
		b.Keys = widgets.MenuKeys(func() { r.openMenu(b, fyne.NewPos(0, b.Size().Height)) })
	}
	texts := newTight(r.when, r.what, r.note, r.key)
	acts := container.NewHBox(r.arrived, r.move, r.cancel, r.more)
	r.content = container.New(&layouts.Row{Gap: gap, Fill: texts, Least: leastVisit, Align: layouts.Top}, texts, acts)
	r.ExtendBaseWidget(r)
	return r
}

func (r *visitRow) buttons() []*widgets.Button {
	return []*widgets.Button{r.arrived, r.move, r.cancel, r.more}
}

func (r *visitRow) hasFocus() bool {
	return slices.ContainsFunc(r.buttons(), func(b *widgets.Button) bool { return b.HasFocus() })
}

// act does something with the appointment, as it is by now.
func (r *visitRow) act(do func(data.Visit)) func() {
	return func() {
		if v, ok := r.of.record.visit(r.id); ok {
			do(v)
		}
	}
}

func (r *visitRow) openMenu(of fyne.CanvasObject, at fyne.Position) {
	r.act(func(v data.Visit) { widgets.ShowMenu(of, at, r.of.visitMenu(v)...) })()
}

// TappedSecondary implements fyne.SecondaryTappable.
func (r *visitRow) TappedSecondary(e *fyne.PointEvent) { r.openMenu(r, e.Position) }

// DoubleTapped implements fyne.DoubleTappable: it shows the appointment on its day.
func (r *visitRow) DoubleTapped(*fyne.PointEvent) {
	widgets.Touched()
	r.act(func(v data.Visit) { r.of.params.OnVisit(v.Appointment) })()
}

// show shows the appointment. A button that goes gives its focus to the page's first act.
func (r *visitRow) show(v nextRow, isOn bool) {
	r.when.SetText(v.When)
	r.what.SetText(v.What)
	setText(r.note, v.Note)
	widgets.SetVisible(r.key, v.IsExpected)
	for b, isOffered := range map[*widgets.Button]bool{r.arrived: v.IsExpected, r.move: v.CanMove, r.cancel: v.CanCancel, r.more: true} {
		if !isOffered && b.HasFocus() {
			r.of.canvas().Focus(r.of.visits.book)
		}
		b.Spoken = joined(cmp.Or(b.Text, b.Tip), v.When) // or the buttons of several rows would be called the same
		widgets.SetVisible(b, isOffered)
		widgets.SetEnabled(b, isOn)
	}
}

// Children implements layouts.Parent.
func (r *visitRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer implements fyne.Widget.
func (r *visitRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

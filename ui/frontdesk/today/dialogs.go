package today

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/widgets"
)

// dialogs are those open over the page. All close when the page is left.
type dialogs struct {
	page    *Page
	open    []openDialog // the topmost last
	booking *booking     // that is open; nil: none is
}

// openDialog is one that is open, and what its cancelling does.
type openDialog struct {
	*widgets.Dialog
	cancel func()
}

// show opens a dialog; it stays open until close, or until it is cancelled.
func (s *dialogs) show(o widgets.DialogOptions) *widgets.Dialog {
	s.page.day.say(good, "")
	var d *widgets.Dialog
	cancelled := o.OnCancel
	o.OnCancel = func() {
		s.forget(d)
		if cancelled != nil {
			cancelled()
		}
	}
	o.KeepOpen = true
	d = widgets.ShowDialog(s.page.params.Window, o)
	s.open = append(s.open, openDialog{d, o.OnCancel})
	return d
}

// close closes a dialog. Those over it go with it, and are cancelled: a question
// has an answer, whatever becomes of it.
func (s *dialogs) close(d *widgets.Dialog) {
	for s.isOpen(d) && s.open[len(s.open)-1].Dialog != d {
		top := s.open[len(s.open)-1]
		top.Close()
		top.cancel()
	}
	d.Close()
	s.forget(d)
}

func (s *dialogs) isOpen(d *widgets.Dialog) bool {
	return slices.ContainsFunc(s.open, func(o openDialog) bool { return o.Dialog == d })
}

func (s *dialogs) forget(d *widgets.Dialog) {
	s.open = slices.DeleteFunc(s.open, func(o openDialog) bool { return o.Dialog == d })
}

func (s *dialogs) closeAll() {
	for len(s.open) > 0 {
		s.close(s.open[len(s.open)-1].Dialog)
	}
	s.booking = nil
}

// refresh shows what else is known by now in what is open.
func (s *dialogs) refresh() {
	if b := s.booking; b != nil && !b.closed {
		b.search()
		b.show()
	}
}

// resume opens the booking that was not finished.
func (s *dialogs) resume() bool {
	purpose, ok := draftPurpose(s.page.params.Desk)
	if !ok || s.booking != nil {
		return false
	}
	s.page.whenRead(func() { s.page.openBookingFor(purpose, Request{}) })
	return true
}

// ask implements dayPane: a question before something that has to be meant.
func (t *Page) ask(q question) { t.dialogs.ask(q) }

func (s *dialogs) ask(q question) {
	var d *widgets.Dialog
	d = s.show(widgets.DialogOptions{
		Title: q.Title, Content: widgets.NewColumn(widgets.NewNotice(widgets.Warning, q.Text)),
		Primary: q.Primary, Cancel: q.Cancel, Careful: true,
		OnPrimary: func() {
			s.close(d)
			q.Yes()
		},
		OnCancel: func() {
			if q.No != nil {
				q.No()
			}
		},
	})
}

// askWhich implements dayPane; none hears that it is left open.
func (t *Page) askWhich(p pick, chosen func(row int), none func()) {
	list := widgets.NewList(widgets.Head{Width: 120}, widgets.Head{Width: 120, Grow: true}, widgets.Head{Width: 120, Grow: true})
	list.Spoken = p.Title
	list.SetSource(len(p.Rows), func(row, column int) string { return p.Rows[row][column] })
	var d *widgets.Dialog
	list.OnSelected = func(int) { d.EnablePrimary(true) }
	yes := func(row int) {
		t.dialogs.close(d)
		chosen(row)
	}
	list.OnActivated = yes
	d = t.dialogs.show(widgets.DialogOptions{
		Title: p.Title, Width: visitWidth, Careful: true,
		Content: widgets.NewColumn(widgets.Label(p.Text), newListRoom(list)),
		Primary: p.Primary, OnPrimary: func() { yes(list.Selected()) }, Cancel: lang.L("Cancel"), OnCancel: none,
	})
	d.EnablePrimary(false)
}

// whenRead does something once the day was read.
func (t *Page) whenRead(act func()) {
	if t.day.read {
		act()
		return
	}
	t.day.then = append(t.day.then, act)
}

// openVisit implements dayPane.
func (t *Page) openVisit(v data.Visit) { newVisitDialog(t, v) } //nolint:errcheck // it returns a dialog, no error

// openBooking implements dayPane.
func (t *Page) openBooking(r Request) { t.whenRead(func() { t.openBookingFor(forBooking, r) }) }

// openWalkIn implements dayPane.
func (t *Page) openWalkIn() { t.whenRead(func() { t.openBookingFor(forWalkIn, Request{}) }) }

// openMove implements dayPane.
func (t *Page) openMove(v data.Visit) {
	d := newBookingDialog(t, forMove)
	d.booking.openMove(v)
}

func (t *Page) openBookingFor(p purpose, r Request) {
	if t.empty.Visible() || t.dialogs.booking != nil {
		return
	}
	d := newBookingDialog(t, p)
	d.booking.open(r)
	d.focusFirst()
}

// leaveSheet goes where a button of an appointment's sheet leads.
func (t *Page) leaveSheet(what does, v data.Visit) {
	switch what {
	case doMove:
		t.openMove(v)
	case doCancel:
		t.askReason(v)
	case doAgain:
		t.openBooking(Request{Patient: v.Patient, Practitioner: v.Practitioner, Kind: v.Type, Date: t.day.today()})
	case doPatient:
		t.params.OnPatient(v.Patient)
	}
}

// askReason implements dayPane: the dialog before an appointment is cancelled.
func (t *Page) askReason(v data.Visit) {
	reason := widgets.NewEntry()
	field := widgets.NewField(lang.L("Reason"), reason)
	field.SetHelp(lang.L("Such as: called in, ill. You can leave it empty."))
	var d *widgets.Dialog
	cancelling := false
	d = t.dialogs.show(widgets.DialogOptions{
		Title:   lang.L("Cancel the appointment"),
		Content: widgets.NewColumn(widgets.Label(patientName(v)), widgets.Paragraph(whenText(v.Appointment)), widgets.NewGap(), field),
		Primary: lang.L("Cancel appointment"),
		Danger:  true,
		Cancel:  lang.L("Keep it"),
		OnPrimary: func() {
			text := strings.TrimSpace(reason.Text)
			if cancelling {
				return
			}
			if err := data.CheckReason(text); err != nil {
				field.SetError(problem(err))
				return
			}
			cancelling = true
			field.SetError("")
			d.SetSaving(lang.L("One moment…"))
			t.day.become(v, data.Cancelled, text, func(err error) {
				cancelling = false
				d.SetSaving("")
				if err == nil {
					t.dialogs.close(d)
					return
				}
				d.SetError(why(v, err))
			})
		},
		FirstFocus: reason,
	})
}

// openDate asks for a date to go to.
func (t *Page) openDate() {
	entry := widgets.NewEntry()
	field := widgets.NewField(lang.L("Date"), entry)
	month := newMonthGrid(t.day.today())
	month.show(t.day.date)
	if t.isWeek {
		month.show(t.week.monday.AddDays(t.week.cursor.day))
	}
	field.SetHelp(lang.L("Such as 24 Nov, or Down for the calendar."))
	var d *widgets.Dialog
	entry.OnChanged = func(text string) {
		if date, err := parseDay(text, t.params.Order, t.day.today()); err == nil {
			field.SetError("")
			month.show(date)
		}
	}
	entry.Keys = map[fyne.KeyName]func(){fyne.KeyDown: func() { t.params.Window.Canvas().Focus(month) }}
	month.changed = func(date data.Date) {
		changed := entry.OnChanged
		entry.OnChanged = nil
		entry.SetText(date.String())
		entry.OnChanged = changed
		field.SetError("")
	}
	d = t.dialogs.show(widgets.DialogOptions{
		Title: lang.L("Go to a date"), Content: widgets.NewColumn(field, month), Width: 400,
		Primary: lang.L("Go"), Cancel: lang.L("Cancel"), FirstFocus: entry, Unsaved: func() bool { return false },
		OnPrimary: func() {
			date, err := month.date, error(nil)
			if strings.TrimSpace(entry.Text) != "" {
				date, err = parseDay(entry.Text, t.params.Order, t.day.today())
			}
			if err != nil {
				field.SetError(fieldProblem(fieldDate, err))
				t.params.Window.Canvas().Focus(entry)
				return
			}
			t.dialogs.close(d)
			t.goTo(date)
		},
	})
	month.submit = func() { d.Primary().Tapped(nil) }
}

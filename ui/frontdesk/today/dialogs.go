package today

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// refreshBooking shows what else is known by now in the dialog that books.
func (t *Page) refreshBooking() {
	if b := t.booking; b != nil && !b.closed {
		b.search()
		b.show()
		if !b.looks.IsBusy() {
			b.renews = true
			b.find()
		}
	}
}

// Resume opens the booking that was not finished, if there is one.
func (t *Page) Resume() bool {
	if t.booking != nil {
		t.bookingDialog.focusFirst()
		return true
	}
	purpose, ok := draftPurpose(t.params.Desk)
	if !ok {
		return false
	}
	t.whenRead(func() { t.openBookingFor(purpose, Request{}) })
	return true
}

// ask implements dayPane: a question before something that has to be meant.
func (t *Page) ask(q question) {
	var d *screen.Dialog
	d = t.dialogs.Show(widgets.DialogOptions{
		Title: q.Title, Content: widgets.NewColumn(widgets.NewNotice(widgets.Warning, q.Text)),
		Primary: q.Primary, Cancel: q.Cancel, Careful: true,
		OnPrimary: func() {
			d.Close()
			q.Yes()
		},
		OnCancel: func() {
			if q.No != nil {
				q.No()
			}
		},
	}, nil)
}

// askWhich implements dayPane; none hears that it is left open.
func (t *Page) askWhich(p pick, chosen func(row int), none func()) {
	list := widgets.NewList(widgets.Head{Width: 120}, widgets.Head{Width: 120, Grow: true}, widgets.Head{Width: 120, Grow: true})
	list.Spoken = p.Title
	list.SetSource(len(p.Rows), func(row, column int) string { return p.Rows[row][column] })
	var d *screen.Dialog
	list.OnSelected = func(int) { d.EnablePrimary(true) }
	yes := func(row int) {
		d.Close()
		chosen(row)
	}
	list.OnActivated = yes
	d = t.dialogs.Show(widgets.DialogOptions{
		Title: p.Title, Width: visitWidth, Careful: true,
		Content: widgets.NewColumn(widgets.Label(p.Text), newListRoom(list)),
		Primary: p.Primary, OnPrimary: func() { yes(list.Selected()) }, Cancel: lang.L("Cancel"), OnCancel: none,
	}, nil)
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
	if b := t.booking; b != nil {
		if b.purpose == forMove && b.visit.ID == v.ID {
			t.bookingDialog.focusFirst()
		} else {
			t.leaveBooking(func() { t.openMove(v) })
		}
		return
	}
	d := newBookingDialog(t, forMove)
	d.booking.openMove(v)
}

// dockWidth is how wide the page has to be at least for what is booked to stand beside the day; it grows half as fast as text.
const dockWidth = 1000

// dock puts a dialog beside the day, where there is room; nil: there is none.
func (t *Page) dock() func(*widgets.Dialog) (undock func()) {
	if t.page.Size().Width < layouts.HalfScaled(dockWidth) {
		return nil
	}
	return func(d *widgets.Dialog) (undock func()) { return t.panel.dock(d) }
}

// IsBooking says that a booking is open.
func (t *Page) IsBooking() bool { return t.booking != nil }

func (t *Page) openBookingFor(p purpose, r Request) {
	if t.empty.Visible() {
		return
	}
	b := t.booking
	if b == nil {
		d := newBookingDialog(t, p)
		d.booking.open(r)
		d.focusFirst()
		return
	}
	isOther := r.Patient != "" && r.Patient != b.form.Patient && !b.takePatient(r)
	if isOther || p == forWalkIn && b.purpose != forWalkIn {
		t.leaveBooking(func() { t.openBookingFor(p, r) })
		return
	}
	b.place(r) // a time goes into the one that is open
	t.bookingDialog.focusFirst()
}

// leaveBooking does something in the place of the booking that is open. What was typed there it asks about before.
func (t *Page) leaveBooking(then func()) {
	b, d := t.booking, t.bookingDialog
	leave := func() {
		if t.booking == b {
			b.cancel()
			d.close()
		}
		then()
	}
	switch {
	case b.saving:
	case b.isTyped():
		widgets.AskToThrowAway(t.params.Window, leave)
	default:
		leave()
	}
}

// leaveVisit goes where a button of an appointment leads.
func (t *Page) leaveVisit(what action, v data.Visit) {
	switch what {
	case actMove:
		t.openMove(v)
	case actCancel:
		t.askReason(v)
	case actAgain:
		t.openBooking(Request{Patient: v.Patient, Practitioner: v.Practitioner, Type: v.Type, Date: t.day.today()})
	case actPatient:
		t.params.OnPatient(v.Patient)
	}
}

// askReason implements dayPane: the dialog before an appointment is cancelled.
func (t *Page) askReason(v data.Visit) { t.askReasonFor(v, func(data.Appointment, string) {}) }

// askReasonFor is askReason; told hears that it was cancelled.
func (t *Page) askReasonFor(v data.Visit, told func(a data.Appointment, said string)) {
	reason := widgets.NewEntry()
	field := widgets.NewField(lang.L("Reason"), reason)
	field.SetHelp(lang.L("Such as: called in, ill. You can leave it empty."))
	var d *screen.Dialog
	cancelling := false
	d = t.dialogs.Show(widgets.DialogOptions{
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
					d.Close()
					told(v.Appointment, becameText(v, data.Cancelled))
					return
				}
				d.SetError(why(v, err))
			})
		},
		FirstFocus: reason,
	}, nil)
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
	var d *screen.Dialog
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
	before := sign(widgets.NewFlatButton(looks.SignEarlier, "", func() { month.choose(month.months(-1)) }), lang.L("Earlier month"), "Page Up")
	after := sign(widgets.NewFlatButton(looks.SignLater, "", func() { month.choose(month.months(1)) }), lang.L("Later month"), "Page Down")
	months := container.NewBorder(nil, nil, before, after)
	d = t.dialogs.Show(widgets.DialogOptions{
		Title: lang.L("Go to a date"), Content: widgets.NewColumn(field, months, month), Width: 400,
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
			d.Close()
			t.goTo(date)
		},
	}, nil)
	month.submit = func() { d.Primary().Tapped(nil) }
}

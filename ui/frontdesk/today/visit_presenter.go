package today

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// action is what a button of an appointment does.
type action int

// What can be done to an appointment.
const (
	actStep action = iota
	actAbsent
	actMove
	actCancel
	actAgain
	actPatient
	actionCount int = iota
)

// button is one of the dialog's.
type button struct {
	Action action
	Text   string
}

// visitView is what the dialog of an appointment shows.
type visitView struct {
	Title   string
	Who     string
	Alert   string
	When    string
	Status  string
	Stamps  []string
	Types   []choice
	Type    string // id
	Note    string
	Buttons []button
	CanSave bool
	Busy    string
	Error   string
	Help    string // about the note
}

// visitForm decides what the dialog of an appointment shows and does.
type visitForm struct {
	day     *day
	display *screen.View[visitView]
	closes  func()                   // the dialog
	leave   func(action, data.Visit) // to another dialog or page
	visit   data.Visit
	base    data.Appointment // type and note as they were when typing began
	typeID  string
	note    string
	help    string
	err     string
	busy    bool
	opened  time.Time
}

func noteKey(id string) string { return "note/" + id }

func newVisitForm(d *day, v data.Visit, leave func(action, data.Visit)) *visitForm {
	s := &visitForm{day: d, visit: v, base: v.Appointment, typeID: v.Type, note: v.Note, leave: leave, opened: d.now()}
	d.form = s
	if draft := d.desk.Draft(noteKey(v.ID)); draft != "" {
		s.note = draft
		s.help = lang.L("This note is not saved yet.")
	}
	return s
}

// setVisit shows the appointment as it is by now. What was typed stays.
func (s *visitForm) setVisit(v data.Visit) {
	if !s.isEdited() {
		s.base, s.typeID, s.note = v.Appointment, v.Type, v.Note
	}
	s.visit = v
	s.show()
}

func (s *visitForm) isEdited() bool { return s.typeID != s.base.Type || s.note != s.base.Note }

// edit takes what is typed now.
func (s *visitForm) edit(typeID, note string) {
	if typeID == s.typeID && note == s.note {
		return
	}
	s.typeID, s.note, s.err = typeID, note, ""
	draft := note
	if note == s.base.Note {
		draft = ""
	}
	s.day.desk.SetDraft(noteKey(s.visit.ID), draft)
	s.show()
}

// save stores type and note. Where somebody else wrote another note meanwhile,
// both are shown first.
func (s *visitForm) save() {
	if s.busy || !s.isEdited() {
		return
	}
	if s.visit.Note != s.base.Note || s.visit.Type != s.base.Type {
		s.conflict()
		return
	}
	s.busy = true
	s.show()
	s.day.annotate(s.visit, s.typeID, s.note, func(err error) {
		s.busy = false
		switch {
		case err == nil:
			s.day.desk.SetDraft(noteKey(s.visit.ID), "")
			s.close()
			return
		case isConflict(err):
			s.err = lang.L("Somebody else changed this meanwhile. It is shown as it is now, and what you typed is still here. Look at it, then save again.")
		default:
			s.err = problem(err)
		}
		s.show()
	})
}

func (s *visitForm) conflict() {
	theirs := s.visit.Note
	if theirs == "" {
		theirs = "–"
	}
	s.help = lang.L("Saved by somebody else: {{.Note}}", map[string]any{"Note": theirs})
	s.err = lang.L("Somebody else changed kind or note meanwhile. What you typed is still here: saving again puts it in the place of theirs.")
	s.base.Note, s.base.Type = s.visit.Note, s.visit.Type
	s.show()
}

// press does what a button says. A key that is held down since the dialog opened
// does not count.
func (s *visitForm) press(what action) {
	if s.busy || s.day.now().Sub(s.opened) < screen.LastingAfter {
		return
	}
	if s.typeID != s.base.Type { // of a note there is a draft
		s.err = lang.L("The kind that you chose is not saved yet. Save it, or choose the one before, then go on.")
		s.show()
		return
	}
	switch what {
	case actStep:
		s.become(nextStatus(s.visit.Status))
	case actAbsent:
		s.become(data.Absent)
	default:
		v := s.visit
		s.close()
		s.leave(what, v)
	}
}

func (s *visitForm) become(status data.Status) {
	if status == "" {
		return
	}
	s.busy = true
	s.show()
	s.day.become(s.visit, status, "", func(err error) {
		s.busy = false
		if err == nil {
			s.close()
			return
		}
		if !errors.Is(err, errNotMeant) {
			s.err = why(s.visit, err)
		}
		s.show()
	})
}

// close may be called twice.
func (s *visitForm) close() {
	s.left()
	s.closes()
}

// left says that the dialog is gone.
func (s *visitForm) left() {
	if s.day.form == s {
		s.day.form = nil
	}
}

func (s *visitForm) show() { s.display.Show(s.view()) }

func (s *visitForm) view() visitView {
	v, d := s.visit, s.day.details
	practitioner := practitionerName(d, v.Practitioner)
	view := visitView{
		Title: patientName(v), Who: whoText(v.Who, s.day.today()), Alert: v.Who.Alert,
		When:   strings.Join([]string{whenText(v.Appointment), lengthText(int(v.Length().Minutes())), practitioner}, " · "),
		Status: words.StatusWithSign(v.Status), Stamps: stampTexts(v.Appointment, s.day.desk.Called),
		Type: s.typeID, Note: s.note, CanSave: s.isEdited() && !s.busy && !v.Damaged, Error: s.err, Help: s.help,
	}
	if v.Reason != "" {
		view.Status += " · " + v.Reason
	}
	if v.WalkIn {
		view.Status += " · " + lang.L("walk-in")
	}
	if v.Damaged {
		view.When = whenText(v.Appointment)
	}
	if s.busy {
		view.Busy = lang.L("One moment…")
	}
	for _, k := range d.Types {
		if !k.Gone || k.ID == s.typeID {
			view.Types = append(view.Types, choice{k.ID, typeName(d, k.ID)})
		}
	}
	view.Buttons = visitButtons(v)
	return view
}

// visitButtons are what can be done to an appointment; the next step comes first.
func visitButtons(v data.Visit) []button {
	var buttons []button
	switch nextStatus(v.Status) {
	case data.Arrived:
		buttons = append(buttons, button{actStep, lang.L("Arrived")})
	case data.With:
		buttons = append(buttons, button{actStep, lang.L("With practitioner")})
	case data.Done:
		buttons = append(buttons, button{actStep, lang.L("Done")})
	}
	if v.Status.Becomes(data.Absent) {
		buttons = append(buttons, button{actAbsent, lang.L("Did not attend")})
	}
	if canMove(v.Status) && !v.Damaged {
		buttons = append(buttons, button{actMove, lang.L("Move…")})
	}
	if v.Status.Becomes(data.Cancelled) {
		buttons = append(buttons, button{actCancel, lang.L("Cancel appointment…")})
	}
	if !v.Damaged {
		buttons = append(buttons, button{actAgain, lang.L("Book again…")}, button{actPatient, lang.L("Open patient")})
	}
	return buttons
}

// stampTexts are what was done to an appointment, and by whom.
func stampTexts(a data.Appointment, called func(user string) string) []string {
	var texts []string
	for _, stamp := range a.Stamps {
		of := map[string]any{"Status": words.Status(stamp.Status), "When": stampTime(stamp.At, a.Start), "By": called(stamp.By)}
		if stamp.Moved {
			texts = append(texts, lang.L("moved {{.When}} by {{.By}}", of))
		} else {
			texts = append(texts, lang.L("{{.Status}} {{.When}} by {{.By}}", of))
		}
	}
	return texts
}

// stampTime is the time of a stamp: of the appointment's own day the clock only.
func stampTime(at, start time.Time) string {
	if data.DateOf(at) == data.DateOf(start) {
		return words.TimeOfDay(at)
	}
	return at.Format("2 Jan ") + words.TimeOfDay(at)
}

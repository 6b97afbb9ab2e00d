package today

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
)

// Request is what is known of a booking before the dialog opens.
type Request struct {
	Patient      string // id; "": the dialog searches
	Practitioner string // id
	Type         string // id
	Date         data.Date
	Minute       int // of the day
	HasMinute    bool
}

// DraftKey is where a booking that is not saved yet is kept.
const DraftKey = "booking"

// purpose is what the dialog is open for.
type purpose int

// The purposes of the dialog.
const (
	forBooking purpose = iota
	forWalkIn
	forMove
)

// bookingForm is what is typed. It is the draft, too.
type bookingForm struct {
	WalkIn       bool   `json:",omitempty"`
	Patient      string `json:",omitempty"`     // id
	Query        string `json:",omitempty"`     // what is searched for, or a new patient's name
	New          bool   `json:",omitempty"`     // it is a new patient
	Born, Phone  string `json:",omitempty"`     // of a new patient
	Practitioner string `json:",omitempty"`     // who has the time that was chosen; "": nobody yet
	With         string `json:",omitempty"`     // among whom a free time is looked for, by their ids; "": whoever is there
	Type         string `json:"Kind,omitempty"` // as in drafts of before
	Date         string `json:",omitempty"`
	Start        string `json:",omitempty"`
	Length       string `json:",omitempty"`
	Note         string `json:",omitempty"`
}

// field is one of the form's.
type field int

// The fields of the form.
const (
	fieldPatient field = iota
	fieldBorn
	fieldPhone
	fieldPractitioner
	fieldType
	fieldDate
	fieldStart
	fieldLength
	fieldNote
	fieldCount int = iota
)

// result is a patient that was found.
type result struct{ ID, Name, Detail string }

// choice is one of a list to choose from.
type choice struct{ ID, Name string }

// bookingView is what the dialog shows.
type bookingView struct {
	Purpose       purpose
	Form          bookingForm
	Results       []result
	ResultsTitle  string
	Who, Alert    string // of the patient that is chosen
	Practitioners []choice
	With          []bool // which of them are looked among; none: whoever is there
	Offers        []offer
	NoOffers      string // why there is none
	Types         []choice
	Errors        [fieldCount]string
	Born          string // the date of birth as it is understood
	When          string // the time in words
	Warning       string // what is unusual about it
	Resumed       bool   // it begins with what was typed before
	Busy, Error   string
	Saving        bool // what goes on can't be stopped
}

// booking decides what the dialog does that books, takes a walk-in down, or
// moves by typing.
type booking struct {
	scope
	display *screen.View[bookingView]
	focus   func(field)
	close   func() // the dialog
	day     *day
	purpose purpose
	visit   data.Visit // that is moved

	form    bookingForm
	results []data.Summary
	errs    [fieldCount]error
	opened  bookingForm // as it began
	saving  bool        // the form is closed to changes
	err     string
	warning string // of the last search for a free time
	resumed bool
	typed   bool // the time was typed, or pointed at in the day
	isFixed bool // it was chosen in some way: what is found does not take its place
	isOffer bool // it was found, and with it who is free then
	isWho   bool // who is free at the time that was typed was found

	looks    *screen.Task // for free times
	offers   []data.Slot  // that it found
	wasFound bool         // it found them, or that there is none
	later    time.Time    // from when on others are asked for
	renews   bool         // others changed the records: what is offered is looked for anew
	saves    bool         // it is to be saved as soon as it is clear who is free

	stopLoading func() // stops looking whether more patients are in the memory
	closed      bool
}

// maxResults is how many patients are offered.
const maxResults = 8

func newBooking(d *day, p purpose) *booking {
	return &booking{scope: d.scope, day: d, purpose: p, stopLoading: func() {}, looks: screen.NewTask(d.Scope, nil)}
}

// open begins with what is known, and with what was typed before, if it is not
// saved yet.
func (b *booking) open(r Request) {
	if r.Date.IsZero() {
		r.Date = b.day.date
	}
	b.form = bookingForm{WalkIn: b.purpose == forWalkIn, Practitioner: r.Practitioner, Type: r.Type, Date: r.Date.String()}
	if offered := b.day.details.Offered(); b.form.Type == "" && len(offered) > 0 {
		b.form.Type = offered[0].ID
	}
	b.form.Length = strconv.Itoa(b.lengthOf(b.form.Type))
	if r.HasMinute {
		b.form.Start, b.isFixed, b.typed = data.EntryTime(r.Minute), true, true
	} else if r.Practitioner != "" {
		b.setWith([]string{r.Practitioner})
	}
	b.resume(r)
	if r.Patient != "" {
		b.setPatient(r.Patient)
	}
	b.opened = b.form
	b.search()
	b.show()
	b.find()
}

// openMove begins with an appointment to be moved.
func (b *booking) openMove(v data.Visit) {
	b.visit = v
	start := v.Start
	b.form = bookingForm{
		Patient: v.Patient, Query: patientName(v), Practitioner: v.Practitioner, Type: v.Type, Note: v.Note,
		Date: data.DateOf(start).String(), Start: data.EntryTime(start.Hour()*60 + start.Minute()), Length: strconv.Itoa(int(v.Length().Minutes())),
	}
	b.opened, b.isFixed = b.form, true
	b.show()
	b.find()
}

// isTyped says that something would be lost if the form went. A time that was found
// is not that.
func (b *booking) isTyped() bool {
	now, was := b.form, b.opened
	if !b.typed {
		now.Date, now.Start, now.Practitioner = was.Date, was.Start, was.Practitioner
	}
	return b.resumed || now != was
}

// resume takes up what was typed before, but for what is asked for now.
func (b *booking) resume(r Request) {
	var draft bookingForm
	if text := b.desk.Draft(DraftKey); text == "" || json.Unmarshal([]byte(text), &draft) != nil || draft.WalkIn != b.form.WalkIn {
		return
	}
	asked := b.form
	b.form, b.resumed = draft, true
	if r.HasMinute {
		b.form.Practitioner, b.form.Date, b.form.Start = asked.Practitioner, asked.Date, asked.Start
	}
	b.isFixed = b.form.Start != ""
	if _, ok := b.day.details.Practitioner(b.form.Practitioner); !ok {
		b.form.Practitioner, b.form.With = asked.Practitioner, asked.With
	}
	if _, ok := b.day.details.Type(b.form.Type); !ok {
		b.form.Type = asked.Type
	}
}

func (b *booking) lengthOf(typeID string) int {
	if k, ok := b.day.details.Type(typeID); ok && k.Minutes > 0 {
		return k.Minutes
	}
	return quarter
}

// edit takes what is typed now.
func (b *booking) edit(f bookingForm) {
	was := b.form
	if f == was || b.saving {
		return
	}
	b.form, b.saves = f, false
	for field, changed := range [fieldCount]bool{
		fieldPatient: f.Query != was.Query, fieldBorn: f.Born != was.Born, fieldPhone: f.Phone != was.Phone,
		fieldPractitioner: f.Practitioner != was.Practitioner, fieldType: f.Type != was.Type, fieldDate: f.Date != was.Date,
		fieldStart: f.Start != was.Start, fieldLength: f.Length != was.Length, fieldNote: f.Note != was.Note,
	} {
		if changed {
			b.errs[field], b.err = nil, ""
		}
	}
	if f.Type != was.Type && f.Length == was.Length {
		b.form.Length = strconv.Itoa(b.lengthOf(f.Type))
	}
	if f.Practitioner != was.Practitioner {
		b.setWith([]string{f.Practitioner})
	}
	if f.Start != was.Start || f.Date != was.Date {
		b.typed, b.isFixed, b.warning, b.later = true, f.Start != "", "", time.Time{}
	}
	if isTimed := f.Start != was.Start || f.Date != was.Date; isTimed && b.isOffer || (isTimed || b.form.Length != was.Length) && b.isWho {
		b.forgetWho()
	}
	if f.Query != was.Query {
		b.form.Patient = ""
		b.search()
	}
	b.keep()
	b.show()
	if f.Type != was.Type || f.Length != was.Length || f.Practitioner != was.Practitioner || f.Date != was.Date || f.Start != was.Start {
		b.later = time.Time{}
		b.find()
	}
}

// forgetWho has it be whoever of those looked among is free: who was found was so at another time.
func (b *booking) forgetWho() {
	b.isOffer, b.isWho = false, false
	if len(b.candidates()) != 1 {
		b.form.Practitioner = ""
	}
}

// draftPurpose is what the draft that is kept was typed for.
func draftPurpose(d *desk.Desk) (p purpose, ok bool) {
	var draft bookingForm
	text := d.Draft(DraftKey)
	if text == "" || json.Unmarshal([]byte(text), &draft) != nil {
		return forBooking, false
	}
	if draft.WalkIn {
		return forWalkIn, true
	}
	return forBooking, true
}

// keep keeps the draft.
func (b *booking) keep() {
	if b.purpose == forMove {
		return
	}
	if text, err := json.Marshal(b.form); err == nil {
		b.desk.SetDraft(DraftKey, string(text))
	}
}

// loadTime is how often it looks whether more patients are in the memory.
const loadTime = 500 * time.Millisecond

// search finds patients for what is typed.
func (b *booking) search() {
	b.results = nil
	if b.form.Patient != "" || b.purpose == forMove {
		return
	}
	if b.form.New {
		form := data.PatientForm{data.FieldName: b.form.Query, data.FieldBorn: b.form.Born, data.FieldPhone: b.form.Phone}
		b.results = b.desk.Similar(form, "")
	} else {
		b.results = b.desk.Search(b.form.Query, maxResults)
	}
	if _, _, ready := b.desk.Loading(); !ready {
		b.stopLoading()
		b.stopLoading = b.After(loadTime, func() {
			if !b.closed {
				b.search()
				b.show()
			}
		})
	}
}

// choosePatient takes one that was found.
func (b *booking) choosePatient(row int) {
	if row < 0 || row >= len(b.results) || b.saving {
		return
	}
	b.setPatient(b.results[row].ID)
	b.keep()
	b.search()
	b.show()
}

// takePatient takes a patient for whom another booking was asked for, and says whether it did: only where it has nobody yet,
// and that booking was to be like no other.
func (b *booking) takePatient(r Request) bool {
	if b.purpose == forMove || b.form.New || b.form.Patient != "" || !b.isEmptyQuery() || r.Type != "" || b.saving {
		return false
	}
	b.setPatient(r.Patient)
	b.keep()
	b.search()
	b.show()
	return true
}

func (b *booking) setPatient(id string) {
	b.form.Patient, b.form.New, b.form.Query = id, false, ""
	if s, ok := b.desk.Summary(id); ok {
		b.form.Patient, b.form.Query = s.ID, s.Name
	}
	b.errs[fieldPatient] = nil
}

// newPatient takes what is typed as the name of somebody new, or no more.
func (b *booking) newPatient(on bool) {
	b.form.New, b.form.Patient = on, ""
	b.errs[fieldPatient] = nil
	b.search()
	b.keep()
	b.show()
}

// cancel throws away what was typed.
func (b *booking) cancel() {
	b.closed = true
	if b.purpose != forMove {
		b.desk.SetDraft(DraftKey, "")
	}
}

// startAfresh throws away what was typed before.
func (b *booking) startAfresh() {
	b.desk.SetDraft(DraftKey, "")
	b.resumed, b.typed, b.isFixed, b.later = false, false, false, time.Time{}
	b.errs = [fieldCount]error{}
	b.open(Request{})
}

func (b *booking) show() {
	if !b.closed {
		b.display.Show(b.view())
	}
}

// firstWrong is the first field with an error, or -1.
func (b *booking) firstWrong() field {
	return field(slices.IndexFunc(b.errs[:], func(err error) bool { return err != nil }))
}

// patientFailed shows what is wrong with a new patient, beside its fields.
func (b *booking) patientFailed(err error) bool {
	var wrong data.FieldErrors
	if !errors.As(err, &wrong) {
		return false
	}
	b.errs[fieldPatient], b.errs[fieldBorn], b.errs[fieldPhone] = wrong.Of(data.FieldName), wrong.Of(data.FieldBorn), wrong.Of(data.FieldPhone)
	return true
}

// isNobody says that nobody has what was typed, of all patients.
func (b *booking) isNobody() bool {
	_, _, ready := b.desk.Loading()
	return ready && len(b.results) == 0
}

// isEmptyQuery says that no name was typed.
func (b *booking) isEmptyQuery() bool { return strings.TrimSpace(b.form.Query) == "" }

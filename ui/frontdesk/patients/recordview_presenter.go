package patients

import (
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// foldedNotes is how many characters of long notes are shown at first.
const foldedNotes = 600

// recordView is what a patient's page shows.
type recordView struct {
	Ready  bool
	Title  string
	Born   string
	Also   string
	Alert  string
	State  string // since when they come no more
	Facts  []fact
	Notes  string
	Fold   string // leads to all of the notes, or back; "": these are all
	Visits [][]string
	Count  string // of appointments
	Chosen int
	Merged []mergedLine

	CanBookAgain bool
	CanPrint     bool
	Busy         string
	Said         string
	Error        string
}

// fact is a field with its label.
type fact struct{ Label, Value string }

// mergedLine is a merge that can still be taken back.
type mergedLine struct{ ID, Name, Text string }

func (r *record) view() recordView {
	v := recordView{Ready: r.loaded, Chosen: -1, Said: r.said, Error: r.error}
	if r.undoes.IsBusy() {
		v.Busy = lang.L("Taking the merge back…")
	}
	if !r.loaded {
		v.showSummary(r.shown, r.today())
		return v
	}
	p := r.now.patient
	v.showSummary(p.Summary(), r.today())
	v.State = stateText(p)
	v.Facts = facts(p, r.now.details.HealthNumber)
	v.Notes, v.Fold = r.notes(p.Notes)
	for _, visit := range r.now.visits {
		v.Visits = append(v.Visits, visitRow(visit, r.now.details))
	}
	if len(v.Visits) > 0 {
		v.Count = lang.L("{{.Next}} to come, {{.Past}} before", map[string]any{"Next": r.now.next, "Past": len(r.now.visits) - r.now.next})
	}
	v.Chosen = r.row()
	for _, m := range r.now.merged {
		v.Merged = append(v.Merged, mergedLine{m.ID, m.Name, r.mergedText(m)})
	}
	v.CanBookAgain, v.CanPrint = r.like() != nil, r.now.next > 0
	return v
}

// showSummary shows what the memory knows.
func (v *recordView) showSummary(s data.Summary, today data.Date) {
	v.Title, v.Alert = s.Name, s.Alert
	v.Born = words.Born(s.Born, today, s.State)
	if s.AlsoKnownAs != "" {
		v.Also = lang.L("Also known as {{.Name}}", map[string]any{"Name": s.AlsoKnownAs})
	}
	if s.Damaged || s.Name == "" {
		v.Title = lang.L("Patient")
	}
}

func stateText(p data.Patient) string {
	of := map[string]any{"Date": p.Since.String()}
	switch {
	case p.State == data.Left && p.Since.IsZero():
		return lang.L("Left the practice.")
	case p.State == data.Left:
		return lang.L("Left the practice on {{.Date}}.", of)
	case p.State == data.Deceased && p.Since.IsZero():
		return lang.L("Deceased.")
	case p.State == data.Deceased:
		return lang.L("Died on {{.Date}}.", of)
	}
	return ""
}

// facts are the fields that stand nowhere else on the page.
func facts(p data.Patient, healthNumber string) []fact {
	form := p.Form()
	var all []fact
	for _, f := range []data.Field{
		data.FieldPhone, data.FieldOtherPhone, data.FieldEmail, data.FieldEmergency, data.FieldAddress,
		data.FieldRecordNumber, data.FieldHealthNumber, data.FieldSex, data.FieldGender,
	} {
		all = append(all, fact{words.PatientField(f, healthNumber), form[f]})
	}
	return all
}

func (r *record) notes(text string) (shown, fold string) {
	folded := shortened(text, foldedNotes)
	switch {
	case folded == text:
		return text, ""
	case r.all:
		return text, lang.L("Show less")
	}
	return folded, lang.L("Show all of the notes")
}

func (r *record) mergedText(m data.Patient) string {
	if m.Merge == nil {
		return m.Name
	}
	return lang.L("Merged with {{.Name}} on {{.Date}} by {{.By}}.", map[string]any{
		"Name": m.Name, "Date": words.Day(m.Merge.At.In(r.desk.Zone())), "By": r.desk.Called(m.Merge.By),
	})
}

// inOrder has the appointments that are still to come first, the nearest at the
// top, then the others, the newest first. next is how many are to come.
func inOrder(visits []data.Visit, now time.Time) (ordered []data.Visit, next int) {
	var past []data.Visit
	for _, v := range visits {
		if toCome(v, now) {
			ordered = append(ordered, v)
		} else {
			past = append(past, v)
		}
	}
	slices.SortStableFunc(ordered, func(a, b data.Visit) int { return a.Start.Compare(b.Start) })
	slices.SortStableFunc(past, func(a, b data.Visit) int { return b.Start.Compare(a.Start) })
	return append(ordered, past...), len(ordered)
}

func toCome(v data.Visit, now time.Time) bool {
	return v.Status == data.Booked && v.End.After(now) || v.Status == data.Arrived || v.Status == data.With
}

// visitRow is an appointment: date, time, practitioner, type, status.
func visitRow(v data.Visit, d data.Details) []string {
	row := []string{
		v.Start.Format("Mon 2 Jan 2006"), words.TimeOfDay(v.Start), "", "", words.StatusWithSign(v.Status),
	}
	if v.Damaged {
		row[2] = lang.L("This appointment can't be opened.")
		return row
	}
	if p, ok := d.Practitioner(v.Practitioner); ok {
		row[2] = p.Name
	}
	if k, ok := d.Type(v.Type); ok {
		row[3] = words.KindName(k)
	}
	return row
}

package patients

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// foldedNotes is how many characters of long notes are shown at first.
const foldedNotes = 600

// recordView is what a patient's page shows.
type recordView struct {
	Ready   bool
	Title   string
	Born    string
	Also    string
	Sex     string // and gender
	Alert   string
	State   string // since when they come no more
	Phones  []string
	Numbers string
	Facts   []fact
	Notes   string
	Fold    string // leads to all of the notes, or back; "": these are all
	Merged  []mergedLine

	Count      string // of appointments
	Next       []nextRow
	Past       [][]string
	Chosen     int    // of those before; -1: none
	PastRows   int    // so many of those before are in sight
	Unfold     string // leads to all of the appointments, or back; "": these are all
	IsExpected bool   // one of them is today, and still to come

	CanPrint bool
	Busy     string
	Said     said
	Error    string
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
	v.Sex = joined(p.Sex, p.Gender)
	v.State = stateText(p)
	v.Phones = p.Phones
	v.Numbers = numbers(p, r.now.details.HealthNumber)
	v.Facts = facts(p)
	v.Notes, v.Fold = r.notes(p.Notes)
	for _, m := range r.now.merged {
		v.Merged = append(v.Merged, mergedLine{m.ID, m.Name, r.mergedText(m)})
	}
	r.showVisits(&v)
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

// between stands between things in one line.
const between = "  ·  "

// joined are the texts that there are, in one line.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), between)
}

// numbers are the record's and the practice's kind of health number, in one line.
func numbers(p data.Patient, healthNumber string) string {
	record, health := "", ""
	if p.RecordNumber != "" {
		record = lang.L("No. {{.Number}}", map[string]any{"Number": p.RecordNumber})
	}
	if p.HealthNumber != "" {
		health = words.PatientField(data.FieldHealthNumber, healthNumber) + " " + p.HealthNumber
	}
	return joined(record, health)
}

// facts are the fields with labels, those that there are.
func facts(p data.Patient) (all []fact) {
	form := p.Form()
	for _, f := range []data.Field{data.FieldEmail, data.FieldAddress, data.FieldEmergency} {
		if form[f] != "" {
			all = append(all, fact{words.PatientField(f, ""), form[f]})
		}
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

package patients

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// formView is what the form shows around what is typed.
type formView struct {
	Ready   bool
	Title   string
	Alert   string
	Errors  [data.FieldCount]string
	Read    [data.FieldCount]string // a date as it was understood
	Dated   bool                    // the state has a date
	Health  string                  // what the national health number is called
	Choices map[data.Field][]string
	Similar []hit
	Draft   string // that the form began with one
	Afresh  string // what throws it away
	Newer   string // somebody saved meanwhile
	CanSave bool
	Busy    string
	Error   string
}

func (f *form) view() formView {
	v := formView{
		Ready: f.loaded, Title: lang.L("New patient"), Alert: f.base.Alert, CanSave: f.loaded && !f.saves.IsBusy(), Error: f.message,
		Health: words.PatientField(data.FieldHealthNumber, f.details.HealthNumber), Choices: f.choices, Similar: f.similar,
		Dated: f.now[data.FieldState] != "",
	}
	if f.id != "" {
		v.Title = lang.L("Edit {{.Name}}", map[string]any{"Name": f.base.Name})
		if s, ok := f.desk.Summary(f.id); ok && !f.loaded {
			v.Title, v.Alert = lang.L("Edit {{.Name}}", map[string]any{"Name": s.Name}), s.Alert
		}
	}
	if f.counted && v.Error == "" {
		v.Error = needLook(len(f.errs))
	}
	for _, e := range f.errs {
		v.Errors[e.Field] = f.errorText(e)
	}
	v.Read[data.FieldBorn] = f.dateText(data.FieldBorn)
	v.Read[data.FieldSince] = f.dateText(data.FieldSince)
	if f.fromDraft {
		v.Draft, v.Afresh = lang.L("This was typed before and not saved yet."), lang.L("Throw it away")
		if f.instead != "" {
			v.Afresh = lang.L("Start with “{{.Name}}” instead", map[string]any{"Name": shortened(f.instead, shortName)})
		}
	}
	if f.changedBy != nil {
		v.Newer = lang.L("{{.Name}} changed this patient at {{.Clock}}. What you type stays; when you save, you see both.",
			map[string]any{"Name": f.who(*f.changedBy), "Clock": words.TimeOfDay(f.changedBy.Changed.In(f.desk.Zone()))})
	}
	if f.saves.IsBusy() {
		v.Busy = lang.L("Saving…")
	}
	return v
}

func (f *form) errorText(e *data.FieldError) string {
	switch {
	case e.Field == data.FieldName && e.Reason == data.ErrEmpty:
		return lang.L("Type a name.")
	case e.Field == data.FieldSince && e.Reason == data.ErrEndsBefore:
		return lang.L("This is before the date of birth. Look at both.")
	}
	return words.Error(e.Reason)
}

// dateText says how a date is understood, or how it can be typed.
func (f *form) dateText(field data.Field) string {
	if d, err := data.ParseDate(f.now[field], f.order, f.today()); err == nil && !f.today().Before(d) {
		if field == data.FieldBorn {
			return words.Born(d, f.today(), stateOf(f.now[data.FieldState]))
		}
		return d.String()
	}
	switch f.order {
	case data.MonthFirst:
		return lang.L("Month first, such as 3/4/1981, or Mar 4, 1981.")
	case data.YearFirst:
		return lang.L("Year first, such as 1981-03-04, or 4 Mar 1981.")
	}
	return lang.L("Day first, such as 4/3/1981, or 4 Mar 1981.")
}

func (f *form) update() { f.display.Show(f.view()) }

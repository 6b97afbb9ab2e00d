package appointments

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// view is what the pane shows.
type view struct {
	Rows   []data.AppointmentType
	Chosen int    // number of the chosen row, or -1
	Name   string // of the chosen one
	Gone   bool   // it is not offered any more

	CanEdit   bool
	CanRemove bool
	Why       string // why it can't be removed
	Good      string
	Error     string

	Ready       bool // the form is there
	Form        form
	LimitError  string
	NumberError string
	CanSave     bool
	Busy        string
	Saved       string
	Problem     string
}

func (p *presenter) view() view {
	v := view{
		Chosen: p.chosen.Row(p.list()), Good: p.Good, Error: p.Message, Ready: p.isBegun, Form: p.form,
		LimitError: p.limitError, NumberError: p.numberError, CanSave: p.canSave(), Problem: p.problem,
	}
	v.Rows = p.list()
	if t, ok := p.one(); ok {
		v.Name, v.CanEdit, v.Gone = words.KindName(t), true, t.Gone
		if v.CanRemove = p.canRemove(t); !v.CanRemove {
			v.Why = lang.L("This is the last kind, so it stays. Add another one first.")
		}
	}
	if p.saving.IsBusy() {
		v.Busy = lang.L("One moment…")
	}
	if p.isSaved {
		v.Saved = lang.L("Saved.")
	}
	return v
}

func minutesText(minutes int) string {
	return lang.L("{{.Minutes}} min", map[string]any{"Minutes": minutes})
}

func offeredText(t data.AppointmentType) string {
	if t.Gone {
		return lang.L("Not offered any more")
	}
	return ""
}

// typeText is a type in a line.
func typeText(t data.AppointmentType) string {
	text := lang.L("{{.Name}}, {{.Minutes}} min", map[string]any{"Name": words.KindName(t), "Minutes": t.Minutes})
	if t.Gone {
		return lang.L("{{.Kind}}, not offered any more", map[string]any{"Kind": text})
	}
	return text
}

// overtakenText says what somebody else saved of the form, and what to do.
func overtakenText(theirs []string) string {
	return lang.L("Somebody else saved this meanwhile – {{.Theirs}}. What you typed is still here: press Save again to put it in its place.",
		map[string]any{"Theirs": strings.Join(theirs, " · ")})
}

// formTexts are what somebody else saved of the form.
func formTexts(theirs data.Details, was form) (all []string) {
	now := newForm(theirs)
	if now.Limit != was.Limit {
		all = append(all, pane.FactText(lang.L("Red after"), minutesText(theirs.WaitLimit)))
	}
	if now.Number != was.Number {
		all = append(all, pane.FactText(lang.L("National health number is called"), theirs.HealthNumber))
	}
	return all
}

package appointments

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// kindsView is what the pane shows.
type kindsView struct {
	Rows   [][]string
	Chosen int    // number of the chosen row, or -1
	Name   string // of the chosen one
	Gone   bool   // it is not offered any more

	CanEdit   bool
	CanRemove bool
	Why       string // why it can't be removed
	Good      string
	Error     string

	Ready       bool // the form is there
	Form        deskForm
	LimitError  string
	NumberError string
	CanSave     bool
	Busy        string
	Saved       string
	Problem     string
}

func (k *kinds) view() kindsView {
	v := kindsView{
		Chosen: k.row(), Good: k.Good, Error: k.Message, Ready: k.begun, Form: k.form,
		LimitError: k.limitError, NumberError: k.numberError, CanSave: k.canSave(), Problem: k.problem,
	}
	for _, kind := range k.list() {
		v.Rows = append(v.Rows, []string{words.KindName(kind), minutesText(kind.Minutes), offeredText(kind)})
	}
	if kind, ok := k.kind(); ok {
		v.Name, v.CanEdit, v.Gone = words.KindName(kind), true, kind.Gone
		if v.CanRemove = k.canRemove(kind); !v.CanRemove {
			v.Why = lang.L("This is the last kind, so it stays. Add another one first.")
		}
	}
	if k.saving {
		v.Busy = lang.L("One moment…")
	}
	if k.saved {
		v.Saved = lang.L("Saved.")
	}
	return v
}

func minutesText(minutes int) string {
	return lang.L("{{.Minutes}} min", map[string]any{"Minutes": minutes})
}

func offeredText(kind data.AppointmentType) string {
	if kind.Gone {
		return lang.L("Not offered any more")
	}
	return ""
}

// kindFact is a kind in a line.
func kindFact(kind data.AppointmentType) string {
	text := lang.L("{{.Name}}, {{.Minutes}} min", map[string]any{"Name": words.KindName(kind), "Minutes": kind.Minutes})
	if kind.Gone {
		return lang.L("{{.Kind}}, not offered any more", map[string]any{"Kind": text})
	}
	return text
}

// formOvertakenText says what somebody else saved of the form, and what to do.
func formOvertakenText(theirs []string) string {
	return lang.L("Somebody else saved this meanwhile – {{.Theirs}}. What you typed is still here: press Save again to put it in its place.",
		map[string]any{"Theirs": strings.Join(theirs, " · ")})
}

// deskFormTexts are what somebody else saved of the form.
func deskFormTexts(theirs data.Details, was deskForm) (all []string) {
	now := newDeskForm(theirs)
	if now.Limit != was.Limit {
		all = append(all, pane.FactText(lang.L("Red after"), minutesText(theirs.WaitLimit)))
	}
	if now.Number != was.Number {
		all = append(all, pane.FactText(lang.L("National health number is called"), theirs.HealthNumber))
	}
	return all
}

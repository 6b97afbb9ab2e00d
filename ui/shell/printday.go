package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/paper"
	"anteroom/ui/widgets"
)

// keyPrintDay is how a day was printed last on this computer: the key of a dayChoice.
const keyPrintDay = "print.day"

// dayChoice is one way to print a day.
type dayChoice struct {
	key, text string
	of        func(paper.Day) paper.Day
}

// dayChoices are the ways to print a day: the one list that a front desk has, a list for each room,
// or that of one practitioner.
func dayChoices(day paper.Day) []dayChoice {
	choices := []dayChoice{
		{"everyone", lang.L("One list for everyone"), func(d paper.Day) paper.Day {
			d.Together = true
			return d
		}},
		{"each", lang.L("A list for each practitioner"), func(d paper.Day) paper.Day { return d }},
	}
	for _, of := range day.Practitioners {
		if of.ID != "" {
			text := lang.L("Only {{.Name}}", map[string]any{"Name": of.Name})
			choices = append(choices, dayChoice{"only " + of.ID, text, func(d paper.Day) paper.Day { return d.Only(of.ID) }})
		}
	}
	return choices
}

// printDay shows a day's list in the viewer. Where several practitioners are on it, it asks for whom.
func (ws *workspace) printDay(date data.Date) {
	if ws.isPrinting() {
		return
	}
	p := ws.newPrinting("")
	var day paper.Day
	p.do(func(ctx context.Context) (err error) {
		day, err = ws.readDay(ctx, date)
		return err
	}, func() {
		if len(day.Practitioners) > 1 {
			ws.askHowToPrint(date, dayChoices(day))
		} else {
			ws.printDayAs(date, func(d paper.Day) paper.Day { return d })
		}
	})
}

func (ws *workspace) readDay(ctx context.Context, date data.Date) (paper.Day, error) {
	details, err := ws.session.desk.Details(ctx)
	if err != nil {
		return paper.Day{}, err
	}
	visits, err := ws.session.desk.Day(ctx, date)
	if err != nil {
		return paper.Day{}, err
	}
	return paper.NewDay(ws.window.practice.Name(), date, ws.practiceNow(), details, visits), nil
}

// askHowToPrint asks for a choice, and begins with that of the last time.
func (ws *workspace) askHowToPrint(date data.Date, choices []dayChoice) {
	var texts []string
	for _, c := range choices {
		texts = append(texts, c.text)
	}
	preferences := ws.window.params.App.Preferences()
	last := preferences.String(keyPrintDay)
	choice := widgets.NewSelect(texts, nil)
	choice.SetSelectedIndex(max(0, slices.IndexFunc(choices, func(c dayChoice) bool { return c.key == last })))
	widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
		Title: lang.L("Print the day"), Content: widgets.NewField(lang.L("What to print"), choice).Reserve(0), FirstFocus: choice,
		Primary: lang.L("Print"), Cancel: lang.L("Cancel"),
		Unsaved: func() bool { return false },
		OnPrimary: func() {
			chosen := choices[choice.SelectedIndex()]
			preferences.SetString(keyPrintDay, chosen.key)
			ws.printDayAs(date, chosen.of)
		},
	})
}

// printDayAs prints the day as it is now, which may be another than when it was asked about.
func (ws *workspace) printDayAs(date data.Date, as func(paper.Day) paper.Day) {
	ws.print("day-"+date.ISO()+".pdf", func(ctx context.Context) (paper.Document, error) {
		day, err := ws.readDay(ctx, date)
		if err != nil {
			return paper.Document{}, err
		}
		return as(day).PDF(ctx, ws.window.params.Fonts)
	})
}

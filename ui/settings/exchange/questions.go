package exchange

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// importQuestionsView are the questions on what rows of a file have in common.
type importQuestionsView struct {
	all *exchangeWidgets

	intro     *widgets.Text
	grid      *fyne.Container
	selects   []*widgets.Select // of values
	century   *widgets.Select
	centuries *widgets.Field

	values  []valueView
	showing bool // what changes now is not the person's doing
}

func newImportQuestionsView(all *exchangeWidgets) *importQuestionsView {
	w := &importQuestionsView{all: all, grid: newGrid()}
	w.intro = widgets.Paragraph(lang.L("Only you can tell what these values mean. Choose what each becomes:"))
	w.century = widgets.NewSelect(nil, func(string) {
		if !w.showing {
			w.all.importing.chooseCentury(w.century.SelectedIndex() == 1)
		}
	})
	w.century.PlaceHolder = lang.L("Choose the year")
	w.centuries = widgets.NewField("", w.century).Reserve(0)
	return w
}

func (w *importQuestionsView) show(v importView) {
	w.showing = true
	defer func() { w.showing = false }()
	w.intro.Hidden, w.grid.Hidden = len(v.Values) == 0, len(v.Values) == 0
	if !slices.EqualFunc(w.values, v.Values, func(a, b valueView) bool { return a.Text == b.Text && slices.Equal(a.Choices, b.Choices) }) {
		w.newValues(v.Values)
	}
	w.values = v.Values
	for n, s := range w.selects {
		choose(s, v.Values[n].Choice)
		pane.Enable(s, !v.Working)
	}
	w.centuries.Hidden = v.Century == ""
	w.centuries.SetLabel(v.Century)
	if !slices.Equal(w.century.Options, v.Centuries) {
		w.century.SetOptions(v.Centuries)
	}
	choose(w.century, v.CenturyIs)
	pane.Enable(w.century, !v.Working)
}

func (w *importQuestionsView) newValues(values []valueView) {
	w.grid.RemoveAll()
	w.selects = nil
	for n, value := range values {
		s := widgets.NewSelect(value.Choices, nil)
		s.Spoken = value.Text
		s.OnChanged = func(string) {
			if !w.showing {
				w.all.importing.chooseAnswer(n, s.SelectedIndex())
			}
		}
		w.selects = append(w.selects, s)
		w.grid.Add(widgets.NewColumn(widgets.Label(value.Text), s))
	}
}

// choose chooses one of the choices; -1 is none.
func choose(s *widgets.Select, choice int) {
	if choice < 0 {
		s.ClearSelected()
	} else if s.SelectedIndex() != choice {
		s.SetSelectedIndex(choice)
	}
}

package exchange

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// questionsForm are the questions on what rows of a file have in common.
type questionsForm struct {
	all *panel

	intro     *widgets.Text
	grid      *fyne.Container
	selects   []*widgets.Select // of values
	century   *widgets.Select
	centuries *widgets.Field

	questions *screen.View[[]question]
}

func newQuestionsForm(all *panel) *questionsForm {
	w := &questionsForm{all: all, grid: newGrid()}
	w.intro = widgets.Paragraph(lang.L("Only you can tell what these values mean. Choose what each becomes:"))
	w.questions = screen.NewView(w.newQuestions)
	w.century = widgets.NewSelect(nil, screen.Edited(all.view, func(string) { all.importer.chooseCentury(w.century.SelectedIndex() == 1) }))
	w.century.PlaceHolder = lang.L("Choose the year")
	w.centuries = widgets.NewField("", w.century).Reserve(0)
	return w
}

func (w *questionsForm) show(v view) {
	w.intro.Hidden, w.grid.Hidden = len(v.Values) == 0, len(v.Values) == 0
	questions := make([]question, len(v.Values))
	for n, value := range v.Values {
		questions[n] = value.question
	}
	w.questions.Show(questions)
	for n, s := range w.selects {
		choose(s, v.Values[n].Choice)
		widgets.SetEnabled(s, !v.Working)
	}
	w.centuries.Hidden = v.Century == ""
	w.centuries.SetLabel(v.Century)
	if !slices.Equal(w.century.Options, v.Centuries) {
		w.century.SetOptions(v.Centuries)
	}
	choose(w.century, v.CenturyIs)
	widgets.SetEnabled(w.century, !v.Working)
}

func (w *questionsForm) newQuestions(questions []question) {
	w.grid.RemoveAll()
	w.selects = nil
	for n, q := range questions {
		s := widgets.NewSelect(q.Choices, nil)
		s.Spoken = q.Text
		s.OnChanged = screen.Edited(w.all.view, func(string) { w.all.importer.chooseAnswer(n, s.SelectedIndex()) })
		w.selects = append(w.selects, s)
		w.grid.Add(widgets.NewColumn(widgets.Label(q.Text), s))
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

package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// OpeningParams are what the page "Opening…" needs.
type OpeningParams struct {
	Host
	What string                      // "": the practice is being opened
	Open func(context.Context) error // slow: off the UI goroutine; nil: nothing begins yet
	Done func(error)
}

// OpeningScreen stands there while the practice is being opened.
type OpeningScreen struct {
	page
	task   task
	footer *footer
}

// NewOpening makes the page and, where there is something to open, begins.
func NewOpening(p OpeningParams) *OpeningScreen {
	s := &OpeningScreen{}
	s.task = newTask(p.Host, s.refresh)
	s.footer = newFooter("", nil, nil, s.task.cancel)
	what := p.What
	if what == "" {
		what = lang.L("Opening…")
	}
	card := widgets.NewCard(logo(), widgets.NewGap(), widgets.Quiet(what).Centered(), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEscape: s.task.cancel})
	if p.Open != nil {
		s.task.start(p.Open, p.Done)
	}
	return s
}

// refresh shows how long it has been: "Opening…" says enough until it stalls.
func (s *OpeningScreen) refresh() {
	if s.task.waiting != lasting {
		s.footer.show(s.task.waiting, true)
	}
}

// Close stops what moves.
func (s *OpeningScreen) Close() { s.footer.show(idle, true) }

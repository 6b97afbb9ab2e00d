package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// OpeningParams are what the page "Opening…" needs.
type OpeningParams struct {
	Host
	What string                      // what can't be called off half-way; "": the practice is being opened
	Open func(context.Context) error // slow: off the UI goroutine; nil: nothing begins yet
	Done func(error)
}

// OpeningScreen stands there while the practice is being opened.
type OpeningScreen struct {
	page
	whole  bool // it can't be called off
	task   task
	footer *footer
}

// NewOpening makes the page and, where there is something to open, begins.
func NewOpening(p OpeningParams) *OpeningScreen {
	s := &OpeningScreen{whole: p.What != ""}
	s.task = newTask(p.Host, s.refresh)
	s.footer = newFooter("", nil, nil, s.cancel)
	what := p.What
	if what == "" {
		what = lang.L("Opening…")
	}
	card := widgets.NewCard(logo(), widgets.NewGap(), widgets.Quiet(what).Centered(), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEscape: s.cancel})
	if p.Open != nil {
		s.task.start(p.Open, p.Done)
	}
	return s
}

func (s *OpeningScreen) cancel() {
	if !s.whole {
		s.task.cancel()
	}
}

// refresh shows how long it has been: "Opening…" says enough until it stalls.
func (s *OpeningScreen) refresh() {
	if s.task.waiting != lasting && !s.whole {
		s.footer.show(s.task.waiting, true)
	}
}

// Close stops what moves.
func (s *OpeningScreen) Close() { s.footer.show(idle, true) }

package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// OpeningParams are what the page "Opening…" needs.
type OpeningParams struct {
	screen.Scope
	Window fyne.Window
	What   string                      // what can't be called off half-way; "": the practice is being opened
	Open   func(context.Context) error // slow: off the UI goroutine; nil: nothing begins yet
	Done   func(error)
}

// OpeningScreen stands there while the practice is being opened.
type OpeningScreen struct {
	screen.Page
	whole  bool // it can't be called off
	task   *screen.Task
	footer *screen.Footer
}

// NewOpening makes the page and, where there is something to open, begins.
func NewOpening(p OpeningParams) *OpeningScreen {
	s := &OpeningScreen{whole: p.What != ""}
	s.task = screen.NewTask(p.Scope, s.refresh)
	s.footer = screen.NewFooter("", nil, nil, s.cancel)
	what := p.What
	if what == "" {
		what = lang.L("Opening…")
	}
	card := widgets.NewCard(logo(), widgets.NewGap(), widgets.Quiet(what).Centered(), s.footer.Line)
	s.Page = screen.NewPage(p.Window, help.Opening, widgets.Centered(card), widgets.PageOptions{OnEscape: s.cancel})
	if p.Open != nil {
		s.task.Start(p.Open, p.Done)
	}
	return s
}

func (s *OpeningScreen) cancel() {
	if !s.whole {
		s.task.Cancel()
	}
}

// refresh shows how long it has been: "Opening…" says enough until it stalls.
func (s *OpeningScreen) refresh() {
	if stage := s.task.Stage(); stage != screen.Lasting && stage != screen.Long && !s.whole {
		s.footer.Show(s.task.Stage(), true)
	}
}

// Close stops what moves.
func (s *OpeningScreen) Close() { s.footer.Show(screen.Idle, true) }

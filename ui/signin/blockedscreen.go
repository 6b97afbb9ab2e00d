package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// BlockedParams are what the page for a practice that can't be opened needs.
type BlockedParams struct {
	Host
	Err     error
	DataDir string
	OnRetry func()
	OnQuit  func()
}

// BlockedScreen says why the practice can't be opened, and what to do.
type BlockedScreen struct {
	page
	retry *widgets.Button
}

// blockedWidth suits more words than fields.
const blockedWidth = 560

// NewBlocked makes the page.
func NewBlocked(p BlockedParams) *BlockedScreen {
	v := explain(p.Err)
	objects := []fyne.CanvasObject{
		widgets.Heading(v.Heading),
		widgets.Paragraph(v.Happened),
	}
	if v.ToDo != "" {
		objects = append(objects, widgets.Paragraph(v.ToDo))
	}
	if v.Folder {
		objects = append(objects, widgets.NewGap(), widgets.Label(lang.L("Data folder")), widgets.Quiet(p.DataDir))
	}
	s := &BlockedScreen{retry: widgets.NewPrimaryButton(lang.L("Try again"), p.OnRetry)}
	objects = append(objects, widgets.NewGap(), widgets.NewFooter(nil, widgets.NewButton(lang.L("Quit"), p.OnQuit), s.retry))
	card := widgets.NewCard(objects...)
	card.Width = blockedWidth
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: p.OnRetry})
	return s
}

// Focus is on "Try again".
func (s *BlockedScreen) Focus() {
	s.page.Focus()
	s.focus(s.retry)
}

// Close does nothing: there is nothing to wipe.
func (s *BlockedScreen) Close() {}

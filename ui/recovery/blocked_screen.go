package recovery

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data/sharing"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// BlockedParams are what the page for a practice that can't be opened needs. A
// remedy that is nil is not offered.
type BlockedParams struct {
	screen.Scope
	Window  fyne.Window
	Err     error
	DataDir string
	Where   sharing.Where // the practice's data lies
	OnRetry func()
	OnQuit  func()

	OnKit, OnLinkingCode, OnRestore, OnAddress, OnForget func()
}

// BlockedScreen says why the practice can't be opened, and what to do.
type BlockedScreen struct {
	screen.Page
	buttons map[remedy]*widgets.Button
	primary *widgets.Button
}

// NewBlocked makes the page.
func NewBlocked(p BlockedParams) *BlockedScreen {
	v := explainAt(p.Err, p.Where)
	s := &BlockedScreen{buttons: map[remedy]*widgets.Button{}}
	s.addRemedies(p, v)
	objects := []fyne.CanvasObject{
		headingWithName(v.Heading),
	}
	for _, text := range []string{v.Happened, v.ToDo, v.OrElse} {
		if text != "" {
			objects = append(objects, widgets.Paragraph(text))
		}
	}
	if v.Folder {
		objects = append(objects, widgets.NewGap(), widgets.Label(lang.L("Data folder")), widgets.Quiet(p.DataDir))
	}
	objects = append(objects, widgets.NewGap())
	if others := s.others(); len(others.Objects) > 0 {
		objects = append(objects, others, widgets.NewGap())
	}
	card := widgets.NewCard(objects...).Footed(s.footer(p.OnQuit))
	card.Width = screen.WideCard
	s.Page = screen.NewPage(p.Window, help.Blocked, widgets.Centered(card), widgets.PageOptions{OnEnter: func() { s.primary.Tapped(nil) }})
	return s
}

// longHeading is from where on a heading in large letters would push the buttons down too far.
const longHeading = 90

// headingWithName is a heading that has a practice's name in it, which may be long.
func headingWithName(text string) *widgets.Text {
	if utf8.RuneCountInString(text) > longHeading {
		return widgets.Subheading(text)
	}
	return widgets.Heading(text)
}

// addRemedies makes a button for each remedy that helps; the best is the primary one.
func (s *BlockedScreen) addRemedies(p BlockedParams, v blockedView) {
	best := v.Best
	if p.actionOf(best) == nil || !v.offers(best) {
		best = remedyRetry
	}
	for r, text := range map[remedy]string{
		remedyRetry:       lang.L("Try again"),
		remedyKit:         lang.L("Use the recovery kit"),
		remedyLinkingCode: lang.L("Use a linking code"),
		remedyRestore:     lang.L("Restore a backup…"),
		remedyAddress:     lang.L("Change address…"),
		remedyForget:      lang.L("Forget this practice…"),
	} {
		do := p.actionOf(r)
		switch {
		case r == best:
			s.primary = widgets.NewPrimaryButton(text, do)
			s.buttons[r] = s.primary
		case do != nil && v.offers(r):
			s.buttons[r] = widgets.NewButton(text, do)
		}
	}
}

// actionOf is what a remedy does; nil: it is not offered here.
func (p BlockedParams) actionOf(r remedy) func() {
	switch r {
	case remedyKit:
		return p.OnKit
	case remedyLinkingCode:
		return p.OnLinkingCode
	case remedyRestore:
		return p.OnRestore
	case remedyAddress:
		return p.OnAddress
	case remedyForget:
		return p.OnForget
	}
	return p.OnRetry
}

// others are the buttons of the remedies that are neither the best nor trying again.
func (s *BlockedScreen) others() *fyne.Container {
	row := widgets.NewFlow()
	for _, r := range []remedy{remedyAddress, remedyKit, remedyLinkingCode, remedyRestore, remedyForget} {
		if b := s.buttons[r]; b != nil && b != s.primary {
			row.Add(b)
		}
	}
	return row
}

func (s *BlockedScreen) footer(quit func()) fyne.CanvasObject {
	left := container.NewHBox(widgets.NewButton(lang.L("Quit"), quit))
	if retry := s.buttons[remedyRetry]; retry != nil && retry != s.primary {
		left.Add(retry)
	}
	return widgets.NewFooter(left, s.primary)
}

// Focus is on what helps most.
func (s *BlockedScreen) Focus() {
	s.Page.Focus()
	s.FocusOn(s.primary)
}

// Close does nothing: there is nothing to wipe.
func (s *BlockedScreen) Close() {}

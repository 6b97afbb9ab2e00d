package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// RescueParams are what the page after the recovery kit needs.
type RescueParams struct {
	Host
	Report    auth.Report
	Open      func(ctx context.Context, anyHistory bool) error // slow: off the UI goroutine
	Done      func(admin bool)                                 // opened; admin: for one who can't sign in
	OnRestore func()                                           // nil: it is done at another computer, which is the server
	OnBack    func()
}

// RescueScreen says what the recovery kit found, and offers the ways on.
type RescueScreen struct {
	page
	presenter *rescue
	card      *widgets.Card
	word      *widgets.Entry // nil: none is asked for
	links     []*widgets.Button
	first     *widgets.Button // has the focus where no word is asked for
	footer    *footer
}

// NewRescue makes the page.
func NewRescue(p RescueParams) *RescueScreen {
	s := &RescueScreen{presenter: newRescue(p)}
	text := s.presenter.text
	newPrimary := widgets.NewPrimaryButton
	if text.Danger {
		newPrimary = widgets.NewDangerButton
	}
	back := widgets.NewButton(lang.L("Back"), s.presenter.back)
	var primary *widgets.Button
	s.first = back
	if text.Primary != "" {
		primary = newPrimary(text.Primary, s.presenter.submit)
		s.first = primary
	}
	s.footer = newMessageFooter(lang.L("Opening…"), back, primary, s.presenter.cancel)
	objects := append(s.told(text), s.asked(text)...)
	s.card = widgets.NewCard(objects...).Footed(s.footer.line)
	s.card.Width = blockedWidth
	s.page = newPage(p.Host, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.enter, OnEscape: s.presenter.back})
	s.presenter.begin(s)
	return s
}

// told is what the kit found.
func (s *RescueScreen) told(text rescueText) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{widgets.Heading(text.Heading)}
	if text.Data != "" {
		objects = append(objects, widgets.Quiet(text.Data))
	}
	objects = append(objects, widgets.NewGap())
	if text.History != "" {
		objects = append(objects, widgets.NewNotice(widgets.Warning, text.History))
	}
	for _, finding := range text.Findings {
		objects = append(objects, widgets.NewNotice(widgets.Warning, finding))
	}
	if text.History == "" && len(text.Findings) == 0 {
		objects = append(objects, widgets.NewNotice(widgets.Good, lang.L("All of the practice's data was looked at, and nothing is wrong with it.")))
	}
	if text.Next != "" {
		objects = append(objects, widgets.NewGap(), widgets.Paragraph(text.Next))
	}
	return objects
}

// asked are the word to type and what else can be done.
func (s *RescueScreen) asked(text rescueText) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{widgets.NewGap()}
	if text.Word != "" {
		s.word = widgets.NewEntry()
		s.word.OnChanged = s.presenter.confirm
		label := lang.L("Type {{.Word}} to go on with this data", map[string]any{"Word": text.Word})
		objects = append(objects, widgets.NewField(label, s.word).Reserve(0))
	}
	if text.Opens {
		s.links = append(s.links,
			widgets.NewLink(lang.L("A Practice Admin can't sign in…"), s.presenter.admin))
	}
	if text.Opens && s.presenter.restore != nil {
		s.links = append(s.links, widgets.NewLink(lang.L("Restore a backup…"), s.presenter.goRestore))
	}
	for _, link := range s.links {
		objects = append(objects, link)
	}
	return objects
}

// Focus is on the word to type, or on the button that goes on.
func (s *RescueScreen) Focus() {
	s.page.Focus()
	if s.word == nil {
		s.focus(s.first)
	}
	s.card.ScrollToTop() // what was found is read first
}

// Close stops what moves.
func (s *RescueScreen) Close() { s.footer.show(idle, false) }

func (s *RescueScreen) enter() {
	if s.presenter.view().CanSubmit {
		s.presenter.submit()
	}
}

func (s *RescueScreen) show(v rescueView) {
	s.footer.showMessage(v.Error, v.Waiting, v.CanSubmit)
	if len(s.links) > 0 {
		setEnabled(s.links[0], v.CanSubmit)
	}
	if len(s.links) > 1 {
		setEnabled(s.links[1], v.Waiting == idle)
	}
}

func setEnabled(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
	} else {
		o.Disable()
	}
}

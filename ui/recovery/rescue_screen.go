package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// RescueParams are what the page after the recovery kit needs.
type RescueParams struct {
	screen.Scope
	Window    fyne.Window
	Report    auth.Report
	Open      func(ctx context.Context, anyHistory bool) error // slow: off the UI goroutine
	Done      func(admin bool)                                 // opened; admin: for one who can't sign in
	OnRestore func()                                           // nil: it is done at another computer, which is the server
	OnBack    func()
}

// RescueScreen says what the recovery kit found, and offers the ways on.
type RescueScreen struct {
	screen.Page
	presenter *rescue
	card      *widgets.Card
	word      *widgets.Entry // nil: none is asked for
	links     []*widgets.Button
	first     *widgets.Button // has the focus where no word is asked for
	footer    *screen.Footer
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
	s.footer = screen.NewMessageFooter(lang.L("Opening…"), back, primary, s.presenter.task.Cancel)
	objects := append(s.told(text), s.asked(text)...)
	s.card = widgets.NewCard(objects...).Footed(s.footer.Line)
	s.card.Width = screen.WideCard
	s.Page = screen.NewPage(p.Window, help.Rescue, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.enter, OnEscape: s.presenter.back})
	s.presenter.begin(screen.NewView(s.show))
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
	if text.Opens && s.presenter.params.OnRestore != nil {
		s.links = append(s.links, widgets.NewLink(lang.L("Restore a backup…"), s.presenter.goRestore))
	}
	for _, link := range s.links {
		objects = append(objects, link)
	}
	return objects
}

// Focus is on the word to type, or on the button that goes on.
func (s *RescueScreen) Focus() {
	s.Page.Focus()
	if s.word == nil {
		s.FocusOn(s.first)
	}
	s.card.ScrollToTop() // what was found is read first
}

// IsBusy says that the practice is being opened.
func (s *RescueScreen) IsBusy() bool { return s.presenter.task.IsBusy() }

// Close stops what moves.
func (s *RescueScreen) Close() { s.footer.Show(screen.Idle, false) }

func (s *RescueScreen) enter() {
	if s.presenter.view().CanSubmit {
		s.presenter.submit()
	}
}

func (s *RescueScreen) show(v rescueView) {
	s.footer.ShowMessage(v.Error, v.Stage, v.CanSubmit)
	if len(s.links) > 0 {
		widgets.SetEnabled(s.links[0], v.CanSubmit)
	}
	if len(s.links) > 1 {
		widgets.SetEnabled(s.links[1], v.Stage == screen.Idle)
	}
}

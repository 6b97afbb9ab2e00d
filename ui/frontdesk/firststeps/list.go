package firststeps

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// mostHeight is how high the card is at most. The larger the text, the less that is: it scrolls, to leave room for who is
// waiting.
func mostHeight() float32 { return 420 - layouts.Scaled(100) }

// Params are what the list needs.
type Params struct {
	screen.Scope
	Session *auth.Session
	Desk    *desk.Desk

	OnStep func(Step) // to where it is taken
	OnGone func()     // all is done, or somebody wants it no more: it is not to come back
	OnSize func()     // it needs another room
}

// List is the steps on a card.
type List struct {
	params    Params
	presenter *presenter
	content   *fyne.Container
	count     *widgets.Text
	rows      []listRow
}

// listRow is a step: a link while it is open, a tick once it is done.
type listRow struct {
	open *widgets.Button
	done *widgets.Notice
}

// asHighAsLinks keeps the lines where they are when a link becomes a tick.
var asHighAsLinks = layouts.Inset{Top: halfPad, Bottom: halfPad}

func halfPad() float32 { return theme.InnerPadding() / 2 }

// New makes the list, which shows nothing before Begin.
func New(p Params) *List {
	l := &List{params: p, count: widgets.Quiet("")}
	hide := widgets.NewLink(lang.L("Hide"), func() { l.presenter.hide() })
	lines := container.New(layouts.Column{})
	for step, name := range steps() {
		r := listRow{open: widgets.NewLink(name, func() { p.OnStep(Step(step)) }), done: widgets.NewNotice(widgets.Good, "")}
		r.open.Sign = theme.DefaultTheme().Icon(theme.IconNameRadioButton)
		r.open.Spoken = lang.L("{{.Step}}: to do", map[string]any{"Step": name})
		l.rows = append(l.rows, r)
		lines.Objects = append(lines.Objects, container.NewStack(r.open, container.New(asHighAsLinks, r.done)))
	}
	card := widgets.NewCard(widgets.Subheading(lang.L("First steps")), l.count, lines).Footed(hide)
	room := layouts.Exactly(func() float32 { return min(card.MinSize().Height, mostHeight()) })
	l.content = container.New(layouts.MinSize{Height: room}, card)
	l.content.Hide()
	l.presenter = newPresenter(p, screen.NewView(l.show))
	return l
}

// Content is the card. It is hidden while there is nothing to do.
func (l *List) Content() fyne.CanvasObject { return l.content }

// SetAdmin says whether who is signed in is a Practice Admin: the list is for nobody else.
func (l *List) SetAdmin(admin bool) {
	if admin {
		l.presenter.begin()
	} else {
		l.presenter.end()
	}
}

func (l *List) show(v view) {
	l.count.SetText(v.Count)
	for i, r := range v.Rows {
		widgets.SetVisible(l.rows[i].open, !r.IsDone)
		widgets.SetVisible(l.rows[i].done, r.IsDone)
		l.rows[i].done.SetText(lang.L("{{.Step}}: done", map[string]any{"Step": r.Name}))
	}
	widgets.SetVisible(l.content, len(v.Rows) > 0)
	layouts.Refresh(l.content)
	l.params.OnSize()
}

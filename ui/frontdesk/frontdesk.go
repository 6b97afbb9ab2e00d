// Package frontdesk is the page after the door: who is signed in, and what is
// new.
package frontdesk

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/resources"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

const (
	cardWidth = 560 // for text at 100 %
	barMargin = 24

	longestName = 170 // in a button, for text at 100 %
)

// Params are what the front desk needs.
type Params struct {
	Session Session
	Runner  work.Runner
	Ctx     context.Context // ends when the screen is left
	Window  fyne.Window

	OnSignOut  func()
	OnSettings func()                        // for Practice Admins only
	OnEnded    func(error)                   // the session is over
	OnKit      func()                        // to the recovery kit that is still to be made
	OnAccount  func()                        // to My account
	OnHelp     func(user string, reset bool) // to a one-time code for somebody, or to a reset

	BackupProblem func() error // why today's backup could not be made; nil: all is well
	ForThisRun    bool         // the kit opened the practice, for this run only
}

// Screen is the front desk.
type Screen struct {
	window fyne.Window
	desk   *desk
	page   *widgets.Page

	practice *widget.Label
	settings *widgets.Button
	signOut  *widgets.Button

	card    *widgets.Card
	run     *widgets.Notice // that the practice is open for this run only
	kit     *fyne.Container // that there is no recovery kit yet
	backup  *widgets.Notice // why today's backup could not be made
	account *widgets.Button // to My account, with the person's name
	codes   *fyne.Container // that new recovery codes are due
	left    *widgets.Notice // how many there are
	help    [maxHelp]*helpRow
	more    *widgets.Notice // that more people wait for help
	date    *widgets.Text
	who     *widgets.Text
	news    *fyne.Container
	lines   *widgets.Text
	saw     *widgets.Button
	problem *widgets.Notice
}

// New makes the front desk and begins to read what it shows.
func New(p Params) *Screen {
	s := &Screen{window: p.Window}
	s.desk = &desk{ctx: p.Ctx, session: p.Session, runner: p.Runner, show: s.show, ended: p.OnEnded,
		backupProblem: p.BackupProblem, forThisRun: p.ForThisRun}

	s.settings = widgets.NewButton(lang.L("Settings"), p.OnSettings)
	s.settings.Hide()
	s.account = widgets.NewButton("", p.OnAccount)
	s.signOut = widgets.NewButton(lang.L("Sign out"), p.OnSignOut)
	s.date, s.who = widgets.Heading(""), widgets.Paragraph("")
	s.lines = widgets.Paragraph("")
	s.saw = widgets.NewPrimaryButton(lang.L("Got it"), s.desk.sawNews)
	s.news = widgets.NewColumn(
		widgets.NewGap(), widget.NewSeparator(), widgets.NewGap(),
		widgets.Subheading(lang.L("News")), s.lines, widgets.NewFooter(nil, s.saw),
	)
	s.news.Hide()
	s.problem = hidden(widgets.NewNotice(widgets.Error, ""))

	s.run = hidden(widgets.NewNotice(widgets.Info, ""))
	s.backup = hidden(widgets.NewNotice(widgets.Warning, ""))
	s.kit = widgets.NewColumn(
		widgets.NewNotice(widgets.Warning, lang.L("There is no recovery kit yet. Without it, a lost or broken computer is lost data. Make it today.")),
		widgets.NewFooter(nil, widgets.NewButton(lang.L("Make the recovery kit"), p.OnKit)),
	)
	s.kit.Hide()

	s.left = widgets.NewNotice(widgets.Warning, "")
	s.codes = widgets.NewColumn(s.left, widgets.NewFooter(nil, widgets.NewButton(lang.L("Recovery codes…"), p.OnAccount)))
	s.codes.Hide()
	s.more = hidden(widgets.NewNotice(widgets.Warning, ""))
	objects := []fyne.CanvasObject{s.date, s.who, s.problem, s.run}
	for i := range s.help {
		s.help[i] = newHelpRow(p.OnHelp, s.desk.dismiss)
		objects = append(objects, s.help[i].content)
	}
	s.card = widgets.NewCard(append(objects, s.more, s.codes, s.kit, s.backup, s.news)...)
	s.card.Width = cardWidth
	bar := s.topBar()
	content := container.New(layout.NewBorderLayout(bar, nil, nil, nil), bar, widgets.Centered(s.card)) // in the order of Tab
	s.page = widgets.NewPage(content, widgets.PageOptions{})
	s.desk.begin()
	return s
}

// topBar has the practice on the left and the ways on at the right.
func (s *Screen) topBar() fyne.CanvasObject {
	logo := canvas.NewImageFromResource(resources.Logo)
	logo.FillMode = canvas.ImageFillContain
	logo.SetMinSize(fyne.NewSquareSize(theme.IconInlineSize() * 1.4))
	s.practice = widget.NewLabel("")
	s.practice.TextStyle.Bold = true
	s.practice.Truncation = fyne.TextTruncateEllipsis
	line := container.NewBorder(nil, nil, logo, container.NewHBox(s.settings, s.account, s.signOut), s.practice)
	return container.NewVBox(
		container.New(layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), barMargin, barMargin), line),
		widget.NewSeparator(),
	)
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Focus leaves the focus with nothing: a second Enter at the sign-in must not
// press "Sign out". The first Tab goes to the first button.
func (s *Screen) Focus() { s.window.Canvas().Unfocus() }

func (s *Screen) show(v view) {
	s.practice.SetText(v.Practice)
	s.date.SetText(v.Date)
	s.who.SetText(v.Who)
	s.lines.SetText(v.News)
	s.problem.SetText(v.Error)
	showIf(s.settings, v.Admin)
	showIf(s.news, v.News != "")
	showIf(s.problem, v.Error != "")
	s.run.SetText(v.Run)
	showIf(s.run, v.Run != "")
	s.backup.SetText(v.Backup)
	showIf(s.backup, v.Backup != "")
	showIf(s.kit, v.KitMissing)
	s.account.SetText(shortened(v.Account))
	kind := widgets.Info
	if v.FewCodes {
		kind = widgets.Warning
	}
	s.left.Set(kind, v.Recovery)
	showIf(s.codes, v.Recovery != "")
	for i, row := range s.help {
		row.show(v.Help[i], s.window.Canvas())
	}
	s.more.SetText(v.MoreHelp)
	showIf(s.more, v.MoreHelp != "")
	if v.CanSee {
		s.saw.Enable()
	} else {
		s.saw.Disable()
	}
	for _, o := range []fyne.CanvasObject{s.news, s.card, s.page} {
		o.Refresh() // what is shown now needs another room
	}
}

func hidden(n *widgets.Notice) *widgets.Notice {
	n.Hide()
	return n
}

func showIf(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// shortened is a name as long as the button may be beside the others.
func shortened(name string) string {
	const ellipsis = "…"
	longest := float32(longestName) * theme.TextSize() / 14
	for letters, cut := []rune(name), name; ; cut = string(letters) + ellipsis {
		if fyne.MeasureText(cut, theme.TextSize(), fyne.TextStyle{Bold: true}).Width <= longest || len(letters) == 0 {
			return cut
		}
		letters = letters[:len(letters)-1]
	}
}

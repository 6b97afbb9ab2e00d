package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// strip is what has to be said above every page, with what can be done about it.
// It takes no room while there is nothing.
type strip struct {
	window  fyne.Window
	content *fyne.Container
	scroll  *container.Scroll
	column  *fyne.Container

	problem    *widgets.Notice
	run        *widgets.Notice // that the practice is open for this run only
	draft      *draftRow
	help       [maxHelp]*helpRow
	more       *widgets.Notice // that more people wait for help
	codes      *fyne.Container // that new recovery codes are due
	left       *widgets.Notice // how many there are
	kit        *fyne.Container // that there is no recovery kit yet
	backup     *widgets.Notice // why today's backup could not be made
	clock      *widgets.Notice // that this computer's clock is not the practice's
	news       *fyne.Container
	lines      *widgets.Text
	seenButton *widgets.Button
}

func newStrip(p Params, d *notices, resume func(string)) *strip {
	s := &strip{window: p.Window}
	s.problem = hidden(widgets.NewNotice(widgets.Error, ""))
	s.run = hidden(widgets.NewNotice(widgets.Info, ""))
	s.draft = newDraftRow(resume, d.throwAway)
	s.more = hidden(widgets.NewNotice(widgets.Warning, ""))
	s.left = widgets.NewNotice(widgets.Warning, "")
	s.codes = beside(s.left, widgets.NewButton(lang.L("Recovery codes…"), p.OnAccount))
	s.kit = beside(
		widgets.NewNotice(widgets.Warning, lang.L("There is no recovery kit yet. Without it, a lost or broken computer is lost data. Make it today.")),
		widgets.NewButton(lang.L("Make the recovery kit"), p.OnKit),
	)
	s.clock = hidden(widgets.NewNotice(widgets.Info, ""))
	s.backup = hidden(widgets.NewNotice(widgets.Warning, ""))
	s.lines = widgets.Paragraph("")
	s.seenButton = widgets.NewButton(lang.L("Got it"), d.markNewsSeen)
	s.news = beside(widgets.NewColumn(widgets.Label(lang.L("News")), s.lines), s.seenButton)

	objects := []fyne.CanvasObject{s.problem, s.run, s.clock, s.draft.content}
	for i := range s.help {
		s.help[i] = newHelpRow(p.OnHelp, d.dismiss)
		objects = append(objects, s.help[i].content)
	}
	s.column = widgets.NewColumn(append(objects, s.more, s.codes, s.kit, s.backup, s.news)...)
	s.scroll = container.NewVScroll(container.New(barPadding(), s.column))
	s.content = container.NewBorder(nil, widget.NewSeparator(), nil, nil, s.scroll)
	s.content.Hide()
	return s
}

// height is that of all that is said.
func (s *strip) height() float32 {
	if !s.content.Visible() {
		return 0
	}
	return s.scroll.Content.MinSize().Height + theme.Padding() + 1 // of the line below
}

func (s *strip) show(v view) {
	setText(s.problem, v.Error)
	setText(s.run, v.Run)
	s.draft.show(v)
	for i, row := range s.help {
		row.show(v.Help[i], s.window.Canvas())
	}
	setText(s.more, v.MoreHelp)
	kind := widgets.Info
	if v.FewCodes {
		kind = widgets.Warning
	}
	s.left.Set(kind, v.Recovery)
	widgets.SetVisible(s.codes, v.Recovery != "")
	widgets.SetVisible(s.kit, v.KitMissing)
	setText(s.backup, v.Backup)
	setText(s.clock, v.OtherClock)
	s.lines.SetText(v.News)
	widgets.SetVisible(s.news, v.News != "")
	if v.CanSee {
		s.seenButton.Enable()
	} else {
		s.seenButton.Disable()
	}
	any := false
	for _, o := range s.column.Objects {
		any = any || o.Visible()
	}
	widgets.SetVisible(s.content, any)
	layouts.Refresh(s.content) // what is shown now needs another room
}

// setText shows a notice where there is something to say.
func setText(n *widgets.Notice, text string) {
	n.SetText(text)
	widgets.SetVisible(n, text != "")
}

func hidden(n *widgets.Notice) *widgets.Notice {
	n.Hide()
	return n
}

// draftRow says that something was typed and not saved, and leads to it.
type draftRow struct {
	content *fyne.Container
	text    *widgets.Notice
	form    string
}

func newDraftRow(resume, throwAway func(form string)) *draftRow {
	r := &draftRow{text: widgets.NewNotice(widgets.Info, "")}
	r.content = beside(r.text,
		widgets.NewButton(lang.L("Go on"), func() { resume(r.form) }),
		widgets.NewButton(lang.L("Throw away"), func() { throwAway(r.form) }),
	)
	return r
}

func (r *draftRow) show(v view) {
	r.form = v.DraftForm
	r.text.SetText(v.Draft)
	widgets.SetVisible(r.content, v.Draft != "")
	r.content.Refresh()
}

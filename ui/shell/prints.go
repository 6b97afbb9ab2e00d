package shell

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/paper"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// printSlip shows a patient's next appointments in the system's viewer, to be
// printed there.
func (ws *workspace) printSlip(who data.Patient, next []data.Visit) {
	if ws.isPrinting() {
		return
	}
	ws.print("appointments.pdf", func(ctx context.Context) (paper.Document, error) {
		details, err := ws.session.desk.Details(ctx)
		if err != nil {
			return paper.Document{}, err
		}
		w := ws.window
		return paper.NewSlip(w.practice.Name(), who.Summary(), ws.practiceNow(), details, next).PDF(ctx, w.params.Fonts)
	})
}

// practiceNow is the time in the practice's zone.
func (ws *workspace) practiceNow() time.Time {
	return ws.window.runner.Now().In(ws.session.desk.Zone())
}

// printing is a page on its way to the viewer.
type printing struct {
	ws    *workspace
	name  string // of its file
	task  *screen.Task
	going *widgets.Dialog // says that it goes on; nil: it does not last
	page  paper.Document
}

// isPrinting says that a page is being made: who presses twice gets one.
func (ws *workspace) isPrinting() bool { return ws.printing != nil && ws.printing.task.IsBusy() }

// newPrinting is one that has not begun.
func (ws *workspace) newPrinting(name string) *printing {
	p := &printing{ws: ws, name: name}
	ws.printing = p
	p.task = screen.NewTask(screen.Scope{Ctx: ws.session.ctx, Runner: ws.window.runner}, p.showStage)
	return p
}

// print makes a page and has the viewer show it. What can't be printed of it is said before.
func (ws *workspace) print(name string, draw func(context.Context) (paper.Document, error)) {
	p := ws.newPrinting(name)
	p.do(func(ctx context.Context) (err error) {
		p.page, err = draw(ctx)
		return err
	}, func() {
		if len(p.page.Missing) > 0 {
			p.askMissing()
		} else {
			p.show()
		}
	})
}

// do runs slow, and then done unless it failed, which is said, was called off, or nobody is there
// any more.
func (p *printing) do(slow func(context.Context) error, done func()) {
	p.task.Run(slow, func(err error, isLeft bool) {
		if p.going != nil {
			p.going.Close()
			p.going = nil
		}
		switch {
		case isLeft, !p.ws.session.locked.IsZero(), errors.Is(err, context.Canceled):
		case err != nil:
			p.fail(err)
		default:
			done()
		}
	})
}

// showStage says that it lasts, with a way to call it off: fonts may lie on a slow disk, the day on a
// slow server.
func (p *printing) showStage() {
	if p.task.Stage() < screen.Lasting || p.going != nil || !p.ws.session.locked.IsZero() {
		return
	}
	p.going = widgets.ShowDialog(p.ws.proxy, widgets.DialogOptions{
		Title: lang.L("Print"), Content: widgets.Paragraph(lang.L("The page opens in the viewer once it is made.")),
		Cancel: lang.L("Cancel"), OnCancel: p.task.Cancel,
	})
	p.going.SetBusy(lang.L("Making the page…"))
}

// show has the viewer show the page. Where there is none the page can be saved.
func (p *printing) show() {
	ws := p.ws
	p.do(func(ctx context.Context) error {
		return ws.window.showPage(ctx, ws.session, p.name, p.page.Content)
	}, func() { ws.say(lang.L("The page is open in the viewer. Print it there.")) })
}

func (p *printing) fail(err error) {
	options := widgets.DialogOptions{
		Title: lang.L("It could not be printed"), Content: widgets.Paragraph(words.Error(err)), Cancel: lang.L("Close"),
	}
	if errors.Is(err, words.ErrViewer) {
		options.Primary, options.OnPrimary = lang.L("Save as PDF…"), func() { p.ws.savePage(p.name, p.page.Content) }
	}
	widgets.ShowDialog(p.ws.proxy, options)
}

// askMissing names what this computer has no font for.
func (p *printing) askMissing() {
	widgets.ShowDialog(p.ws.proxy, widgets.DialogOptions{
		Title: lang.L("Some letters can't be printed"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("This computer has no font for:")),
			widgets.Paragraph(missingText(p.page.Missing)),
			widgets.Paragraph(lang.L("On paper they become “…”, and signs are left out. If their font is installed, start Anteroom again.")),
		),
		Primary: lang.L("Print anyway"), OnPrimary: p.show, Cancel: lang.L("Cancel"),
	})
}

// missingText names the first of the texts that have letters without a font, a line for each.
func missingText(missing []string) string {
	const most, longest = 6, 48
	var lines []string
	for _, text := range missing[:min(len(missing), most)] {
		text = strings.Join(strings.Fields(text), " ")
		if runes := []rune(text); len(runes) > longest {
			text = string(runes[:longest]) + "…"
		}
		lines = append(lines, text)
	}
	if more := len(missing) - most; more > 0 {
		lines = append(lines, lang.N("and {{.Count}} more", more, map[string]any{"Count": more}))
	}
	return strings.Join(lines, "\n")
}

// savePage asks where to save a page, and saves it there.
func (ws *workspace) savePage(name string, page []byte) {
	s := ws.session
	path := widgets.NewSaveField(ws.proxy, name)
	path.SetText(filepath.Join(documents(), name))
	field := widgets.NewField(lang.L("File"), path)
	path.OnChanged = func(string) { field.SetError("") }
	var d *widgets.Dialog
	d = widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
		Title:   lang.L("Save as PDF"),
		Content: widgets.NewColumn(field, widgets.NewNotice(widgets.Info, lang.L("The file is not sealed. Keep it where nobody else reads it."))),
		Primary: lang.L("Save"), Cancel: lang.L("Cancel"), KeepOpen: true, FirstFocus: path,
		OnPrimary: func() {
			to, err := screen.WholePath(path.Text(), name)
			if err != nil {
				field.SetError(screen.SaveText(err))
				return
			}
			d.SetSaving(lang.L("Saving…"))
			ws.window.runner.Go(s.ctx, func(context.Context) error {
				return paperError(ws.window.files.Save(to, page))
			}, func(err error) {
				d.SetSaving("")
				if err != nil {
					field.SetError(screen.SaveText(err))
					return
				}
				d.Close()
				ws.say(lang.L("Saved as {{.Path}}.", map[string]any{"Path": to}))
			})
		},
	})
}

package shell

import (
	"context"
	"errors"
	"path/filepath"

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
	ws.print("appointments.pdf", func(ctx context.Context, details data.Details) (paper.Document, error) {
		w := ws.window
		return paper.NewSlip(w.practice.Name(), who.Summary(), w.runner.Now().In(ws.session.desk.Zone()), details, next).PDF(ctx, w.params.Fonts)
	})
}

// printDay shows a day's list, likewise.
func (ws *workspace) printDay(day data.Date) {
	ws.print("day-"+day.ISO()+".pdf", func(ctx context.Context, details data.Details) (paper.Document, error) {
		visits, err := ws.session.desk.Day(ctx, day)
		if err != nil {
			return paper.Document{}, err
		}
		w := ws.window
		return paper.NewDay(w.practice.Name(), day, w.runner.Now().In(ws.session.desk.Zone()), details, visits).PDF(ctx, w.params.Fonts)
	})
}

// print makes a page and has the viewer show it. Where there is none the page can be saved.
func (ws *workspace) print(name string, draw func(context.Context, data.Details) (paper.Document, error)) {
	s := ws.session
	var page []byte
	ws.window.runner.Go(s.ctx, func(ctx context.Context) error {
		details, err := s.desk.Details(ctx)
		if err != nil {
			return err
		}
		made, err := draw(ctx, details)
		if err != nil {
			return err
		}
		page = made.Content
		return ws.window.showPage(ctx, s, name, page)
	}, func(err error) {
		if !s.locked.IsZero() {
			return
		}
		if err == nil {
			ws.say(lang.L("The page is open in the viewer. Print it there."))
			return
		}
		options := widgets.DialogOptions{
			Title: lang.L("It could not be printed"), Content: widgets.Paragraph(words.Error(err)), Cancel: lang.L("Close"),
		}
		if errors.Is(err, words.ErrViewer) {
			options.Primary, options.OnPrimary = lang.L("Save as PDF…"), func() { ws.savePage(name, page) }
		}
		widgets.ShowDialog(ws.proxy, options)
	})
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

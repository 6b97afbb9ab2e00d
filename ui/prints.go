package ui

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
func (p *place) printSlip(who data.Patient, next []data.Visit) {
	p.print("appointments.pdf", func(_ context.Context, details data.Details) ([]byte, error) {
		w := p.window
		return paper.NewSlip(w.practice.Name(), who.Summary(), w.runner.Now().In(p.session.desk.Zone()), details, next).PDF()
	})
}

// printDay shows a day's list, likewise.
func (p *place) printDay(day data.Date) {
	p.print("day-"+day.ISO()+".pdf", func(ctx context.Context, details data.Details) ([]byte, error) {
		visits, err := p.session.desk.Day(ctx, day)
		if err != nil {
			return nil, err
		}
		w := p.window
		return paper.NewDay(w.practice.Name(), day, w.runner.Now().In(p.session.desk.Zone()), details, visits).PDF()
	})
}

// print makes a page and has the viewer show it. Where there is none the page can be saved.
func (p *place) print(name string, draw func(context.Context, data.Details) ([]byte, error)) {
	s := p.session
	var page []byte
	p.window.runner.Go(s.ctx, func(ctx context.Context) error {
		details, err := s.desk.Details(ctx)
		if err != nil {
			return err
		}
		if page, err = draw(ctx, details); err != nil {
			return err
		}
		return p.window.showPage(ctx, s, name, page)
	}, func(err error) {
		if !s.locked.IsZero() {
			return
		}
		if err == nil {
			p.say(lang.L("The page is open in the viewer. Print it there."))
			return
		}
		options := widgets.DialogOptions{
			Title: lang.L("It could not be printed"), Content: widgets.Paragraph(words.Error(err)), Cancel: lang.L("Close"),
		}
		if errors.Is(err, words.ErrViewer) {
			options.Primary, options.OnPrimary = lang.L("Save as PDF…"), func() { p.savePage(name, page) }
		}
		widgets.ShowDialog(p.stage, options)
	})
}

// savePage asks where to save a page, and saves it there.
func (p *place) savePage(name string, page []byte) {
	s := p.session
	path := widgets.NewSaveField(p.stage, name)
	path.SetText(filepath.Join(documents(), name))
	field := widgets.NewField(lang.L("File"), path)
	path.OnChanged = func(string) { field.SetError("") }
	var d *widgets.Dialog
	d = widgets.ShowDialog(p.stage, widgets.DialogOptions{
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
			p.window.runner.Go(s.ctx, func(context.Context) error {
				return paperError(p.window.files.Save(to, page))
			}, func(err error) {
				d.SetSaving("")
				if err != nil {
					field.SetError(screen.SaveText(err))
					return
				}
				d.Close()
				p.say(lang.L("Saved as {{.Path}}.", map[string]any{"Path": to}))
			})
		},
	})
}

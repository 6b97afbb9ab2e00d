package ui

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/paper"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// printSlip shows a patient's next appointments in the system's viewer, to be
// printed there.
func (p *place) printSlip(who data.Patient, next []data.Visit) {
	p.print("appointments.pdf", func(_ context.Context, details data.Details) ([]byte, error) {
		w := p.window
		return paper.NewSlip(w.practice.Name(), who.Summary(), w.runner.Now(), details, next).PDF()
	})
}

// printDay shows a day's list, likewise.
func (p *place) printDay(day data.Date) {
	p.print("day.pdf", func(ctx context.Context, details data.Details) ([]byte, error) {
		visits, err := p.session.desk.Day(ctx, day)
		if err != nil {
			return nil, err
		}
		w := p.window
		return paper.NewDay(w.practice.Name(), day, w.runner.Now(), details, visits).PDF()
	})
}

// print makes a page and has the viewer show it.
func (p *place) print(name string, draw func(context.Context, data.Details) ([]byte, error)) {
	s := p.session
	p.window.runner.Go(s.ctx, func(ctx context.Context) error {
		details, err := s.desk.Details(ctx)
		if err != nil {
			return err
		}
		page, err := draw(ctx, details)
		if err != nil {
			return err
		}
		return p.window.showPage(ctx, s.session, name, page)
	}, func(err error) {
		if err != nil && s.locked.IsZero() {
			widgets.ShowDialog(p.stage, widgets.DialogOptions{
				Title: lang.L("It could not be printed"), Content: widgets.Paragraph(words.Error(err)), Cancel: lang.L("Close"),
			})
		}
	})
}

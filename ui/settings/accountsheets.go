package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// moveSheet is the first dialog of "Move to a new phone".
type moveSheet struct {
	*sheet
	account *account
	task    *task
	code    *widgets.CodeField
	field   *widgets.Field
	stop    context.CancelFunc
}

func (s *sheets) openMove(a *account) {
	ctx, stop := context.WithCancel(a.ctx)
	d := &moveSheet{account: a, code: widgets.NewCodeField(), stop: stop}
	d.task = a.newTask(d)
	d.code.OnComplete = func(string) { d.submit() }
	d.field = widgets.NewField(lang.L("Auth Code"), d.code)
	d.sheet = s.show(widgets.DialogOptions{
		Title: lang.L("Move to a new phone"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("Type a code from your old phone. It goes on working until the new one is confirmed.")),
			widgets.NewGap(),
			d.field,
		),
		Primary:    lang.L("Continue"),
		OnPrimary:  d.submit,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.cancel,
		FirstFocus: d.code,
	}, d.wipe)
	tick := func() { d.field.SetHelp(nextCodeText(a.now.NextCode, a.runner.Now())) }
	tick()
	a.runner.Every(ctx, time.Second, tick)
}

// nextCodeText says when the app shows a code that counts; "" if it does now.
func nextCodeText(next, now time.Time) string {
	wait := next.Sub(now)
	if wait <= 0 {
		return ""
	}
	return lang.L("Your last code is used up. The next one comes in {{.Wait}}.", map[string]any{"Wait": words.Wait(wait)})
}

func (d *moveSheet) submit() { d.account.move(d.task, d.code.Text()) }

// show implements taskDialog.
func (d *moveSheet) show(p progress) {
	showProgress(d.sheet, progress{Busy: p.Busy}, nil)
	d.field.SetError(p.Error)
	if p.Error != "" {
		d.code.Clear()
		d.all.window.Canvas().Focus(d.code.Focusable())
	}
}

func (d *moveSheet) wipe() {
	d.stop()
	d.code.Clear()
}

// newCodesSheet is the dialog before new recovery codes are made.
type newCodesSheet struct {
	*sheet
	task *task
}

func (s *sheets) openNewCodes(a *account) {
	d := &newCodesSheet{}
	d.task = a.newTask(d)
	d.sheet = s.show(widgets.DialogOptions{
		Title:     lang.L("Make new recovery codes"),
		Content:   widgets.Paragraph(lang.L("You get ten new ones to put away. Those you have now stop counting at once.")),
		Careful:   true,
		Primary:   lang.L("Make new ones"),
		OnPrimary: func() { a.newCodes(d.task) },
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.task.cancel,
	}, nothingToWipe)
}

// show implements taskDialog.
func (d *newCodesSheet) show(p progress) { showProgress(d.sheet, p, nil) }

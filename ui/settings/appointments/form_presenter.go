package appointments

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// form is what can be changed in the pane, beside the types.
type form struct {
	Limit  string // minutes, as it was typed
	Number string // what the health number is called
}

func newForm(d data.Details) form {
	return form{Limit: strconv.Itoa(d.WaitLimit), Number: d.HealthNumber}
}

// canSave says that the form has something to save.
func (p *presenter) canSave() bool { return !p.saving.IsBusy() && p.isChanged() }

// isChanged says that the form is not as it is stored.
func (p *presenter) isChanged() bool { return p.isBegun && p.form != p.was }

// edit takes what the form holds now. While it is being saved it stays as it is.
func (p *presenter) edit(typed form) {
	if typed == p.form || !p.isBegun {
		return
	}
	if !p.saving.IsBusy() {
		p.form = typed
		p.limitError, p.numberError, p.problem, p.isSaved = "", "", "", false
	}
	p.show()
}

// saveForm stores the form.
func (p *presenter) saveForm() {
	if !p.canSave() {
		return
	}
	var limit int
	limit, p.limitError = minutesTyped(p.form.Limit, data.MinWait, data.MaxWait)
	number := strings.TrimSpace(p.form.Number)
	p.numberError = words.DetailName(pane.DetailWrong(data.Details{HealthNumber: number}, data.HealthNumberName, 0))
	if p.limitError+p.numberError != "" {
		p.show()
		return
	}
	p.problem, p.isSaved = "", false
	var saved data.Details
	was := p.was
	p.saving.Start(func(ctx context.Context) (err error) {
		saved, err = pane.ChangeDetails(ctx, p.Desk, func(d data.Details) (data.Details, error) {
			if newForm(d) != was {
				return d, pane.OvertakenError[data.Details]{Theirs: d}
			}
			d.WaitLimit, d.HealthNumber = limit, number
			return d, nil
		})
		return err
	}, func(err error) { p.formSaved(saved, err) })
}

// formSaved says how it went.
func (p *presenter) formSaved(saved data.Details, err error) {
	var overtaken pane.OvertakenError[data.Details]
	switch {
	case p.IsOver(err):
		return
	case errors.As(err, &overtaken):
		p.problem = overtakenText(formTexts(overtaken.Theirs, p.was))
		p.Take(overtaken.Theirs)
		p.was = newForm(overtaken.Theirs)
	case err != nil:
		p.problem = words.Error(err)
	default:
		p.Take(saved)
		p.isSaved = true
		p.was = newForm(saved)
		p.form = p.was
	}
	p.show()
}

package patients

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// mergeView is two records side by side.
type mergeView struct {
	Alerts    string
	Doubt     string    // why they may be two persons
	Records   [2]string // each in short
	Stays     int
	Questions []question // what differs
	Busy      string
	Error     string
}

// merge decides how two records of one person become one.
type merge struct {
	scope
	display *screen.View[mergeView]
	close   func()
	failed  func(error) // the other could not be read
	done    func(id, said string)

	reads     *screen.Task
	merges    *screen.Task
	health    string
	both      [2]data.Patient // this one and the other
	stays     int             // which of them
	questions []question
	touched   []bool // the person chose the version
	error     string
}

func newMerge(s scope) *merge {
	m := &merge{scope: s, reads: screen.NewTask(s.Scope, nil)}
	m.merges = screen.NewTask(s.Scope, m.update)
	return m
}

// mergeUnits are the fields that are chosen together.
func mergeUnits() [][]data.Field { return units([]data.Field{data.FieldPhone, data.FieldOtherPhone}) }

// begin reads the other record and shows both.
func (m *merge) begin(this data.Patient, other, health string) {
	m.health = health
	var read data.Patient
	m.reads.Start(func(ctx context.Context) (err error) {
		read, err = m.desk.Patient(ctx, other)
		return err
	}, func(err error) {
		switch {
		case m.IsOver(err):
		case err != nil:
			m.failed(err)
		case read.ID == this.ID:
			m.failed(data.ErrSame)
		default:
			m.ask(this, read)
		}
	})
}

func (m *merge) ask(this, other data.Patient) {
	m.both, m.stays = [2]data.Patient{this, other}, 0
	m.questions = nil
	one, two := this.Form(), other.Form()
	for _, unit := range mergeUnits() {
		a, b := valuesOf(one, unit), valuesOf(two, unit)
		if strings.Join(a, "\n") == strings.Join(b, "\n") {
			continue
		}
		q := newQuestion(unit, a, b, m.health)
		q.Versions[0].Caption, q.Versions[1].Caption = lang.L("This record"), lang.L("The other record")
		q.Chosen = m.proposal(q)
		m.questions = append(m.questions, q)
	}
	m.touched = make([]bool, len(m.questions))
	m.update()
}

func (m *merge) update() { m.display.Show(m.view()) }

func (m *merge) view() mergeView {
	v := mergeView{Stays: m.stays, Questions: slices.Clone(m.questions), Error: m.error}
	if m.merges.IsBusy() {
		v.Busy = lang.L("Merging…")
	}
	this, other := m.both[0], m.both[1]
	var alerts []string
	for i, p := range m.both {
		v.Records[i] = m.inShort(p)
		if p.Alert != "" && (i == 0 || p.Alert != this.Alert) {
			alerts = append(alerts, shortened(inLine(p.Alert), alertInForms))
		}
	}
	v.Alerts = strings.Join(alerts, "\n")
	if a, b := this.Born, other.Born; a != b && !a.IsZero() && !b.IsZero() {
		v.Doubt = lang.L("Their dates of birth differ: {{.One}} and {{.Other}}. Merge them only if you know that they are one person.",
			map[string]any{"One": a.String(), "Other": b.String()})
	}
	return v
}

// proposal is the version that loses the least: both, or the one that is filled
// in, or that of the record that stays.
func (m *merge) proposal(q question) int {
	switch {
	case len(q.Versions) > 2:
		return 2
	case isBlank(q.Versions[0].Values):
		return 1
	case isBlank(q.Versions[1].Values):
		return 0
	}
	return m.stays
}

func (m *merge) inShort(p data.Patient) string {
	h := newHit(p.Summary(), m.today())
	lines := []string{h.Title}
	if h.Detail != "" {
		lines = append(lines, h.Detail)
	}
	return strings.Join(lines, "\n")
}

// stay says which record stays; what the person did not choose follows.
func (m *merge) stay(which int) {
	m.stays = which
	for i := range m.questions {
		if !m.touched[i] {
			m.questions[i].Chosen = m.proposal(m.questions[i])
		}
	}
	m.update()
}

// choose chooses a version.
func (m *merge) choose(question, version int) {
	if m.questions[question].Chosen != version {
		m.questions[question].Chosen, m.touched[question] = version, true
	}
}

// run merges them.
func (m *merge) run() {
	if m.merges.IsBusy() {
		return
	}
	into, from := m.both[m.stays], m.both[1-m.stays]
	form := into.Form()
	for _, q := range m.questions {
		setValues(&form, q.Fields, q.Versions[q.Chosen].Values)
	}
	into, err := into.With(form, m.order, m.today())
	if err != nil {
		m.fail(m.refusal(err))
		return
	}
	m.error = ""
	var merged data.Patient
	m.merges.Start(func(ctx context.Context) (err error) {
		merged, err = m.desk.MergePatients(ctx, into, from)
		return err
	}, func(err error) {
		switch {
		case m.IsOver(err):
		case errors.Is(err, auth.ErrConflict):
			m.fail(lang.L("Somebody changed one of them meanwhile, so nothing was merged. Cancel, and merge again."))
		case err != nil:
			m.fail(words.Error(err))
		default:
			m.close()
			m.done(merged.ID, lang.L("Merged. For 30 days it can be taken back, further down on this page."))
		}
	})
}

func (m *merge) fail(why string) {
	m.error = why
	m.update()
}

// refusal is about a field: both texts together are too long, say.
func (m *merge) refusal(err error) string {
	var errs data.FieldErrors
	if !errors.As(err, &errs) {
		return words.Error(err)
	}
	return lang.L("{{.Field}}: {{.Reason}}", map[string]any{
		"Field": words.PatientField(errs[0].Field, m.health), "Reason": words.Error(errs[0].Reason),
	})
}

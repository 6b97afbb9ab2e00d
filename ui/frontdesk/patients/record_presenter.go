package patients

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// record decides what a patient's page shows and does.
type record struct {
	scope
	display *screen.View[recordView]

	id     string
	said   string // what was just done
	reads  latest[string, reading]
	now    reading
	loaded bool
	shown  data.Summary // what the memory knew before the record was read
	chosen string       // id of the appointment
	undoes *screen.Task // of a merge
	error  string
	all    bool // of long notes
}

// reading is all that the page reads.
type reading struct {
	patient data.Patient
	visits  []data.Visit // the next ones first, then the past ones
	next    int          // how many of them are still to come
	merged  []data.Patient
	details data.Details
	err     error
}

func newRecord(s scope, id, said string) *record {
	r := &record{scope: s, id: id, said: said}
	r.shown, _ = s.desk.Summary(id)
	r.reads = latest[string, reading]{task: screen.NewTask(s.Scope, nil), ask: r.read, answered: func(_ string, n reading) { r.setReading(n) }}
	r.undoes = screen.NewTask(s.Scope, r.update)
	return r
}

// refresh reads the patient again; which appointment is chosen stays chosen.
func (r *record) refresh() { r.reads.want(r.id) }

// read runs off the UI goroutine.
func (r *record) read(ctx context.Context, id string) (n reading) {
	if n.patient, n.err = r.desk.Patient(ctx, id); n.err != nil {
		return n
	}
	id = n.patient.ID // of the one that it was merged into
	var visits []data.Visit
	if visits, n.err = r.desk.OfPatient(ctx, id); n.err != nil {
		return n
	}
	n.visits, n.next = inOrder(visits, r.Now())
	if n.merged, n.err = r.desk.Merged(ctx, id); n.err != nil {
		return n
	}
	n.details, n.err = r.desk.Details(ctx)
	return n
}

func (r *record) setReading(n reading) {
	r.error = ""
	switch {
	case r.IsOver(n.err):
		return
	case errors.Is(n.err, auth.ErrDamaged):
		r.error = lang.L("This record is damaged and can't be opened. Other patients are not affected. An older backup may still have it.")
	case errors.Is(n.err, auth.ErrNotFound):
		r.error = lang.L("This patient is not there any more.")
	case n.err != nil:
		r.error = words.Error(n.err)
	default:
		r.now, r.loaded, r.id = n, true, n.patient.ID
	}
	r.update()
}

// choose says that a row of the appointments was chosen.
func (r *record) choose(row int) {
	if row >= 0 && row < len(r.now.visits) && r.chosen != r.now.visits[row].ID {
		r.chosen = r.now.visits[row].ID
		r.update()
	}
}

// told says what came of an arrival.
func (r *record) told(a data.Appointment, said string) {
	if r.Ctx.Err() != nil {
		return // the page was left
	}
	r.said, r.error = "", ""
	if a.ID == "" {
		r.error = said
		r.update()
		return
	}
	r.said = said
	r.update()
	r.refresh()
}

// row is the chosen appointment's, or -1.
func (r *record) row() int {
	for i, v := range r.now.visits {
		if v.ID == r.chosen {
			return i
		}
	}
	return -1
}

// like is the chosen appointment, to book another one like it.
func (r *record) like() *data.Appointment {
	row := r.row()
	if row < 0 || r.now.visits[row].Damaged {
		return nil
	}
	a := r.now.visits[row].Appointment
	return &a
}

// next are the appointments still to come, the nearest first.
func (r *record) next() []data.Visit { return r.now.visits[:r.now.next] }

// unfold shows all of long notes, or their beginning again.
func (r *record) unfold() {
	r.all = !r.all
	r.update()
}

// takeBack takes a merge back.
func (r *record) takeBack(id string) {
	if r.undoes.IsBusy() {
		return
	}
	name := ""
	for _, m := range r.now.merged {
		if m.ID == id {
			name = m.Name
		}
	}
	r.said, r.error = "", ""
	r.undoes.Start(func(ctx context.Context) error { return r.desk.Unmerge(ctx, id) }, func(err error) {
		switch {
		case r.IsOver(err):
			return
		case err != nil:
			r.error = words.Error(err)
			r.update()
		default:
			r.said = lang.L("Taken back: {{.Name}} is a patient again.", map[string]any{"Name": name})
			r.refresh()
		}
	})
}

func (r *record) update() { r.display.Show(r.view()) }

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
	said   said // what was just done
	reads  latest[string, reading]
	now    reading
	loaded bool
	shown  data.Summary // what the memory knew before the record was read
	chosen string       // id of the appointment
	undoes *screen.Task // of a merge
	error  string
	all    bool // of long notes
	every  bool // of the appointments
}

// said is what was just done, or why it was not.
type said struct {
	Text   string
	Failed bool
	Undo   bool // it can be taken back
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

func newRecord(s scope, id, done string) *record {
	r := &record{scope: s, id: id, said: said{Text: done}}
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

// choose says that a row of the appointments before was chosen.
func (r *record) choose(row int) {
	if past := r.past(); row >= 0 && row < len(past) && r.chosen != past[row].ID {
		r.chosen = past[row].ID
		r.update()
	}
}

// told says what came of an arrival or a cancellation.
func (r *record) told(a data.Appointment, text string) {
	isDone := a.ID != ""
	r.say(said{Text: text, Failed: !isDone, Undo: isDone})
}

// undone says what came of taking a step back.
func (r *record) undone(done bool, text string) { r.say(said{Text: text, Failed: !done}) }

func (r *record) say(what said) {
	if r.Ctx.Err() != nil {
		return // the page was left
	}
	r.said = what
	r.update()
	r.refresh()
}

// quiet takes away what was said.
func (r *record) quiet() {
	r.said = said{}
	r.update()
}

// visit is one of the appointments.
func (r *record) visit(id string) (data.Visit, bool) {
	for _, v := range r.now.visits {
		if v.ID == id {
			return v, true
		}
	}
	return data.Visit{}, false
}

// next are the appointments still to come, the nearest first.
func (r *record) next() []data.Visit { return r.now.visits[:r.now.next] }

// past are the others, the newest first.
func (r *record) past() []data.Visit { return r.now.visits[r.now.next:] }

// unfold shows all of long notes, or their beginning again.
func (r *record) unfold() {
	r.all = !r.all
	r.update()
}

// unfoldVisits shows all appointments, or the nearest ones again.
func (r *record) unfoldVisits() {
	r.every = !r.every
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
	r.said, r.error = said{}, ""
	r.undoes.Start(func(ctx context.Context) error { return r.desk.Unmerge(ctx, id) }, func(err error) {
		switch {
		case r.IsOver(err):
			return
		case err != nil:
			r.error = words.Error(err)
			r.update()
		default:
			r.said = said{Text: lang.L("Taken back: {{.Name}} is a patient again.", map[string]any{"Name": name})}
			r.refresh()
		}
	})
}

func (r *record) update() { r.display.Show(r.view()) }

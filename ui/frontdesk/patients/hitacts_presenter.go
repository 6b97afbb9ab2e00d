package patients

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// arriveAs has somebody of the list arrive, whoever was chosen.
func (s *search) arriveAs(id string) {
	s.choose(slices.Index(s.rows(), id))
	s.arrive()
}

// printFor prints somebody's next appointments.
func (s *search) printFor(id string) {
	s.choose(slices.Index(s.rows(), id))
	var p data.Patient
	var visits []data.Visit
	s.prints.Start(func(ctx context.Context) (err error) {
		if p, err = s.desk.Patient(ctx, id); err == nil {
			visits, err = s.desk.OfPatient(ctx, p.ID)
		}
		return err
	}, func(err error) {
		ordered, next := inOrder(visits, s.now())
		switch {
		case s.IsOver(err):
		case err != nil:
			s.say(words.Error(err))
		case next == 0:
			s.say(lang.L("{{.Name}} has no appointments to come.", map[string]any{"Name": p.Name}))
		default:
			s.printing(p, ordered[:next])
		}
	})
}

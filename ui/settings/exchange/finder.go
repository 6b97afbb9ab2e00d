package exchange

import (
	"anteroom/data"
	"anteroom/data/desk"
)

// finder finds patients who are here already. For a file of many rows those who are here are looked
// through once, and again where somebody changed them.
type finder struct {
	desk       *desk.Desk
	find       func(data.Patient) (data.Summary, data.Sameness)
	generation int64 // of the patients that find knows
}

// exists finds the patient that an imported one may be already.
func (f *finder) exists(p data.Patient) (data.Summary, data.Sameness) {
	if now := f.desk.Generations().Patients; f.find == nil || f.generation != now {
		f.find, f.generation = f.desk.Finder(), now
	}
	return f.find(p)
}

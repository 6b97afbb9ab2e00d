package exchange

import (
	"testing"

	"anteroom/data"
)

// TestFinderFindsWhoCameMeanwhile: those who are here are looked through again once they are others.
func TestFinderFindsWhoCameMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		f := &finder{desk: s.Anna.Desk}
		bea := data.Patient{Name: "Bea Okafor", Born: data.Date{Year: 1990, Month: 4, Day: 3}}
		cleo := data.Patient{Name: "Cleo Novak", Born: data.Date{Year: 1999, Month: 1, Day: 30}}
		if _, same := f.exists(bea); same != data.Unrelated {
			t.Errorf("Bea is here: %v", same)
		}
		if who, same := f.exists(cleo); same == data.Unrelated || who.ID != "c" {
			t.Errorf("Cleo: %+v, %v", who, same)
		}
		came, err := s.Ben.Desk.SavePatient(t.Context(), bea)
		if err != nil {
			t.Fatal(err)
		}
		s.Anna.CatchUp()
		if who, same := f.exists(bea); same == data.Unrelated || who.ID != came.ID {
			t.Errorf("Bea: %+v, %v", who, same)
		}
	})
}

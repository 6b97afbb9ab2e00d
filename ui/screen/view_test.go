package screen

import (
	"slices"
	"testing"
)

func TestView(t *testing.T) {
	type fields struct{ Rows []string }
	var shown []fields
	v := NewView(func(f fields) { shown = append(shown, f) })
	v.Show(fields{}) // also where there is nothing to see yet
	v.Show(fields{})
	v.Show(fields{[]string{"a"}})
	v.Show(fields{[]string{"a"}})
	if len(shown) != 2 || !slices.Equal(v.Shown().Rows, []string{"a"}) {
		t.Errorf("%v", shown)
	}
	if v.Forget(); len(shown) == 2 {
		v.Show(fields{[]string{"a"}})
	}
	if len(shown) != 3 {
		t.Errorf("%v", shown)
	}
}

// TestEdited: what changes because a view is shown is nothing that the person did.
func TestEdited(t *testing.T) {
	var typed []string
	acts := 0
	var onChanged func(string)
	v := NewView(func(text string) { onChanged(text) })
	onChanged = Edited(v, func(text string) { typed = append(typed, text) })
	act := v.ByPerson(func() { acts++ })
	v.Show("shown")
	v.ByProgram(func() {
		v.Show("shown, too")
		act()
	})
	onChanged("typed")
	act()
	if !slices.Equal(typed, []string{"typed"}) || acts != 1 {
		t.Errorf("%q, %d acts", typed, acts)
	}
}

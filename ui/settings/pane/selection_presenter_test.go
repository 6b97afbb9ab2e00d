package pane

import "testing"

func TestSelection(t *testing.T) {
	s := NewSelection(func(name string) string { return "id of " + name })
	want := func(what string, all []string, row int, id string) {
		t.Helper()
		one, ok := s.One(all)
		if s.Row(all) != row || s.ID != id || ok != (row >= 0) || ok && one != all[row] {
			t.Errorf("%s: row %d, %q, %q", what, s.Row(all), s.ID, one)
		}
	}
	all := []string{"a", "b", "c"}
	want("at first", all, -1, "")
	if s.Keep(nil); s.Choose(all, 3) || s.Choose(all, -1) {
		t.Error("no row was chosen")
	}
	s.Keep(all)
	want("the first", all, 0, "id of a")
	if !s.Choose(all, 2) || s.Choose(all, 2) {
		t.Error("it is another one once")
	}
	moved := []string{"c", "a"}
	s.Keep(moved)
	want("in another row", moved, 0, "id of c")
	s.Keep(all[:2])
	want("gone", all[:2], 0, "id of a")
	s.Keep(nil)
	want("all gone", nil, -1, "")
}

package pane

import "slices"

// Selection is which one of a list is chosen. It stays chosen in whatever row it comes to stand.
type Selection[T any] struct {
	ID string // of the chosen one; "": none
	id func(T) string
}

// NewSelection makes a selection by what id tells of each.
func NewSelection[T any](id func(T) string) Selection[T] { return Selection[T]{id: id} }

// Row is that of the chosen one, or -1.
func (s *Selection[T]) Row(all []T) int {
	return slices.IndexFunc(all, func(one T) bool { return s.id(one) == s.ID })
}

// One is the chosen one.
func (s *Selection[T]) One(all []T) (one T, ok bool) {
	if row := s.Row(all); row >= 0 {
		return all[row], true
	}
	return one, false
}

// Choose chooses a row, and says whether it was another one before.
func (s *Selection[T]) Choose(all []T, row int) (isNew bool) {
	if row < 0 || row >= len(all) || row == s.Row(all) {
		return false
	}
	s.ID = s.id(all[row])
	return true
}

// Keep chooses the first where the chosen one is not there any more.
func (s *Selection[T]) Keep(all []T) {
	if s.Row(all) >= 0 {
		return
	}
	s.ID = ""
	s.Choose(all, 0)
}

package screen

import "reflect"

// View shows what a presenter gives each time that it is another one, and tells what the person
// changes in it from what is changed by showing it.
type View[V any] struct {
	show      func(V)
	shown     V
	isBegun   bool
	isShowing bool
}

// NewView makes a view. show puts it into widgets.
func NewView[V any](show func(V)) *View[V] { return &View[V]{show: show} }

// Show shows v, unless that is what is shown.
func (w *View[V]) Show(v V) {
	if w.isBegun && reflect.DeepEqual(v, w.shown) {
		return
	}
	w.isBegun, w.shown = true, v
	w.ByProgram(func() { w.show(v) })
}

// Shown is what is shown. Whoever changes what its slices hold has changed it on the screen, too.
func (w *View[V]) Shown() V { return w.shown }

// Forget has the next Show show what it gets, whatever that is.
func (w *View[V]) Forget() { w.isBegun = false }

// ByProgram makes changes that are not the person's.
func (w *View[V]) ByProgram(change func()) {
	was := w.isShowing
	w.isShowing = true
	defer func() { w.isShowing = was }()
	change()
}

// ByPerson is do for changes that the person makes: for OnChanged of widgets, which can't tell.
func (w *View[V]) ByPerson(do func()) func() {
	return func() {
		if !w.isShowing {
			do()
		}
	}
}

// Edited is ByPerson for an OnChanged that is told the new value.
func Edited[V, T any](w *View[V], do func(T)) func(T) {
	return func(value T) { w.ByPerson(func() { do(value) })() }
}

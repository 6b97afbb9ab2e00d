package today

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestActsByKeys counts the keys of what a receptionist does all day, but for names and dates. docs/performance.md has them.
func TestActsByKeys(t *testing.T) {
	for _, act := range []struct {
		name string
		keys int // at most
		do   func(s *sample, key func(names ...fyne.KeyName), letter func(rune))
		want []string
	}{
		{"a caller into the next free slot", 3, func(s *sample, key func(...fyne.KeyName), letter func(rune)) {
			letter('b')
			s.typed("quill")
			key(fyne.KeyReturn, fyne.KeyReturn)
		}, []string{"Rosa Quill osei 24 Nov 09:45 15 booked"}},
		{"a new caller", 3, func(s *sample, key func(...fyne.KeyName), letter func(rune)) {
			letter('b')
			s.typed("Nora Vint")
			key(fyne.KeyReturn)
			s.typed("4 Mar 1981")
			key(fyne.KeyReturn)
		}, []string{"patient Nora Vint", "Nora Vint osei 24 Nov 09:45 15 booked"}},
		{"a walk-in", 3, func(s *sample, key func(...fyne.KeyName), letter func(rune)) {
			letter('w')
			s.typed("quill")
			key(fyne.KeyReturn, fyne.KeyReturn)
		}, []string{"Rosa Quill osei 24 Nov 09:45 15 arrived"}},
		{"a new walk-in", 3, func(s *sample, key func(...fyne.KeyName), letter func(rune)) {
			letter('w')
			s.typed("Nora Vint")
			key(fyne.KeyReturn)
			s.typed("4 Mar 1981")
			key(fyne.KeyReturn)
		}, []string{"patient Nora Vint", "Nora Vint osei 24 Nov 09:45 15 arrived"}},
		{"to another day", 3, func(_ *sample, key func(...fyne.KeyName), letter func(rune)) {
			letter('m')
			key(fyne.KeyPageDown, fyne.KeyReturn)
		}, []string{"c osei 25 Nov 09:30 15"}},
		{"the next step", 1, func(_ *sample, key func(...fyne.KeyName), _ func(rune)) { key(fyne.KeyF3) }, []string{"c arrived"}},
	} {
		t.Run(act.name, func(t *testing.T) {
			onTuesday(t, func(s *sample) {
				s.to("c")
				pressed := 0
				act.do(s, func(names ...fyne.KeyName) {
					pressed += len(names)
					s.press(names...)
				}, func(r rune) {
					pressed++
					s.typed(string(r))
				})
				s.wantWritten(act.want...)
				if pressed > act.keys {
					t.Errorf("%d keys, want %d at most", pressed, act.keys)
				}
			})
		})
	}
}

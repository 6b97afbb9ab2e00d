package uitest

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/help"
	"anteroom/ui/widgets"
)

// SeeKeys sees that each key and each letter that does something on a window's pages, or in what lies over them, stands in
// the topic that F1 shows there, or among the keys of all screens.
func SeeKeys(t *testing.T, w fyne.Window) {
	t.Helper()
	c := w.Canvas()
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		for id, bound := range widgets.BoundKeys(root) {
			if id == "" && root != c.Content() {
				id = widgets.HelpAt(c)
			}
			if id != "" { // else it is a part of a screen, which the tests of the whole see to
				seeTopic(t, id, bound)
			}
		}
	}
}

func seeTopic(t *testing.T, id string, bound widgets.Bound) {
	t.Helper()
	topic, ok := help.Of(id)
	if !ok {
		t.Errorf("package help has no topic %q", id)
	}
	everywhere, _ := help.Of(help.Everywhere)
	for _, name := range names(bound) {
		if !topic.Has(name) && !everywhere.Has(name) {
			t.Errorf("%s does something on the screen %q, and its topic in package help does not say so", name, id)
		}
	}
}

// names are what help calls keys.
func names(b widgets.Bound) (names []string) {
	for _, key := range b.Keys {
		names = append(names, help.NameOf(key))
	}
	for _, r := range b.Runes {
		names = append(names, help.NameOfRune(r))
	}
	return names
}

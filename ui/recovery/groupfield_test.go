package recovery

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/screen/screentest"
)

func TestGroupFieldTidies(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		for typed, shown := range map[string]string{
			"7k2m9": "7K2M9", "7k2m9x": "7K2M9", " 7k-2m 9": "7K2M9", "ab": "AB", "": "", "–": "",
		} {
			d := w
			g := newGroupField("Group", func() {})
			d.Window.SetContent(g.field)
			d.Window.Canvas().Focus(g.entry)
			d.Type(typed)
			want(t, typed, g.text(), shown)
			want(t, typed+": cursor", g.entry.CursorColumn, length(shown))
		}
		d := w
		g := newGroupField("Group", func() {})
		d.Window.SetContent(g.field)
		d.Window.Canvas().Focus(g.entry)
		d.Type("ac")
		d.Press(fyne.KeyLeft)
		d.Type("b")
		want(t, "typed in the middle", g.text(), "ABC")
		want(t, "cursor", g.entry.CursorColumn, 2)
	})
}

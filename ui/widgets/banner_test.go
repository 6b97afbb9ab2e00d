package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

func TestBanner(t *testing.T) {
	test.NewTempApp(t)
	b := NewBanner(theme.ColorNameSelection, theme.ColorNameForeground)
	if b.Visible() {
		t.Error("a banner without words is shown")
	}
	b.SetText("Afraid of needles.")
	short := layouts.FitHeight(b, 200)
	b.SetText(strings.Repeat("Afraid of needles. ", 8))
	if long := layouts.FitHeight(b, 200); !b.Visible() || long <= short {
		t.Errorf("visible: %v; one line is %v high, several are %v", b.Visible(), short, long)
	}
	b.SetText("")
	if b.Visible() {
		t.Error("a banner that says nothing any more stays")
	}
}

package screen

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
)

// TestLongNamesLeaveRoom for the other buttons, at 200 % too.
func TestLongNamesLeaveRoom(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, 2))
	if got := shortened("Anna Smith"); got != "Anna Smith" {
		t.Errorf("a short one became %q", got)
	}
	for _, letter := range []string{"W", "i", "王"} {
		name := strings.Repeat(letter, auth.MaxName)
		got := shortened(name)
		short, isCut := strings.CutSuffix(got, "…")
		width := fyne.MeasureText(got, 28, fyne.TextStyle{Bold: true}).Width
		if !isCut || !strings.HasPrefix(name, short) || width > 2*longestName || width < longestName {
			t.Errorf("%q, %.0f wide", got, width)
		}
	}
}

package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// tile is a widget of two halves that is nothing but an ItemControl.
type tile struct {
	widget.BaseWidget
	ItemControl
	chosen, opened, drawn string
}

func newTile() *tile {
	s := &tile{}
	s.Press = func(at fyne.Position) string {
		s.chosen = map[bool]string{true: "left", false: "right"}[at.X < 50]
		return s.chosen
	}
	s.Open = func(id string) { s.opened += id }
	s.Init(s)
	s.ExtendBaseWidget(s)
	return s
}

func (s *tile) Refresh() { s.drawn = map[bool]string{true: "lit", false: "dark"}[s.HasFocus()] }

func (s *tile) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(NewGap()) }

func TestControlHasKeysAndPassesOnOthers(t *testing.T) {
	c, heard := newTile(), ""
	hear := func(what string) func() { return func() { heard += what } }
	c.Keys = map[fyne.KeyName]func(){fyne.KeyLeft: hear("left ")}
	c.Runes = map[rune]func(){'m': hear("m ")}
	page := NewPage(c, PageOptions{
		OnEnter: hear("page's Enter "), Keys: map[fyne.KeyName]func(){fyne.KeyLeft: hear("page's left ")},
		Runes: map[rune]func(){'m': hear("page's m "), 'w': hear("page's w ")},
	})
	w := newPlainWindow(t, page)
	w.Canvas().Focus(c)
	press(w, fyne.KeyLeft)
	press(w, fyne.KeyReturn)
	c.TypedRune('m')
	c.TypedRune('w')
	if want := "left page's Enter m page's w "; heard != want {
		t.Errorf("heard: %q, want %q", heard, want)
	}
	if c.Spoken = "Tile"; c.AccessibilityLabel() != "Tile" || c.AccessibilityRole() != fyne.AccessibleRoleText {
		t.Errorf("called %q, a %v", c.AccessibilityLabel(), c.AccessibilityRole())
	}
}

func TestControlComesIntoSight(t *testing.T) {
	c := newTile()
	high := NewColumn(NewGap(), c)
	scroll := container.NewVScroll(high)
	w := newPlainWindow(t, scroll)
	for range 200 {
		high.Objects = append([]fyne.CanvasObject{NewGap()}, high.Objects...)
	}
	scroll.Refresh()
	w.Canvas().Focus(c)
	if c.drawn != "lit" || scroll.Offset.Y == 0 {
		t.Errorf("it is %s, scrolled by %v", c.drawn, scroll.Offset.Y)
	}
	w.Canvas().Unfocus()
	if c.drawn != "dark" {
		t.Error("it keeps its light")
	}
	scroll.ScrollToTop()
	drawn := 0
	c.DrawFocus(func() { drawn++ })
	w.Canvas().Focus(c)
	if drawn != 1 || c.drawn != "dark" || scroll.Offset.Y != 0 {
		t.Errorf("drawn by itself %d times; it is %s, scrolled by %v", drawn, c.drawn, scroll.Offset.Y)
	}
}

func TestItemControlOpensWhatBothPressesHit(t *testing.T) {
	c := newTile()
	w := newPlainWindow(t, c)
	down := func(x float32) {
		c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 1)}})
		c.MouseUp(nil)
	}
	down(10)
	if w.Canvas().Focused() != fyne.Focusable(c) || c.chosen != "left" {
		t.Errorf("chosen: %q, focus on %T", c.chosen, w.Canvas().Focused())
	}
	down(90)
	c.DoubleTapped(nil)
	down(90)
	down(90)
	c.DoubleTapped(nil)
	if c.opened != "right" {
		t.Errorf("opened: %q", c.opened)
	}
}

// TestTextAreaSaves by Ctrl+Enter, wherever it is.
func TestTextAreaSaves(t *testing.T) {
	area, saved := NewTextArea(2), 0
	w := newPlainWindow(t, NewColumn())
	ShowDialog(w, DialogOptions{Content: area, Primary: "Save", OnPrimary: func() { saved++ }, KeepOpen: true})
	area.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if area.OnSubmit = func() { saved += 10 }; saved != 1 {
		t.Errorf("saved %d times", saved)
	}
	area.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: fyne.KeyModifierControl})
	if saved != 11 {
		t.Errorf("with a key of its own: %d", saved)
	}
}

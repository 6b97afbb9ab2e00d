package widgets

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

// TestWheelOverWhatDoesNotScroll scrolls the page around it.
func TestWheelOverWhatDoesNotScroll(t *testing.T) {
	entry, area, list := NewEntry(), NewTextArea(3), NewList(Head{Title: "Name", Width: 2000})
	entry.SetText(strings.Repeat("longer than the field ", 40))
	area.SetText("a line")
	list.SetRows([][]string{{"Anna"}, {"Ben"}})
	code, pick := NewCodeField(), NewPasswordEntry()
	rows := NewInnerScroll(container.ScrollVerticalOnly, NewColumn(Paragraph("one"), Paragraph("two")))
	wide := NewInnerScroll(container.ScrollHorizontalOnly, list)
	for name, o := range map[string]fyne.CanvasObject{
		"a field": entry, "a text area": area, "a list in a wide table": wide, "a code field": code, "a password": pick, "rows with room": high(rows),
	} {
		page := showScrolled(t, o)
		page.turn(0, -50)
		if page.scroll.Offset.Y <= 0 || wide.Offset.X != 0 {
			t.Errorf("over %s the page went to %v, the table to %v", name, page.scroll.Offset, wide.Offset)
		}
	}
	page := showScrolled(t, wide)
	if page.turn(-50, 0); page.scroll.Offset.Y != 0 || wide.Offset.X <= 0 {
		t.Errorf("sideways the page went to %v, the table to %v", page.scroll.Offset, wide.Offset)
	}
}

// TestWheelOverWhatScrolls scrolls that to its end, and then the page around it.
func TestWheelOverWhatScrolls(t *testing.T) {
	area, list := NewTextArea(3), NewList(Head{Title: "Name", Width: 200})
	area.SetText(strings.Repeat("a line\n", 40))
	var rows [][]string
	for i := range 100 {
		rows = append(rows, []string{fmt.Sprint(i)})
	}
	list.SetRows(rows)
	inner := NewInnerScroll(container.ScrollVerticalOnly, Paragraph(strings.Repeat("a line\n", 40)))
	for name, o := range map[string]fyne.CanvasObject{"a text area": area, "a list": list, "rows": high(inner)} {
		page := showScrolled(t, o)
		for _, turn := range []struct {
			dy    float32
			moves bool // the page
		}{{10, false}, {-10, false}, {-10_000, false}, {-10, true}} {
			if page.turn(0, turn.dy); page.scroll.Offset.Y > 0 != turn.moves {
				t.Errorf("over %s, by %v, the page went to %v", name, turn.dy, page.scroll.Offset.Y)
			}
		}
		if page.turn(0, 10); page.scroll.Offset.Y != 10 {
			t.Errorf("over %s, back, the page went to %v", name, page.scroll.Offset.Y)
		}
	}
}

// TestWheelWithoutPage: where nothing can go up and down, a wide table goes sideways, as ever.
func TestWheelWithoutPage(t *testing.T) {
	wide := NewInnerScroll(container.ScrollHorizontalOnly, container.NewGridWrap(fyne.NewSize(2000, 50), Paragraph("wide")))
	w := newPlainWindow(t, wide)
	test.Scroll(w.Canvas(), fyne.NewPos(20, 20), 0, -50)
	if wide.Offset.X <= 0 {
		t.Error("it stays where it is")
	}
}

// scrolled is a page that is higher than its window.
type scrolled struct {
	window fyne.Window
	first  fyne.CanvasObject
	scroll *container.Scroll
}

func showScrolled(t *testing.T, o fyne.CanvasObject) *scrolled {
	t.Helper()
	w := newPlainWindow(t)
	p := &scrolled{w, o, container.NewVScroll(NewColumn(container.NewGridWrap(fyne.NewSize(400, o.MinSize().Height), o), Paragraph(strings.Repeat("below\n", 80))))}
	w.SetContent(p.scroll)
	return p
}

// turn turns the wheel over the first thing on the page.
func (p *scrolled) turn(dx, dy float32) {
	test.Scroll(p.window.Canvas(), fyne.NewPos(100, p.first.Size().Height/2), dx, dy)
}

// high gives something the height of a few lines.
func high(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(400, 120), o)
}

// TestWheelOverTheBodyOfACard scrolls that to its end, and then what the card lies in.
func TestWheelOverTheBodyOfACard(t *testing.T) {
	card := NewCard(Paragraph(strings.Repeat("a line\n", 40))).Footed(NewPrimaryButton("Go on", func() {}))
	w := test.NewTempWindow(t, Centered(card))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 140))
	around, body := w.Content().(*container.Scroll), card.body.(*InnerScroll)
	for range 100 {
		test.Scroll(w.Canvas(), fyne.NewPos(250, 60), 0, -50)
	}
	if body.Offset.Y <= 0 || around.Offset.Y <= 0 {
		t.Errorf("the body went to %v, the page to %v", body.Offset.Y, around.Offset.Y)
	}
}

// TestFieldDoesNotScroll: whatever the size of text, a field with a short text has nothing to
// scroll, and so no scroll bar.
func TestFieldDoesNotScroll(t *testing.T) {
	for scale := float32(1); scale <= 2; scale += 0.1 {
		test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, scale))
		e := NewEntry()
		e.SetText("asmith")
		w := test.NewTempWindow(t, container.NewVBox(e))
		w.Resize(fyne.NewSize(400, 200))
		for _, o := range test.WidgetRenderer(e).Objects() {
			if scroll, ok := o.(*container.Scroll); ok && scroll.Content.MinSize().Height > scroll.Size().Height {
				t.Errorf("at %.1f its text is %v high, and the field %v", scale, scroll.Content.MinSize().Height, scroll.Size().Height)
			}
		}
	}
}

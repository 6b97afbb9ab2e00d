package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/looks"
)

func newSampleBars(t *testing.T) (*BarChart, fyne.Window) {
	t.Helper()
	b := NewBarChart("Come", "Gone")
	w := newPlainWindow(t, b)
	b.Set([]Bar{{1, 0, "one"}, {0, 2, "two"}, {30, 4, "three"}, {0, 0, "four"}}, "1 Nov", "today")
	w.Canvas().Focus(b.Focusable())
	return b, w
}

func TestBarsTellOfOne(t *testing.T) {
	b, w := newSampleBars(t)
	if b.Text() != "four" {
		t.Errorf("at first: %q", b.Text())
	}
	for _, c := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyRight, "four"}, {fyne.KeyLeft, "three"}, {fyne.KeyHome, "one"}, {fyne.KeyLeft, "one"}, {fyne.KeyRight, "two"}, {fyne.KeyEnd, "four"},
	} {
		if press(w, c.key); b.Text() != c.want {
			t.Errorf("%s: %q, want %q", c.key, b.Text(), c.want)
		}
	}
	b.Set([]Bar{{1, 0, "one"}, {0, 2, "two"}, {30, 4, "three"}, {0, 0, "new"}}, "1 Nov", "today")
	if b.Text() != "new" {
		t.Errorf("after new numbers: %q", b.Text())
	}
}

func TestBarsUnderTheMouse(t *testing.T) {
	b, _ := newSampleBars(t)
	at := func(bar float32) fyne.PointEvent {
		raster := b.plot.raster
		return fyne.PointEvent{Position: fyne.NewPos(raster.Position().X+raster.Size().Width*(bar+0.5)/4, 10)}
	}
	b.plot.MouseIn(&desktop.MouseEvent{PointEvent: at(1)})
	b.plot.MouseMoved(&desktop.MouseEvent{PointEvent: at(2)})
	if b.Text() != "three" {
		t.Errorf("over the third: %q", b.Text())
	}
	b.plot.MouseOut()
	if b.Text() != "four" {
		t.Errorf("gone: %q", b.Text())
	}
	tap := at(1)
	b.plot.Tapped(&tap)
	if b.Text() != "two" {
		t.Errorf("tapped: %q", b.Text())
	}
	b.plot.MouseMoved(&desktop.MouseEvent{PointEvent: at(-1)}) // over the axis
	if b.Text() != "two" {
		t.Errorf("over the axis: %q", b.Text())
	}
}

func TestBarsWithoutBars(t *testing.T) {
	b := NewBarChart("Come", "Gone")
	w := newPlainWindow(t, b)
	b.SetText("Counting…")
	w.Canvas().Focus(b.Focusable())
	press(w, fyne.KeyLeft)
	press(w, fyne.KeyEnd)
	w.Canvas().Capture()
	b.SetText("Counting…")
	if b.Text() != "Counting…" {
		t.Errorf("%q", b.Text())
	}
}

// The end of the axis is round, and none of the bars is higher.
func TestBarsAxis(t *testing.T) {
	for most, want := range map[int]string{0: "5", 5: "5", 6: "10", 11: "20", 34: "50", 101: "200", 9_999: "10k", 1_000_001: "2M"} {
		if got := short(axisEnd([]Bar{{most, 0, ""}})); got != want {
			t.Errorf("%d: %s, want %s", most, got, want)
		}
	}
	if got := axisEnd([]Bar{{3, 4, ""}}); got != 10 {
		t.Errorf("both parts: %d", got)
	}
}

// The two parts can be told apart without colours: one is solid, one is striped.
func TestBarsArePatterned(t *testing.T) {
	b, _ := newSampleBars(t)
	const width, height = 400, 100
	picture := b.plot.draw(width, height)
	// kinds counts the pixels of a column in a colour, and others between them.
	kinds := func(x int, ink color.Color) (inked, between int) {
		others := 0
		for y := range height {
			if picture.At(x, y) != ink {
				others++
				continue
			}
			if inked > 0 {
				between += others
			}
			others = 0
			inked++
		}
		return inked, between
	}
	if inked, between := kinds(250, nrgba(theme.ColorNamePrimary)); inked < 55 || between > 0 {
		t.Errorf("the lower part of 30 of 50: %d pixels, %d others between", inked, between)
	}
	if inked, between := kinds(250, nrgba(theme.ColorNameError)); inked < 4 || between < 2 {
		t.Errorf("the upper part of 4 of 50: %d pixels, %d others between", inked, between)
	}
	if inked, _ := kinds(50, nrgba(theme.ColorNamePrimary)); inked < 2 {
		t.Errorf("1 of 50 is not to be seen: %d pixels", inked)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		full, rest  int // quarters
	}{
		{0, 4, 0, 4}, {1, 4, 1, 3}, {3, 4, 3, 1}, {4, 4, 4, 0}, {0, 0, 0, 4}, {9, 4, 4, 0},
	} {
		s := NewDonutChart()
		w := newTestWindow(t, looks.New(looks.Light, 1))
		w.SetContent(s)
		s.Set(c.part, c.whole, "x")
		picture := s.draw(200, 200)
		full, rest := 0, 0
		for _, at := range [][2]int{{165, 35}, {165, 165}, {35, 165}, {35, 35}} { // the middle of each quarter of the ring
			switch picture.At(at[0], at[1]) {
			case nrgba(theme.ColorNamePrimary):
				full++
			case nrgba(theme.ColorNameSeparator):
				rest++
			}
		}
		if full != c.full || rest != c.rest {
			t.Errorf("%d of %d: %d quarters full, %d not", c.part, c.whole, full, rest)
		}
	}
}

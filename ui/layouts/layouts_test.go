package layouts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"anteroom/ui/layouts"
)

// wrapping is like wrapped text: it has an area, and is as high as it needs at its width.
type wrapping struct {
	canvas.Rectangle
	area float32
}

func (w *wrapping) MinSize() fyne.Size {
	return fyne.NewSize(10, w.area/max(10, w.Size().Width))
}

func box(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

func text(area float32) fyne.CanvasObject { return &wrapping{area: area} }

func hidden(o fyne.CanvasObject) fyne.CanvasObject {
	o.Hide()
	return o
}

// at is where an object is: x, y, width and height.
type at [4]float32

// laidOut gives a container a width, then the height that it needs there and more, and says where things are.
func laidOut(t *testing.T, c *fyne.Container, width, more float32) (height float32, places []at) {
	t.Helper()
	height = layouts.FitHeight(c, width)
	c.Resize(fyne.NewSize(width, height+more))
	if again := c.MinSize().Height; again != height {
		t.Errorf("it asks for %v when it has %v", again, height)
	}
	for _, o := range c.Objects {
		if o.Visible() {
			places = append(places, at{o.Position().X, o.Position().Y, o.Size().Width, o.Size().Height})
		}
	}
	return height, places
}

func TestPlaces(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 14})
	fill, short, wide := text(2000), text(300), text(2000)
	four := layouts.Fixed(4)
	tests := map[string]struct {
		layout  fyne.Layout
		objects []fyne.CanvasObject
		width   float32
		more    float32
		height  float32
		places  []at
	}{
		"column": {
			layouts.Column{Gap: 8}, []fyne.CanvasObject{box(30, 20), hidden(box(9, 9)), text(1000)}, 100, 5, 38,
			[]at{{0, 0, 100, 20}, {0, 28, 100, 10}},
		},
		"column that fills": {
			layouts.Column{Gap: 8, Fill: fill}, []fyne.CanvasObject{box(30, 20), fill, box(10, 10)}, 100, 5, 66,
			[]at{{0, 0, 100, 20}, {0, 28, 100, 25}, {0, 61, 100, 10}},
		},
		"row": {
			&layouts.Row{Gap: 4, Fill: short}, []fyne.CanvasObject{short, box(30, 20), hidden(box(9, 9))}, 100, 0, 20,
			[]at{{0, 0, 66, 20}, {70, 0, 30, 20}},
		},
		"row in the middle": {
			&layouts.Row{Gap: 4, Fill: short, Align: layouts.Middle}, []fyne.CanvasObject{short, box(40, 20)}, 74, 0, 20,
			[]at{{0, 5, 30, 10}, {34, 0, 40, 20}},
		},
		"row at the top": {
			&layouts.Row{Gap: 4, Fill: short, Align: layouts.Top}, []fyne.CanvasObject{short, box(40, 20)}, 74, 7, 20,
			[]at{{0, 0, 30, 10}, {34, 0, 40, 20}},
		},
		"row without room": {
			&layouts.Row{Gap: 4, Fill: wide, Least: 60}, []fyne.CanvasObject{wide, box(40, 20)}, 100, 0, 44,
			[]at{{0, 0, 100, 20}, {0, 24, 100, 20}},
		},
		"flow": {
			&layouts.Flow{GapX: four, GapY: four}, []fyne.CanvasObject{hidden(box(30, 9)), box(40, 30), box(40, 20), box(30, 10)}, 100, 0, 44,
			[]at{{0, 0, 40, 30}, {44, 0, 40, 20}, {0, 34, 30, 10}},
		},
		"narrow flow": {
			&layouts.Flow{GapX: four, GapY: four, Narrow: true}, []fyne.CanvasObject{box(140, 20), box(40, 30)}, 100, 0, 54,
			[]at{{0, 0, 100, 20}, {0, 24, 40, 30}},
		},
		"grid": {
			&layouts.Grid{Least: 30, GapX: four, GapY: four}, []fyne.CanvasObject{text(320), box(1, 20), text(320), box(1, 8)}, 104, 0, 32,
			[]at{{0, 0, 32, 20}, {36, 0, 32, 20}, {72, 0, 32, 20}, {0, 24, 32, 8}},
		},
		"grid of two": {
			&layouts.Grid{Least: 30, Columns: 2, GapX: four, GapY: four}, []fyne.CanvasObject{box(1, 20), text(500), box(1, 10)}, 104, 0, 34,
			[]at{{0, 0, 50, 20}, {54, 0, 50, 20}, {0, 24, 50, 10}},
		},
		"grid of three that do not fit": {
			&layouts.Grid{Least: 50, Columns: 3, GapX: four, GapY: four}, []fyne.CanvasObject{box(1, 20), text(1040), box(1, 10)}, 104, 0, 48,
			[]at{{0, 0, 104, 20}, {0, 24, 104, 10}, {0, 38, 104, 10}},
		},
		"facts": {
			layouts.Facts{Gap: 10}, []fyne.CanvasObject{box(20, 10), text(1400), box(30, 10), text(70)}, 110, 0, 38,
			[]at{{0, 0, 40, 20}, {40, 0, 70, 20}, {0, 28, 40, 10}, {40, 28, 70, 10}},
		},
		"inset": {
			layouts.Inset{Top: four, Left: four.Times(2), Right: layouts.Fixed(-10)}, []fyne.CanvasObject{text(1020)}, 100, 0, 14,
			[]at{{8, 4, 102, 10}},
		},
		"widest": {
			layouts.MaxWidth{Width: layouts.Growing(50), MarginX: 10, MarginY: 2}, []fyne.CanvasObject{text(1000)}, 100, 0, 24,
			[]at{{10, 2, 50, 20}},
		},
		"wider than there is": {
			layouts.MaxWidth{Width: layouts.Growing(90), MarginX: 10}, []fyne.CanvasObject{text(800)}, 100, 0, 10,
			[]at{{10, 0, 80, 10}},
		},
		"room": {
			layouts.MinSize{Height: layouts.AtLeast(layouts.Fixed(30))}, []fyne.CanvasObject{box(10, 20)}, 50, 0, 30,
			[]at{{0, 0, 50, 30}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			height, places := laidOut(t, container.New(tt.layout, tt.objects...), tt.width, tt.more)
			if height != tt.height {
				t.Errorf("height: %v, want %v", height, tt.height)
			}
			if diff := cmp.Diff(tt.places, places); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWidths(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 28})
	fill, four := box(20, 10), layouts.Fixed(4)
	tests := map[string]struct {
		layout fyne.Layout
		want   float32
	}{
		"column":      {layouts.Column{Gap: 8}, 30},
		"row":         {&layouts.Row{Gap: 8}, 58},
		"row or not":  {&layouts.Row{Gap: 8, Fill: fill, Least: 60}, 0},
		"flow":        {&layouts.Flow{GapX: four, GapY: four}, 30},
		"narrow flow": {&layouts.Flow{GapX: four, GapY: four, Narrow: true}, 0},
		"grid":        {&layouts.Grid{Least: 60}, 0},
		"facts":       {layouts.Facts{Gap: 5}, 55},
		"inset":       {layouts.Inset{Left: four, Right: four}, 38},
		"widest":      {layouts.MaxWidth{Width: layouts.Growing(50), MarginX: 10}, 50},
		"at least":    {layouts.MinSize{Width: layouts.AtLeast(layouts.Growing(40))}, 80},
		"hidden":      {layouts.MinSize{Height: layouts.AtLeast(nil)}, 40},
		"exactly":     {layouts.MinSize{Width: layouts.Exactly(layouts.Growing(10))}, 20},
		"nothing":     {layouts.MinSize{Width: layouts.Exactly(nil)}, 0},
	}
	for name, tt := range tests {
		objects := []fyne.CanvasObject{fill, box(30, 10)}
		if name == "hidden" {
			objects = append(objects, hidden(box(40, 10)))
		}
		if got := tt.layout.MinSize(objects).Width; got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestRowAgain sees that a row whose objects went below each other comes back beside each other.
func TestRowAgain(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 14})
	fill := text(1000)
	row := container.New(&layouts.Row{Gap: 4, Fill: fill, Least: 60}, fill, box(40, 20))
	if got := row.MinSize().Height; got != 100 { // the text at its least width, beside the box
		t.Errorf("before it is laid out: %v high", got)
	}
	for _, width := range []float32{200, 100, 200} {
		want := float32(20)
		if width == 100 {
			want = 10 + 4 + 20
		}
		if got, _ := laidOut(t, row, width, 0); got != want {
			t.Errorf("%v wide: %v high, want %v", width, got, want)
		}
	}
}

func TestMeasures(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 28})
	line := fyne.MeasureText("X", 28, fyne.TextStyle{}).Height
	small := fyne.MeasureText("X", theme.CaptionTextSize(), fyne.TextStyle{}).Height
	for name, both := range map[string][2]float32{
		"scaled":      {layouts.Scaled(10), 20},
		"half":        {layouts.HalfScaled(10), 15},
		"growing":     {layouts.Growing(10).Times(3)(), 60},
		"line":        {layouts.LineHeight(), line},
		"three lines": {layouts.Lines(3)(), 3*line + 2*theme.LineSpacing()},
		"no line":     {layouts.SmallLines(0)(), 0},
		"small line":  {layouts.SmallLines(1)(), small},
	} {
		if both[0] != both[1] {
			t.Errorf("%s: %v, want %v", name, both[0], both[1])
		}
	}
}

// plain is Fyne's theme with a text size.
type plain struct {
	fyne.Theme
	text float32
}

func (p plain) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return p.text
	case theme.SizeNamePadding:
		return 8
	}
	return theme.DefaultTheme().Size(name)
}

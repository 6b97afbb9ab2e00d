package layouts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// frame is a widget with one thing in it.
type frame struct {
	widget.BaseWidget
	in fyne.CanvasObject
}

func newFrame(in fyne.CanvasObject) *frame {
	f := &frame{in: in}
	f.ExtendBaseWidget(f)
	return f
}

func (f *frame) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.in} }

func (f *frame) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.in) }

// TestRefresh has a text in several things grow: all around it make room, and what is below moves down.
func TestRefresh(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 14})
	grows, below := &wrapping{area: 1000}, box(10, 10)
	inner := container.New(layouts.Column{Gap: 8})
	framed := newFrame(container.New(layouts.Inset{}, inner))
	column := container.New(layouts.Column{Gap: 8}, framed, below)
	scroll := container.NewVScroll(column)
	scroll.Resize(fyne.NewSize(100, 50))

	inner.Objects = []fyne.CanvasObject{container.New(layouts.Inset{}, grows)} // which had no width yet
	grows.area = 4000
	layouts.Refresh(scroll)
	if got := grows.Size(); got != fyne.NewSize(100, 40) {
		t.Errorf("what grew has %v", got)
	}
	if y, height := below.Position().Y, column.Size().Height; y != 48 || height != 58 {
		t.Errorf("what is below is at %v of %v", y, height)
	}
}

// TestRefreshLaysOutOnce counts: a list of things to lay out again did it for each thing around.
func TestRefreshLaysOutOnce(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(plain{theme.DefaultTheme(), 14})
	count := &counted{}
	var o fyne.CanvasObject = container.New(count, text(1000))
	for range 10 {
		o = container.New(layouts.Column{}, o)
	}
	o.Resize(fyne.NewSize(100, 10))
	count.laidOut = 0
	layouts.Refresh(o)
	if count.laidOut > 2 {
		t.Errorf("laid out %d times", count.laidOut)
	}
	count.laidOut = 0
	o.Hide()
	layouts.Refresh(o)
	if count.laidOut > 1 {
		t.Errorf("hidden, and laid out %d times", count.laidOut)
	}
}

type counted struct {
	layouts.Inset
	laidOut int
}

func (c *counted) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.laidOut++
	c.Inset.Layout(objects, size)
}

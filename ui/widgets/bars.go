package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Bar is one bar of Bars: two numbers, one on top of the other, and the same in words.
type Bar struct {
	Lower, Upper int
	Text         string
}

// Bars are bars beside each other, each of two parts. A sentence below tells of one of them: of the one under the
// mouse, or that the arrows, Home and End go to; at first of the last. The parts differ by pattern, not by colour alone.
type Bars struct {
	widget.BaseWidget
	plot    *barPlot
	legend  *fyne.Container
	text    *Text
	content *fyne.Container
}

// NewBars returns a chart without bars; the names are those of the lower and the upper parts.
func NewBars(lower, upper string) *Bars {
	b := &Bars{text: Paragraph("")}
	b.plot = newBarPlot(b.showText)
	b.plot.spoken = lower + ", " + upper
	b.legend = container.NewHBox(newSwatch(solidLower), Small(lower).OneLine(), newSwatch(hatchedUpper), Small(upper).OneLine())
	b.content = NewColumn(b.legend, b.plot, b.text)
	b.ExtendBaseWidget(b)
	return b
}

// Set shows bars, and labels below the first and the last one.
func (b *Bars) Set(bars []Bar, first, last string) {
	b.plot.set(bars, first, last)
	b.showText()
}

// SetText shows a sentence in the place of that of a bar, as long as there are none.
func (b *Bars) SetText(text string) {
	if len(b.plot.bars) == 0 {
		b.text.SetText(text)
	}
}

// Text is the sentence shown.
func (b *Bars) Text() string { return b.text.Text() }

// Focusable is the part that takes the focus and the keys.
func (b *Bars) Focusable() fyne.Focusable { return b.plot }

// Children implements layouts.Parent.
func (b *Bars) Children() []fyne.CanvasObject { return []fyne.CanvasObject{b.plot} }

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

func (b *Bars) showText() {
	b.text.SetText(b.plot.text())
}

// top is the end of the axis: the next of 5, 10, 20, 50, 100, 200, …
func top(bars []Bar) int {
	most := 0
	for _, bar := range bars {
		most = max(most, bar.Lower+bar.Upper)
	}
	for power := 1; ; power *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if end := digit * power; end >= max(5, most) {
				return end
			}
		}
	}
}

// short keeps the label of the axis narrow: "20k" for 20000.
func short(n int) string {
	switch {
	case n >= 1e6:
		return strconv.Itoa(n/1e6) + "M"
	case n >= 1e4:
		return strconv.Itoa(n/1e3) + "k"
	}
	return strconv.Itoa(n)
}

package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// bubble tells all of an appointment, beside it. The mouse passes through it.
type bubble struct {
	content     *fyne.Container // hidden and shown instead of what is in it, which would draw all its texts anew
	surface     *widgets.Bubble
	grid        *grid
	name        *widgets.Text
	when, state *widgets.Text
	alert       *widgets.Notice
	note, keys  *widgets.Text
}

const bubbleWidth = 320 // for text at 100 %; it grows half as fast

func newBubble(g *grid) *bubble {
	b := &bubble{
		grid: g, name: widgets.Label(""), when: widgets.Paragraph(""), state: widgets.Paragraph(""),
		alert: widgets.NewNotice(widgets.Warning, ""), note: widgets.Paragraph(""), keys: widgets.Small(""),
	}
	content := container.New(layouts.Column{Gap: gap / 2}, b.name, b.when, b.state, b.alert, b.note, b.keys)
	b.surface = widgets.NewBubble(content)
	b.content = container.NewWithoutLayout(b.surface)
	b.content.Hide()
	return b
}

// show tells of an appointment that is at a place of the grid, of some size: at its right, or at its left where there is
// more room.
func (b *bubble) show(a about, at fyne.Position, size fyne.Size) {
	for text, words := range map[*widgets.Text]string{b.name: a.Name, b.when: a.When, b.state: a.State, b.note: a.Note, b.keys: a.Keys} {
		text.SetText(words)
		widgets.SetVisible(text, words != "")
	}
	b.alert.SetText(a.Alert)
	widgets.SetVisible(b.alert, a.Alert != "")

	room := b.grid.content.Size()
	width := min(layouts.HalfScaled(bubbleWidth), room.Width)
	x := at.X + size.Width + gap/2
	if x+width > room.Width {
		x = max(0, at.X-width-gap/2)
		if at.X < width { // at neither side: below
			x = max(0, min(at.X, room.Width-width))
			at.Y += size.Height + gap/2
		}
	}
	height := layouts.FitHeight(b.surface, width)
	y := max(0, min(at.Y, room.Height-height))
	layouts.Place(b.surface, x, y, width, height)
	b.surface.Refresh()
	b.content.Show()
	canvas.Refresh(b.grid.head) // Fyne draws nothing for what it has not drawn before, or not for a minute
}

func (b *bubble) hide() { b.content.Hide() }

func (b *bubble) isShown() bool { return b.content.Visible() }

package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// ghostItem draws what is being moved: a frame where it would be dropped, and beside
// it a tag that says when, with whom and who. The tag is as wide as its words,
// which a box of a quarter of an hour has no room for.
type ghostItem struct {
	frame, tag      *canvas.Rectangle
	when, with, who *canvas.Text
}

func newGhostItem() *ghostItem {
	return &ghostItem{
		frame: canvas.NewRectangle(nil), tag: canvas.NewRectangle(nil),
		when: newText(fyne.TextStyle{Bold: true}), with: newText(fyne.TextStyle{}), who: newText(fyne.TextStyle{}),
	}
}

func (g *ghostItem) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{g.frame, g.tag, g.when, g.with, g.who}
}

func (g *ghostItem) hide() {
	for _, o := range g.objects() {
		o.Hide()
	}
}

// show draws it with its frame at a place; from and to are the ends of what is in
// sight. The tag is above the frame, where no mouse pointer covers it, or below.
func (g *ghostItem) show(v ghost, at fyne.Position, size fyne.Size, from, to fyne.Position) {
	framed := func(r *canvas.Rectangle, at fyne.Position, size fyne.Size, name fyne.ThemeColorName) {
		r.CornerRadius = theme.Size(theme.SizeNameInputRadius)
		r.StrokeWidth, r.StrokeColor = 3, theme.Color(theme.ColorNamePrimary)
		setRectangle(r, at.X, at.Y, size.Width, size.Height, name)
		r.Refresh()
	}
	framed(g.frame, at, size, theme.ColorNameSelection)

	line, most := theme.TextSize(), to.X-from.X-2*gap
	width := float32(0)
	words := []*canvas.Text{g.when, g.with, g.who}
	texts := []string{v.When, v.With, v.Who}
	for i, text := range words {
		texts[i] = fit(texts[i], most, line, text.TextStyle)
		width = max(width, fyne.MeasureText(texts[i], line, text.TextStyle).Width)
	}
	tag := fyne.NewSize(width+2*gap, 3*layouts.LineHeight()+gap)
	x := max(from.X, min(at.X, to.X-tag.Width))
	y := at.Y - tag.Height - 2
	if y < from.Y {
		y = at.Y + size.Height + 2
	}
	y = max(from.Y, min(y, to.Y-tag.Height))
	framed(g.tag, fyne.NewPos(x, y), tag, theme.ColorNameInputBackground)
	for i, text := range words {
		setText(text, texts[i], x+gap, y+gap/2+float32(i)*layouts.LineHeight(), line, theme.ColorNameForeground)
	}
}

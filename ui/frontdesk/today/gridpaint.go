package today

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

var transparent = color.NRGBA{}

// pool keeps objects to be used again: as many as are in sight are made, once.
type pool[T fyne.CanvasObject] struct {
	make  func() T
	items []T
	used  int
}

func (p *pool[T]) next() T {
	if p.used == len(p.items) {
		p.items = append(p.items, p.make())
	}
	p.used++
	return p.items[p.used-1]
}

// hideRest hides what is not used now.
func (p *pool[T]) hideRest() {
	for _, o := range p.items[p.used:] {
		if o.Visible() {
			o.Hide()
		}
	}
}

// arrangeGround draws the working hours, the lines, and the words in columns
// in which nobody works.
func (s *gridBody) arrangeGround() {
	g := s.grid
	v := g.view
	from, to := g.inSight()
	s.opens.used, s.lines.used, s.words.used = 0, 0, 0
	line := theme.Size(theme.SizeNameSeparatorThickness)
	for i, c := range v.Columns {
		left, right := g.x(i), g.x(i+1)
		if right < from.X || left > to.X {
			continue
		}
		for _, hours := range c.Open {
			top, bottom := g.y(hours.From), g.y(hours.To)
			setRectangle(s.opens.next(), left, top, right-left, bottom-top, theme.ColorNameInputBackground)
		}
		if c.Outside != "" {
			for minute := v.Shown.from + 10; minute < v.Shown.to; minute += 120 { // wherever it is scrolled to
				s.word(i, c.Outside, g.y(minute))
			}
		}
		s.breakWords(i, c)
	}
	for minute := v.Shown.from; minute < v.Shown.to; minute += 30 {
		if y := g.y(minute); y >= from.Y-1 && y <= to.Y {
			setRectangle(s.lines.next(), 0, y, s.Size().Width, line, theme.ColorNameSeparator)
		}
	}
	for i := range v.Columns {
		if x := g.x(i); x >= from.X-1 && x <= to.X {
			setRectangle(s.lines.next(), x, 0, line, s.Size().Height, theme.ColorNameInputBorder)
		}
	}
	s.opens.hideRest()
	s.lines.hideRest()
	s.words.hideRest()
}

// breakWords say in the gaps between the hours what they are.
func (s *gridBody) breakWords(number int, c column) {
	for i := 1; i < len(c.Open); i++ {
		if from, to := c.Open[i-1].To, c.Open[i].From; to-from >= quarter {
			s.word(number, wordBreak(), s.grid.y(from)+2)
		}
	}
	if n := len(c.Open); n > 0 {
		s.word(number, wordClosed(), s.grid.y(c.Open[n-1].To)+2)
		s.word(number, wordClosed(), s.grid.y(c.Open[0].From)-layouts.SmallLineHeight()-2)
	}
}

func (s *gridBody) word(number int, text string, y float32) {
	left, right := s.grid.x(number), s.grid.x(number+1)
	size := theme.CaptionTextSize()
	text = fit(text, right-left-2*gap, size, fyne.TextStyle{})
	setText(s.words.next(), text, left+gap, y, size, theme.ColorNameForeground)
}

// arrangeBoxes gives those appointments that are in sight their boxes. A box
// stays with its appointment as long as that is in sight.
func (s *gridBody) arrangeBoxes() {
	from, to := s.grid.inSight()
	type shown struct {
		box  box
		at   fyne.Position
		size fyne.Size
	}
	wanted := map[string]shown{}
	for i, c := range s.grid.view.Columns {
		for _, b := range c.Boxes {
			at, size := s.grid.boxPlace(i, b)
			if at.X <= to.X && at.X+size.Width >= from.X && at.Y <= to.Y && at.Y+size.Height >= from.Y {
				wanted[b.ID] = shown{b, at, size}
			}
		}
	}
	var spare []*boxItem
	for _, item := range s.boxes {
		if w, ok := wanted[item.box.ID]; ok && item.ground.Visible() {
			item.show(w.box, w.at, w.size, looksOf(w.box))
			delete(wanted, item.box.ID)
		} else {
			spare = append(spare, item)
		}
	}
	for _, w := range wanted {
		if len(spare) == 0 {
			spare = append(spare, newBoxItem())
			s.boxes = append(s.boxes, spare[0])
		}
		spare[0].show(w.box, w.at, w.size, looksOf(w.box))
		spare = spare[1:]
	}
	for _, item := range spare {
		item.hide()
	}
}

// gather lists what is drawn, from the ground up.
func (s *gridBody) gather() {
	count := 1 + len(s.opens.items) + len(s.lines.items) + len(s.words.items) + 6*len(s.boxes) + len(s.ticks.items) + 6 + len(s.ghost.objects())
	if len(s.all) == count {
		return
	}
	s.all = append(s.all[:0:0], s.ground)
	for _, o := range s.opens.items {
		s.all = append(s.all, o)
	}
	for _, o := range s.lines.items {
		s.all = append(s.all, o)
	}
	for _, o := range s.words.items {
		s.all = append(s.all, o)
	}
	s.all = append(s.all, s.past, s.hover.face, s.nowLine)
	for _, b := range s.boxes {
		s.all = append(s.all, b.objects()...)
	}
	for _, o := range s.ticks.items {
		s.all = append(s.all, o)
	}
	s.all = append(s.all, s.hover.time, s.cursor, s.free)
	s.all = append(s.all, s.ghost.objects()...)
	canvas.Refresh(s)
}

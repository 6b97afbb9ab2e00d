package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Select is a widget.Select for the keyboard: Space, Up and Down open the choices at the one chosen now, Enter there
// chooses and Esc leaves it as it was. While they are closed no key changes the choice, because a change may count at
// once; Enter then submits the form.
type Select struct {
	widget.Select
	OnSubmit func() // for Enter; where it is nil, the pane around has the key
	Spoken   string // what it is called by who can't see it, where it is in no Field
	focused  bool
}

// NewSelect returns a field with these choices, none of them chosen.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	touched()
	switch {
	case key.Name == fyne.KeySpace, key.Name == fyne.KeyUp, key.Name == fyne.KeyDown:
		if !s.Disabled() {
			s.open(key)
		}
	case isEnter(key) && s.OnSubmit != nil:
		s.OnSubmit()
	default:
		PassKey(s, key)
	}
}

// TypedRune implements fyne.Focusable.
func (s *Select) TypedRune(r rune) { PassRune(s, r) }

// open shows the choices with the present one lit: the menu starts above the first, so it goes down to it.
func (s *Select) open(key *fyne.KeyEvent) {
	s.Select.TypedKey(key)
	menu := canvasOf(s).Focused()
	if menu == nil || menu == fyne.Focusable(s) {
		return // no choices, or no window
	}
	for range s.SelectedIndex() + 1 {
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}

// FocusGained implements fyne.Focusable.
func (s *Select) FocusGained() {
	s.focused = true
	s.Select.FocusGained()
	Reveal(s)
}

// FocusLost implements fyne.Focusable.
func (s *Select) FocusLost() {
	s.focused = false
	s.Select.FocusLost()
}

func (s *Select) isEmpty() bool { return s.Selected == "" }

// AccessibilityLabel implements fyne.Accessible.
func (s *Select) AccessibilityLabel() string { return s.Spoken }

// AccessibilityRole implements fyne.Accessible.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (s *Select) hint() string { return s.PlaceHolder }

// CreateRenderer implements fyne.Widget. It replaces Fyne's own, which has no edge and so does not look like a field.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &selectRenderer{
		field: s,
		box:   canvas.NewRectangle(color.Transparent),
		label: widget.NewLabel(""),
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain},
		ring:  newRing(),
	}
	r.label.Truncation = fyne.TextTruncateEllipsis
	r.applyLooks()
	return r
}

type selectRenderer struct {
	field     *Select
	box, ring *canvas.Rectangle
	label     *widget.Label
	arrow     *canvas.Image
}

func (r *selectRenderer) Destroy() {}

func (r *selectRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.label, r.arrow, r.ring}
}

// MinSize is wide enough for every choice, so that the field does not change its width with the choice.
func (r *selectRenderer) MinSize() fyne.Size {
	text := fyne.MeasureText(r.field.PlaceHolder, theme.TextSize(), fyne.TextStyle{})
	for _, option := range r.field.Options {
		text = text.Max(fyne.MeasureText(option, theme.TextSize(), fyne.TextStyle{}))
	}
	pad := theme.InnerPadding()
	return text.AddWidthHeight(3*pad+theme.IconInlineSize(), 2*pad)
}

func (r *selectRenderer) Layout(size fyne.Size) {
	pad, icon := theme.InnerPadding(), theme.IconInlineSize()
	r.box.Resize(size)
	layouts.Place(r.arrow, size.Width-pad-icon, (size.Height-icon)/2, icon, icon)
	height := r.label.MinSize().Height
	layouts.Place(r.label, 0, (size.Height-height)/2, size.Width-pad-icon, height)
	placeRingOn(r.ring, size)
}

func (r *selectRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.field.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.field)
}

func (r *selectRenderer) applyLooks() {
	s := r.field
	face, mark := theme.ColorNameInputBackground, theme.ColorNameForeground
	r.label.Importance = widget.MediumImportance
	if s.Disabled() {
		face, mark = theme.ColorNameDisabledButton, theme.ColorNameDisabled
		r.label.Importance = widget.LowImportance
	}
	r.box.FillColor = theme.Color(face)
	r.box.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	r.box.StrokeWidth = theme.Size(theme.SizeNameInputBorder)
	r.box.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	r.label.Text = s.Selected
	if s.Selected == "" {
		r.label.Text = s.PlaceHolder
	}
	r.arrow.Resource = theme.NewColoredResource(theme.Icon(theme.IconNameArrowDropDown), mark)
	refreshRing(r.ring, s.focused && !s.Disabled())
}

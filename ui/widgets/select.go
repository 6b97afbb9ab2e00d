package widgets

import (
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
	fyneSelect
	Control
	OnSubmit func() // for Enter; where it is nil, the pane around has the key
}

type fyneSelect struct{ widget.Select }

// NewSelect returns a field with these choices, none of them chosen.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.Init(s)
	s.inner = &s.Select
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		touched()
		if !s.Disabled() {
			s.open(key)
		}
	default:
		if !s.submit(key, s.OnSubmit) {
			s.Control.TypedKey(key)
		}
	}
}

// open shows the choices with the present one highlighted: the menu starts above the first, so it goes down to it.
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

func (s *Select) isEmpty() bool { return s.Selected == "" }

// AccessibilityRole implements fyne.Accessible.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (s *Select) hint() string { return s.PlaceHolder }

// CreateRenderer implements fyne.Widget. It replaces Fyne's own, which has no edge and so does not look like a field.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	r := &selectRenderer{field: s, box: &canvas.Rectangle{}, label: widget.NewLabel(""), arrow: &canvas.Image{FillMode: canvas.ImageFillContain}, ring: newRing()}
	r.label.Truncation = fyne.TextTruncateEllipsis
	r.Renderer = Renderer{Of: s, Parts: parts(r.box, r.label, r.arrow, r.ring), Look: r.look, Arrange: r.arrange, Least: r.least}
	return r.looking()
}

type selectRenderer struct {
	Renderer
	field     *Select
	box, ring *canvas.Rectangle
	label     *widget.Label
	arrow     *canvas.Image
}

// least is wide enough for every choice, so that the field does not change its width with the choice.
func (r *selectRenderer) least() fyne.Size {
	text := fyne.MeasureText(r.field.PlaceHolder, theme.TextSize(), fyne.TextStyle{})
	for _, option := range r.field.Options {
		text = text.Max(fyne.MeasureText(option, theme.TextSize(), fyne.TextStyle{}))
	}
	pad := theme.InnerPadding()
	return text.AddWidthHeight(3*pad+theme.IconInlineSize(), 2*pad)
}

func (r *selectRenderer) arrange(size fyne.Size) {
	pad, icon := theme.InnerPadding(), theme.IconInlineSize()
	r.box.Resize(size)
	layouts.Place(r.arrow, size.Width-pad-icon, (size.Height-icon)/2, icon, icon)
	height := r.label.MinSize().Height
	layouts.Place(r.label, 0, (size.Height-height)/2, size.Width-pad-icon, height)
	placeRingOn(r.ring, size)
}

func (r *selectRenderer) look() {
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

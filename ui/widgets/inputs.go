package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"

	"anteroom/ui/layouts"
)

// valuesIn are what the inputs in root hold now, in the order of Tab.
func valuesIn(root fyne.CanvasObject) []string {
	if root == nil {
		return nil
	}
	var values []string
	if input, ok := root.(interface{ value() string }); ok {
		values = append(values, input.value())
	}
	for _, child := range layouts.Children(root) {
		values = append(values, valuesIn(child)...)
	}
	return values
}

func (e *Entry) value() string { return e.Text }

// value of a password and of a code is nothing to be kept.
func (p *PasswordEntry) value() string { return "" }

func (e *codeEntry) value() string { return "" }

// value of a path is nothing to be kept: it is chosen again at once.
func (e *pathEntry) value() string { return "" }

func (c *Check) value() string { return strconv.FormatBool(c.Checked) }

func (s *Select) value() string { return s.Selected }

func (p *VersionPicker) value() string { return strconv.Itoa(p.chosen) }

// Closing keeps a form as it is while it is being saved: the zero value is for one form.
type Closing struct {
	closed bool
	off    []fyne.Disableable // what it turned off
}

// Set turns the inputs and buttons in root off, or those on again that it turned off. The focus stays where it is.
func (c *Closing) Set(root fyne.CanvasObject, closed bool) {
	switch {
	case closed == c.closed:
		return
	case closed:
		c.off = turnOff(root)
	default:
		for _, o := range c.off {
			o.Enable()
		}
		c.off = nil
	}
	c.closed = closed
}

// turnOff turns off what is on in root, and returns it.
func turnOff(root fyne.CanvasObject) (off []fyne.Disableable) {
	if input, ok := root.(fyne.Disableable); ok {
		if input.Disabled() {
			return nil
		}
		input.Disable()
		return []fyne.Disableable{input}
	}
	for _, child := range layouts.Children(root) {
		off = append(off, turnOff(child)...)
	}
	return off
}

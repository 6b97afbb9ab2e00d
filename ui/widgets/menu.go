package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is an act in a menu that a button or the right mouse button lets down. One without a Text is a line between others.
type MenuItem struct {
	Text string
	Sign fyne.Resource // nil: none
	Key  string        // that does the same, at its right; "": none
	Act  func()
	Off  bool // it can't be done now
}

// ShowMenu lets down a menu over what it belongs to, at a place there. The arrow keys go through it, Enter takes, Esc closes;
// then the focus is where it was. Where no item is left nothing is shown.
func ShowMenu(of fyne.CanvasObject, at fyne.Position, items ...MenuItem) {
	touched()
	PutAway()
	c := canvasOf(of)
	if c == nil || len(items) == 0 {
		return
	}
	if l := tipLayerOf(of); l != nil && l.canvas != nil {
		c = l.canvas
	}
	labels, keys := make([]string, len(items)), make([]string, len(items))
	for n, i := range items {
		labels[n], keys[n] = i.Text, i.Key
	}
	labels = LabelsWithKeys(labels, keys)
	menu := fyne.NewMenu("")
	for n, i := range items {
		if i.Text == "" {
			menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			continue
		}
		item := fyne.NewMenuItem(labels[n], func() {
			touched()
			i.Act()
		})
		item.Disabled = i.Off
		if i.Sign != nil {
			item.Icon = theme.NewThemedResource(i.Sign)
		}
		menu.Items = append(menu.Items, item)
	}
	popUp := widget.NewPopUpMenu(menu, c)
	letDown, popUp.OnDismiss = popUp, PutAway
	popUp.ShowAtRelativePosition(at, of)
	for _, i := range menu.Items { // the first that can be done is chosen, so that Enter takes it
		if i.IsSeparator {
			continue
		}
		if popUp.ActivateNext(); !i.Disabled {
			break
		}
	}
}

// letDown is the menu that is; nil: none is.
var letDown *widget.PopUpMenu

// PutAway takes away the menu that is let down, and what tip there is: the screen that they are about is not to be seen any
// more, or they were dismissed.
func PutAway() {
	hideTip()
	if menu := letDown; menu != nil {
		letDown = nil
		menu.Hide()
	}
}

// ShowMenuBelow lets it down below the object that it belongs to, such as its button.
func ShowMenuBelow(of fyne.CanvasObject, items ...MenuItem) {
	ShowMenu(of, fyne.NewPos(0, of.Size().Height+ringGap), items...)
}

// MenuKeys are the keys that let down the menu of what is chosen, each with what shows it: the menu key, and Shift+F10, of
// which Fyne tells the F10 alone.
func MenuKeys(show func()) map[fyne.KeyName]func() {
	return map[fyne.KeyName]func(){desktop.KeyMenu: show, fyne.KeyF10: show}
}

// isMenuKey says that a key is one of MenuKeys.
func isMenuKey(key *fyne.KeyEvent) bool {
	return key.Name == desktop.KeyMenu || key.Name == fyne.KeyF10
}

const (
	tabWidth = 40 // between the tab stops of a text, whatever its size; Fyne gives it no name
	tabSlack = 2  // how near a tab stop no label may end: on a screen of another scale it could end behind it
)

// LabelsWithKeys are the labels of a menu's items with the keys that do the same at their right, in one column: Fyne draws
// a shortcut in a colour that is hard to read. "" is no key.
func LabelsWithKeys(labels, keys []string) []string {
	width := func(text string) float32 { return fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width }
	column := float32(0)
	for i, label := range labels {
		if keys[i] != "" {
			column = max(column, width(label)+2*gap)
		}
	}
	all := make([]string, len(labels))
	for i, label := range labels {
		all[i] = label
		if keys[i] == "" {
			continue
		}
		end := width(label)
		if beyond := float32(math.Mod(float64(end), tabWidth)); beyond < tabSlack || beyond > tabWidth-tabSlack {
			label += " "
			end = width(label)
		}
		for stop := tabWidth * float32(math.Ceil(float64(end)/tabWidth)); ; stop += tabWidth {
			label += "\t"
			if stop >= column {
				break
			}
		}
		all[i] = label + keys[i]
	}
	return all
}

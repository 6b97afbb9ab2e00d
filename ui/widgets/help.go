package widgets

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"anteroom/ui/layouts"
)

// HelpAt names the topic that says what somebody is doing now: that of the innermost page around the focus, or else of
// one in sight. Where what lies on top has none, the topic of what is under it counts. "": there is none.
func HelpAt(c fyne.Canvas) string {
	focused, _ := c.Focused().(fyne.CanvasObject)
	for _, root := range slices.Backward(append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)) {
		for _, panes := range [][]fyne.CanvasObject{pathTo(root, focused), visibleIn(root)} {
			for _, pane := range slices.Backward(panes) {
				if page, ok := pane.(*Page); ok && page.options.Help != "" {
					return page.options.Help
				}
			}
		}
	}
	return ""
}

// BoundKeys are the keys, and the letters, that something in sight does something with, by the topic that is to name
// them. What Enter and Esc do on a page is not among them: every page has it.
func BoundKeys(root fyne.CanvasObject) map[string]Bound {
	found := map[string]Bound{}
	var collect func(o fyne.CanvasObject, topic string)
	collect = func(o fyne.CanvasObject, topic string) {
		if o == nil || !o.Visible() {
			return
		}
		if page, ok := o.(*Page); ok && page.options.Help != "" {
			topic = page.options.Help
		}
		if b, ok := o.(interface{ bound() Bound }); ok {
			found[topic] = found[topic].and(b.bound())
		}
		for _, child := range layouts.Children(o) {
			collect(child, topic)
		}
	}
	collect(root, "")
	return found
}

// Bound are keys and letters that do something.
type Bound struct {
	Keys  []fyne.KeyName
	Runes []rune
}

func (b Bound) and(other Bound) Bound {
	return Bound{append(slices.Clip(b.Keys), other.Keys...), append(slices.Clip(b.Runes), other.Runes...)}
}

func bound(keys map[fyne.KeyName]func(), runes map[rune]func()) Bound {
	return Bound{slices.Sorted(maps.Keys(keys)), slices.Sorted(maps.Keys(runes))}
}

func (p *Page) bound() Bound { return bound(p.options.Keys, p.options.Runes) }

func (c *Control) bound() Bound { return bound(c.Keys, c.Runes) }

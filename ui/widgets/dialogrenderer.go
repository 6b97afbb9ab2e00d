package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// dialogMargin is the least that stays free between a dialog and the edge of the window.
const dialogMargin = 16

const dockedPad = 14 // inside a dialog that is part of a page

func (d *Dialog) pad() float32 {
	if d.options.Dock != nil {
		return dockedPad
	}
	return cardPad
}

// CreateRenderer implements fyne.Widget. The dialog itself covers the whole window, so nothing behind it can be used.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	return &dialogRenderer{
		dialog:  d,
		shade:   canvas.NewRectangle(theme.Color(theme.ColorNameShadow)),
		surface: newSurface(),
	}
}

type dialogRenderer struct {
	dialog         *Dialog
	shade, surface *canvas.Rectangle
}

func (r *dialogRenderer) Destroy() {}

func (r *dialogRenderer) Objects() []fyne.CanvasObject {
	d := r.dialog
	return []fyne.CanvasObject{r.shade, r.surface, d.title, d.body, d.message, d.busy, d.footer}
}

// MinSize is nothing, or a tall dialog would make the window grow instead of scroll.
func (r *dialogRenderer) MinSize() fyne.Size { return fyne.Size{} }

// Layout makes the sheet as high as its content needs, up to the height of the window; then the content scrolls.
func (r *dialogRenderer) Layout(window fyne.Size) {
	d := r.dialog
	r.shade.Resize(window)
	isDocked := d.options.Dock != nil
	r.shade.Hidden = isDocked

	inner, pad := d.innerWidth(), d.pad()
	width := inner + 2*pad
	title := layouts.FitHeight(d.title, inner) + 2*gap
	message := max(layouts.SmallLines(messageLines)(), layouts.FitHeight(d.message, inner)) + 2*gap
	if isDocked && d.message.Text() == "" {
		message = gap // beside a page there is less room, and what moves is only the content
	}
	buttons, busy := d.footer.MinSize(), d.busy.MinSize().Height
	if d.isBusyAbove = d.needsBusyAbove(); d.isBusyAbove && d.message.Text() != "" { // else its room is free
		message += busy
	}
	footer := buttons.Height
	rest := title + message + footer + 2*pad
	body := min(layouts.FitHeight(d.body.Content, inner+2*ringRoom), window.Height-2*dialogMargin-rest)
	if isDocked {
		body = max(0, window.Height-rest)
	}

	height := body + rest
	left, top := (window.Width-width)/2, (window.Height-height)/2
	layouts.Place(r.surface, left, top, width, height)

	left += pad
	top += pad
	layouts.Place(d.title, left, top, inner, title)
	layouts.Place(d.body, left-ringRoom, top+title, inner+2*ringRoom, body)
	layouts.Place(d.message, left, top+title+body+gap, inner, max(0, message-2*gap))
	top += title + body + message
	layouts.Place(d.footer, left+inner-buttons.Width, top, buttons.Width, footer)
	if d.isBusyAbove {
		layouts.Place(d.busy, left, top-busy-gap/2, inner, busy)
	} else {
		layouts.Place(d.busy, left, top, inner-buttons.Width-gap, footer)
	}
}

func (r *dialogRenderer) Refresh() {
	r.shade.FillColor = theme.Color(theme.ColorNameShadow)
	applySurfaceLooks(r.surface)
	r.Layout(r.dialog.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.dialog)
}

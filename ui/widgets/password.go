package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// PasswordEntry is an Entry that shows bullets, with a "Show" in it for the mouse. The Tab key passes that by: between
// two password fields, who types on without looking would press it with the first space. For the keyboard a window
// has a menu key that calls ToggleShown.
type PasswordEntry struct {
	Entry
	toggle   *mouseLink
	capsLock *Notice
}

// NewPasswordEntry returns an empty password field.
func NewPasswordEntry() *PasswordEntry {
	p := &PasswordEntry{}
	p.Password = true
	p.toggle = newMouseLink(lang.L("Show"), p.toggleByMouse)
	p.capsLock = newCapsLockNotice()
	beside := container.NewHBox(container.NewCenter(p.capsLock), container.NewCenter(p.toggle))
	p.ActionItem = container.New(layouts.Inset{Left: theme.InnerPadding, Right: theme.InnerPadding}, beside)
	p.setUp(p)
	return p
}

// SetShown shows the password in clear, or as bullets.
func (p *PasswordEntry) SetShown(shown bool) {
	p.Password = !shown
	if shown {
		p.toggle.setText(lang.L("Hide"))
	} else {
		p.toggle.setText(lang.L("Show"))
	}
	p.Refresh()
}

// ToggleShown shows what is hidden and hides what is shown.
func (p *PasswordEntry) ToggleShown() { p.SetShown(p.Password) }

// toggleByMouse gives the field the focus back, which Fyne takes away at a click beside it.
func (p *PasswordEntry) toggleByMouse() {
	p.ToggleShown()
	if c := canvasOf(p); c != nil {
		c.Focus(p)
	}
}

// mouseLink is a link that never has the focus.
type mouseLink struct {
	widget.BaseWidget
	label  *canvas.Text
	words  *fyne.Container
	tapped func()
}

var (
	_ fyne.Tappable      = (*mouseLink)(nil)
	_ desktop.Cursorable = (*mouseLink)(nil)
)

func newMouseLink(text string, tapped func()) *mouseLink {
	l := &mouseLink{label: canvas.NewText(text, color.Transparent), tapped: tapped}
	l.words = container.New(underlineLayout{}, l.label, newUnderline())
	l.ExtendBaseWidget(l)
	l.applyLooks()
	return l
}

func (l *mouseLink) setText(text string) {
	l.label.Text = text
	l.Refresh()
}

// Tapped implements fyne.Tappable.
func (l *mouseLink) Tapped(*fyne.PointEvent) { l.tapped() }

// Cursor implements desktop.Cursorable.
func (l *mouseLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh takes over the theme's looks.
func (l *mouseLink) Refresh() {
	l.applyLooks()
	l.words.Refresh()
	l.BaseWidget.Refresh()
}

func (l *mouseLink) applyLooks() {
	l.label.Color = theme.Color(theme.ColorNameHyperlink)
	l.label.TextSize = theme.TextSize()
}

// CreateRenderer implements fyne.Widget.
func (l *mouseLink) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.words)
}

package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// Place is one that a tab of the bar leads to.
type Place int

// The places of who is signed in.
const (
	AtToday Place = iota
	AtPatients
	AtSettings
	placeCount int = iota
)

// Places are the tabs at the beginning of the bar, which is the same wherever somebody signed in is.
type Places struct {
	logo fyne.CanvasObject
	tabs [placeCount]*widgets.Button
}

// NewPlaces makes them, after a logo. Only a Practice Admin has the settings (SetAdmin).
func NewPlaces(logo fyne.Resource, onToday, onPatients, onSettings func()) *Places {
	picture := canvas.NewImageFromResource(logo)
	picture.FillMode = canvas.ImageFillContain
	side := layouts.Exactly(layouts.Length(theme.IconInlineSize).Times(1.3))
	p := &Places{logo: container.New(layouts.MinSize{Width: side, Height: side}, picture)}
	p.tabs = [placeCount]*widgets.Button{
		widgets.NewTab(looks.SignToday, lang.L("Today"), onToday),
		widgets.NewTab(looks.SignPatients, lang.L("Patients"), onPatients),
		widgets.NewTab(looks.SignSettings, lang.L("Settings"), onSettings),
	}
	return p
}

// Items are what the bar begins with.
func (p *Places) Items() []widgets.ToolbarItem {
	const rank = 3 // what a page has there gives way before, the name of who is signed in after it
	items := []widgets.ToolbarItem{{Object: p.logo}}
	for _, tab := range p.tabs {
		items = append(items, widgets.ToolbarItem{Object: tab, Rank: rank, Stays: true})
	}
	return items
}

// SetAt shows where somebody is.
func (p *Places) SetAt(at Place) {
	for i, tab := range p.tabs {
		tab.SetOn(i == int(at))
	}
}

// SetAdmin says whether the settings are there.
func (p *Places) SetAdmin(admin bool) { widgets.SetVisible(p.tabs[AtSettings], admin) }

// Tab is the button that leads to a place.
func (p *Places) Tab(to Place) *widgets.Button { return p.tabs[to] }

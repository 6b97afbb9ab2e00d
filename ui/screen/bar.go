package screen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
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

// BarParams are what the bar leads to.
type BarParams struct {
	Logo                                   fyne.Resource
	OnToday, OnPatients, OnSettings        func()
	OnAccount, OnLock, OnSwitch, OnSignOut func()
}

// Bar stands over every page of who is signed in: the places, what the page has there, and who that is.
type Bar struct {
	params   BarParams
	content  *fyne.Container
	toolbar  *widgets.Toolbar
	logo     fyne.CanvasObject
	tabs     [placeCount]*widgets.Button
	account  *widgets.Button // who is signed in, and the menu of what they do about that
	lock     *widgets.Button
	practice string
}

const (
	barHeight   = 48
	barInset    = 8
	barAir      = 8   // above and below its buttons together
	longestName = 150 // in the button, for text at 100 %
)

// The ranks of what gives way where the bar is short, after what the page has there, which has less. Who is signed in is to
// be seen the longest.
const (
	rankLock = iota + 2
	rankPlaces
	rankAccount
)

// NewBar makes it. Only a Practice Admin has the settings (ShowUser).
func NewBar(p BarParams) *Bar {
	b := &Bar{params: p, toolbar: widgets.NewToolbar(barInset)}
	picture := canvas.NewImageFromResource(p.Logo)
	picture.FillMode = canvas.ImageFillContain
	side := layouts.Exactly(layouts.Length(theme.IconInlineSize).Times(1.3))
	b.logo = container.New(layouts.MinSize{Width: side, Height: side}, picture)
	b.tabs = [placeCount]*widgets.Button{
		widgets.NewTab(looks.SignToday, lang.L("Today"), p.OnToday),
		widgets.NewTab(looks.SignPatients, lang.L("Patients"), p.OnPatients),
		widgets.NewTab(looks.SignSettings, lang.L("Settings"), p.OnSettings),
	}
	b.account = widgets.NewMenuButton(looks.SignPatients, "", b.showAccount)
	b.lock = widgets.NewFlatButton(looks.SignLock, "", p.OnLock)
	b.lock.Spoken, b.lock.Tip = lang.L("Lock"), lang.L("Lock ({{.Key}})", map[string]any{"Key": words.Shortcut("L")})
	b.content = container.New(layouts.MinSize{Height: func(own float32) float32 { return max(barHeight, own+barAir) }}, b.toolbar)
	return b
}

// Content is what the window shows.
func (b *Bar) Content() fyne.CanvasObject { return b.content }

// Fill shows where somebody is, and what the page has in the bar.
func (b *Bar) Fill(at Place, items ...widgets.ToolbarItem) {
	all := []widgets.ToolbarItem{{Object: b.logo}}
	for i, tab := range b.tabs {
		tab.SetOn(i == int(at))
		all = append(all, widgets.ToolbarItem{Object: tab, Rank: rankPlaces, Stays: true})
	}
	all = append(all, items...)
	all = append(all,
		widgets.ToolbarItem{Object: b.account, Rank: rankAccount, Stays: true, Right: true},
		widgets.ToolbarItem{Object: b.lock, Rank: rankLock},
	)
	b.toolbar.SetItems(all...)
}

// Refresh lays it out anew: something in it needs another width.
func (b *Bar) Refresh() { b.toolbar.Refresh() }

// ShowUser shows who is signed in ("": that is not known yet), in which practice, and whether they have the settings.
func (b *Bar) ShowUser(name, practice string, admin bool) {
	if name == "" {
		name = lang.L("My account")
	}
	b.practice = practice
	b.account.SetText(shortened(name))
	widgets.SetVisible(b.tabs[AtSettings], admin)
	b.Refresh()
}

// Tab is the button that leads to a place.
func (b *Bar) Tab(to Place) *widgets.Button { return b.tabs[to] }

// Account is the button with who is signed in.
func (b *Bar) Account() *widgets.Button { return b.account }

// Lock is the button that locks.
func (b *Bar) Lock() *widgets.Button { return b.lock }

// Practice is the name of the practice that the menu shows.
func (b *Bar) Practice() string { return b.practice }

// showAccount lets down what somebody does about who is signed in.
func (b *Bar) showAccount() {
	p := b.params
	var items []widgets.MenuItem
	if b.practice != "" {
		items = append(items, widgets.MenuItem{Text: b.practice, Off: true, Act: func() {}}, widgets.MenuItem{})
	}
	widgets.ShowMenuBelow(b.account, append(items,
		widgets.MenuItem{Text: lang.L("My account"), Sign: looks.SignPatients, Act: p.OnAccount},
		widgets.MenuItem{Text: lang.L("Lock"), Sign: looks.SignLock, Act: p.OnLock},
		widgets.MenuItem{Text: lang.L("Switch user"), Sign: looks.SignSwitch, Act: p.OnSwitch},
		widgets.MenuItem{Text: lang.L("Sign out"), Sign: looks.SignSignOut, Act: p.OnSignOut},
	)...)
}

// shortened is a name as long as the button may be beside the others.
func shortened(name string) string {
	const ellipsis = "…"
	longest := layouts.Scaled(longestName)
	for letters, cut := []rune(name), name; ; cut = strings.TrimSpace(string(letters)) + ellipsis {
		if fyne.MeasureText(cut, theme.TextSize(), fyne.TextStyle{Bold: true}).Width <= longest || len(letters) == 0 {
			return cut
		}
		letters = letters[:len(letters)-1]
	}
}

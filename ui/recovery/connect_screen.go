package recovery

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data/sharing"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// ConnectParams are what the screen "Connect to the practice's server" needs.
// Connect and ConnectWithKit are slow: off the UI goroutine.
type ConnectParams struct {
	screen.Scope
	Window  fyne.Window
	Address string // that it begins with
	Kit     bool   // it asks for the recovery kit only: this computer is of the practice already

	Connect        func(ctx context.Context, address, code string, at func(sharing.Step)) error
	ConnectWithKit func(ctx context.Context, address, key string, at func(sharing.Step)) error
	Done           func(kit bool) // one of them has connected this computer
	OnBack         func()
}

// ConnectScreen links this computer to a practice on a server.
type ConnectScreen struct {
	screen.Page
	presenter *connect
	begun     string // the address it began with
	address   *widgets.Entry
	field     *widgets.Field
	keys      map[bool]*keyField // by whether it is the kit's
	swap      *widgets.Button
	footer    *screen.Footer
	column    *container.Scroll // around the card
}

// NewConnect makes the screen.
func NewConnect(p ConnectParams) *ConnectScreen {
	s := &ConnectScreen{presenter: newConnect(p), begun: p.Address, address: widgets.NewEntry()}
	edited := s.presenter.edited
	s.address.SetText(p.Address)
	s.address.OnChanged = func(string) { edited() }
	s.address.OnSubmit = s.enterAddress
	s.field = widgets.NewField(lang.L("Address"), s.address)
	s.field.SetHelp(lang.L("The server's name or number: at the server, it stands over the linking code, and under Settings > Server."))
	s.keys = map[bool]*keyField{false: newKeyField(connectKeyWords(false), edited), true: newKeyField(connectKeyWords(true), edited)}
	s.swap = widgets.NewLink("", s.presenter.swap)
	s.swap.Hidden = p.Kit
	s.footer = screen.NewMessageFooter("", widgets.NewButton(lang.L("Back"), s.back),
		widgets.NewPrimaryButton(lang.L("Connect"), s.submit), s.presenter.task.Cancel)
	s.footer.CancelFrom = screen.Lasting
	intro := lang.L("The practice's data lies on one of its computers, the server. A Practice Admin makes the linking code there, under Settings > Server. It counts for ten minutes, and for one computer.")
	if p.Kit {
		intro = lang.L("With the recovery kit this computer connects to the practice's server again, also after that was set up anew. Type the address it has now.")
	}
	card := widgets.NewCard(
		widgets.Heading(lang.L("Connect to the practice's server")),
		widgets.Paragraph(intro),
		widgets.NewGap(),
		s.field,
		container.NewStack(s.keys[false].field, s.keys[true].field),
		s.swap,
	).Footed(s.footer.Line)
	s.column, _ = widgets.Centered(card).(*container.Scroll)
	s.Page = screen.NewPage(p.Window, help.Connect, s.column, widgets.PageOptions{OnEnter: s.submit, OnEscape: s.back})
	s.presenter.begin(connectDisplay{View: screen.NewView(s.show), GoToAddress: func() { s.FocusOn(s.address) }, GoToKey: s.goToKey})
	return s
}

// Focus gives the focus to the first empty field.
func (s *ConnectScreen) Focus() {
	s.Page.Focus()
	if s.address.Text != "" && s.key().text == "" {
		s.FocusOn(s.key().entry)
	}
}

// IsBusy says that this computer is being connected.
func (s *ConnectScreen) IsBusy() bool { return s.presenter.task.IsBusy() }

// Close wipes what was typed.
func (s *ConnectScreen) Close() {
	for _, key := range s.keys {
		key.wipe()
	}
	s.footer.Show(screen.Idle, false)
}

func (s *ConnectScreen) key() *keyField { return s.keys[s.presenter.byKit] }

// enterAddress is Enter in the first field: on to the second, if that is empty.
func (s *ConnectScreen) enterAddress() {
	if s.address.Text != "" && s.key().text == "" {
		s.FocusOn(s.key().entry)
		return
	}
	s.submit()
}

func (s *ConnectScreen) submit() { s.presenter.submit(s.address.Text, s.key().text) }

// back asks first where something was typed: no key alone takes it away.
func (s *ConnectScreen) back() {
	if !s.presenter.task.IsBusy() && s.isTyped() {
		widgets.AskToThrowAway(s.Window, s.presenter.back)
		return
	}
	s.presenter.back()
}

func (s *ConnectScreen) isTyped() bool {
	return s.keys[false].text+s.keys[true].text != "" || strings.TrimSpace(s.address.Text) != s.begun
}

func (s *ConnectScreen) show(v connectView) {
	s.field.SetError(v.AddressError)
	swapped := !s.keys[v.Kit].field.Visible()
	for kit, key := range s.keys {
		key.field.SetError("")
		widgets.SetVisible(key.field, kit == v.Kit)
	}
	s.keys[v.Kit].field.SetError(v.KeyError)
	text := lang.L("Use the recovery kit instead")
	if v.Kit {
		text = lang.L("Use a linking code instead")
	}
	if s.swap.Text != text {
		s.swap.SetText(text)
	}
	widgets.SetEnabled(s.swap, v.CanSubmit)
	s.footer.Say(v.Doing)
	s.footer.ShowMessage(v.Error, v.Stage, v.CanSubmit)
	if swapped && s.column != nil { // the kit's key has a line more
		s.column.Content.Refresh()
	}
}

func (s *ConnectScreen) goToKey(group int) {
	s.key().goTo(group)
	s.FocusOn(s.key().entry)
}

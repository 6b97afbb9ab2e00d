package signin

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// LockParams are what the screen "Locked" needs.
type LockParams struct {
	screen.Scope
	Window   fyne.Window
	Practice string
	Name     string    // whose work is behind it; "": not known yet
	Since    time.Time // since when

	// Unlock is slow, so it is called off the UI goroutine. What can be tried
	// again is shown; anything else is for Done.
	Unlock   func(ctx context.Context, password string) error
	Lock     func()        // for an unlocking that comes when the screen was left
	Done     func(error)   // nil: unlocked
	Server   func() string // says that the practice's server does not answer; "": it does; nil likewise
	OnSwitch func()
}

// LockScreen stands before the work of who has gone away for a while.
type LockScreen struct {
	screen.Page
	presenter *lock
	password  *widgets.PasswordEntry
	field     *widgets.Field // around password
	server    *widgets.Notice
	card      *widgets.Card
	footer    *screen.Footer
}

// NewLock makes the screen.
func NewLock(p LockParams) *LockScreen {
	s := &LockScreen{presenter: newLock(p), password: widgets.NewPasswordEntry()}
	s.field = widgets.NewField(lang.L("Password"), s.password)
	s.footer = screen.NewFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Switch user"), p.OnSwitch),
		widgets.NewPrimaryButton(lang.L("Unlock"), s.submit), s.presenter.task.Cancel)
	s.server = widgets.NewNotice(widgets.Warning, "")
	s.card = widgets.NewCard(
		logo(),
		widgets.NewGap(),
		widgets.Heading(lang.L("Locked")),
		widgets.Paragraph(p.Name),
		widgets.Quiet(lockedText(p)),
		widgets.NewGap(),
		s.field,
	).Footed(s.footer.Line, s.server)
	s.Page = screen.NewPage(p.Window, help.Lock, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.submit, OnEscape: s.clear})
	s.presenter.begin(screen.NewView(s.show), s.retype)
	return s
}

func lockedText(p LockParams) string {
	return lang.L("{{.Practice}}. Your work is as you left it at {{.Clock}}.",
		map[string]any{"Practice": p.Practice, "Clock": words.Clock(p.Since)})
}

// Close wipes what was typed.
func (s *LockScreen) Close() {
	wipe(s.password)
	s.footer.Show(screen.Idle, false)
}

func (s *LockScreen) submit() { s.presenter.submit(s.password.Text) }

func (s *LockScreen) clear() { wipe(s.password) }

func (s *LockScreen) show(v lockView) {
	if s.server.Text() != v.Server {
		s.server.SetText(v.Server)
		s.card.Refresh()
	}
	widgets.SetVisible(s.server, v.Server != "")
	s.field.SetError(v.Error)
	s.footer.Show(v.Stage, v.CanSubmit)
}

func (s *LockScreen) retype() {
	wipe(s.password)
	s.FocusOn(s.password)
}

package signin

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// SignInParams are what the screen "Sign in" needs.
type SignInParams struct {
	screen.Scope
	Window fyne.Window
	Navigation
	Attempt     *auth.Attempt
	Practice    string
	Username    string                      // where it is known who comes
	Done        string                      // what they did just before; "" says nothing
	Notice      string                      // why somebody is here who was signed in; "" says nothing
	Address     string                      // that other computers connect to, where that is news; "": says nothing
	Copier      *work.Copier                // for Address
	ClockBehind func() time.Duration        // how far this computer's clock is behind; nil: it isn't
	ClockAhead  func() time.Duration        // how far it is ahead of the server's; nil: there is none
	Reach       func(context.Context) error // asks the practice's server something, slowly; nil: there is none
	Because     error                       // why the sign-in before led back here; nil: it didn't
	OnKit       func()                      // a way in with the recovery kit
	OnBack      func()                      // where Esc leads when nothing is typed; nil: nowhere
}

// SignInScreen asks for username and password.
type SignInScreen struct {
	screen.Page
	presenter *signIn
	username  *widgets.Entry
	password  *widgets.PasswordEntry
	field     *widgets.Field  // around password; shows the errors
	clock     *widgets.Notice // names a clock that is behind
	footer    *screen.Footer
	card      *widgets.Card
	onKit     func()
	onBack    func()
}

// NewSignIn makes the screen.
func NewSignIn(p SignInParams) *SignInScreen {
	s := &SignInScreen{
		presenter: newSignIn(p),
		username:  widgets.NewEntry(),
		password:  widgets.NewPasswordEntry(),
		clock:     widgets.NewNotice(widgets.Warning, ""),
		onKit:     p.OnKit,
		onBack:    p.OnBack,
	}
	s.username.SetText(p.Username)
	s.username.OnSubmit = s.enterUsername
	s.username.OnChanged = s.presenter.rename
	s.field = widgets.NewField(lang.L("Password"), s.password).Reserve(errorLines(2, p.ClockBehind))
	var back *widgets.Button
	if p.OnBack != nil {
		back = widgets.NewButton(lang.L("Switch user"), p.OnBack)
	}
	s.footer = screen.NewFooter(lang.L("Checking…"), back, widgets.NewPrimaryButton(lang.L("Sign in"), s.submit), s.presenter.task.Cancel)
	foot := []fyne.CanvasObject{s.footer.Line}
	if p.Address != "" {
		foot = append(foot, widgets.NewGap(), newAddressNotice(p.Address, p.Copier))
	}
	if p.Done != "" {
		foot = append(foot, widgets.NewGap(), widgets.NewNotice(widgets.Good, p.Done))
	}
	if p.Notice != "" {
		foot = append(foot, widgets.NewGap(), widgets.NewNotice(widgets.Info, p.Notice))
	}
	s.card = widgets.NewCard(
		logo(),
		widgets.NewGap(),
		signInHeading(p.Practice),
		widgets.NewGap(),
		widgets.NewField(lang.L("Username"), s.username).Reserve(0),
		s.field,
		widgets.NewLink(lang.L("Forgot password?"), s.explainForgotten),
	).Footed(append(foot, s.clock)...)
	s.Page = screen.NewPage(p.Window, help.SignIn, widgets.Centered(s.card),
		widgets.PageOptions{OnEnter: s.submit, OnEscape: s.clear})
	s.presenter.begin(screen.NewView(s.show), s.retype)
	return s
}

// newAddressNotice says what other computers connect to, to be read and copied.
func newAddressNotice(address string, copier *work.Copier) fyne.CanvasObject {
	copied := widgets.Small("")
	link := widgets.NewLink(lang.L("Copy the address"), func() {
		copier.Copy(address)
		copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
	})
	text := lang.L("Other computers connect to {{.Address}}.", map[string]any{"Address": address})
	before, after, _ := strings.Cut(text, address)
	strong := widget.RichTextStyleStrong
	strong.Inline = true
	words := widget.NewRichText(
		&widget.TextSegment{Text: before, Style: widget.RichTextStyleInline},
		&widget.TextSegment{Text: address, Style: strong},
		&widget.TextSegment{Text: after, Style: widget.RichTextStyleInline},
	)
	words.Wrapping = fyne.TextWrapWord
	return widgets.NewColumn(widgets.Flush(words), container.NewBorder(nil, nil, link, nil, copied))
}

// longName is from where on a practice's name in large letters would push the
// fields down too far.
const longName = 60

func signInHeading(practice string) *widgets.Text {
	text := lang.L("Sign in to {{.Practice}}", map[string]any{"Practice": practice})
	if utf8.RuneCountInString(practice) > longName {
		return widgets.Subheading(text)
	}
	return widgets.Heading(text)
}

// Close wipes what was typed.
func (s *SignInScreen) Close() {
	wipe(s.password)
	s.username.SetText("")
	s.footer.Show(screen.Idle, false)
}

// enterUsername is Enter in the first field: on to the second, if that is empty.
func (s *SignInScreen) enterUsername() {
	if s.password.Text == "" {
		s.FocusOn(s.password)
		return
	}
	s.submit()
}

func (s *SignInScreen) submit() {
	switch {
	case s.username.Text == "":
		s.FocusOn(s.username)
	case s.password.Text == "":
		s.FocusOn(s.password)
	default:
		s.presenter.submit(s.username.Text, s.password.Text)
	}
}

func (s *SignInScreen) clear() {
	if s.onBack != nil && s.password.Text == "" && s.presenter.isIdle() {
		s.onBack()
		return
	}
	if s.presenter.clear() {
		wipe(s.password)
		s.username.SetText("")
		s.FocusOn(s.username)
	}
}

func (s *SignInScreen) explainForgotten() {
	widgets.ShowDialog(s.Window, widgets.DialogOptions{
		Title: lang.L("Forgot your password?"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L(
				"Ask a Practice Admin to reset it. They give you a one-time password, and you choose your own when you sign in with it.")),
			widgets.Quiet(lang.L("If no Practice Admin can sign in, the practice's recovery kit lets one in again.")),
		),
		Careful:   true,
		Primary:   lang.L("Use the recovery kit"),
		OnPrimary: s.onKit,
		Cancel:    lang.L("Close"),
	})
}

func (s *SignInScreen) show(v signInView) {
	s.field.SetError(v.Error)
	s.footer.Show(v.Stage, v.CanSubmit)
	if s.clock.Text() != v.Clock {
		s.clock.SetText(v.Clock)
		s.card.Refresh()
	}
	widgets.SetVisible(s.clock, v.Clock != "")
}

func (s *SignInScreen) retype() {
	wipe(s.password)
	s.FocusOn(s.password)
}

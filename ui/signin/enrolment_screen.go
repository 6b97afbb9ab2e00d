package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// EnrolParams are what the enrolment of a sign-in needs.
type EnrolParams struct {
	screen.Scope
	Window fyne.Window
	Navigation
	Attempt *auth.Attempt
	State   auth.State
	Copier  *work.Copier
	OnBack  func()
}

// EnrolScreen is the page under the enrolment dialog of a sign-in.
type EnrolScreen struct {
	screen.Page
	params EnrolParams
	task   *screen.Task
	footer *screen.Footer
	dialog *Enrolment
}

// NewEnrol makes the screen. The dialog comes once there is a key to show.
func NewEnrol(p EnrolParams) *EnrolScreen {
	s := &EnrolScreen{params: p}
	s.task = screen.NewTask(p.Scope, s.refresh)
	s.footer = screen.NewFooter(lang.L("Preparing…"), nil, widgets.NewButton(lang.L("Back"), p.OnBack), s.task.Cancel)
	card := widgets.NewCard(logo(), widgets.Quiet(lang.L("One more step: your authenticator.")).Centered(), s.footer.Line)
	s.Page = screen.NewPage(p.Window, help.Enrolment, widgets.Centered(card), widgets.PageOptions{OnEscape: p.OnBack})
	var e *auth.Enrolment
	s.task.Start(func(ctx context.Context) (err error) {
		e, err = p.Attempt.Enrolment(ctx)
		return err
	}, func(err error) { s.begin(e, err) })
	return s
}

func (s *EnrolScreen) refresh() { s.footer.Show(s.task.Stage(), true) }

func (s *EnrolScreen) begin(e *auth.Enrolment, err error) {
	s.refresh()
	if err != nil {
		s.over(err)
		return
	}
	var state auth.State
	s.dialog = ShowEnrolment(s.Window, EnrolmentParams{
		Scope: s.params.Scope, Copier: s.params.Copier,
		Enrolment: e, Reset: s.params.State.Reset,
		Confirm: func(ctx context.Context, code string) (err error) {
			state, err = s.params.Attempt.Confirm(ctx, code)
			return err
		},
		Done: func() {
			if s.params.Ctx.Err() != nil {
				abandon(state.Session)
				return
			}
			s.params.OnState(state)
		},
		Cancelled: s.params.OnBack,
		Over:      s.over,
	})
}

func (s *EnrolScreen) over(err error) {
	if IsUntrusted(err) {
		s.params.OnUntrusted(err)
		return
	}
	s.params.OnOver(err)
}

// Close takes the dialog and its secrets off the screen.
func (s *EnrolScreen) Close() {
	s.footer.Show(screen.Idle, true)
	if s.dialog != nil {
		s.dialog.Close()
	}
}

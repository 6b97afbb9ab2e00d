package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// enroller is the step of a sign-in that sets an authenticator up.
// *auth.Attempt is one.
type enroller interface {
	Enrolment(ctx context.Context) (*auth.Enrolment, error)
	Confirm(ctx context.Context, code string) (auth.State, error)
}

// EnrolParams are what the enrolment of a sign-in needs.
type EnrolParams struct {
	Host
	Ways
	Attempt enroller
	State   auth.State
	Copier  *work.Copier
	OnBack  func()
}

// EnrolScreen is the page under the enrolment dialog of a sign-in.
type EnrolScreen struct {
	page
	params EnrolParams
	task   task
	footer *footer
	dialog *Enrolment
}

// NewEnrol makes the screen. The dialog comes once there is a key to show.
func NewEnrol(p EnrolParams) *EnrolScreen {
	s := &EnrolScreen{params: p}
	s.task = newTask(p.Host, s.refresh)
	s.footer = newFooter(lang.L("Preparing…"), nil, widgets.NewButton(lang.L("Back"), p.OnBack), s.task.cancel)
	card := widgets.NewCard(logo(), widgets.Quiet(lang.L("One more step: your authenticator.")).Centered(), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEscape: p.OnBack})
	var e *auth.Enrolment
	s.task.start(func(ctx context.Context) (err error) {
		e, err = p.Attempt.Enrolment(ctx)
		return err
	}, func(err error) { s.begin(e, err) })
	return s
}

func (s *EnrolScreen) refresh() { s.footer.show(s.task.waiting, true) }

func (s *EnrolScreen) begin(e *auth.Enrolment, err error) {
	s.refresh()
	if err != nil {
		s.over(err)
		return
	}
	var state auth.State
	s.dialog = ShowEnrolment(s.host.Window, EnrolmentParams{
		Ctx: s.host.Ctx, Runner: s.host.Runner, Copier: s.params.Copier,
		Enrolment: e, Reset: s.params.State.Reset,
		Confirm: func(ctx context.Context, code string) (err error) {
			state, err = s.params.Attempt.Confirm(ctx, code)
			return err
		},
		Done: func() {
			if s.host.Ctx.Err() != nil {
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
	if Shuts(err) {
		s.params.OnShut(err)
		return
	}
	s.params.OnOver(err)
}

// Close takes the dialog and its secrets off the screen.
func (s *EnrolScreen) Close() {
	s.footer.show(idle, true)
	if s.dialog != nil {
		s.dialog.Close()
	}
}

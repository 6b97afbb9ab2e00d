package recovery

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// checkView is what the dialog "Check my kit" shows.
type checkView struct {
	Busy  bool
	Right string // it is the kit
	Wrong string // it is not, or was not typed as it is printed
}

// check decides what the dialog "Check my kit" does.
type check struct {
	screen.Scope // its Ctx ends when the dialog is closed
	session      *auth.Session
	number       string // of the kit there is
	dialog       *screen.View[checkView]
}

// newCheck begins a check; leave is for when its dialog is closed.
func (p *presenter) newCheck(dialog *screen.View[checkView]) (c *check, leave context.CancelFunc) {
	c = &check{session: p.session, number: p.kit.Number, dialog: dialog}
	c.Scope, leave = p.Child()
	return c, leave
}

// run says whether what was typed is the key of the practice's kit.
func (c *check) run(typed string) {
	if c.dialog.Shown().Busy {
		return
	}
	if strings.TrimSpace(typed) == "" {
		c.dialog.Show(checkView{Wrong: lang.L("Type the key that is on the page.")})
		return
	}
	c.dialog.Show(checkView{Busy: true})
	c.Go(func(ctx context.Context) error { return c.session.CheckKit(ctx, typed) }, c.judged)
}

// edited takes the last answer away: it was about something else.
func (c *check) edited() {
	if !c.dialog.Shown().Busy {
		c.dialog.Show(checkView{})
	}
}

func (c *check) judged(err error) {
	text, printed := words.Printed(err)
	switch {
	case c.IsOver(err):
	case err == nil:
		c.dialog.Show(checkView{Right: lang.L("Yes. This is the recovery kit.")})
	case errors.Is(err, auth.ErrKitWrong):
		c.dialog.Show(checkView{Wrong: lang.L("No. This is not the practice's kit: it is an older one, or another practice's. Look for the page with the number {{.Number}}.",
			map[string]any{"Number": c.number})})
	case printed:
		c.dialog.Show(checkView{Wrong: text})
	default:
		c.dialog.Show(checkView{Wrong: words.Error(err)})
	}
}

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

// kitCheckView is what the dialog "Check my kit" shows.
type kitCheckView struct {
	Busy  bool
	Right string // it is the kit
	Wrong string // it is not, or was not typed as it is printed
}

// kitCheckDialog shows a check.
type kitCheckDialog interface {
	show(kitCheckView)
	// close also wipes what was typed.
	Close()
}

// kitCheck decides what the dialog "Check my kit" does.
type kitCheck struct {
	screen.Scope // its ctx ends when the dialog is closed
	session      *auth.Session
	number       string // of the kit there is
	dialog       kitCheckDialog

	shown kitCheckView
}

// newCheck begins a check; stop belongs to the end of its dialog.
func (r *recovery) newCheck(d kitCheckDialog) (c *kitCheck, stop context.CancelFunc) {
	c = &kitCheck{session: r.session, number: r.kit.Number, dialog: d}
	c.Scope, stop = r.Child()
	return c, stop
}

// check says whether what was typed is the key of the practice's kit.
func (c *kitCheck) check(typed string) {
	if c.shown.Busy {
		return
	}
	if strings.TrimSpace(typed) == "" {
		c.show(kitCheckView{Wrong: lang.L("Type the key that is on the page.")})
		return
	}
	c.show(kitCheckView{Busy: true})
	c.Runner.Go(c.Ctx, func(ctx context.Context) error { return c.session.CheckKit(ctx, typed) }, c.judged)
}

// edited takes the last answer away: it was about something else.
func (c *kitCheck) edited() {
	if !c.shown.Busy {
		c.show(kitCheckView{})
	}
}

func (c *kitCheck) judged(err error) {
	text, printed := words.Printed(err)
	switch {
	case err == nil:
		c.show(kitCheckView{Right: lang.L("Yes. This is the recovery kit.")})
	case errors.Is(err, auth.ErrSessionEnded):
		c.dialog.Close()
		c.OnEnded(err)
	case errors.Is(err, auth.ErrKitWrong):
		c.show(kitCheckView{Wrong: lang.L("No. This is not the practice's kit: it is an older one, or another practice's. Look for the page with the number {{.Number}}.",
			map[string]any{"Number": c.number})})
	case printed:
		c.show(kitCheckView{Wrong: text})
	default:
		c.show(kitCheckView{Wrong: words.Error(err)})
	}
}

func (c *kitCheck) show(v kitCheckView) {
	if v != c.shown {
		c.shown = v
		c.dialog.show(v)
	}
}

package recovery

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/words"
)

// recoveryView is what the pane shows.
type recoveryView struct {
	Number string // which kit there is; empty: none
	Made   string // when, and by whom
	None   string // that there is no kit yet
	Good   string // what was just done
	Error  string
}

// recoveryPane shows the pane.
type recoveryPane interface{ show(recoveryView) }

// recovery decides what "Practice details", "Recovery" does.
type recovery struct {
	screen.Scope
	session *auth.Session
	pane    recoveryPane

	loaded  bool
	kit     auth.KitInfo
	good    string // what was just done
	message string // why that can't be told
}

// refresh reads again which kit there is.
func (r *recovery) refresh() {
	var now auth.KitInfo
	r.Runner.Go(r.Ctx, func(ctx context.Context) (err error) {
		now, err = r.session.Kit(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			r.OnEnded(err)
			return
		case err != nil:
			r.message = words.Error(err)
		default:
			r.loaded, r.kit, r.message = true, now, ""
		}
		r.pane.show(r.view())
	})
}

// hasKit says whether there is one, as far as is known.
func (r *recovery) hasKit() bool { return !r.kit.Made.IsZero() }

func (r *recovery) view() recoveryView {
	v := recoveryView{Good: r.good, Error: r.message}
	switch {
	case !r.loaded:
	case r.hasKit():
		v.Number = lang.L("Kit number {{.Number}}", map[string]any{"Number": r.kit.Number})
		v.Made = lang.L("Made by {{.Name}} on {{.Date}}", map[string]any{"Name": r.kit.By, "Date": words.Date(r.kit.Made)})
	default:
		v.None = lang.L("There is no recovery kit yet. If this computer breaks or is lost, nobody opens the practice's data again. Make the kit today.")
	}
	return v
}

// question is what the dialog of this pane says.
func (r *recovery) question() kit.Question {
	if !r.hasKit() {
		return kit.Question{
			Title:   lang.L("Make the recovery kit"),
			Text:    []string{kit.PageText()},
			Primary: lang.L("Make the kit"),
		}
	}
	return kit.Question{
		Title: lang.L("Make a new recovery kit"),
		Text: []string{
			kit.PageText(),
			lang.L("Everything is then sealed anew, which may take a moment with many patients. The old kit then opens older copies and backups only: destroy it once there is a newer backup."),
		},
		Primary: lang.L("Make a new kit"),
	}
}

package recovery

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/words"
)

// view is what the pane shows.
type view struct {
	Number string // which kit there is; empty: none
	Made   string // when, and by whom
	None   string // that there is no kit yet
	Good   string // what was just done
	Error  string
}

// presenter decides what "Practice details", "Recovery" does.
type presenter struct {
	screen.Scope
	session *auth.Session
	pane    *screen.View[view]

	loaded  bool
	kit     auth.KitInfo
	good    string // what was just done
	message string // why that can't be told
}

// refresh reads again which kit there is.
func (p *presenter) refresh() {
	var now auth.KitInfo
	p.Go(func(ctx context.Context) (err error) {
		now, err = p.session.Kit(ctx)
		return err
	}, func(err error) {
		switch {
		case p.IsOver(err):
			return
		case err != nil:
			p.message = words.Error(err)
		default:
			p.loaded, p.kit, p.message = true, now, ""
		}
		p.pane.Show(p.view())
	})
}

// hasKit says whether there is one, as far as is known.
func (p *presenter) hasKit() bool { return !p.kit.Made.IsZero() }

func (p *presenter) view() view {
	v := view{Good: p.good, Error: p.message}
	switch {
	case !p.loaded:
	case p.hasKit():
		v.Number = lang.L("Kit number {{.Number}}", map[string]any{"Number": p.kit.Number})
		v.Made = lang.L("Made by {{.Name}} on {{.Date}}", map[string]any{"Name": p.kit.By, "Date": words.Date(p.kit.Made)})
	default:
		v.None = lang.L("There is no recovery kit yet. If this computer breaks or is lost, nobody opens the practice's data again. Make the kit today.")
	}
	return v
}

// question is what is asked before a kit is made.
func (p *presenter) question() kit.Question {
	if !p.hasKit() {
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

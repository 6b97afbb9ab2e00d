package computers

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// View is what the pane shows.
type View struct {
	Rows      []auth.ComputerInfo
	Day       string // that it is shown on: what the rows say of a time depends on it
	Chosen    int    // number of the chosen row, or -1
	Name      string
	Facts     string // the chosen row again, in full
	CanRename bool
	CanUnlink bool
	Why       string // why it can't be unlinked
	CanCode   bool
	Busy      string
	CanCancel bool
	Good      string
	Error     string
}

func (p *Presenter) view() View {
	now := p.Now()
	v := View{
		Rows: p.list, Day: words.Date(now), Chosen: p.chosen.Row(p.list), CanCode: !p.coding.IsBusy(), Good: p.good, Error: p.message,
		CanCancel: p.coding.Stage() == screen.Stalled,
	}
	if p.coding.IsBusy() {
		v.Busy = lang.L("One moment…")
	}
	if info, ok := p.computer(); ok {
		v.Name, v.Facts = computerName(info), computerFacts(info, now)
		v.CanRename, v.CanUnlink = true, !info.This
		if info.This {
			v.Why = words.Error(auth.ErrThisComputer)
		}
	}
	return v
}

// computerName marks the one that the person is at.
func computerName(info auth.ComputerInfo) string {
	if info.This {
		return lang.L("{{.Name}} (this computer)", map[string]any{"Name": info.Name})
	}
	return info.Name
}

func computerFacts(info auth.ComputerInfo, now time.Time) string {
	in := strings.Join(info.SignedIn, ", ")
	if in == "" {
		in = lang.L("nobody")
	}
	return lang.L("Account: {{.Account}} · Linked since: {{.Since}} · Last used: {{.Used}} · Signed in now: {{.Names}}", map[string]any{
		"Account": info.Account, "Since": words.Date(info.Since), "Used": words.Moment(info.LastUsed, now), "Names": in,
	})
}

// unlinkQuestion is what the dialog before a computer is unlinked says.
type unlinkQuestion struct {
	Name   string
	Text   []string
	Stolen string // what unlinking can't do
}

func newUnlinkQuestion(info auth.ComputerInfo) unlinkQuestion {
	who := lang.L("Nobody is signed in there now. Auth Codes that it remembers are forgotten, and Anteroom does not open there any more.")
	if n := len(info.SignedIn); n > 0 {
		who = lang.L("Who is signed in there is signed out at once: {{.Names}}. Auth Codes that it remembers are forgotten, and Anteroom does not open there any more.",
			map[string]any{"Names": strings.Join(info.SignedIn, ", ")})
	}
	return unlinkQuestion{
		Name:   info.Name,
		Text:   []string{who, lang.L("Everything is sealed anew, which may take a moment with many patients.")},
		Stolen: lang.L("If it was stolen: what was entered up to now can still be read with its key, from a copy made before. Nothing that is entered later can."),
	}
}

package server

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data/sharing"
	"anteroom/ui/settings/computers"
	"anteroom/ui/words"
)

// view is what the pane shows.
type view struct {
	Text    string
	Address string   // that other computers connect to; "": there is none
	Others  string   // more of them
	Facts   []string // how the server does

	Share, Link, Alone, ChangeAddress, Leave, Move bool // the buttons that there are

	CanMove   bool // what moves the practice can begin
	CanAlone  bool // likewise
	CanLink   bool
	CanLeave  bool
	Busy      string
	CanCancel bool
	Error     string
}

func (p *presenter) view() view {
	where := p.sharing.Where()
	kind := where.Kind
	v := view{
		Text: whereText(where), Error: p.message,
		Share: kind == sharing.Alone, Move: kind == sharing.Alone,
		Link: kind == sharing.Host || kind == sharing.Managed, ChangeAddress: kind == sharing.Desk, Leave: kind == sharing.Desk,
		CanMove: !p.moving, CanLeave: !p.away,
		CanLink: p.coding.CanCode && !p.away, Busy: p.coding.Busy, CanCancel: p.coding.CanCancel,
	}
	if p.moving && v.Busy == "" { // also after it was called off, until what it made is cleared away
		v.Busy = lang.L("A move is under way, or being cleared away…")
	}
	v.Alone = v.Link
	v.CanAlone = v.Alone && v.CanMove && !p.away && len(p.codes.List()) > 0 // without the list nobody knows who is out
	if v.Link && len(p.addresses) > 0 {
		v.Address = p.addresses[0]
		v.Others = computers.OtherAddresses(p.addresses)
	}
	if v.Error == "" {
		v.Error = p.coding.Error
	}
	if p.known && kind != sharing.Alone {
		v.Facts = p.facts(kind)
	}
	return v
}

// whereText says where the practice's data lies.
func whereText(w sharing.Where) string {
	switch w.Kind {
	case sharing.Host:
		return lang.L("This computer is the practice's server.")
	case sharing.Desk:
		return lang.L("This computer works with the server at {{.Address}}.", map[string]any{"Address": w.Address})
	case sharing.Managed:
		return lang.L("This practice is on the server at {{.Address}}, which somebody else runs.", map[string]any{"Address": w.Address})
	default:
		return lang.L("This practice is on this computer only.")
	}
}

func (p *presenter) facts(kind sharing.Kind) []string {
	var facts []string
	if kind != sharing.Desk {
		n := p.status.Computers
		facts = append(facts, lang.N("{{.Count}} computers connected", n, map[string]any{"Count": n}))
	}
	if p.status.State != "" {
		facts = append(facts, lang.L("State {{.State}}, change {{.Change}}",
			map[string]any{"State": p.status.State, "Change": words.Number(p.status.Change)}))
	}
	if kind == sharing.Host {
		facts = append(facts, lang.L("Other computers go on working when Anteroom is closed here, unless this computer goes to sleep."))
	} else {
		facts = append(facts, words.Answer(time.Duration(p.status.Answer)*time.Microsecond))
	}
	return facts
}

// aloneQuestion is what the dialog before "Work on this computer only" says.
type aloneQuestion struct {
	Text []string
	Out  string // who is out
	Any  bool   // somebody is
	Word string // to be typed
}

func newAloneQuestion(out []string) aloneQuestion {
	q := aloneQuestion{
		Text: []string{
			lang.L("The practice's data moves from the server into this computer's own file. Everyone is signed out, and signs in here again."),
		},
		Out:  lang.L("No other computer is linked, so nobody is out."),
		Word: lang.L("ALONE"),
	}
	if len(out) > 0 {
		q.Any = true
		slices.Sort(out)
		q.Out = lang.L("These can't work with the practice any more: {{.Names}}.", map[string]any{"Names": strings.Join(out, ", ")})
	}
	return q
}

// isConfirmed says that the word was typed.
func (q aloneQuestion) isConfirmed(typed string) bool {
	return strings.EqualFold(strings.TrimSpace(typed), q.Word)
}

package activity

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/settings/pane"
)

// filterForm is what the filters say.
type filterForm struct {
	Person   string // user id; "": everyone
	Kind     auth.ActivityKind
	From, To string // days as typed
}

// person is a choice of the filter.
type person struct{ id, text string }

// readPeople reads who can be chosen.
func (p *presenter) readPeople() {
	var users []auth.UserInfo
	p.Go(func(ctx context.Context) (err error) {
		users, err = p.session.Users(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.people = newPeople(users)
		p.show()
	})
}

// newPeople are everyone, and each user; those of one name by their usernames.
func newPeople(users []auth.UserInfo) []person {
	people := []person{{"", lang.L("Everyone")}}
	count := map[string]int{people[0].text: 1}
	for _, u := range users {
		count[pane.Shorten(u.Name)]++
	}
	for _, u := range users {
		text := pane.Shorten(u.Name)
		if count[text] > 1 {
			text = lang.L("{{.Name}} ({{.Username}})", map[string]any{"Name": text, "Username": u.Username})
		}
		people = append(people, person{u.ID, text})
	}
	return people
}

// personAt is the number of the person who is chosen.
func (p *presenter) personAt() int {
	return max(0, slices.IndexFunc(p.people, func(one person) bool { return one.id == p.form.Person }))
}

// kindAt is the number of the kind that is chosen, after "Every kind".
func (p *presenter) kindAt() int { return slices.Index(auth.ActivityKinds, p.form.Kind) + 1 }

// kindTexts are "Every kind" and the kinds.
func kindTexts() []string {
	texts := []string{lang.L("Every kind")}
	for _, kind := range auth.ActivityKinds {
		texts = append(texts, kindText(kind))
	}
	return texts
}

func kindText(kind auth.ActivityKind) string {
	switch kind {
	case auth.KindSignIns:
		return lang.L("Sign-ins")
	case auth.KindRefusals:
		return lang.L("Refusals")
	case auth.KindCodes:
		return lang.L("Codes and help")
	case auth.KindUsers:
		return lang.L("Users and passwords")
	case auth.KindSettings:
		return lang.L("Practice details")
	case auth.KindComputers:
		return lang.L("Computers and clocks")
	case auth.KindData:
		return lang.L("Kits, backups, exports")
	}
	return string(kind)
}

func (p *presenter) choosePerson(i int) {
	if i >= 0 && i < len(p.people) && p.people[i].id != p.form.Person {
		p.form.Person = p.people[i].id
		p.apply()
	}
}

func (p *presenter) chooseKind(i int) {
	kind := auth.ActivityKind("")
	if i > 0 && i <= len(auth.ActivityKinds) {
		kind = auth.ActivityKinds[i-1]
	}
	if kind != p.form.Kind {
		p.form.Kind = kind
		p.apply()
	}
}

// typeDays says what stands in the two fields. They are applied once the
// typing pauses.
func (p *presenter) typeDays(from, to string) {
	if from == p.form.From && to == p.form.To {
		return
	}
	if from != p.form.From {
		p.fromError = ""
	}
	p.form.From, p.form.To, p.toError = from, to, ""
	p.cancelPending()
	p.pending = p.After(typingPause, p.apply)
	p.show()
}

func (p *presenter) cancelPending() {
	if p.pending != nil {
		p.pending()
		p.pending = nil
	}
}

// apply reads the log anew, if the filters say something else than before.
func (p *presenter) apply() {
	p.cancelPending()
	filter := auth.ActivityFilter{Person: p.form.Person, Kind: p.form.Kind}
	from, fromOK := parseDay(p.form.From)
	to, toOK := parseDay(p.form.To)
	p.fromError, p.toError = dayError(fromOK), dayError(toOK)
	if fromOK && toOK && !from.IsZero() && !to.IsZero() && to.Before(from) {
		p.toError = lang.L("This day is before the one in “From”.")
	}
	if p.isWrong() {
		p.show()
		return
	}
	filter.From = from
	if !to.IsZero() {
		filter.Until = nextDay(to)
	}
	if filter != p.filter {
		p.filter = filter
		p.read()
	}
	p.show()
}

// isWrong says that a day can't be read.
func (p *presenter) isWrong() bool { return p.fromError != "" || p.toError != "" }

func dayError(ok bool) string {
	if ok {
		return ""
	}
	return lang.L("This is no day. Type it like 24 Nov 2026.")
}

// dayLayouts are the ways to write a day. None has the month before the day.
var dayLayouts = []string{"2006-1-2", "2.1.2006", "2/1/2006", "2 Jan 2006", "2 January 2006"}

// parseDay is the beginning of a day as typed; zero for none.
func parseDay(typed string) (day time.Time, ok bool) {
	typed = strings.Join(strings.Fields(typed), " ")
	if typed == "" {
		return time.Time{}, true
	}
	for _, layout := range dayLayouts {
		if day, err := time.Parse(layout, typed); err == nil {
			return beginning(day.Date()), true
		}
	}
	return time.Time{}, false
}

// nextDay is the beginning of the day after, which is not always 24 hours later.
func nextDay(day time.Time) time.Time {
	year, month, date := day.Date()
	return beginning(year, month, date+1)
}

// beginning is the first moment of a day; that is not midnight where the clocks
// go on at that time.
func beginning(year int, month time.Month, day int) time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, time.Local)
	at := time.Date(year, month, day, 0, 0, 0, 0, time.Local)
	for at.Day() != noon.Day() {
		at = at.Add(time.Hour)
	}
	return at
}

// filterText says what the filters let through.
func (p *presenter) filterText() string {
	who, kind := lang.L("Everyone"), kindTexts()[p.kindAt()]
	if at := p.personAt(); at < len(p.people) {
		who = p.people[at].text
	}
	days := map[string]any{"From": p.form.From, "To": p.form.To}
	when := lang.L("from {{.From}} to {{.To}}", days)
	switch {
	case p.filter.From.IsZero() && p.filter.Until.IsZero():
		when = lang.L("any day")
	case p.filter.Until.IsZero():
		when = lang.L("from {{.From}} on", days)
	case p.filter.From.IsZero():
		when = lang.L("up to {{.To}}", days)
	}
	return lang.L("{{.Who}} · {{.Kind}} · {{.When}}", map[string]any{"Who": who, "Kind": kind, "When": when})
}

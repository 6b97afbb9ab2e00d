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

// activityForm is what the filters say.
type activityForm struct {
	Person   string // user id; "": everyone
	Kind     auth.ActivityKind
	From, To string // days as typed
}

// person is a choice of the filter.
type person struct{ id, text string }

// readPeople reads who can be chosen.
func (a *activity) readPeople() {
	var users []auth.UserInfo
	a.Runner.Go(a.Ctx, func(ctx context.Context) (err error) {
		users, err = a.session.Users(ctx)
		return err
	}, func(err error) {
		if err != nil {
			a.failed(err)
			return
		}
		a.people = newPeople(users)
		a.show()
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
func (a *activity) personAt() int {
	return max(0, slices.IndexFunc(a.people, func(p person) bool { return p.id == a.form.Person }))
}

// kindAt is the number of the kind that is chosen, after "Every kind".
func (a *activity) kindAt() int { return slices.Index(auth.ActivityKinds, a.form.Kind) + 1 }

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

func (a *activity) choosePerson(i int) {
	if i >= 0 && i < len(a.people) && a.people[i].id != a.form.Person {
		a.form.Person = a.people[i].id
		a.judge()
	}
}

func (a *activity) chooseKind(i int) {
	kind := auth.ActivityKind("")
	if i > 0 && i <= len(auth.ActivityKinds) {
		kind = auth.ActivityKinds[i-1]
	}
	if kind != a.form.Kind {
		a.form.Kind = kind
		a.judge()
	}
}

// typeDays says what stands in the two fields. It is judged once the typing
// pauses.
func (a *activity) typeDays(from, to string) {
	if from == a.form.From && to == a.form.To {
		return
	}
	if from != a.form.From {
		a.fromError = ""
	}
	a.form.From, a.form.To, a.toError = from, to, ""
	a.unpause()
	ctx, stop := context.WithCancel(a.Ctx)
	a.pause = stop
	a.Runner.After(ctx, activityPause, a.judge)
	a.show()
}

func (a *activity) unpause() {
	if a.pause != nil {
		a.pause()
		a.pause = nil
	}
}

// judge reads the log anew, if the filters say something else than before.
func (a *activity) judge() {
	a.unpause()
	filter := auth.ActivityFilter{Person: a.form.Person, Kind: a.form.Kind}
	from, fromOK := parseDay(a.form.From)
	to, toOK := parseDay(a.form.To)
	a.fromError, a.toError = dayError(fromOK), dayError(toOK)
	if fromOK && toOK && !from.IsZero() && !to.IsZero() && to.Before(from) {
		a.toError = lang.L("This day is before the one in “From”.")
	}
	if a.wrong() {
		a.show()
		return
	}
	filter.From = from
	if !to.IsZero() {
		filter.Until = nextDay(to)
	}
	if filter != a.filter {
		a.filter = filter
		a.read()
	}
	a.show()
}

// wrong says that a day can't be read.
func (a *activity) wrong() bool { return a.fromError != "" || a.toError != "" }

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
func (a *activity) filterText() string {
	who, kind := lang.L("Everyone"), kindTexts()[a.kindAt()]
	if at := a.personAt(); at < len(a.people) {
		who = a.people[at].text
	}
	days := map[string]any{"From": a.form.From, "To": a.form.To}
	when := lang.L("from {{.From}} to {{.To}}", days)
	switch {
	case a.filter.From.IsZero() && a.filter.Until.IsZero():
		when = lang.L("any day")
	case a.filter.Until.IsZero():
		when = lang.L("from {{.From}} on", days)
	case a.filter.From.IsZero():
		when = lang.L("up to {{.To}}", days)
	}
	return lang.L("{{.Who}} · {{.Kind}} · {{.When}}", map[string]any{"Who": who, "Kind": kind, "When": when})
}

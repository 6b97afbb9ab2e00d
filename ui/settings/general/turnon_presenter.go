package general

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// frequencyText is how a frequency reads in the list of choices.
func frequencyText(f auth.Frequency) string {
	switch f {
	case auth.Daily:
		return lang.L("Once a day on this computer")
	case auth.Weekly:
		return lang.L("Every 7 days on this computer")
	case auth.Monthly:
		return lang.L("Every 30 days on this computer")
	}
	return lang.L("Every sign-in")
}

// turnOnView is what the dialog before turning two-factor on says.
type turnOnView struct {
	Who   string   // who will be signed out, by count
	Names []string // and by name
	Then  string   // what happens to them
	You   string   // what happens to the admin before
}

func newTurnOnView(now auth.Settings) turnOnView {
	people := byPerson(now.SignedIn)
	v := turnOnView{
		Who:  lang.N("{{.Count}} people will be signed out, including you:", len(people), map[string]any{"Count": len(people)}),
		Then: lang.L("They sign in again, with an Auth Code from their phone. Anyone without an authenticator sets one up then."),
	}
	for _, p := range people {
		v.Names = append(v.Names, p.text())
	}
	if !now.SelfEnrolled {
		v.You = lang.L("Have your phone at hand: you set up your own authenticator first.")
	}
	return v
}

// signedInPerson is one person, however many computers they are signed in on.
type signedInPerson struct {
	user, name string
	computers  []string
	self       bool
}

// byPerson gathers sessions by user, the asking admin first.
func byPerson(sessions []auth.SignedIn) []signedInPerson {
	var people []signedInPerson
	for _, in := range sessions {
		i := slices.IndexFunc(people, func(p signedInPerson) bool { return p.user == in.User })
		if i < 0 {
			i = len(people)
			people = append(people, signedInPerson{user: in.User, name: in.Name})
		}
		people[i].self = people[i].self || in.Self
		people[i].computers = append(people[i].computers, in.Computer)
	}
	slices.SortStableFunc(people, func(a, b signedInPerson) int {
		switch {
		case a.self:
			return -1
		case b.self:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	return people
}

func (p signedInPerson) text() string {
	of := map[string]any{"Name": p.name, "Count": len(p.computers), "Computer": p.computers[0]}
	switch several := len(p.computers) > 1; {
	case several && p.self:
		return lang.N("{{.Name}} (you), on {{.Count}} computers", len(p.computers), of)
	case several:
		return lang.N("{{.Name}}, on {{.Count}} computers", len(p.computers), of)
	case p.self:
		return lang.L("{{.Name}} (you), on {{.Computer}}", of)
	}
	return lang.L("{{.Name}}, on {{.Computer}}", of)
}

// turnOn goes on after the admin has seen who will be signed out: it asks who
// they are, unless they have just proven it, and then for an authenticator if they
// have none, so that nobody locks the only admin out.
func (p *presenter) turnOn(form auth.SettingsForm) {
	var enrolment *auth.Enrolment
	p.saving.Start(func(ctx context.Context) error {
		return p.StepUp.Do(ctx, func(ctx context.Context) error {
			err := p.session.SaveSettings(ctx, form)
			if !errors.Is(err, auth.ErrEnrolmentNeeded) {
				return err
			}
			enrolment, err = p.session.NewEnrolment(ctx)
			return err
		})
	}, func(err error) {
		switch {
		case errors.Is(err, screen.ErrNotProven):
			p.cancelTurnOn()
		case err != nil:
			p.failed(err)
		case enrolment != nil:
			p.enrol(enrolment, form)
		default:
			p.turnedOn()
		}
	})
}

// confirmEnrolment turns two-factor on with the code that proves the admin's
// authenticator. Fetching a phone may outlast the step-up; cancelling the new
// one only cancels the code. Slow: off the UI goroutine.
func (p *presenter) confirmEnrolment(ctx context.Context, form auth.SettingsForm, e *auth.Enrolment, code string) error {
	form.Enrolment, form.Code = e, code
	err := p.saveWithStepUp(ctx, form)
	if errors.Is(err, screen.ErrNotProven) {
		return context.Canceled
	}
	return err
}

// turnedOn ends the settings: everyone is signed out, the admin too.
func (p *presenter) turnedOn() { p.OnEnded(auth.ErrSessionEnded) }

// cancelTurnOn puts the tick back: one that stays would be taken for "on".
func (p *presenter) cancelTurnOn() {
	p.form.TwoFactor = p.saved.Policy.TwoFactor
	p.message = lang.L("Not turned on. Nothing was changed.")
	p.busy, p.unread = "", false
	p.show()
}

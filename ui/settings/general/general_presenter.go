package general

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// generalForm is what can be changed in the pane.
type generalForm struct {
	Name      string
	Zone      string
	TwoFactor bool
	Frequency auth.Frequency
	Idle      string // minutes, as it was typed
	HandOver  bool
}

func newGeneralForm(now auth.Settings) generalForm {
	p := now.Policy
	return generalForm{now.Name, now.Zone, p.TwoFactor, p.Frequency, strconv.Itoa(p.Idle), p.HandOver}
}

// idle is the minutes that were typed; what is no number is out of every range.
func (f generalForm) idle() int {
	minutes, err := strconv.Atoi(strings.TrimSpace(f.Idle))
	if err != nil {
		return 0
	}
	return minutes
}

// Draft is what was changed in General and not saved yet, while its admin is on
// another screen, and what was stored when they left.
type Draft struct {
	form  generalForm
	saved auth.Settings
}

// generalView is what the pane shows.
type generalView struct {
	Ready         bool // the form is there
	Form          generalForm
	NameError     string
	IdleError     string
	ZoneError     string
	ZoneNote      string // what another zone would do, or which one counts
	FrequencyNote string
	People        string
	NotEnrolled   string // who of them is not set up
	CanCancel     bool   // what goes on takes long
	CanSave       bool
	Busy          string
	Saved         string
	Error         string
}

// generalPane shows the pane, and the dialogs that it leads to.
type generalPane interface {
	show(generalView)
	askForKit() // leads to a kit, on another screen; or to cancelTurnOn

	// confirmTurnOn leads to turnOn with the form that it is about, or to cancelTurnOn.
	confirmTurnOn(turnOnView, auth.SettingsForm)
	// enrol leads to confirmEnrolment with the form, then turnedOn; or to cancelTurnOn.
	enrol(*auth.Enrolment, auth.SettingsForm)
}

// general decides what "Practice details", "General" does.
type general struct {
	screen.Scope
	session *auth.Session
	pane    generalPane

	loaded    bool
	saved     auth.Settings
	form      generalForm
	draft     *Draft       // that the form begins with
	saving    *screen.Task // one part of saving after the other
	busy      string       // what goes on, also while a question is open
	nameError string
	idleError string
	zoneError string
	message   string // what went wrong
	unread    bool   // it says why the settings could not be read
	said      string // what was just done
}

func newGeneral(g general) *general {
	g.saving = screen.NewTask(g.Scope, func() { g.show() })
	return &g
}

// refresh reads the settings again; what was changed in the form stays.
func (g *general) refresh() {
	if g.busy != "" {
		return
	}
	var now auth.Settings
	g.Runner.Go(g.Ctx, func(ctx context.Context) (err error) {
		now, err = g.session.Settings(ctx)
		return err
	}, func(err error) {
		if g.unread {
			g.unread, g.message = false, ""
		}
		switch {
		case err != nil:
			g.failed(err)
			g.unread = true
			return
		case g.draft != nil:
			draft := g.draft
			g.draft = nil
			g.take(now)
			g.goOn(draft.form, draft.saved)
		case !g.changed():
			g.take(now)
		default:
			was := g.saved
			g.saved = now
			g.goOn(g.form, was)
		}
		g.show()
	})
}

// goOn has the form go on as it was filled, unless another admin stored something
// since it was read, which saving would undo.
func (g *general) goOn(form generalForm, was auth.Settings) {
	g.form = form
	if g.changed() && (g.saved.Name != was.Name || g.saved.Zone != was.Zone || g.saved.Policy != was.Policy) {
		g.overtaken(g.saved)
	}
}

// take fills the form with what is stored.
func (g *general) take(now auth.Settings) {
	g.loaded, g.saved = true, now
	g.form = newGeneralForm(now)
	if !slices.Contains(auth.Frequencies, g.form.Frequency) {
		g.form.Frequency = auth.EverySignIn
	}
	g.nameError, g.idleError, g.zoneError = "", "", ""
}

// edit takes what the form holds now. While it is being saved it stays as it is.
func (g *general) edit(form generalForm) {
	if form == g.form || !g.loaded {
		return
	}
	if g.busy == "" {
		g.form = form
		g.nameError, g.idleError, g.zoneError, g.message, g.said = "", "", "", "", ""
	}
	g.show()
}

// changed says whether there is something to save.
func (g *general) changed() bool {
	return g.loaded && (g.form.Name != g.saved.Name || g.form.Zone != g.saved.Zone || g.policy() != g.saved.Policy)
}

// policy is what the form asks for. While two-factor is off, how often a code
// would be asked for does not matter and stays.
func (g *general) policy() auth.Policy {
	p := g.saved.Policy
	p.TwoFactor, p.Idle, p.HandOver = g.form.TwoFactor, g.form.idle(), g.form.HandOver
	if p.TwoFactor {
		p.Frequency = g.form.Frequency
	}
	return p
}

func (g *general) asDraft() *Draft { return &Draft{g.form, g.saved} }

func (g *general) settingsForm() auth.SettingsForm {
	return auth.SettingsForm{
		Name: g.form.Name, WasName: g.saved.Name, Zone: g.form.Zone, WasZone: g.saved.Zone, Policy: g.policy(), Was: g.saved.Policy,
	}
}

func (g *general) canSave() bool { return g.busy == "" && g.changed() }

// save stores the form; turning two-factor on asks first.
func (g *general) save() {
	if !g.canSave() {
		return
	}
	if idle := g.form.idle(); idle < auth.MinIdle || idle > auth.MaxIdle {
		g.failed(&auth.FieldError{Field: auth.FieldIdle, Problem: auth.ProblemRange})
		return
	}
	if wrong := signin.CheckZone(g.form.Zone); wrong != nil && g.form.Zone != g.saved.Zone {
		g.failed(wrong)
		return
	}
	g.busy, g.nameError, g.idleError, g.zoneError, g.message, g.said = lang.L("One moment…"), "", "", "", "", ""
	g.show()
	form, was := g.settingsForm(), g.saved.Policy
	var now auth.Settings
	g.saving.Start(func(ctx context.Context) (err error) {
		now, err = g.session.Settings(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			g.failed(err)
		case now.Policy != was || now.Name != form.WasName || now.Zone != form.WasZone:
			g.overtaken(now)
		case form.Policy.TwoFactor && !was.TwoFactor && !now.KitMade:
			g.pane.askForKit()
		case form.Policy.TwoFactor && !was.TwoFactor:
			for _, in := range now.SignedIn {
				form.Ends = append(form.Ends, in.ID)
			}
			g.pane.confirmTurnOn(newTurnOnView(now), form)
		default:
			g.store(form)
		}
	})
}

// store saves at once what signs nobody out.
func (g *general) store(form auth.SettingsForm) {
	var now auth.Settings
	g.saving.Start(func(ctx context.Context) error {
		err := g.StepUp.Do(ctx, func(ctx context.Context) error { return g.session.SaveSettings(ctx, form) })
		if err != nil {
			return err
		}
		now, err = g.session.Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			g.failed(err)
			return
		}
		g.stored(now)
	})
}

// cancel stops saving. It can be cancelled until it is stored: a keyring may hang.
func (g *general) cancel() { g.saving.Cancel() }

func (g *general) stored(now auth.Settings) {
	g.busy = ""
	g.take(now)
	g.said = lang.L("Saved.")
	g.show()
}

// overtaken shows what another admin stored since the form was read, instead
// of saving over it.
func (g *general) overtaken(now auth.Settings) {
	g.busy = ""
	g.take(now)
	g.message = words.Error(auth.ErrConflict)
	g.show()
}

// failed leaves the form as it was before saving.
func (g *general) failed(err error) {
	g.busy, g.unread = "", false
	var field *auth.FieldError
	switch {
	case errors.Is(err, auth.ErrSessionEnded):
		g.OnEnded(err)
		return
	case errors.Is(err, screen.ErrNotProven):
	case errors.Is(err, context.Canceled):
		g.message = lang.L("Cancelled. Look whether it was saved.")
		g.refresh()
	case errors.Is(err, auth.ErrKitNeeded):
		g.pane.askForKit()
	case errors.As(err, &field) && field.Field == auth.FieldPractice:
		g.nameError = words.Field(field)
	case errors.As(err, &field) && field.Field == auth.FieldZone:
		g.zoneError = words.Field(field)
	case errors.As(err, &field) && field.Field == auth.FieldIdle:
		g.idleError = words.Field(field)
	default:
		g.message = words.Error(err)
	}
	g.show()
}

func (g *general) show() { g.pane.show(g.view()) }

func (g *general) view() generalView {
	v := generalView{
		Ready: g.loaded, Form: g.form, CanSave: g.canSave(),
		NameError: g.nameError, IdleError: g.idleError, ZoneError: g.zoneError, Busy: g.busy, CanCancel: g.saving.Stage() == screen.Stalled, Saved: g.said, Error: g.message,
	}
	v.ZoneNote = g.zoneNote()
	if g.form.TwoFactor && g.form.Frequency.BelowAAL2() {
		v.FrequencyNote = lang.L("This is below NIST SP 800-63B-4 AAL2, which asks again after 24 hours at the latest.")
	}
	if g.loaded {
		v.People = lang.N("{{.Enrolled}} of {{.People}} people are set up.", g.saved.People,
			map[string]any{"Enrolled": g.saved.Enrolled, "People": g.saved.People})
		v.NotEnrolled = notEnrolledText(g.saved.NotEnrolled)
	}
	return v
}

// zoneNote says what becomes of appointments in another time zone.
func (g *general) zoneNote() string {
	switch {
	case g.loaded && g.form.Zone != g.saved.Zone:
		return lang.L("Appointments keep their times of the day: 9:00 stays 9:00.")
	case g.loaded && g.saved.Zone == "":
		return lang.L("Not chosen yet, so each computer's own counts.")
	}
	return ""
}

// shownNames is how many names stand in a line before the rest is a number.
const shownNames = 6

// notEnrolledText names who is not set up yet; "" if that is nobody.
func notEnrolledText(names []string) string {
	if len(names) == 0 {
		return ""
	}
	if len(names) <= shownNames {
		return lang.L("Not set up yet: {{.Names}}.", map[string]any{"Names": strings.Join(names, ", ")})
	}
	shown, more := strings.Join(names[:shownNames], ", "), len(names)-shownNames
	return lang.N("Not set up yet: {{.Names}} and {{.Count}} more.", more, map[string]any{"Names": shown, "Count": more})
}

// kitFirst is what the dialog before two-factor says while there is no kit.
func kitFirst() kit.Question {
	return kit.Question{
		Title: lang.L("Make the recovery kit first"),
		Text: []string{
			lang.L("With two-factor, the lost phone of the only Practice Admin would lock everybody out. The recovery kit lets that admin in again."),
			kit.PageText(),
			lang.L("After that, turn two-factor on here."),
		},
		Primary: lang.L("Make the kit"),
	}
}

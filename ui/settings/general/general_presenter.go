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

// form is what can be changed in the pane.
type form struct {
	Name      string
	Zone      string
	TwoFactor bool
	Frequency auth.Frequency
	Idle      string // minutes, as it was typed
	HandOver  bool
}

func newForm(now auth.Settings) form {
	p := now.Policy
	return form{now.Name, now.Zone, p.TwoFactor, p.Frequency, strconv.Itoa(p.Idle), p.HandOver}
}

// idle is the minutes that were typed; what is no number is out of every range.
func (f form) idle() int {
	minutes, err := strconv.Atoi(strings.TrimSpace(f.Idle))
	if err != nil {
		return 0
	}
	return minutes
}

// Draft is what was changed in General and not saved yet, while its admin is on
// another screen, and what was stored when they left.
type Draft struct {
	form  form
	saved auth.Settings
}

// view is what the pane shows.
type view struct {
	Ready         bool // the form is there
	Form          form
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

// presenter decides what "Practice details", "General" does.
type presenter struct {
	screen.Scope
	session *auth.Session
	pane    *screen.View[view]

	askForKit func() // leads to a kit, on another screen; or to cancelTurnOn
	// confirmTurnOn leads to turnOn with the form that it is about, or to cancelTurnOn.
	confirmTurnOn func(turnOnView, auth.SettingsForm)
	// enrol leads to confirmEnrolment with the form, then turnedOn; or to cancelTurnOn.
	enrol func(*auth.Enrolment, auth.SettingsForm)

	loaded  bool
	saved   auth.Settings
	form    form
	draft   *Draft           // that the form begins with
	saving  *screen.Task     // one part of saving after the other
	busy    string           // what goes on, also while a question is open
	wrong   *auth.FieldError // why a field of the form is refused; nil: none is
	message string           // what else went wrong
	unread  bool             // it says why the settings could not be read
	said    string           // what was just done
}

func newPresenter(p presenter) *presenter {
	p.saving = screen.NewTask(p.Scope, func() { p.show() })
	return &p
}

// refresh reads the settings again; what was changed in the form stays.
func (p *presenter) refresh() {
	if p.busy != "" {
		return
	}
	var now auth.Settings
	p.Go(func(ctx context.Context) (err error) {
		now, err = p.session.Settings(ctx)
		return err
	}, func(err error) {
		if p.unread {
			p.unread, p.message = false, ""
		}
		switch {
		case err != nil:
			p.failed(err)
			p.unread = true
			return
		case p.draft != nil:
			draft := p.draft
			p.draft = nil
			p.take(now)
			p.goOn(draft.form, draft.saved)
		case !p.changed():
			p.take(now)
		default:
			was := p.saved
			p.saved = now
			p.goOn(p.form, was)
		}
		p.show()
	})
}

// goOn has the form go on as it was filled, unless another admin stored something
// since it was read, which saving would undo.
func (p *presenter) goOn(f form, was auth.Settings) {
	p.form = f
	if p.changed() && (p.saved.Name != was.Name || p.saved.Zone != was.Zone || p.saved.Policy != was.Policy) {
		p.overtaken(p.saved)
	}
}

// take fills the form with what is stored.
func (p *presenter) take(now auth.Settings) {
	p.loaded, p.saved = true, now
	p.form = newForm(now)
	if !slices.Contains(auth.Frequencies, p.form.Frequency) {
		p.form.Frequency = auth.EverySignIn
	}
	p.wrong = nil
}

// edit takes what the form holds now. While it is being saved it stays as it is.
func (p *presenter) edit(f form) {
	if f == p.form || !p.loaded {
		return
	}
	if p.busy != "" {
		p.pane.Forget() // the fields have something else by now
	} else {
		p.form = f
		p.wrong, p.message, p.said = nil, "", ""
	}
	p.show()
}

// changed says whether there is something to save.
func (p *presenter) changed() bool {
	return p.loaded && (p.form.Name != p.saved.Name || p.form.Zone != p.saved.Zone || p.policy() != p.saved.Policy)
}

// policy is what the form asks for. While two-factor is off, how often a code
// would be asked for does not matter and stays.
func (p *presenter) policy() auth.Policy {
	asked := p.saved.Policy
	asked.TwoFactor, asked.Idle, asked.HandOver = p.form.TwoFactor, p.form.idle(), p.form.HandOver
	if asked.TwoFactor {
		asked.Frequency = p.form.Frequency
	}
	return asked
}

func (p *presenter) asDraft() *Draft { return &Draft{p.form, p.saved} }

func (p *presenter) settingsForm() auth.SettingsForm {
	return auth.SettingsForm{
		Name: p.form.Name, WasName: p.saved.Name, Zone: p.form.Zone, WasZone: p.saved.Zone, Policy: p.policy(), Was: p.saved.Policy,
	}
}

func (p *presenter) canSave() bool { return p.busy == "" && p.changed() }

// save stores the form; turning two-factor on asks first.
func (p *presenter) save() {
	if !p.canSave() {
		return
	}
	if idle := p.form.idle(); idle < auth.MinIdle || idle > auth.MaxIdle {
		p.failed(&auth.FieldError{Field: auth.FieldIdle, Problem: auth.ProblemRange})
		return
	}
	if wrong := signin.CheckZone(p.form.Zone); wrong != nil && p.form.Zone != p.saved.Zone {
		p.failed(wrong)
		return
	}
	p.busy, p.wrong, p.message, p.said = lang.L("One moment…"), nil, "", ""
	p.show()
	form, was := p.settingsForm(), p.saved.Policy
	var now auth.Settings
	p.saving.Start(func(ctx context.Context) (err error) {
		now, err = p.session.Settings(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			p.failed(err)
		case now.Policy != was || now.Name != form.WasName || now.Zone != form.WasZone:
			p.overtaken(now)
		case form.Policy.TwoFactor && !was.TwoFactor && !now.KitMade:
			p.askForKit()
		case form.Policy.TwoFactor && !was.TwoFactor:
			for _, in := range now.SignedIn {
				form.Ends = append(form.Ends, in.ID)
			}
			p.confirmTurnOn(newTurnOnView(now), form)
		default:
			p.store(form)
		}
	})
}

// store saves at once what signs nobody out.
func (p *presenter) store(form auth.SettingsForm) {
	var now auth.Settings
	p.saving.Start(func(ctx context.Context) error {
		err := p.saveWithStepUp(ctx, form)
		if err != nil {
			return err
		}
		now, err = p.session.Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.stored(now)
	})
}

// saveWithStepUp stores a form. Slow: off the UI goroutine.
func (p *presenter) saveWithStepUp(ctx context.Context, form auth.SettingsForm) error {
	return p.StepUp.Do(ctx, func(ctx context.Context) error { return p.session.SaveSettings(ctx, form) })
}

// cancel stops saving. It can be cancelled until it is stored: a keyring may hang.
func (p *presenter) cancel() { p.saving.Cancel() }

func (p *presenter) stored(now auth.Settings) {
	p.busy = ""
	p.take(now)
	p.said = lang.L("Saved.")
	p.show()
}

// overtaken shows what another admin stored since the form was read, instead
// of saving over it.
func (p *presenter) overtaken(now auth.Settings) {
	p.busy = ""
	p.take(now)
	p.message = words.Error(auth.ErrConflict)
	p.show()
}

// inForm are the fields beside which it is shown why they are refused.
var inForm = []auth.Field{auth.FieldPractice, auth.FieldZone, auth.FieldIdle}

// failed leaves the form as it was before saving.
func (p *presenter) failed(err error) {
	p.busy, p.unread = "", false
	var field *auth.FieldError
	switch {
	case p.IsOver(err):
		return
	case errors.Is(err, screen.ErrNotProven):
	case errors.Is(err, context.Canceled):
		p.message = lang.L("Cancelled. Look whether it was saved.")
		p.refresh()
	case errors.Is(err, auth.ErrKitNeeded):
		p.askForKit()
	case errors.As(err, &field) && slices.Contains(inForm, field.Field):
		p.wrong = field
	default:
		p.message = words.Error(err)
	}
	p.show()
}

func (p *presenter) show() { p.pane.Show(p.view()) }

func (p *presenter) view() view {
	v := view{
		Ready: p.loaded, Form: p.form, CanSave: p.canSave(),
		NameError: p.wrongWith(auth.FieldPractice), IdleError: p.wrongWith(auth.FieldIdle),
		ZoneError: p.wrongWith(auth.FieldZone), ZoneNote: p.zoneNote(),
		Busy: p.busy, CanCancel: p.saving.Stage() == screen.Stalled, Saved: p.said, Error: p.message,
	}
	if p.form.TwoFactor && p.form.Frequency.BelowAAL2() {
		v.FrequencyNote = lang.L("This is below NIST SP 800-63B-4 AAL2, which asks again after 24 hours at the latest.")
	}
	if p.loaded {
		v.People = lang.N("{{.Enrolled}} of {{.People}} people are set up.", p.saved.People,
			map[string]any{"Enrolled": p.saved.Enrolled, "People": p.saved.People})
		v.NotEnrolled = notEnrolledText(p.saved.NotEnrolled)
	}
	return v
}

// wrongWith says why a field is refused.
func (p *presenter) wrongWith(f auth.Field) string {
	if p.wrong == nil || p.wrong.Field != f {
		return ""
	}
	return words.Field(p.wrong)
}

// zoneNote says what becomes of appointments in another time zone.
func (p *presenter) zoneNote() string {
	switch {
	case p.loaded && p.form.Zone != p.saved.Zone:
		return lang.L("Appointments keep their times of the day: 9:00 stays 9:00.")
	case p.loaded && p.saved.Zone == "":
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

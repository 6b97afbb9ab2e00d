package frontdesk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	records "anteroom/data/desk"
	"anteroom/data/zone"
	"anteroom/ui/frontdesk/patients"
	"anteroom/ui/frontdesk/today"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// refreshTime is how often the front desk looks for news.
const refreshTime = 5 * time.Second

// maxHelp is how many requests for help are shown at a time, the longest first.
const maxHelp = 3

// helpView is a request for help.
type helpView struct {
	User string // id; "": there is none
	Text string
}

// view is what the screen shows. Two can be compared.
type view struct {
	Practice string
	Account  string // the person's name, once it is known
	Admin    bool
	News     string // a line for each
	CanSee   bool   // the news can be marked as seen
	Error    string

	Run        string // that the practice is open for this run only
	KitMissing bool   // there is no recovery kit yet
	Help       [maxHelp]helpView
	MoreHelp   string // that more wait
	Recovery   string // that new recovery codes are due
	FewCodes   bool   // few of them are left
	Backup     string // why today's backup could not be made
	OtherClock string // that this computer's clock is not the practice's

	Draft     string // that something was typed and not saved
	DraftForm string // into which form
}

// desk decides what is said above the pages.
type desk struct {
	ctx     context.Context // ends when the screen is left
	session *auth.Session
	records *records.Desk
	runner  work.Runner
	show    func(view)
	ended   func(error) // the session is over

	backupProblem func() error  // why today's backup could not be made; nil: all is well
	forThisRun    bool          // the kit opened the practice, for this run only
	open          func() string // the form that is open now: its draft is no news

	overview auth.Overview
	err      error
	reading  bool
	marking  bool // the news as seen
	shown    view
}

// begin shows what is known, and from then on what changes.
func (d *desk) begin() {
	d.refresh()
	d.update()
	d.runner.Every(d.ctx, refreshTime, d.refresh)
}

// refresh reads how things are, unless that goes on already.
func (d *desk) refresh() {
	if d.reading {
		return
	}
	d.reading = true
	var now auth.Overview
	d.runner.Go(d.ctx, func(ctx context.Context) (err error) {
		now, err = d.session.Overview(ctx)
		return err
	}, func(err error) {
		d.reading = false
		if errors.Is(err, auth.ErrLocked) || errors.Is(err, auth.ErrServer) {
			return // the next one tells, and the window says what is wrong with the server
		}
		if err == nil {
			d.overview = now
		}
		d.took(err)
	})
}

// sawNews marks the news that is shown as seen.
func (d *desk) sawNews() {
	if !d.view().CanSee {
		return
	}
	d.marking = true
	d.update()
	newest := d.overview.News[len(d.overview.News)-1].Seq
	d.runner.Go(d.ctx, func(ctx context.Context) error { return d.session.MarkNewsSeen(ctx, newest) }, func(err error) {
		d.marking = false
		if err == nil {
			d.overview.News = nil
			d.refresh()
		}
		d.took(err)
	})
}

// dismiss puts a user's request for help aside, the one that is shown.
func (d *desk) dismiss(user string) {
	i := slices.IndexFunc(d.overview.Help, func(h auth.HelpRequest) bool { return h.User == user })
	if i < 0 {
		return
	}
	at := d.overview.Help[i].At
	d.runner.Go(d.ctx, func(ctx context.Context) error { return d.session.DismissHelp(ctx, user, at) }, func(err error) {
		if errors.Is(err, auth.ErrNotFound) {
			err = nil // somebody else was faster
		}
		d.took(err)
		if err == nil {
			d.refresh() // else what is wrong would be gone before it is read
		}
	})
}

func (d *desk) took(err error) {
	if errors.Is(err, auth.ErrSessionEnded) {
		d.ended(err)
		return
	}
	d.err = err
	d.update()
}

// update shows the view if it changed.
func (d *desk) update() {
	if v := d.view(); v != d.shown {
		d.shown = v
		d.show(v)
	}
}

// backupText says why there is no backup of today; "": there is one, or it is not for this
// user to see to.
func backupText(problem error, isAdmin bool, now time.Time) string {
	var late *auth.NoBackupError
	switch {
	case problem == nil || errors.As(problem, &late) && !isAdmin:
		return ""
	case late == nil:
		return lang.L("Today's backup could not be made. {{.Reason}}", map[string]any{"Reason": words.Error(problem)})
	case late.Since.IsZero():
		return lang.L("There is no backup yet: {{.Computer}} makes them, and was not open.", map[string]any{"Computer": late.Computer})
	}
	day := words.Date(late.Since)
	if now.Sub(late.Since) < 6*24*time.Hour {
		day = words.Weekday(late.Since.Local().Weekday())
	}
	return lang.L("No backup since {{.Day}}: {{.Computer}} makes them, and was not open.", map[string]any{"Day": day, "Computer": late.Computer})
}

// otherClock says that this computer's clock shows another time than the practice's, or that
// nobody can tell here; "": it does not, or the practice has none of its own.
func otherClock(practice string, here time.Time) string {
	if practice == "" {
		return ""
	}
	location, err := zone.Load(practice)
	if err != nil {
		return lang.L("This Anteroom does not know the practice's time zone, {{.Practice}}, so times may be wrong. Install the newest one.",
			map[string]any{"Practice": practice})
	}
	there := here.In(location)
	if zone.Offset(there) == zone.Offset(here) {
		return ""
	}
	return lang.L("This computer is set to another time zone ({{.Here}}). All appointments are in the practice's: {{.Practice}}, {{.There}}.", map[string]any{
		"Here": zone.Offset(here), "Practice": zone.Title(practice), "There": zone.Offset(there),
	})
}

func (d *desk) view() view {
	o := d.overview
	v := view{
		Practice: o.Practice,
		Admin:    o.Role == auth.Admin,
		CanSee:   len(o.News) > 0 && !d.marking,

		KitMissing: o.KitMissing,
	}
	if d.forThisRun {
		v.Run = lang.L("The recovery kit opened the practice for this run only, because this computer's keyring can't be used. The next start needs the kit again.")
	}
	if d.backupProblem != nil {
		v.Backup = backupText(d.backupProblem(), v.Admin, d.runner.Now())
	}
	v.OtherClock = otherClock(d.session.Zone().Name, d.runner.Now().Local())
	if v.Account = o.Name; v.Account == "" {
		v.Account = lang.L("My account")
	}
	v.showHelp(o, d.runner.Now())
	if o.RecoveryOffer {
		v.Recovery, v.FewCodes = recoveryText(o.RecoveryLeft)
	}
	v.showDraft(d.records.Drafts(), d.open())
	var news []string
	for _, n := range o.News {
		news = append(news, newsText(n))
	}
	v.News = strings.Join(news, "\n")
	if d.err != nil {
		v.Error = words.Error(d.err)
	}
	return v
}

// showDraft says that something was typed and not saved, of a form that is not
// open now.
func (v *view) showDraft(forms []string, open string) {
	i := slices.IndexFunc(forms, func(form string) bool {
		_, ofPatient := patients.DraftOf(form)
		return form != open && (ofPatient || form == today.DraftKey) // others come back where they belong
	})
	if i < 0 {
		return
	}
	v.DraftForm = forms[i]
	switch v.DraftForm {
	case today.DraftKey:
		v.Draft = lang.L("A booking that you began is not saved yet.")
	case patients.DraftKey(""):
		v.Draft = lang.L("A new patient that you began is not saved yet.")
	default:
		v.Draft = lang.L("What you changed about a patient is not saved yet.")
	}
}

// throwAway forgets what was typed into a form.
func (d *desk) throwAway(form string) {
	d.records.SetDraft(form, "")
	d.update()
}

func (v *view) showHelp(o auth.Overview, now time.Time) {
	for i, h := range o.Help {
		if i >= maxHelp {
			more := len(o.Help) - maxHelp
			v.MoreHelp = lang.N("{{.Count}} more people wait for help: see Settings > Users.", more, map[string]any{"Count": more})
			return
		}
		of := map[string]any{"Name": h.Name, "Computer": h.Computer, "Clock": words.Since(h.At, now)}
		v.Help[i] = helpView{h.User, lang.L("{{.Name}} asks for help with the Auth Code since {{.Clock}}.", of)}
		if h.Computer != "" {
			v.Help[i].Text = lang.L("{{.Name}} asks for help with the Auth Code at {{.Computer}} since {{.Clock}}.", of)
		}
	}
}

// recoveryText says how many recovery codes are left, and whether that is few.
func recoveryText(left int) (text string, few bool) {
	of := map[string]any{"Count": left}
	if left > auth.FewRecoveryCodes {
		return lang.L("You signed in with a recovery code. You have {{.Count}} recovery codes left.", of), false
	}
	return lang.N("You have {{.Count}} recovery codes left. Make new ones while your phone is at hand.", left, of), true
}

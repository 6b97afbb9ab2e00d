package frontdesk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/desk"
	"anteroom/data/zone"
	"anteroom/ui/frontdesk/patients"
	"anteroom/ui/frontdesk/today"
	"anteroom/ui/screen"
	"anteroom/ui/words"
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

// view is what the screen shows.
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

// notices decide what is said above the pages.
type notices struct {
	screen.Scope
	display *screen.View[view]
	session *auth.Session
	records *desk.Desk

	backupProblem func() error  // why today's backup could not be made; nil: all is well
	forThisRun    bool          // the kit opened the practice, for this run only
	open          func() string // the form that is open now: its draft is no news

	overview auth.Overview
	err      error
	reads    *screen.Task
	marks    *screen.Task // the news as seen
}

func newNotices(s screen.Scope, display *screen.View[view], session *auth.Session, records *desk.Desk) *notices {
	n := &notices{Scope: s, display: display, session: session, records: records, reads: screen.NewTask(s, nil)}
	n.marks = screen.NewTask(s, n.update)
	return n
}

// begin shows what is known, and from then on what changes.
func (n *notices) begin() {
	n.refresh()
	n.update()
	n.Every(refreshTime, n.refresh)
}

// refresh reads how things are, unless that goes on already.
func (n *notices) refresh() {
	var now auth.Overview
	n.reads.Start(func(ctx context.Context) (err error) {
		now, err = n.session.Overview(ctx)
		return err
	}, func(err error) {
		if errors.Is(err, auth.ErrLocked) || errors.Is(err, auth.ErrServer) {
			return // the next one tells, and the window says what is wrong with the server
		}
		if err == nil {
			n.overview = now
		}
		n.report(err)
	})
}

// markNewsSeen marks the news that is shown as seen.
func (n *notices) markNewsSeen() {
	if !n.view().CanSee {
		return
	}
	newest := n.overview.News[len(n.overview.News)-1].Seq
	n.marks.Start(func(ctx context.Context) error { return n.session.MarkNewsSeen(ctx, newest) }, func(err error) {
		if err == nil {
			n.overview.News = nil
			n.refresh()
		}
		n.report(err)
	})
}

// dismiss puts a user's request for help aside, the one that is shown.
func (n *notices) dismiss(user string) {
	i := slices.IndexFunc(n.overview.Help, func(h auth.HelpRequest) bool { return h.User == user })
	if i < 0 {
		return
	}
	at := n.overview.Help[i].At
	n.Go(func(ctx context.Context) error { return n.session.DismissHelp(ctx, user, at) }, func(err error) {
		if errors.Is(err, auth.ErrNotFound) {
			err = nil // somebody else was faster
		}
		n.report(err)
		if err == nil {
			n.refresh() // else what is wrong would be gone before it is read
		}
	})
}

func (n *notices) report(err error) {
	if n.IsOver(err) {
		return
	}
	n.err = err
	n.update()
}

func (n *notices) update() { n.display.Show(n.view()) }

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

func (n *notices) view() view {
	o := n.overview
	v := view{
		Practice: o.Practice,
		Admin:    o.Role == auth.Admin,
		CanSee:   len(o.News) > 0 && !n.marks.IsBusy(),

		KitMissing: o.KitMissing,
	}
	if n.forThisRun {
		v.Run = lang.L("The recovery kit opened the practice for this run only, because this computer's keyring can't be used. The next start needs the kit again.")
	}
	if n.backupProblem != nil {
		v.Backup = backupText(n.backupProblem(), v.Admin, n.Now())
	}
	v.OtherClock = otherClock(n.session.Zone().Name, n.Now().Local())
	v.Account = o.Name
	v.showHelp(o, n.Now())
	if o.RecoveryOffer {
		v.Recovery, v.FewCodes = recoveryText(o.RecoveryLeft)
	}
	v.showDraft(n.records.Drafts(), n.open())
	var news []string
	for _, n := range o.News {
		news = append(news, newsText(n))
	}
	v.News = strings.Join(news, "\n")
	if n.err != nil {
		v.Error = words.Error(n.err)
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
func (n *notices) throwAway(form string) {
	n.records.SetDraft(form, "")
	n.update()
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

package recovery

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
)

// rescueText is what the page says of a practice that the kit opened. It does
// not change while the page is there.
type rescueText struct {
	Heading  string
	Data     string   // whose, and of when
	Findings []string // what is wrong
	History  string   // why the data is not what this computer saw last
	Next     string   // what the primary button does
	Word     string   // to be typed before that; "": none
	Primary  string   // "": there is nothing to do here
	Danger   bool     // it gives up what was entered since
	Opens    bool
}

// rescueView is what else the page shows.
type rescueView struct {
	Error     string
	Stage     screen.Stage
	CanSubmit bool
}

// explainReport puts what the kit found into words. restores says that a backup can be
// restored here.
func explainReport(r auth.Report, restores bool) rescueText {
	t := rescueText{Heading: reportHeading(r), Data: dataText(r), Opens: r.Opens}
	for _, f := range r.Findings {
		t.Findings = append(t.Findings, findingText(f, r.Opens))
	}
	if !r.Opens && !restores {
		t.Next = lang.L("Only a backup helps here. It is restored at the computer that is the practice's server.")
		return t
	}
	if !r.Opens {
		t.Primary = lang.L("Restore the newest good backup")
		t.Next = lang.L("Only a backup helps here. What is there now is set aside, not deleted.")
		return t
	}
	t.sayNext(r)
	t.sayHistory(r.History)
	return t
}

func reportHeading(r auth.Report) string {
	switch {
	case !r.Opens:
		return lang.L("The practice's data does not open")
	case errors.Is(r.History, auth.ErrRolledBack):
		return lang.L("The practice's data is too old")
	case r.History != nil:
		return lang.L("This is not the data this computer saw last")
	case len(r.Findings) > 0:
		return lang.L("The kit fits, but something is wrong")
	}
	return lang.L("The kit fits")
}

// dataText says whose data it is and of when, as far as is known.
func dataText(r auth.Report) string {
	if r.Changed.IsZero() || errors.Is(r.History, auth.ErrRolledBack) { // which says it by itself
		return r.Practice
	}
	return lang.L("{{.Practice}}, data of {{.Date}}", map[string]any{"Practice": r.Practice, "Date": moment(r.Changed)})
}

// findingText says what is wrong, and what that means.
func findingText(f auth.Finding, opens bool) string {
	switch f.Kind {
	case auth.FindingFile:
		if !opens {
			return lang.L("The database file is damaged, or it is no database at all.")
		}
		return lang.L("Parts of the database file are damaged. What lies in them can't be read, and more may follow. Restoring a backup is the safer way.")
	case auth.FindingRegister:
		return lang.L("The register does not open. It says who may sign in, so nobody can. It was changed or damaged, or is of another time than the rest.")
	case auth.FindingName:
		return lang.L("Somebody changed the practice's name outside Anteroom. Opening the practice puts it right.")
	case auth.FindingRecipients:
		return lang.L("Somebody changed which computers hold the key. Opening the practice puts that right.")
	case auth.FindingActivity:
		return lang.L("Somebody changed the activity log, first at entry {{.Entry}}. From there on it proves nothing.", map[string]any{"Entry": f.Entry})
	}
	return lang.N("{{.Count}} records do not open. Each says so by itself, and all others are whole.", f.Count, map[string]any{"Count": f.Count})
}

// sayNext says how the practice opens here.
func (t *rescueText) sayNext(r auth.Report) {
	switch {
	case r.Keyring != nil:
		t.Primary = lang.L("Open for this run")
		t.Next = lang.L("The keyring of this computer can't be used. The practice opens until Anteroom is closed, nothing is kept on this computer, and the kit is needed again next time.")
	case !r.Linked:
		t.Primary = lang.L("Link this computer")
		t.Next = lang.L("This computer gets a key of its own, and the kit is not needed here again. Every Practice Admin is told.")
	default:
		t.Primary = lang.L("Open the practice")
	}
}

// sayHistory says what is given up with data that is not the newest, and asks
// for a word that nobody types by mistake.
func (t *rescueText) sayHistory(history error) {
	if history == nil {
		return
	}
	t.Danger = true
	var back *auth.RolledBackError
	if errors.As(history, &back) {
		t.Word = lang.L("OLDER")
		t.History = lang.L("This data is of {{.Found}}. This computer has already seen data of {{.Seen}}. What was entered since is not in it. Everyone signs in again, other computers have to be linked again, and every Practice Admin is told.",
			map[string]any{"Found": moment(back.Found), "Seen": moment(back.Seen)})
		return
	}
	t.Word = lang.L("ANOTHER")
	t.History = lang.L("This data was restored or copied here, and went its own way since. What was entered in the data this computer saw last is not in it. Every Practice Admin is told.")
}

// rescue decides what the page after the recovery kit does.
type rescue struct {
	params  RescueParams
	text    rescueText
	task    *screen.Task
	display *screen.View[rescueView]
	typed   string
	failed  signin.Failure
}

func newRescue(p RescueParams) *rescue {
	r := &rescue{params: p, text: explainReport(p.Report, p.OnRestore != nil)}
	r.task = screen.NewTask(p.Scope, r.refresh)
	return r
}

// begin shows the page for the first time.
func (r *rescue) begin(display *screen.View[rescueView]) {
	r.display = display
	r.refresh()
}

func (r *rescue) refresh() { r.display.Show(r.view()) }

func (r *rescue) view() rescueView {
	return rescueView{Error: r.failed.Text(r.params.Now()), Stage: r.task.Stage(), CanSubmit: !r.task.IsBusy() && r.confirmed()}
}

// confirmed says that the word is typed, where one is asked for.
func (r *rescue) confirmed() bool {
	return r.text.Word == "" || strings.EqualFold(strings.TrimSpace(r.typed), r.text.Word)
}

// confirm hears what is typed into the field for the word.
func (r *rescue) confirm(text string) {
	r.typed = text
	r.refresh()
}

// submit is the primary button.
func (r *rescue) submit() {
	if !r.text.Opens {
		r.goRestore()
		return
	}
	r.openFor(false)
}

// admin is for an admin who can't sign in: the practice is opened for that too.
func (r *rescue) admin() { r.openFor(true) }

func (r *rescue) openFor(admin bool) {
	if !r.text.Opens || !r.view().CanSubmit {
		return
	}
	r.failed = signin.Failure{}
	r.task.Start(func(ctx context.Context) error { return r.params.Open(ctx, r.params.Report.History != nil) }, func(err error) {
		if err == nil {
			r.params.Done(admin)
			return
		}
		r.failed = signin.FailedAt(r.params.Now(), err)
		r.refresh()
	})
}

// goRestore leads to the backups, unless something is under way.
func (r *rescue) goRestore() {
	if !r.task.IsBusy() && r.params.OnRestore != nil {
		r.params.OnRestore()
	}
}

// back leaves the page, once nothing is under way any more.
func (r *rescue) back() { r.task.Leave(r.params.OnBack) }

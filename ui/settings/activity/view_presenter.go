package activity

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// view is what the pane shows.
type view struct {
	Enrolled int // of People
	People   int // 0: not known yet
	Share    string
	Legend   []string

	Days     []dayView
	FirstDay string // below the first bar
	Counting string // in the place of a day's sentence, while there are none

	Needs   []need
	Nothing string // in the place of needs

	Persons   []string
	Person    int
	Kind      int
	FromError string
	ToError   string

	List  int // another number: the list begins anew
	Rows  int
	Empty string // what the list says while it has no rows

	Reading   string
	Read      int // of ReadTotal
	ReadTotal int // 0: how far it is can't be told
	CanStop   bool
	CanGoOn   bool   // to older entries
	Shown     string // how much of it all that is
	ReadError string

	Verifying     string
	Verified      int // of VerifyTotal
	VerifyTotal   int
	CanStopVerify bool
	CanExport     bool
	Result        string
	IsGood        bool // the result is
}

// dayView is a bar.
type dayView struct {
	SignIns, Refusals int
	Text              string
}

// need is something for an admin to see to.
type need struct {
	Text string
	Pane string // where it is seen to
	Link string // leads there
}

func (p *presenter) show() { p.pane.Show(p.view()) }

func (p *presenter) view() view {
	v := view{
		Person: p.personAt(), Kind: p.kindAt(), FromError: p.fromError, ToError: p.toError,
		List: p.log.list, Rows: len(p.log.entries), ReadError: p.readError,
		CanExport:     p.log.isKnown && !p.isWrong(),
		CanStopVerify: p.check.Stage() >= screen.Long,
		Result:        p.result, IsGood: p.isGood,
	}
	for _, one := range p.people {
		v.Persons = append(v.Persons, one.text)
	}
	if p.check.IsBusy() {
		v.Verifying = lang.L("Verifying…")
		v.Verified, v.VerifyTotal = p.check.Progress()
	}
	if p.status == nil && p.readStatus.Stage() >= screen.Lasting {
		v.Counting = lang.L("Counting…")
	}
	if p.status != nil {
		v.showStatus(p.status, p.Now())
	}
	p.viewReading(&v)
	return v
}

// viewReading says how it goes with reading.
func (p *presenter) viewReading(v *view) {
	r := &p.log
	v.CanGoOn = r.isHalted
	if r.isLasting {
		v.Reading, v.CanStop = lang.L("Looking for entries…"), true
		if !r.isAnew {
			v.Read, v.ReadTotal = int(r.count-r.next), int(r.count)
		}
		return
	}
	count := map[string]any{"Number": words.Number(int64(v.Rows))}
	switch {
	case !r.isKnown, v.Rows == 0 && r.isBusy():
	case v.Rows == 0 && r.isHalted:
		v.Empty = lang.L("Nothing was found so far. “Show older” looks on.")
	case v.Rows == 0:
		v.Empty = lang.L("No entry fits. Choose another person, kind or day.")
	case r.isHalted:
		v.Shown = lang.N("{{.Number}} entries were found so far.", v.Rows, count)
	case r.next > 0:
		v.Shown = lang.N("The newest {{.Number}} entries. Go on down for older ones.", v.Rows, count)
	default:
		v.Shown = lang.N("{{.Number}} entries, all that there are.", v.Rows, count)
	}
}

// showStatus is the head of the pane.
func (v *view) showStatus(s *auth.SecurityStatus, now time.Time) {
	v.Enrolled, v.People = s.Enrolled, s.People
	v.Share = lang.L("{{.Part}} of {{.Whole}}", map[string]any{"Part": s.Enrolled, "Whole": s.People})
	v.Legend = []string{lang.N("{{.Count}} people have two-factor set up.", s.Enrolled, map[string]any{"Count": s.Enrolled})}
	switch rest := s.People - s.Enrolled; {
	case rest <= 0:
		v.Legend = []string{lang.L("Everyone has two-factor set up.")}
	default:
		v.Legend = append(v.Legend, lang.N("{{.Count}} people have not.", rest, map[string]any{"Count": rest}))
	}
	if !s.TwoFactor {
		v.Legend = append(v.Legend, lang.L("Two-factor is off."))
	}
	for i, day := range s.Days {
		v.Days = append(v.Days, dayView{day.SignIns, day.Refusals, dayText(day, len(s.Days)-1-i)})
	}
	if len(s.Days) > 0 {
		v.FirstDay = s.Days[0].Day.Format("2 Jan")
	}
	v.Needs = needs(s, now)
	if len(v.Needs) == 0 {
		v.Nothing = lang.L("Nothing needs you.")
	}
}

// dayText is a day in words; ago is how many days ago it was.
func dayText(d auth.ActivityDay, ago int) string {
	name := d.Day.Format("Mon 2 Jan")
	switch ago {
	case 0:
		name = lang.L("Today")
	case 1:
		name = lang.L("Yesterday")
	}
	signIns := lang.N("{{.Number}} sign-ins", d.SignIns, map[string]any{"Number": words.Number(int64(d.SignIns))})
	if d.SignIns == 0 {
		signIns = lang.L("no sign-ins")
	}
	refused := lang.L("{{.Number}} refused", map[string]any{"Number": words.Number(int64(d.Refusals))})
	if d.Refusals == 0 {
		refused = lang.L("none refused")
	}
	return lang.L("{{.Day}}: {{.SignIns}}, {{.Refused}}.", map[string]any{"Day": name, "SignIns": signIns, "Refused": refused})
}

// mostNamed is how many people a line names, or how many lines are for one each.
const mostNamed = 3

// needs are what an admin should see to, the most urgent first.
func needs(s *auth.SecurityStatus, now time.Time) (all []need) {
	add := func(pane, link, text string) { all = append(all, need{text, pane, link}) }
	toUsers, toBackup := lang.L("Go to Users"), lang.L("Go to Backup")
	for _, h := range s.Help[:min(mostNamed, len(s.Help))] {
		add(pane.Users, toUsers, lang.L("{{.Name}} asked for help at {{.Computer}}, {{.Moment}}.",
			map[string]any{"Name": pane.Shorten(h.Name), "Computer": h.Computer, "Moment": words.Moment(h.At, now)}))
	}
	if more := len(s.Help) - mostNamed; more > 0 {
		add(pane.Users, toUsers, lang.N("{{.Count}} more people asked for help.", more, map[string]any{"Count": more}))
	}
	if len(s.Disabled) > 0 {
		add(pane.Users, toUsers, lang.L("After too many wrong codes an authenticator is disabled: {{.Names}}. Reset it.", names(s.Disabled)))
	}
	if len(s.NotEnrolled) > 0 {
		add(pane.Users, toUsers, lang.L("Not set up for two-factor yet: {{.Names}}. It is asked at the next sign-in.", names(s.NotEnrolled)))
	}
	if !s.TwoFactor {
		add(pane.General, lang.L("Go to General"), lang.L("Two-factor is off: a password alone lets people in. Turn it on."))
	}
	if s.KitMissing {
		add(pane.Recovery, lang.L("Go to Recovery"), lang.L("There is no recovery kit yet. Make it, and put it away safely."))
	}
	switch {
	case s.BackupLate && s.Backup.IsZero():
		add(pane.Backup, toBackup, lang.L("There is no backup yet. Make one now."))
	case s.BackupLate:
		add(pane.Backup, toBackup, lang.L("The newest backup is of {{.Moment}}. Make one now.", map[string]any{"Moment": words.Moment(s.Backup, now)}))
	}
	return all
}

// names are the first of many.
func names(all []string) map[string]any {
	var first []string
	for _, name := range all[:min(mostNamed, len(all))] {
		first = append(first, pane.Shorten(name))
	}
	listed := strings.Join(first, ", ")
	if more := len(all) - mostNamed; more > 0 {
		listed = lang.N("{{.Names}} and {{.Count}} more", more, map[string]any{"Names": listed, "Count": more})
	}
	return map[string]any{"Names": listed}
}

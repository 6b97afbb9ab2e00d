// Package firststeps is the list of what a new practice needs first. Each step is ticked by what the practice has by now,
// never by hand.
package firststeps

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
)

// Step is one of them.
type Step int

// The steps, in the order in which they are best taken: two-factor needs the kit, and users who know of it.
const (
	Hours Step = iota
	People
	Kit
	TwoFactor
	Patients
	Backup
)

// steps are what each is called.
func steps() []string {
	return []string{
		Hours: lang.L("Practitioners and hours"), People: lang.L("People who work here"), Kit: lang.L("Recovery kit"),
		TwoFactor: lang.L("Two-factor sign-in"), Patients: lang.L("Patients"), Backup: lang.L("First backup"),
	}
}

// lookTime is how often it is looked what is done by now.
const lookTime = 5 * time.Second

// row is a step as it is shown.
type row struct {
	Name   string
	IsDone bool
}

// view is what the list shows; without rows it is not there.
type view struct {
	Rows  []row
	Count string // how many of them are done
}

// presenter decides what the list shows. Once it is gone nothing is read any more.
type presenter struct {
	scope   screen.Scope
	session *auth.Session
	desk    *desk.Desk
	display *screen.View[view]
	gone    func()
	reads   *screen.Task
	leave   context.CancelFunc // ends the looks; nil: there are none
	isOver  bool
}

func newPresenter(p Params, display *screen.View[view]) *presenter {
	return &presenter{scope: p.Scope, session: p.Session, desk: p.Desk, display: display, gone: p.OnGone}
}

// begin looks from now on, until the list is gone.
func (p *presenter) begin() {
	if p.isOver || p.leave != nil {
		return
	}
	child, leave := p.scope.Child()
	p.leave, p.reads = leave, screen.NewTask(child, nil)
	p.look()
	child.Every(lookTime, p.look)
}

// end takes the list away, and looks no more.
func (p *presenter) end() {
	if p.leave != nil {
		p.leave()
		p.leave = nil
	}
	p.display.Show(view{})
}

// hide takes the list away for good.
func (p *presenter) hide() {
	p.isOver = true
	p.end()
	p.gone()
}

// look reads what is done by now, unless that goes on already. What can't be read now, such as while the desk is locked, is
// read the next time.
func (p *presenter) look() {
	if _, _, ready := p.desk.Loading(); !ready {
		return // it is not known yet whether there are patients
	}
	var done []bool
	p.reads.Start(func(ctx context.Context) (err error) {
		done, err = p.read(ctx)
		return err
	}, func(err error) {
		if err == nil {
			p.show(done)
		}
	})
}

// read says what is done, in the order of the steps.
func (p *presenter) read(ctx context.Context) ([]bool, error) {
	s, err := p.session.Settings(ctx)
	if err != nil {
		return nil, err
	}
	details, err := p.desk.Details(ctx)
	if err != nil {
		return nil, err
	}
	return []bool{
		Hours: haveHours(details), People: s.People > 1, Kit: s.KitMade,
		TwoFactor: s.Policy.TwoFactor, Patients: p.desk.HasPatients(), Backup: s.BackedUp,
	}, nil
}

// haveHours says that somebody can be booked for.
func haveHours(d data.Details) bool {
	for _, practitioner := range d.Present() {
		for _, hours := range practitioner.Hours {
			if len(hours) > 0 {
				return true
			}
		}
	}
	return false
}

func (p *presenter) show(done []bool) {
	var v view
	count := 0
	for step, name := range steps() {
		v.Rows = append(v.Rows, row{name, done[step]})
		if done[step] {
			count++
		}
	}
	if count == len(v.Rows) {
		p.hide()
		return
	}
	v.Count = lang.L("{{.Done}} of {{.All}} done", map[string]any{"Done": count, "All": len(v.Rows)})
	p.display.Show(v)
}

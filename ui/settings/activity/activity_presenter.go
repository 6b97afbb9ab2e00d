package activity

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

const (
	// activityPage is how many entries are read at a time.
	activityPage = 200
	// activityAhead is how near to the last entry that was read one comes before
	// older ones are.
	activityAhead = 50
	// activityPause is how long a day that is being typed is left alone.
	activityPause = 700 * time.Millisecond
	// busyDelay is how long reading goes on before it is said: what is there at
	// once would only flicker.
	busyDelay = 300 * time.Millisecond
)

// activityPane shows the pane.
type activityPane interface {
	show(activityView)
}

// activity decides what the pane "Activity" does.
type activity struct {
	screen.Scope
	session *auth.Session
	pane    activityPane
	save    pane.Saver
	folder  string // that exports are proposed for

	standing *auth.SecurityStatus // nil: not read yet
	counting bool                 // it takes a moment

	people    []person
	form      activityForm
	fromError string
	toError   string
	pause     context.CancelFunc // the judgement of what is typed; nil: none is due
	filter    auth.ActivityFilter

	log     logReading
	check   *screen.Task // the verification of the log
	result  string       // of what was asked for
	good    bool         // it went well
	problem string       // what went wrong with reading
}

func newActivity(a activity) *activity {
	a.check = screen.NewTask(a.Scope, func() { a.show() })
	return &a
}

// logReading is how much of the log was read, the newest entries first.
type logReading struct {
	entries []auth.ActivityEntry
	list    int   // a number of its own for entries that begin anew
	anew    bool  // the next answer begins anew; those shown are of another filter
	next    int64 // where older ones are; 0: there are none
	count   int64 // of the log
	wanted  int   // how many entries to read on to
	stop    context.CancelFunc
	lasting bool // for a moment by now
	halted  bool // older ones are read only when they are asked for
	known   bool // an answer came
}

func (r *logReading) reads() bool { return r.stop != nil }

// halt ends what goes on; no answer of it counts any more.
func (r *logReading) halt() {
	if r.reads() {
		r.stop()
		r.stop, r.lasting = nil, false
	}
}

// take adds what came.
func (r *logReading) take(page auth.ActivityPage) {
	if r.anew {
		r.begin()
	}
	r.entries = append(r.entries, page.Entries...)
	r.next, r.count, r.known = page.Next, page.Count, true
}

func (r *logReading) begin() {
	r.entries, r.anew, r.list = nil, false, r.list+1
}

// open shows the pane anew.
func (a *activity) open() {
	a.result = ""
	a.refresh()
}

// refresh reads all that the pane shows again.
func (a *activity) refresh() {
	a.readStanding()
	a.readPeople()
	a.read()
}

func (a *activity) readStanding() {
	var now auth.SecurityStatus
	ctx, stop := context.WithCancel(a.Ctx)
	if a.standing == nil {
		a.Runner.After(ctx, busyDelay, func() {
			a.counting = true
			a.show()
		})
	}
	a.Runner.Go(a.Ctx, func(ctx context.Context) (err error) {
		now, err = a.session.SecurityStatus(ctx)
		return err
	}, func(err error) {
		stop()
		a.counting = false
		if err != nil {
			a.failed(err)
			return
		}
		a.standing = &now
		a.show()
	})
}

// read reads the log from its newest entry on.
func (a *activity) read() {
	a.log.halt()
	a.log.anew, a.log.next, a.log.count, a.log.wanted = true, 0, 0, activityPage
	a.readOn()
}

// readOn reads older entries, until as many as are wanted are there.
func (a *activity) readOn() {
	ctx, stop := context.WithCancel(a.Ctx)
	a.log.stop, a.log.halted, a.problem = stop, false, ""
	a.Runner.After(ctx, busyDelay, func() {
		a.log.lasting = true
		a.show()
	})
	a.ask(ctx)
}

// ask asks for the next part. An answer after ctx ended is dropped.
func (a *activity) ask(ctx context.Context) {
	var page auth.ActivityPage
	filter, before := a.filter, a.log.next
	a.Runner.Go(ctx, func(ctx context.Context) (err error) {
		page, err = a.session.Activity(ctx, filter, before, activityPage)
		return err
	}, func(err error) {
		if err != nil {
			a.log.halt()
			a.log.halted = true
			if a.log.anew {
				a.log.begin()
			}
			a.failed(err)
			return
		}
		a.log.take(page)
		if a.log.next > 0 && len(a.log.entries) < a.log.wanted {
			a.ask(ctx)
		} else {
			a.log.halt()
		}
		a.show()
	})
}

// reached says that a row came into sight, or was chosen: older ones are needed
// before their place is.
func (a *activity) reached(row int) {
	r := &a.log
	if row >= len(r.entries)-activityAhead && r.next > 0 && !r.anew && !r.reads() && !r.halted {
		r.wanted = len(r.entries) + activityPage
		a.readOn()
	}
}

// showOlder goes on after a stop.
func (a *activity) showOlder() {
	if a.log.reads() {
		return
	}
	a.log.wanted = len(a.log.entries) + activityPage
	a.readOn()
	a.show()
}

// stopReading leaves what was found so far.
func (a *activity) stopReading() {
	if a.log.reads() {
		a.log.halt()
		a.log.halted = true
		if a.log.anew {
			a.log.begin()
		}
		a.show()
	}
}

// failed says what went wrong, unless the session is over.
func (a *activity) failed(err error) {
	if errors.Is(err, auth.ErrSessionEnded) {
		a.OnEnded(err)
		return
	}
	a.problem = words.Error(err)
	a.show()
}

// entry is one of those that were read.
func (a *activity) entry(row int) (e auth.ActivityEntry, ok bool) {
	if row < 0 || row >= len(a.log.entries) {
		return e, false
	}
	return a.log.entries[row], true
}

// at is the entry that the list asks for; nil: there is none any more.
func (a *activity) at(row int) *auth.ActivityEntry {
	a.reached(row)
	if e, ok := a.entry(row); ok {
		return &e
	}
	return nil
}

// when is when an entry was written, as the list shows it.
func (a *activity) when(e *auth.ActivityEntry) string {
	switch {
	case e == nil:
		return ""
	case e.At.IsZero():
		return "–"
	}
	return entryTime(e.At, a.Runner.Now())
}

// entryText is what an entry says.
func entryText(e *auth.ActivityEntry) string {
	if e == nil {
		return ""
	}
	return words.Activity(*e)
}

// entryTime is when an entry was written, in little room: with the clock, or
// where a day and a month could be those of another year with that.
func entryTime(at, now time.Time) string {
	if age := now.Sub(at); age > 300*24*time.Hour || age < -24*time.Hour {
		return words.Date(at)
	}
	return lang.L("{{.Day}}, {{.Clock}}", map[string]any{"Day": at.Local().Format("2 Jan"), "Clock": words.Clock(at)})
}

// entryView is what the dialog of an entry shows.
type entryView struct {
	Title    string
	When     string
	What     string
	Computer string // "": it is not known
}

func newEntryView(e auth.ActivityEntry) entryView {
	v := entryView{
		Title: lang.L("Entry {{.Number}}", map[string]any{"Number": words.Number(e.Seq)}),
		When:  lang.L("Not known"), What: words.Activity(e), Computer: e.Computer,
	}
	if !e.At.IsZero() {
		v.When = words.Exactly(e.At)
	}
	return v
}

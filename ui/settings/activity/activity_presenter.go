package activity

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

const (
	// pageSize is how many entries are read at a time.
	pageSize = 200
	// readAhead is how near to the last entry that was read one comes before
	// older ones are.
	readAhead = 50
	// typingPause is how long a day that is being typed is left alone.
	typingPause = 700 * time.Millisecond
)

// presenter decides what the pane "Activity" does.
type presenter struct {
	screen.Scope
	session *auth.Session
	pane    *screen.View[view]
	save    pane.Saver
	folder  string // that exports are proposed for

	status     *auth.SecurityStatus // nil: not read yet
	readStatus *screen.Task

	people    []person
	form      filterForm
	fromError string
	toError   string
	pending   func() // cancels apply, which is due once the typing pauses; nil: it is not
	filter    auth.ActivityFilter

	log       logReading
	check     *screen.Task // the verification of the log
	result    string       // of what was asked for
	isGood    bool         // it went well
	readError string
}

func newPresenter(p presenter) *presenter {
	show := func() { p.show() }
	p.check, p.readStatus = screen.NewTask(p.Scope, show), screen.NewTask(p.Scope, show)
	return &p
}

// logReading is how much of the log was read, the newest entries first.
type logReading struct {
	entries   []auth.ActivityEntry
	list      int    // a number of its own for entries that begin anew
	isAnew    bool   // the next answer begins anew; those shown are of another filter
	next      int64  // where older ones are; 0: there are none
	count     int64  // of the log
	wanted    int    // how many entries to read on to
	stop      func() // what goes on, whose answer is dropped then; nil: nothing does
	isLasting bool   // it takes a moment
	isHalted  bool   // older ones are read only when they are asked for
	isKnown   bool   // an answer came
}

func (r *logReading) isBusy() bool { return r.stop != nil }

// end ends what goes on.
func (r *logReading) end() {
	if r.isBusy() {
		r.stop()
		r.stop, r.isLasting = nil, false
	}
}

// halt ends it before all is read that is wanted.
func (r *logReading) halt() {
	r.end()
	r.isHalted = true
	if r.isAnew {
		r.begin()
	}
}

// take adds what came.
func (r *logReading) take(page auth.ActivityPage) {
	if r.isAnew {
		r.begin()
	}
	r.entries = append(r.entries, page.Entries...)
	r.next, r.count, r.isKnown = page.Next, page.Count, true
}

func (r *logReading) begin() {
	r.entries, r.isAnew, r.list = nil, false, r.list+1
}

// open shows the pane anew.
func (p *presenter) open() {
	p.result = ""
	p.refresh()
}

// refresh reads all that the pane shows again.
func (p *presenter) refresh() {
	p.refreshStatus()
	p.readPeople()
	p.read()
}

func (p *presenter) refreshStatus() {
	var now auth.SecurityStatus
	p.readStatus.Replace(func(ctx context.Context) (err error) {
		now, err = p.session.SecurityStatus(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.status = &now
		p.show()
	})
}

// read reads the log from its newest entry on.
func (p *presenter) read() {
	p.log.end()
	p.log.isAnew, p.log.next, p.log.count, p.log.wanted = true, 0, 0, pageSize
	p.readOn()
}

// readOn reads older entries, until as many as are wanted are there.
func (p *presenter) readOn() {
	scope, stop := p.Child()
	p.log.stop, p.log.isHalted, p.readError = stop, false, ""
	scope.After(screen.LastingAfter, func() {
		p.log.isLasting = true
		p.show()
	})
	p.ask(scope)
}

// ask asks for the next part.
func (p *presenter) ask(s screen.Scope) {
	var page auth.ActivityPage
	filter, before := p.filter, p.log.next
	s.Go(func(ctx context.Context) (err error) {
		page, err = p.session.Activity(ctx, filter, before, pageSize)
		return err
	}, func(err error) {
		if err != nil {
			p.log.halt()
			p.failed(err)
			return
		}
		p.log.take(page)
		if p.log.next > 0 && len(p.log.entries) < p.log.wanted {
			p.ask(s)
		} else {
			p.log.end()
		}
		p.show()
	})
}

// reached says that a row came into sight, or was chosen: older ones are needed
// before their place is.
func (p *presenter) reached(row int) {
	r := &p.log
	if row >= len(r.entries)-readAhead && r.next > 0 && !r.isAnew && !r.isBusy() && !r.isHalted {
		r.wanted = len(r.entries) + pageSize
		p.readOn()
	}
}

// showOlder goes on after a stop.
func (p *presenter) showOlder() {
	if p.log.isBusy() {
		return
	}
	p.log.wanted = len(p.log.entries) + pageSize
	p.readOn()
	p.show()
}

// stopReading leaves what was found so far.
func (p *presenter) stopReading() {
	if p.log.isBusy() {
		p.log.halt()
		p.show()
	}
}

// failed says what went wrong, unless the session is over.
func (p *presenter) failed(err error) {
	if !p.IsOver(err) {
		p.readError = words.Error(err)
		p.show()
	}
}

// entry is one of those that were read.
func (p *presenter) entry(row int) (e auth.ActivityEntry, ok bool) {
	if row < 0 || row >= len(p.log.entries) {
		return e, false
	}
	return p.log.entries[row], true
}

// at is the entry that the list asks for; nil: there is none any more.
func (p *presenter) at(row int) *auth.ActivityEntry {
	p.reached(row)
	if e, ok := p.entry(row); ok {
		return &e
	}
	return nil
}

// when is when an entry was written, as the list shows it.
func (p *presenter) when(e *auth.ActivityEntry) string {
	switch {
	case e == nil:
		return ""
	case e.At.IsZero():
		return "–"
	}
	return entryTime(e.At, p.Now())
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

package frontdesk

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// refreshTime is how often the front desk looks for news.
const refreshTime = 5 * time.Second

// Session is what the front desk asks of who is signed in. *auth.Session is one.
type Session interface {
	Overview(context.Context) (auth.Overview, error)
	SawNews(ctx context.Context, seq int64) error
}

// view is what the screen shows. Two can be compared.
type view struct {
	Practice string
	Date     string
	Who      string
	Admin    bool
	News     string // a line for each
	CanSee   bool   // the news can be marked as seen
	Error    string
}

// desk decides what the front desk shows.
type desk struct {
	ctx     context.Context // ends when the screen is left
	session Session
	runner  work.Runner
	show    func(view)
	ended   func(error) // the session is over

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
	d.update() // the date, without waiting for the disk
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
	d.runner.Go(d.ctx, func(ctx context.Context) error { return d.session.SawNews(ctx, newest) }, func(err error) {
		d.marking = false
		if err == nil {
			d.overview.News = nil
			d.refresh()
		}
		d.took(err)
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

func (d *desk) view() view {
	o := d.overview
	v := view{
		Practice: o.Practice,
		Date:     dateInWords(d.runner.Now()),
		Admin:    o.Role == auth.Admin,
		CanSee:   len(o.News) > 0 && !d.marking,
	}
	switch o.Role {
	case auth.Admin:
		v.Who = lang.L("You are signed in as {{.Name}}, Practice Admin.", map[string]any{"Name": o.Name})
	case auth.Staff:
		v.Who = lang.L("You are signed in as {{.Name}}.", map[string]any{"Name": o.Name})
	}
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

func dateInWords(t time.Time) string { return t.Local().Format("Monday, 2 January 2006") }

func newsText(n auth.News) string {
	of := map[string]any{"Name": n.Who, "Date": words.Date(n.At), "Clock": words.Clock(n.At)}
	if n.Kind == auth.NewsTwoFactorOff {
		return lang.L("{{.Name}} turned two-factor authentication off on {{.Date}}, {{.Clock}}.", of)
	}
	return lang.L("{{.Name}} set up an authenticator on {{.Date}}, {{.Clock}}.", of)
}

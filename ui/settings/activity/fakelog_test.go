package activity

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"fyne.io/fyne/v2/container"

	"anteroom/auth"
)

// fakeLog is an activity log of any length: its entries are made when they are
// read.
type fakeLog struct {
	count    int64
	lookedAt int64         // how many entries a call looks at
	readTime time.Duration // how long a call takes
	filters  []auth.ActivityFilter
	made     int // entries, in all calls
	standing auth.SecurityStatus
	found    int64
	asked    int // for a part of the log
	entry    func(seq int64) auth.ActivityEntry
}

func newFakeLog() fakeLog {
	return fakeLog{count: 12_345, lookedAt: 20_000, entry: sampleEntry, standing: auth.SecurityStatus{
		People: 7, Enrolled: 5, TwoFactor: true, Days: sampleDays(), Backup: time.Now(),
	}}
}

// sampleEntry is a minute older than the one after it.
func sampleEntry(seq int64) auth.ActivityEntry {
	e := auth.ActivityEntry{Seq: seq, At: time.Now().Add(time.Duration(seq-12_345) * time.Minute), Event: auth.EventSignIn, By: "Anna Smith", Computer: "OFFICE"}
	switch {
	case seq%7 == 0:
		e.Event, e.By, e.Whom = auth.EventPasswordRefused, "", "Ben Jones"
	case seq%3 == 0:
		e.By, e.Computer = "Ben Jones", "RECEPTION-1"
	}
	return e
}

func sampleDays() []auth.ActivityDay {
	var days []auth.ActivityDay
	for i := range 30 {
		days = append(days, auth.ActivityDay{Day: time.Now().AddDate(0, 0, i-29), SignIns: (i * 7) % 13, Refusals: (i * 5) % 4})
	}
	days[29] = auth.ActivityDay{Day: time.Now(), SignIns: 12, Refusals: 1}
	return days
}

// names of the fake users by their ids.
var fakeNames = map[string]string{"a": "Anna Smith", "b": "Ben Jones"}

func (s *fakeSession) Activity(ctx context.Context, f auth.ActivityFilter, before int64, limit int) (auth.ActivityPage, error) {
	if s.readTime > 0 {
		if err := s.wait(ctx, s.readTime); err != nil {
			return auth.ActivityPage{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	s.filters = append(s.filters, f)
	page := auth.ActivityPage{Count: s.count}
	if before <= 0 || before > s.count {
		before = s.count + 1
	}
	for seq := before - 1; seq > 0 && seq >= before-s.lookedAt && len(page.Entries) < limit; seq-- {
		page.Next = seq
		e := s.entry(seq)
		name := fakeNames[f.Person]
		if name == "" || e.By == name || e.Whom == name {
			page.Entries = append(page.Entries, e)
			s.made++
		}
	}
	if page.Next <= 1 {
		page.Next = 0
	}
	return page, s.fail
}

func (s *fakeSession) VerifyActivity(ctx context.Context, progress auth.Progress) (int64, error) {
	if s.refused != nil {
		return 0, s.refused
	}
	err := s.long(ctx, progress)
	return s.found, err
}

func (s *fakeSession) ExportActivity(ctx context.Context, f auth.ActivityFilter, out auth.Table, progress auth.Progress) (int64, error) {
	err := s.change(ctx, fmt.Sprint("ExportActivity ", f.Person), func() error { return nil })
	if err != nil {
		return 0, err
	}
	if err := errors.Join(out.Row([]string{"number", "=1+1"}), out.Flush()); err != nil {
		return 0, err
	}
	return s.count, s.long(ctx, progress)
}

func (s *fakeSession) SecurityStatus(ctx context.Context) (auth.SecurityStatus, error) {
	if s.readTime > 0 {
		if err := s.wait(ctx, s.readTime); err != nil {
			return auth.SecurityStatus{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.standing, s.fail
}

// files are those that the settings wrote, by their paths.
type files struct {
	content map[string]string
	fail    error
}

func (f *files) save(path string, write func(io.Writer) error) error {
	if _, taken := f.content[path]; taken {
		return &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}
	}
	if f.fail != nil {
		return f.fail
	}
	var w textWriter
	if err := write(&w); err != nil {
		return err
	}
	f.content[path] = string(w)
	return nil
}

type textWriter []byte

func (w *textWriter) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

func (s *fakeSession) lastFilter() auth.ActivityFilter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.filters)[len(s.filters)-1]
}

// needyStanding needs an admin in every way.
func needyStanding(one, other string) auth.SecurityStatus {
	s := newFakeLog().standing
	for i, name := range []string{one, other, "Cleo Marsh", "Dan Okafor", "Eve Lind"} {
		s.Help = append(s.Help, auth.HelpRequest{Name: name, Computer: "RECEPTION-1", At: time.Now().Add(-time.Duration(i) * time.Minute)})
	}
	s.Disabled, s.NotEnrolled = []string{one}, []string{one, other, "Cleo Marsh", "Dan Okafor", "Eve Lind"}
	s.KitMissing, s.BackupLate, s.Backup = true, true, time.Now().AddDate(0, 0, -3)
	return s
}

// replace types another text into the field that has the focus.
func (s *screenSample) replace(text string) {
	entry := s.window.Canvas().Focused().(interface{ SetText(string) })
	entry.SetText(text)
	s.Settle()
}

// scrollDown scrolls the pane "Activity" to its end.
func (s *screenSample) scrollDown() {
	s.rows[rowActivity].pane.content.(*container.Scroll).ScrollToBottom()
}

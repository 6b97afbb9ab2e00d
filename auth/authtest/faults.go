package authtest

import (
	"context"
	"errors"
	"sync"
	"time"

	"anteroom/auth"
)

// Faults are what goes wrong, as a test says, between a program and its database. The zero
// value lets everything pass.
type Faults struct {
	mu       sync.Mutex
	delay    time.Duration // how long each question takes
	rows     time.Duration // likewise each record where many are read: see DelayRows
	fails    error         // the answer to every question; nil: the true one
	noWrites error         // the answer to every change; nil: the true one
	hung     chan struct{} // closed once it goes on; nil: it does not hang
	lost     *bool         // the answer to the next commit is lost, and whether that is saved
	asked    int
	written  []auth.ChangeRow
}

// Answer has it go on: everything is answered, and at once.
func (f *Faults) Answer() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hung != nil {
		close(f.hung)
	}
	f.delay, f.rows, f.fails, f.noWrites, f.hung = 0, 0, nil, nil, nil
}

// Delay has every question take so long. Whoever asks can call it off.
func (f *Faults) Delay(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.delay = d
}

// DelayRows has each record take so long where all of a table are read, each patient where a backup
// is made, and each page of the activity log.
func (f *Faults) DelayRows(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = d
}

// Stop has every question end with an error.
func (f *Faults) Stop(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fails = err
}

// FailWrites has every change end with an error, as a full disk does; what is there can be read.
func (f *Faults) FailWrites(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.noWrites = err
}

// Hang has every question wait until Answer, whoever calls it off.
func (f *Faults) Hang() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hung = make(chan struct{})
}

// Lose has the database stop at the next commit, which is saved or not, and nobody is told.
func (f *Faults) Lose(saved bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost = &saved
}

// Asked is how many questions there were.
func (f *Faults) Asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

// Written are the records that were written since it was asked last, in their order: those of
// which others are told.
func (f *Faults) Written() []auth.ChangeRow {
	f.mu.Lock()
	defer f.mu.Unlock()
	written := f.written
	f.written = nil
	return written
}

// question waits as long as a question takes, and says what goes wrong with it.
func (f *Faults) question(ctx context.Context, change bool) error {
	f.mu.Lock()
	f.asked++
	delay, hung := f.delay, f.hung
	f.mu.Unlock()
	if hung != nil {
		<-hung
	}
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if change && f.fails == nil {
		return f.noWrites
	}
	return f.fails
}

// Faulty is a place whose databases have faults.
type Faulty struct {
	auth.Location
	*Faults
}

// Exists implements auth.Location.
func (p Faulty) Exists(ctx context.Context) (bool, error) {
	if err := p.question(ctx, false); err != nil {
		return false, err
	}
	return p.Location.Exists(ctx)
}

// Create implements auth.Location.
func (p Faulty) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	s, err := p.Location.Create(ctx, fill)
	return faultyStore{s, p.Faults}, err
}

// Open implements auth.Location.
func (p Faulty) Open(ctx context.Context) (auth.Store, error) {
	if err := p.question(ctx, false); err != nil {
		return nil, err
	}
	s, err := p.Location.Open(ctx)
	return faultyStore{s, p.Faults}, err
}

// OpenBackup implements auth.Location.
func (p Faulty) OpenBackup(ctx context.Context, path string) (auth.Store, error) {
	if err := p.question(ctx, false); err != nil {
		return nil, err
	}
	return p.Location.OpenBackup(ctx, path)
}

type faultyStore struct {
	auth.Store
	faults *Faults
}

// DataVersion implements auth.Store.
func (s faultyStore) DataVersion(ctx context.Context) (int64, error) {
	if err := s.faults.question(ctx, false); err != nil {
		return 0, err
	}
	return s.Store.DataVersion(ctx)
}

// View implements auth.Store.
func (s faultyStore) View(ctx context.Context, fn func(auth.Reader) error) error {
	if err := s.faults.question(ctx, false); err != nil {
		return err
	}
	return s.Store.View(ctx, func(r auth.Reader) error { return fn(faultyReader{r, s.faults}) })
}

// Backup implements auth.Store.
func (s faultyStore) Backup(ctx context.Context, order auth.BackupOrder) (auth.BackupFile, error) {
	if err := s.faults.question(ctx, true); err != nil {
		return auth.BackupFile{}, err
	}
	if err := s.trickle(ctx, order.Progress); err != nil {
		return auth.BackupFile{}, err
	}
	return s.Store.Backup(ctx, order)
}

// trickle takes as long as all patients do.
func (s faultyStore) trickle(ctx context.Context, progress auth.Progress) error {
	s.faults.mu.Lock()
	delay := s.faults.rows
	s.faults.mu.Unlock()
	if delay == 0 {
		return nil
	}
	total := 0
	err := s.Store.View(ctx, func(r auth.Reader) error {
		return r.EachRecord(auth.TablePatient, func(auth.RecordRow) error {
			total++
			return nil
		})
	})
	for done := 1; done <= total && err == nil; done++ {
		select {
		case <-time.After(delay):
			progress(done, total)
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	return err
}

type faultyReader struct {
	auth.Reader
	faults *Faults
}

// EachRecord implements auth.Reader.
func (r faultyReader) EachRecord(table auth.RecordTable, fn func(auth.RecordRow) error) error {
	return r.Reader.EachRecord(table, func(row auth.RecordRow) error {
		r.faults.mu.Lock()
		delay := r.faults.rows
		r.faults.mu.Unlock()
		if delay > 0 {
			time.Sleep(delay)
		}
		return fn(row)
	})
}

// Activity implements auth.Reader.
func (r faultyReader) Activity(after int64, limit int) ([]auth.ActivityRow, error) {
	r.faults.trickle()
	return r.Reader.Activity(after, limit)
}

// ActivityBefore implements auth.Reader.
func (r faultyReader) ActivityBefore(before int64, limit int) ([]auth.ActivityRow, error) {
	r.faults.trickle()
	return r.Reader.ActivityBefore(before, limit)
}

// trickle takes as long as a record does.
func (f *Faults) trickle() {
	f.mu.Lock()
	delay := f.rows
	f.mu.Unlock()
	time.Sleep(delay)
}

var errLost = errors.New("the server stopped before it had saved")

// Update implements auth.Store.
func (s faultyStore) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if err := s.faults.question(ctx, true); err != nil {
		return err
	}
	s.faults.mu.Lock()
	lost := s.faults.lost
	s.faults.mu.Unlock()
	var written []auth.ChangeRow
	err := s.Store.Update(ctx, func(tx auth.Tx) error {
		noting := &notingTx{Tx: tx}
		defer func() { written = noting.written }()
		if err := fn(noting); err != nil || lost == nil || *lost {
			return err
		}
		return errLost
	})
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	if err == nil {
		s.faults.written = append(s.faults.written, written...)
	}
	if lost == nil || err != nil && !errors.Is(err, errLost) {
		return err
	}
	s.faults.fails, s.faults.lost = auth.ErrServer, nil
	return &auth.UnknownError{Ask: func(ctx context.Context) (bool, error) { return *lost, s.faults.question(ctx, false) }}
}

// notingTx notes of which records others are told.
type notingTx struct {
	auth.Tx
	written []auth.ChangeRow
}

// NoteChange implements auth.Tx.
func (t *notingTx) NoteChange(table auth.RecordTable, id string) error {
	t.written = append(t.written, auth.ChangeRow{Table: table, ID: id})
	return t.Tx.NoteChange(table, id)
}

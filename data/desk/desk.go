// Package desk is the front desk's work: each method of a Desk reads or changes
// the sealed records of a practice in one transaction of a session, by the rules
// of package data.
package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// Session is what a desk needs of who is signed in. *auth.Session is one.
type Session interface {
	ReadRecords(ctx context.Context, fn func(*auth.RecordReader) error) error
	ChangeRecords(ctx context.Context, fn func(*auth.RecordTx) error) error
	DataVersion(ctx context.Context) (int64, error)
	Zone() auth.Zone
	RemoveBroken(ctx context.Context) error
	NewBatch(ctx context.Context) (*auth.Batch, error)
	ExportPatients(ctx context.Context, fn func(auth.Record) error, progress auth.Progress) error
}

// Desk is the front desk of one session. Its methods may be called from any
// goroutine. Those with a context may take a while; the others answer from memory.
type Desk struct {
	session Session
	memory  *Memory
	era     int // of the memory, when this desk joined
	now     func() time.Time
	order   data.DateOrder

	saving sync.Mutex // drafts are written one at a time

	mu     sync.Mutex
	me     string            // the user's id
	people map[string]string // what everybody is called, by id
	zone   *time.Location    // the practice's
	steps  []step            // that can be undone, the last at the end
	taken  int               // how many there were
	drafts drafts
	left   bool

	// Of Sync, one at a time.
	unsettled bool    // times are to be made again
	settling  settled // for which rules
	settledTo string  // the last id that was looked at
}

// Me is the id of the user whose desk it is; "" until something was read.
func (d *Desk) Me() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.me
}

// Called is the name of a user by their id, as records have it. Released versions
// wrote the name itself.
func (d *Desk) Called(user string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name, ok := d.people[user]; ok {
		return name
	}
	return user
}

// read reads records, and what everybody is called by now.
func (d *Desk) read(ctx context.Context, fn func(*auth.RecordReader) error) error {
	return d.session.ReadRecords(ctx, func(r *auth.RecordReader) error {
		c := d.memory.clockOf(r.Zone())
		d.mu.Lock()
		d.me, d.people, d.zone = r.Mine(), r.People(), c.zone
		d.mu.Unlock()
		return fn(r)
	})
}

func (d *Desk) today() data.Date { return data.DateOf(d.now().In(d.Zone())) }

// stamp is the time as it is kept: whole seconds.
func (d *Desk) stamp() time.Time { return d.now().In(d.Zone()).Truncate(time.Second) }

func newID() string { return rand.Text() }

// detailID is the id of the one record of how the practice works.
const detailID = "practice"

// Details are how the practice works; where nothing is set yet, the defaults.
func (d *Desk) Details(ctx context.Context) (details data.Details, err error) {
	err = d.read(ctx, func(r *auth.RecordReader) error {
		details, err = readDetails(r)
		return err
	})
	return details, err
}

func readDetails(r *auth.RecordReader) (data.Details, error) {
	record, err := r.Get(auth.TableDetail, detailID)
	if errors.Is(err, auth.ErrNotFound) {
		return data.DefaultDetails(), nil
	}
	if err != nil {
		return data.Details{}, err
	}
	return decodeDetails(record)
}

// SaveDetails writes them; for admins. auth.ErrConflict: somebody else was faster.
// Those that can't be worked with are refused: data.DetailErrors.
func (d *Desk) SaveDetails(ctx context.Context, details data.Details) (data.Details, error) {
	if err := details.Check(); err != nil {
		return details, err
	}
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		record, err := tx.Put(auth.TableDetail, auth.Record{ID: detailID, Version: details.Version, Plain: encode(details)})
		if err == nil {
			details.Version = record.Version
		}
		return err
	})
	return details, err
}

package auth

import (
	"context"
	"errors"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Report is what the kit finds of a practice that does not open by itself.
type Report struct {
	Practice string    // its name, from the register where that opens
	Changed  time.Time // the newest change in the data; zero: the register does not open
	Findings []Finding // what is wrong; none: all is well

	// Opens says that the register opens, so the practice can be. Otherwise
	// only a backup helps.
	Opens bool
	// Linked says that this account's keyring has a binding that fits.
	Linked bool
	// History says that the data is older than what this account saw last (a
	// *RolledBackError), or went another way (ErrOtherHistory); nil: neither, as
	// far as this account can tell.
	History error
	// Keyring says why this computer can't be linked; nil: it can.
	Keyring error
}

// Finding is one thing that is wrong with a practice's data.
type Finding struct {
	Kind  FindingKind
	Count int   // how many, where it is about records
	Entry int64 // the first broken one, where it is about the activity log
}

// FindingKind says what is wrong.
type FindingKind string

// The kinds of findings.
const (
	FindingFile     FindingKind = "file"     // SQLite can't read all of the file
	FindingRegister FindingKind = "register" // it does not open: changed, damaged, or of another time than the envelopes
	FindingName     FindingKind = "name"     // the practice's name in clear was changed
	FindingHolders  FindingKind = "holders"  // somebody changed who holds the register key
	FindingActivity FindingKind = "activity" // the log was changed
	FindingRecords  FindingKind = "records"  // records that do not open
)

func (r *Report) found(f Finding) { r.Findings = append(r.Findings, f) }

// mends says whether something is wrong that opening with the kit puts right.
func (r *Report) mends() bool {
	for _, f := range r.Findings {
		if f.Kind == FindingName || f.Kind == FindingHolders {
			return true
		}
	}
	return false
}

// inspectFile asks SQLite.
func (r *Report) inspectFile(ctx context.Context, s Store) error {
	problems, err := s.Problems(ctx)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if err != nil || len(problems) > 0 {
		r.found(Finding{Kind: FindingFile, Count: len(problems)})
	}
	return nil
}

// inspectClear holds what stands in clear against the register.
func (r *Report) inspectClear(first firstRead, reg *register) {
	if first.practice.Name != reg.Name {
		r.found(Finding{Kind: FindingName})
	}
	if !reg.wrote(first.envelopes) {
		r.found(Finding{Kind: FindingHolders})
	}
}

// inspectContent reads the whole log and opens every record.
func (r *Report) inspectContent(ctx context.Context, s Store, reg *register, records vault.Key) error {
	return s.View(ctx, func(rd Reader) error {
		broken, err := reg.verifyLog(rd)
		if err != nil {
			return err
		}
		if broken > 0 {
			r.found(Finding{Kind: FindingActivity, Entry: broken})
		}
		bad := 0
		for _, table := range RecordTables {
			err := eachRecord(rd, table, func(row RecordRow) error {
				if _, err := openRecord(records, reg.Practice, row); err != nil {
					bad++
				}
				return ctx.Err()
			})
			if err != nil {
				return err
			}
		}
		if bad > 0 {
			r.found(Finding{Kind: FindingRecords, Count: bad})
		}
		return nil
	})
}

// own is this account's binding and mark, as far as the keyring has them.
type own struct {
	holder holder
	linked bool // holder is a binding that the register lists
	marked bool // there is a mark, and it is whole
	mark   mark
}

// keyringPatience is how long the ways with the kit wait for the keyring: they
// have a way on without it.
const keyringPatience = 5 * time.Second

// readOwn reads them. An error is one of the keyring, that keeps this computer
// from being linked.
func readOwn(ctx context.Context, d Deps, first firstRead, reg *register) (own, error) {
	ctx, stop := context.WithTimeout(ctx, keyringPatience)
	defer stop()
	var o own
	var err error
	o.holder, err = findBinding(ctx, d.Keyring, first.practice, first.envelopes)
	switch {
	case errors.Is(err, ErrNotLinked), errors.Is(err, keyring.ErrDamaged):
		return own{}, nil
	case err != nil:
		return own{}, err
	}
	c := reg.computer(o.holder.id)
	o.linked = c != nil && string(c.Public) == string(o.holder.private.Public())
	o.mark, err = readMark(ctx, d.Keyring, o.holder.markKey(), reg.Practice)
	if err != nil && !errors.Is(err, ErrMark) {
		return own{}, err
	}
	o.marked = err == nil
	return o, nil
}

// history holds the data against this account's mark.
func (o own) history(ctx context.Context, s Store, found mark) error {
	if !o.marked {
		return nil
	}
	if err := o.mark.check(found); err != nil {
		return err
	}
	return s.View(ctx, o.mark.descends)
}

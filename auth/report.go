package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
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

	strayEntries bool // entries lie behind the log's end: nobody can write on before they are gone
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
	FindingFile       FindingKind = "file"     // SQLite can't read all of the file
	FindingRegister   FindingKind = "register" // it does not open: changed, damaged, or of another time than the envelopes
	FindingName       FindingKind = "name"     // the practice's name in clear was changed
	FindingRecipients FindingKind = "holders"  // somebody changed who holds the register key
	FindingActivity   FindingKind = "activity" // the log was changed
	FindingRecords    FindingKind = "records"  // records that do not open
)

func (r *Report) found(f Finding) { r.Findings = append(r.Findings, f) }

// has says whether something of a kind was found.
func (r *Report) has(kind FindingKind) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Kind == kind })
}

// needsRepair says whether something is wrong that opening with the kit puts right.
func (r *Report) needsRepair() bool {
	return r.has(FindingName) || r.has(FindingRecipients) || r.strayEntries
}

// inspectFile runs the database's own check.
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

// inspectClear compares what is stored in clear with the register.
func (r *Report) inspectClear(first firstRead, reg *register) {
	if first.practice.Name != reg.Name {
		r.found(Finding{Kind: FindingName})
	}
	if !reg.envelopesMatch(first.envelopes) {
		r.found(Finding{Kind: FindingRecipients})
	}
}

// inspectContent reads the whole log and opens every record. What SQLite can't read counts
// as damage of the file.
func (r *Report) inspectContent(ctx context.Context, s Store, reg *register, records vault.Key) error {
	bad, key := 0, newRecordKey(reg.Practice, records)
	err := s.View(ctx, func(rd Reader) error {
		broken, err := reg.verifyLog(rd)
		if err != nil {
			return err
		}
		if broken > 0 {
			r.found(Finding{Kind: FindingActivity, Entry: broken})
		}
		behind, err := rd.Activity(reg.Log.Count, 1)
		if err != nil {
			return err
		}
		r.strayEntries = len(behind) > 0
		for _, table := range RecordTables {
			err := eachRecord(rd, table, "", func(row RecordRow) error {
				if _, err := key.open(row); err != nil {
					bad++
				}
				return ctx.Err()
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if bad > 0 {
		r.found(Finding{Kind: FindingRecords, Count: bad})
	}
	if errors.Is(err, ErrDamaged) {
		if !r.has(FindingFile) {
			r.found(Finding{Kind: FindingFile})
		}
		err = nil
	}
	return err
}

// keyringState is this account's bindings and anchor, as far as the keyring has them.
type keyringState struct {
	recipient recipient
	linked    bool     // recipient is a binding that the register lists
	items     []string // every computer of the register that this account has an item of, whole or not
	anchored  bool     // there is an anchor, and it is whole
	seen      bool     // anchor says what this account saw: it is whole, or there is no binding left to tell
	anchor    anchor
}

// keyringPatience is how long an opening with the kit waits for the keyring: it can go on
// without it.
const keyringPatience = 5 * time.Second

// patiently is a context that ends after keyringPatience.
func patiently(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, keyringPatience)
}

// readKeyringState reads them. An error is one of the keyring, that keeps this computer
// from being linked.
func readKeyringState(ctx context.Context, d Deps, reg *register) (o keyringState, err error) {
	for _, c := range reg.Computers {
		rcpt, err := readBinding(ctx, d.Keyring, reg.Practice, c.ID)
		switch {
		case errors.Is(err, keyring.ErrNotFound):
			continue
		case err == nil && bytes.Equal(c.Public, rcpt.private.Public()):
			o.recipient, o.linked = rcpt, true
		case err != nil && !errors.Is(err, keyring.ErrDamaged):
			return keyringState{}, err
		}
		o.items = append(o.items, c.ID)
	}
	text, err := d.Keyring.Get(ctx, anchorItem(reg.Practice))
	switch {
	case errors.Is(err, keyring.ErrNotFound), errors.Is(err, keyring.ErrDamaged):
		return o, nil
	case err != nil:
		return keyringState{}, fmt.Errorf("read rollback anchor: %w", err)
	case o.linked:
		o.anchor, err = decodeAnchor(o.recipient.anchorKey(), text)
		o.anchored = err == nil
	default:
		_, _, o.anchor, err = parseAnchor(text)
	}
	o.seen = err == nil
	return o, nil
}

// history compares the data with what this account saw.
func (o keyringState) history(ctx context.Context, s Store, found anchor) error {
	if !o.seen || o.anchor.expects(found) {
		return nil
	}
	if err := o.anchor.check(found); err != nil {
		return err
	}
	return s.View(ctx, o.anchor.checkLog)
}

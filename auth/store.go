package auth

import "context"

// The database as auth needs it: rows whose content it never sees in clear.
// data/store implements these.

// Place is where one practice's database lies on this computer.
type Place interface {
	// Name tells this place from others of the same OS account, for the keyring.
	Name() string
	// Exists says whether there is a database. Any error means it can't be told.
	Exists() (bool, error)
	// Create makes the database and has fill write its first rows. It appears
	// only when fill returned nil, whole; otherwise nothing is left behind.
	// An existing database is never touched: ErrExists.
	Create(ctx context.Context, fill func(Store) error) (Store, error)
	// HasTwin says whether another place of that name has a database too.
	HasTwin(name string) (bool, error)
	// Open opens the existing database and brings its schema up to date.
	// It must wrap ErrDamaged when that is no database of ours and
	// ErrNewerDatabase when a newer Anteroom wrote it.
	Open(ctx context.Context) (Store, error)
}

// Store is an open database.
type Store interface {
	// View runs fn on one consistent state.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in one transaction that no other writer is in. It
	// commits durably when fn returns nil and changes nothing otherwise.
	Update(ctx context.Context, fn func(Tx) error) error
	// DataVersion changes whenever the database was changed, by any window or
	// process (PRAGMA data_version). It is cheap.
	DataVersion(ctx context.Context) (int64, error)
	// Close ends every use of the database.
	Close() error
}

// Reader reads rows. A row that is not there is ErrNotFound.
type Reader interface {
	Practice() (PracticeRow, error)
	Register() (SealedRow, error)
	Envelopes() ([]Envelope, error)
	// ActivityChain is the link of one entry of the activity log.
	ActivityChain(seq int64) ([]byte, error)
}

// Tx reads and writes rows of one transaction.
type Tx interface {
	Reader
	PutPractice(PracticeRow) error
	// PutRegister replaces the register, which must still have the version
	// read (0: there is none yet); otherwise ErrConflict.
	PutRegister(row SealedRow, read int64) error
	PutEnvelope(Envelope) error
	AppendActivity(ActivityRow) error
}

// PracticeRow is what stands in clear about the practice. The name is a copy
// for the screens before the register opens; the register has the true one.
type PracticeRow struct {
	ID   string
	Name string
}

// SealedRow is the register as it lies in the database.
type SealedRow struct {
	Version int64
	Sealed  []byte
}

// HolderKind says what opens an envelope.
type HolderKind string

// HolderComputer is a linked computer; its private half is in its OS keyring.
// The recovery kit will be the other kind.
const HolderComputer HolderKind = "computer"

// Envelope is the register key sealed to one holder.
type Envelope struct {
	Kind   HolderKind
	Holder string
	Sealed []byte
}

// ActivityRow is one sealed entry of the activity log and its link in the chain.
type ActivityRow struct {
	Seq    int64
	Sealed []byte
	Chain  []byte
}

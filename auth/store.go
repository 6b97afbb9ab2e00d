package auth

import (
	"context"
	"strings"
	"time"
)

// The database as auth needs it. data/store implements these interfaces, and never sees
// the content of a sealed row.

// Location is where one practice's database is: a folder, or a server.
type Location interface {
	// Name identifies the location among those of the same OS account, for the keyring.
	Name() string
	// Exists says whether there is a database. Any error means it can't be told.
	Exists(ctx context.Context) (bool, error)
	// Create makes the database and has fill write its first rows. It appears
	// only when fill returned nil, whole; otherwise nothing is left behind.
	// An existing database is never touched: ErrExists.
	Create(ctx context.Context, fill func(Store) error) (Store, error)
	// HasTwin says whether the location of another name has a database too.
	HasTwin(ctx context.Context, name string) (bool, error)
	// Open opens the existing database and brings its schema up to date.
	// It must wrap ErrDamaged when that is no database of ours and
	// ErrNewerDatabase when a newer Anteroom wrote it.
	Open(ctx context.Context) (Store, error)

	// Backups lists the backups in a folder, of whatever practice, the newest
	// first. "" is the folder that BackupFolder names. A folder that is not
	// there, or can't be read, is ErrFolder.
	Backups(folder string) ([]BackupFile, error)
	// BackupFolder is where backups go until an admin chooses another folder.
	BackupFolder() string
	// OpenBackup opens a backup, or any copy of a database, for reading only:
	// not a byte of it changes. Errors are those of Open.
	OpenBackup(ctx context.Context, path string) (Store, error)
	// Replace replaces the present database by a copy of a backup, once fill has
	// changed the copy and returned nil. What was there gets another name, which is
	// returned ("" if there was none). After a crash at any moment one of the two is
	// there, whole. No Store of this program may have the present database open when
	// fill returns.
	Replace(ctx context.Context, path string, fill func(Store) error) (s Store, aside string, err error)
}

// BackupFile is a backup as its name and the file system tell it.
type BackupFile struct {
	Path     string
	At       time.Time // when it was made
	Size     int64     // in bytes
	Practice string    // the beginning of the practice's id
}

// of says whether a backup is of a practice, as far as its name tells.
func (f BackupFile) of(practice string) bool {
	return f.Practice != "" && strings.HasPrefix(strings.ToLower(practice), strings.ToLower(f.Practice))
}

// Progress is called with how far slow work is: done of total, in any unit. It is called
// on the goroutine that does the work. It may be nil.
type Progress func(done, total int)

func (p Progress) report(done, total int) {
	if p != nil {
		p(done, total)
	}
}

// Store is an open database.
type Store interface {
	// View runs fn on one consistent state.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in one transaction while nobody else writes. If fn returns nil
	// it commits durably, else it changes nothing. After a conflict it never commits:
	// ErrConflict, which a write in fn may also leave to Update to return.
	Update(ctx context.Context, fn func(Tx) error) error
	// DataVersion changes whenever the database was changed, by any window or
	// process (PRAGMA data_version). It is cheap.
	DataVersion(ctx context.Context) (int64, error)
	// Backup writes a copy of the whole database into a folder, beside its
	// final name, checks the copy (it opens and SQLite finds nothing wrong),
	// gives it its name, and only then removes older backups of this practice
	// that keep no longer needs. A folder that is not there is ErrFolder,
	// except for Location.BackupFolder, which is made.
	Backup(ctx context.Context, b BackupOrder) (BackupFile, error)
	// Problems is what SQLite's integrity check finds wrong; nothing: all is well.
	Problems(ctx context.Context) ([]string, error)
	// Close closes the database.
	Close() error
}

// Clock is a Store with a time of its own, which is used instead of this computer's: that
// of the server that several computers share.
type Clock interface{ Now() time.Time }

// BackupOrder says which backup to make.
type BackupOrder struct {
	Folder   string // "": Location.BackupFolder
	Practice string // the practice's id
	Now      time.Time
	Progress Progress                              // in pages
	Check    func(Store) error                     // checks the finished copy; on an error that is deleted
	Keep     func(times []time.Time) (keep []bool) // which of these backups stay; nil: all
}

// Reader reads rows. A row that is not there is ErrNotFound.
type Reader interface {
	Practice() (PracticeRow, error)
	Register() (SealedRow, error)
	Envelopes() ([]Envelope, error)
	// ActivityChain is the link of one entry of the activity log.
	ActivityChain(seq int64) ([]byte, error)
	// Activity are at most limit entries after one, in their order.
	Activity(after int64, limit int) ([]ActivityRow, error)
	// ActivityBefore are at most limit entries before one, the newest first.
	ActivityBefore(before int64, limit int) ([]ActivityRow, error)
	// Record is one sealed record.
	Record(table RecordTable, id string) (RecordRow, error)
	// Records are at most limit records of a table whose id comes after one, by id.
	Records(table RecordTable, after string, limit int) ([]RecordRow, error)
	// EachRecord gives fn every record of a table, by id. What is sealed in it is
	// good until fn returns, and fn writes nothing.
	EachRecord(table RecordTable, fn func(RecordRow) error) error
	// CountRecords is how many records a table has.
	CountRecords(table RecordTable) (int, error)
	// RecordsBetween are the appointments that begin in a time (Unix
	// milliseconds; from is in it, to is not) and end after another, by their
	// beginning and id.
	RecordsBetween(from, to, endsAfter int64) ([]RecordRow, error)
	// BatchRecords are at most limit patients of an import, by id.
	BatchRecords(batch, after string, limit int) ([]RecordRow, error)
	// Changes are at most limit changes after one, in their order.
	Changes(after int64, limit int) ([]ChangeRow, error)
	// LastChange is the number of the last one; 0: there is none.
	LastChange() (int64, error)
}

// Tx reads and writes rows of one transaction.
type Tx interface {
	Reader
	PutPractice(PracticeRow) error
	// PutRegister replaces the register, which must still have the version
	// read (0: there is none yet); otherwise ErrConflict.
	PutRegister(row SealedRow, read int64) error
	PutEnvelope(Envelope) error
	// DeleteEnvelopes deletes all of them, before others are put.
	DeleteEnvelopes() error
	// AppendActivity writes the next entry. If one of that number is there already it
	// is ErrConflict.
	AppendActivity(ActivityRow) error
	// TruncateActivity removes all entries after one.
	TruncateActivity(after int64) error
	// PutRecord writes a record that must still have the version read (0: it
	// is not there yet); otherwise ErrConflict.
	PutRecord(row RecordRow, read int64) error
	// DeleteRecord removes a record.
	DeleteRecord(table RecordTable, id string) error
	// DeleteBatch removes at most limit patients of an import, and says how many.
	DeleteBatch(batch string, limit int) (int, error)
	// NoteChange tells other windows that a record was changed. Old changes are
	// deleted.
	NoteChange(table RecordTable, id string) error
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

// RecipientKind says what opens an envelope.
type RecipientKind string

// The kinds of recipients of the register key.
const (
	RecipientComputer RecipientKind = "computer" // a linked computer; its private half is in its OS keyring
	RecipientKit      RecipientKind = "kit"      // the recovery kit; derived from what is printed
	RecipientLink     RecipientKind = "link"     // a linking code; derived from what an admin reads out
)

// Envelope is the register key sealed to one recipient.
type Envelope struct {
	Kind      RecipientKind
	Recipient string
	Sealed    []byte
}

// ActivityRow is one sealed entry of the activity log and its link in the chain.
type ActivityRow struct {
	Seq    int64
	Sealed []byte
	Chain  []byte
}

// RecordTable names a table of sealed records.
type RecordTable string

// The tables of records.
const (
	TablePatient     RecordTable = "patient"
	TableBatch       RecordTable = "batch"       // imports of patients
	TableAppointment RecordTable = "appointment" // has times and status in clear
	TableVisits      RecordTable = "visits"      // which appointments a patient has
	TableDetail      RecordTable = "detail"      // how the practice works; written by admins
	TableDraft       RecordTable = "draft"       // of each user, for nobody else
)

// RecordTables are all of them, for what reads or seals every record.
var RecordTables = []RecordTable{TablePatient, TableBatch, TableAppointment, TableVisits, TableDetail, TableDraft}

// RecordRow is a sealed record as it lies in the database.
type RecordRow struct {
	Table   RecordTable
	ID      string
	Version int64
	Batch   string // of a patient: the import that brought it; "": none did
	Clear   Clear
	Sealed  []byte
}

// Clear is what stands in clear of an appointment, authenticated with what is
// sealed beside it. Of other records it is zero.
type Clear struct {
	Starts int64 // Unix milliseconds
	Ends   int64
	Status string
}

// ChangeRow says that a record was written. It is in clear, and only a hint of what to
// read again.
type ChangeRow struct {
	Seq   int64
	Table RecordTable
	ID    string
}

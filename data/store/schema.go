package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"anteroom/auth"
)

// schemas are what sqlite_schema says after each migration: the sum (see
// schemaSum) of version 1 comes first. What a file says besides, a trigger or a
// view, could do more than we ask for and show what is not there. A new migration
// has a new sum, which TestSchemas tells.
var schemas = []string{
	"3e0a1c190381ebd6efd52844936763552d4fcec71b95c754e05e031a7cb37edb",
	"9b1526a4a8b5b15d97028d47bf1cf5256c373d6e9675f4fd6fcfe747b5f3ada8",
	"37d1e0d4aaca958b592eeb53db2c7ffb2c7141dd739e31ee12e211b9b5964807",
}

// newest is the version of the schema that this program works with.
var newest = int64(len(schemas))

// versionTable is goose's own table, where it notes what it has done, and how it
// makes it. Who raises goose, and it makes the table otherwise, needs this text and the
// sums from before beside the new ones: databases of both are about.
const (
	versionTable    = "goose_db_version"
	versionTableSQL = `CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	)`
)

// schema is the version of the schema that a database has. It reads nothing else,
// and not even goose's notes before it has seen that they are a table. One that
// no migration made is ErrDamaged, one that a newer program made ErrNewerDatabase.
func (s *Store) schema(ctx context.Context) (int64, error) {
	tx, err := s.begin(ctx, s.read, &s.reads) // by the reading handle: nothing is written on the way
	if err != nil {
		return 0, fmt.Errorf("read the schema: %w", err)
	}
	defer tx.Rollback() // it only read
	version, err := readSchema(ctx, tx)
	if err != nil {
		return 0, fmt.Errorf("read the schema: %w", ofRows(err))
	}
	return version, nil
}

func readSchema(ctx context.Context, tx *sql.Tx) (int64, error) {
	sum, noted, err := schemaSum(ctx, tx)
	if err != nil {
		return 0, err
	}
	if !noted {
		return 0, fmt.Errorf("no schema of ours: %w", auth.ErrDamaged)
	}
	version, err := notedVersion(ctx, tx)
	switch {
	case err != nil:
		return 0, err
	case version > newest:
		return 0, fmt.Errorf("schema %d, known up to %d: %w", version, newest, auth.ErrNewerDatabase)
	case version < 1 || schemas[version-1] != sum:
		return 0, fmt.Errorf("not the schema %d that the migrations make: %w", version, auth.ErrDamaged)
	}
	return version, nil
}

// schemaSum is the SHA-256 of all that sqlite_schema says, but for where in the
// file it lies, and whether goose's table is there as goose makes it.
func schemaSum(ctx context.Context, tx *sql.Tx) (sum string, noted bool, err error) {
	found, err := tx.QueryContext(ctx, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
	if err != nil {
		return "", false, err
	}
	defer found.Close()
	all := sha256.New()
	for found.Next() {
		var kind, name, table string
		var text sql.NullString // of an index that is a part of its table there is none
		if err := found.Scan(&kind, &name, &table, &text); err != nil {
			return "", false, err
		}
		noted = noted || kind == "table" && name == versionTable && text.String == versionTableSQL
		if _, err := fmt.Fprintf(all, "%q %q %q %q\n", kind, name, table, text.String); err != nil {
			return "", false, err
		}
	}
	return hex.EncodeToString(all.Sum(nil)), noted, found.Err()
}

// notedVersion is the last version that goose noted: it notes each, and 0 when it
// begins. Only of what a newer program noted it may not be all.
func notedVersion(ctx context.Context, tx *sql.Tx) (last int64, err error) {
	found, err := tx.QueryContext(ctx, "SELECT version_id, is_applied FROM "+versionTable+" ORDER BY version_id")
	if err != nil {
		return 0, err
	}
	defer found.Close()
	last = -1
	whole := true
	for found.Next() {
		var version, applied int64
		if err := found.Scan(&version, &applied); err != nil {
			return 0, err
		}
		whole = whole && version == last+1 && applied == 1
		last = version
	}
	if err := found.Err(); err != nil {
		return 0, err
	}
	if !whole && last <= newest {
		return 0, fmt.Errorf("goose notes no whole row of versions up to %d: %w", last, auth.ErrDamaged)
	}
	return last, nil
}

// Package migrations holds the steps that make the schema, written for SQLite, and
// the same steps in PostgreSQL's words.
package migrations

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"
)

// SQLite are the steps, each in a file.
//
//go:embed *.sql
var SQLite embed.FS

// Newest is the version that the last step makes.
var Newest = func() int64 {
	steps, err := fs.Glob(SQLite, "*.sql")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	return int64(len(steps))
}()

// Postgres are the same steps for PostgreSQL.
var Postgres fs.FS = dialect{}

// words are what SQLite has and PostgreSQL calls otherwise. Texts are compared as
// bytes, as SQLite does. The application's id is the table pulse: what each writer
// begins with and each window looks at (docs/decisions/0019).
var words = strings.NewReplacer(
	" BLOB ", " BYTEA ",
	" TEXT ", ` TEXT COLLATE "C" `,
	") WITHOUT ROWID;", ");",
	"PRAGMA application_id = 1097757797;", `
CREATE TABLE pulse (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    n      BIGINT  NOT NULL, -- one more with each transaction that writes
    era    TEXT    NOT NULL, -- another one in a database that takes the place of this one
    schema BIGINT  NOT NULL, -- the version that the steps made
    needs  BIGINT  NOT NULL  -- what a program must know to write
);
INSERT INTO pulse (id, n, era, schema, needs) VALUES (1, 0, gen_random_uuid(), 1, 1);

-- Each transaction that writes leaves its token here for some days: whoever lost the
-- answer to its commit finds it, or knows that nothing was saved.
CREATE TABLE turns (
    token TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    taken TIMESTAMPTZ      NOT NULL DEFAULT now()
);
CREATE INDEX turns_taken ON turns (taken); -- each writer removes the old ones`,
)

// dialect is SQLite with other words.
type dialect struct{}

// Open implements fs.FS.
func (dialect) Open(name string) (fs.File, error) {
	file, err := SQLite.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := SQLite.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return translated{file, strings.NewReader(words.Replace(string(bytes.TrimSpace(text)) + "\n"))}, nil
}

// translated is a file that reads otherwise.
type translated struct {
	fs.File
	text *strings.Reader
}

// Read implements io.Reader.
func (t translated) Read(p []byte) (int, error) { return t.text.Read(p) }

package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"anteroom/auth"
)

// meanings are what the server's codes mean to auth
// (https://www.postgresql.org/docs/15/errcodes-appendix.html).
var meanings = map[string]error{
	"22012": auth.ErrConflict, // division by zero: see tx.Write
	"23505": auth.ErrConflict, // a row of that key is there
	"25006": auth.ErrReadOnly, // the server is somebody's replica
	"25P03": auth.ErrServer,   // this computer slept within a transaction
	"28000": auth.ErrNotLinked,
	"28P01": auth.ErrNotLinked,
	"3D000": auth.ErrOtherServer, // it has no such database
	"3F000": auth.ErrReplaced,    // the schema: another one is on its way into its place
	"42501": auth.ErrNotLinked,   // a role that may not
	"53100": auth.ErrDiskFull,
	"53300": auth.ErrManyDesks,
	"55P03": auth.ErrBusy,   // the turn was not got
	"57014": auth.ErrServer, // took too long
	"57P01": auth.ErrServer,
	"57P02": auth.ErrServer,
	"57P03": auth.ErrServer, // it starts or stops
	"57P05": auth.ErrServer,
	"58030": auth.ErrDisk,
	"XX001": auth.ErrDamaged,
	"XX002": auth.ErrDamaged,
}

// unanswered says that an error leaves open what the server did: it did not say so, or it
// ended while it did it.
func unanswered(err error) bool {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return true
	}
	return said.SeverityUnlocalized == "FATAL" || said.SeverityUnlocalized == "PANIC"
}

// others are what pgx says, in words only, of a server that is not the practice's.
var others = []string{"server refused TLS", "channel binding", "require_auth", "SCRAM"}

// translate makes auth's errors of those of the server and of the network. What ended
// because ctx did comes back as that.
func translate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{auth.ErrConflict, auth.ErrNotFound, auth.ErrReplaced, auth.ErrNewerDatabase, auth.ErrOtherServer, auth.ErrOlderServer, auth.ErrServer, auth.ErrBusy, auth.ErrDamaged} {
		if errors.Is(err, known) {
			return err
		}
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, errSlow) {
		return fmt.Errorf("%w (%w)", cause, err)
	}
	var said *pgconn.PgError
	switch {
	case !errors.As(err, &said) && slices.ContainsFunc(others, func(text string) bool { return strings.Contains(err.Error(), text) }):
		return fmt.Errorf("%w (%w)", auth.ErrOtherServer, err)
	case !errors.As(err, &said):
		return fmt.Errorf("%w (%w)", auth.ErrServer, err)
	case said.Code == "28000" && said.Routine == "ClientAuthentication": // none of its rules (pg_hba.conf) lets us in, whoever we are
		return fmt.Errorf("%w (%w)", auth.ErrOtherServer, err)
	case meanings[said.Code] != nil:
		return fmt.Errorf("%w (%w)", meanings[said.Code], err)
	case said.Code == "42P01" && (strings.Contains(said.Message, "pulse") || strings.Contains(said.Message, `"practice"`)): // what a transaction begins with: it was set aside
		return fmt.Errorf("%w (%w)", auth.ErrReplaced, err)
	case strings.HasPrefix(said.Code, "42"): // a table is not there, a column is another one
		return fmt.Errorf("%w (%w)", auth.ErrDamaged, err)
	}
	return fmt.Errorf("%w (%w)", auth.ErrServer, err) // whatever it is, it is not the data
}

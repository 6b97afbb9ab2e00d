package postgres

import (
	"context"
	"crypto/rand"
	_ "embed" // the roles
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/auth/scram"
)

// rights are the roles, and the functions that make and end them. They get verifiers as
// parameters, never in the text of a query, which a server logs with each error. One that
// logs every query (log_statement) logs parameters too, unless log_parameter_max_length
// is 0.
//
//go:embed roles.sql
var rights string

// DeskRole is the role of a computer of the practice, by the computer's id.
func DeskRole(computer string) string { return "d_" + computer }

// LinkRole is the role of a linking code, by what tells it from others: 16 to 60 of the
// characters that ids have (A-Z, 2-7).
func LinkRole(code string) string { return "l_" + code }

// KitRole is the role of the recovery kit, likewise.
func KitRole(name string) string { return "k_" + name }

// rightsOn are the roles, and what desks may do with the tables of a schema.
func rightsOn(schema string) string {
	return lockRights + ";" + rights + onSchema("let_work", schema)
}

// onSchema calls one of the functions that change what desks may do in a schema.
func onSchema(function, schema string) string {
	return "SELECT access." + function + "('" + schema + "')" // the names are ours
}

// lockRights waits for other changes of rights: two at a time would fail.
const lockRights = "SELECT pg_advisory_xact_lock(1097757798)" // the next after making

var letDesksIn = onSchema("let_in", present)

// Invite allows joining the practice once with a linking code, until a time: the code's role
// can sign in with the password of that verifier, and only call Join. Only the owner of the
// schema may invite: others get auth.ErrNotLinked. A code that exists already is
// auth.ErrConflict.
func (s *Server) Invite(ctx context.Context, code, verifier string, until time.Time) error {
	return s.call(ctx, "invite", "SELECT access.invite($1, $2, $3)", LinkRole(code), verifier, until)
}

// WithdrawInvite takes an invitation back, whether it was used, has had its time, or not.
func (s *Server) WithdrawInvite(ctx context.Context, code string) error {
	return s.call(ctx, "uninvite", "SELECT access.uninvite($1)", LinkRole(code))
}

// AdmitKit makes the role of a recovery kit, in the place of the one before; the zero value
// is none. One that is there already gets its verifier again. It returns when no connection of
// an earlier kit is left; auth.ErrBusy says that it can't be told, and it can be called again.
// It is for who owns the schema.
func (s *Server) AdmitKit(ctx context.Context, kit auth.KitAccess) error {
	if err := s.call(ctx, "admit the kit", "SELECT access.admit_kit($1, $2)", KitRole(kit.Name), kit.Verifier); err != nil {
		return err
	}
	return s.untilDone(ctx, "end the earlier kit", "SELECT access.end_kits()")
}

// Roles are the computers whose roles can sign in.
func (s *Server) Roles(ctx context.Context) ([]string, error) {
	conn, err := s.single(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	const query = "SELECT substr(d.role, 3) FROM access.desk d JOIN pg_roles r ON r.rolname = d.role WHERE r.rolcanlogin"
	found, err := conn.Query(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list the desks: %w", translate(ctx, err))
	}
	desks, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list the desks: %w", translate(ctx, err))
	}
	return desks, nil
}

// ShutAll shuts every desk, and lets no linking code and no kit in any more: before the
// practice is elsewhere, so that nobody saves here what nobody would see. The kit goes last:
// after an error it still links computers, and ShutAll can be called again.
func (s *Server) ShutAll(ctx context.Context) error {
	const takeBack = "SELECT access.uninvite(role) FROM access.invitation WHERE starts_with(role, 'l_')"
	if err := s.call(ctx, "take back the linking codes", takeBack); err != nil {
		return err
	}
	if err := s.partAll(ctx); err != nil {
		return err
	}
	if err := s.AdmitKit(ctx, auth.KitAccess{}); err != nil {
		return err
	}
	return s.partAll(ctx) // those that the kit linked meanwhile
}

func (s *Server) partAll(ctx context.Context) error {
	desks, err := s.Roles(ctx)
	for _, computer := range desks {
		err = errors.Join(err, s.RevokeRole(ctx, computer))
	}
	return err
}

func (s *Server) call(ctx context.Context, what, query string, args ...any) error {
	conn, err := s.single(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	ctx, done := within(ctx, answerTime)
	defer done()
	if _, err := conn.Exec(ctx, query, args...); err != nil {
		return fmt.Errorf("%s: %w", what, translate(ctx, err))
	}
	return nil
}

// Join makes the role of this computer, and returns the password, which the server never
// hears. It is for the role of a linking code, which is used up by it: one that was used or
// has had its time is auth.ErrNotLinked. A computer that ever was a desk here is
// auth.ErrConflict. After auth.ErrServer the code may be used up all the same.
func (s *Server) Join(ctx context.Context, computer string) (password string, err error) {
	secret := make([]byte, 20)
	rand.Read(secret) // which never fails
	password = base32.StdEncoding.EncodeToString(secret)
	verifier, err := scram.Verifier(password)
	if err != nil {
		return "", err
	}
	conn, err := s.single(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	limited, done := within(ctx, answerTime)
	defer done()
	_, err = conn.Exec(limited, "SELECT access.join_desk($1, $2)", DeskRole(computer), verifier)
	switch {
	case err == nil:
		return password, nil
	case !unanswered(err):
		return "", fmt.Errorf("join: %w", translate(ctx, err))
	}
	// Who can sign in has joined.
	desk := *s
	desk.config = s.config.Copy()
	desk.config.ConnConfig.User, desk.config.ConnConfig.Password = DeskRole(computer), password
	signedIn, refused := desk.single(ctx)
	if refused != nil {
		return "", fmt.Errorf("join: %w", translate(ctx, err))
	}
	return password, signedIn.Close(ctx)
}

// RevokeRole revokes a computer's role for good, and returns when none of its connections is
// left; auth.ErrBusy says that it can't be told, and it can be called again. It is no error
// if the computer has no role. The owner of the schema and each desk
// may, also for itself.
func (s *Server) RevokeRole(ctx context.Context, computer string) error {
	return s.untilDone(ctx, "part", "SELECT access.part_desk($1)", DeskRole(computer))
}

// untilDone asks the server to end a role's connections until none is left.
func (s *Server) untilDone(ctx context.Context, what, query string, args ...any) error {
	conn, err := s.single(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	const tries = 5
	ctx, end := within(ctx, answerTime)
	defer end()
	for range tries {
		var done bool
		if err := conn.QueryRow(ctx, query, args...).Scan(&done); err != nil {
			return fmt.Errorf("%s: %w", what, translate(ctx, err))
		}
		if done || slices.Contains(args, any(s.config.ConnConfig.User)) { // who revoked its own role may not ask again
			return nil
		}
	}
	return fmt.Errorf("%s: %w", what, auth.ErrBusy)
}

// Role is the role of this computer; "": it owns the schema. With Invite, Roles and
// RevokeRole it implements auth.Shared.
func (s *Store) Role() string {
	if computer, ok := strings.CutPrefix(s.server.config.ConnConfig.User, DeskRole("")); ok {
		return computer
	}
	return ""
}

// Invite implements auth.Shared.
func (s *Store) Invite(ctx context.Context, name, verifier string, until time.Time) error {
	return s.server.Invite(ctx, name, verifier, until)
}

// WithdrawInvite implements auth.Shared.
func (s *Store) WithdrawInvite(ctx context.Context, name string) error {
	return s.server.WithdrawInvite(ctx, name)
}

// AdmitKit implements auth.Shared.
func (s *Store) AdmitKit(ctx context.Context, kit auth.KitAccess) error {
	return s.server.AdmitKit(ctx, kit)
}

// Roles implements auth.Shared.
func (s *Store) Roles(ctx context.Context) ([]string, error) { return s.server.Roles(ctx) }

// RevokeRole implements auth.Shared.
func (s *Store) RevokeRole(ctx context.Context, role string) error {
	return s.server.RevokeRole(ctx, role)
}

// Connected is how many computers are connected, with that which owns the schema.
func (s *Server) Connected(ctx context.Context) (n int, err error) {
	conn, err := s.single(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	const query = "SELECT count(DISTINCT usename) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'Anteroom'"
	if err := conn.QueryRow(ctx, query).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the computers: %w", translate(ctx, err))
	}
	return n, nil
}

package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"anteroom/auth"
	"anteroom/data/store/copying"
	"anteroom/data/store/migrations"
)

// The schemas of a server's database. A practice takes its place by the name, so it is
// there whole or not at all, and what was there stays under another one.
const (
	present    = "practice"
	unfinished = "next_"  // and something random
	replaced   = "aside_" // and when, Unix microseconds
)

// making is held while a practice is made or replaced: one at a time in each database. The
// number is "Ante".
const making = 0x416e7465

// needed is the version of the schema that a program must know to write. It is raised with
// a step that an older program would break.
const needed = 3

// migrateTime is what bringing a schema up to date may take, with what a large practice may
// have to be written again.
const migrateTime = 10 * time.Minute

// migrate brings a schema up to date, and what the roles may do in it.
func (s *Server) migrate(ctx context.Context, schema string) error {
	ctx, done := within(ctx, migrateTime)
	defer done()
	config := s.config.ConnConfig.Copy()
	config.RuntimeParams = withPath(schema)
	config.RuntimeParams["statement_timeout"] = "0" // a step may have much to do
	db := stdlib.OpenDB(*config)
	defer db.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	steps, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Postgres, goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", translate(ctx, err))
	}
	const note = "UPDATE pulse SET n = n + 1, schema = $1, needs = greatest(needs, $2) WHERE schema < $1"
	if _, err := db.ExecContext(ctx, note, migrations.Newest, needed); err != nil {
		return fmt.Errorf("migrate: %w", translate(ctx, err))
	}
	grant := rightsOn(schema)
	if schema == present {
		grant += ";" + letDesksIn
	}
	if _, err := db.ExecContext(ctx, grant); err != nil {
		return fmt.Errorf("rights: %w", translate(ctx, err))
	}
	return nil
}

// Create makes the practice in a schema of its own, which gets its name when fill has
// returned nil.
func (s *Server) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	era, _, err := s.make(ctx, false, fill)
	if err != nil {
		return nil, err
	}
	return s.of(ctx, present, era)
}

// Replace puts what a backup has, changed by fill, in the place of the practice that is
// there, which it sets aside. Others that have that open learn of it by ErrReplaced.
func (s *Server) Replace(ctx context.Context, path string, fill func(auth.Store) error) (opened auth.Store, aside string, err error) {
	backup, err := s.local.OpenBackup(ctx, path)
	if err != nil {
		return nil, "", err
	}
	defer backup.Close()
	era, aside, err := s.make(ctx, true, func(fresh auth.Store) error {
		if err := copying.All(ctx, backup, fresh, nil); err != nil {
			return err
		}
		return fill(fresh)
	})
	if err != nil {
		return nil, aside, err
	}
	opened, err = s.of(ctx, present, era)
	return opened, aside, err
}

// make makes a practice and gives it its place.
func (s *Server) make(ctx context.Context, replace bool, fill func(auth.Store) error) (era, aside string, err error) {
	conn, err := s.single(ctx)
	if err != nil {
		return "", "", err
	}
	defer conn.Close(context.WithoutCancel(ctx)) // which gives the lock back
	if err := s.takeMaking(ctx, conn); err != nil {
		return "", "", err
	}
	if there, err := hasPractice(ctx, conn, present); err != nil || there && !replace {
		return "", "", errors.Join(err, onlyIf(there, auth.ErrExists))
	}
	fresh := unfinished + strings.ToLower(rand.Text())
	era, err = s.fillSchema(ctx, conn, fresh, fill)
	// From here on nothing cancels it any more.
	ctx, done := within(context.WithoutCancel(ctx), placeTime)
	defer done()
	if err == nil {
		if aside, err = takePlace(ctx, conn, fresh); err != nil && unanswered(err) {
			err = s.isInPlace(ctx, era, err)
		}
	}
	if err != nil {
		return "", "", errors.Join(err, drop(ctx, conn, fresh))
	}
	return era, aside, nil
}

// placeTime is what putting a practice in place may take, or removing it.
const placeTime = time.Minute

// isInPlace is nil where a practice is in its place, though the server's answer was lost.
func (s *Server) isInPlace(ctx context.Context, era string, lost error) error {
	conn, err := s.single(ctx)
	if err != nil {
		return errors.Join(lost, err)
	}
	defer conn.Close(ctx)
	var there string
	if err := conn.QueryRow(ctx, "SELECT era FROM "+present+".pulse").Scan(&there); err != nil || there != era {
		return errors.Join(lost, translate(ctx, err))
	}
	return nil
}

func onlyIf(is bool, err error) error {
	if is {
		return err
	}
	return nil
}

// takeMaking waits until nobody else makes a practice here, and removes what a program
// that was killed meanwhile has left.
func (s *Server) takeMaking(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", making); err != nil {
		return fmt.Errorf("make a practice on %s: %w", s.name, translate(ctx, err))
	}
	found, err := conn.Query(ctx, "SELECT nspname::text FROM pg_namespace WHERE starts_with(nspname, $1)", unfinished)
	if err != nil {
		return fmt.Errorf("look for what was left: %w", translate(ctx, err))
	}
	left, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look for what was left: %w", translate(ctx, err))
	}
	for _, schema := range left {
		if err := drop(ctx, conn, schema); err != nil {
			return err
		}
	}
	return nil
}

func drop(ctx context.Context, conn *pgx.Conn, schema string) error {
	if _, err := conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{schema}.Sanitize()+" CASCADE"); err != nil {
		return fmt.Errorf("remove what was not finished: %w", translate(ctx, err))
	}
	return nil
}

// fillSchema makes a whole practice under a name that nobody looks at.
func (s *Server) fillSchema(ctx context.Context, conn *pgx.Conn, schema string, fill func(auth.Store) error) (era string, err error) {
	if _, err := conn.Exec(ctx, "CREATE SCHEMA "+pgx.Identifier{schema}.Sanitize()); err != nil {
		return "", fmt.Errorf("make a practice: %w", translate(ctx, err))
	}
	if err := s.migrate(ctx, schema); err != nil {
		return "", err
	}
	fresh, err := s.open(ctx, schema)
	if err != nil {
		return "", err
	}
	return fresh.era, errors.Join(fill(fresh), fresh.Close(), ctx.Err())
}

// SetAside gives the practice that is there another name, under which it stays: nobody finds
// it any more. Who has it open learns of it by auth.ErrReplaced.
func (s *Server) SetAside(ctx context.Context) error {
	ctx, done := within(ctx, placeTime)
	defer done()
	conn, err := s.single(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := s.takeMaking(ctx, conn); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, query := range asideQueries(asideName()) {
			if _, err := tx.Exec(ctx, query); err != nil {
				return fmt.Errorf("set the practice aside: %w", translate(ctx, err))
			}
		}
		return nil
	})
}

func asideName() string { return replaced + strconv.FormatInt(monotonic().UnixMicro(), 10) }

// asideQueries rename the practice that is there. The lock keeps writers out first: who is
// in the middle of one would go on writing into what is set aside.
func asideQueries(aside string) []string {
	return []string{
		"SET LOCAL lock_timeout = '20s'", // what was made until now is worth a longer wait
		lockRights,
		"LOCK TABLE " + present + ".pulse IN ACCESS EXCLUSIVE MODE",
		onSchema("keep_out", present),
		"ALTER SCHEMA " + present + " RENAME TO " + aside,
	}
}

// takePlace gives a finished practice its name.
func takePlace(ctx context.Context, conn *pgx.Conn, fresh string) (aside string, err error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return "", fmt.Errorf("put the practice in place: %w", translate(ctx, err))
	}
	defer tx.Rollback(ctx) // does nothing after the commit
	there, err := hasPractice(ctx, conn, present)
	if err != nil {
		return "", err
	}
	queries := []string{"ALTER SCHEMA " + pgx.Identifier{fresh}.Sanitize() + " RENAME TO " + present, letDesksIn}
	if there {
		aside = asideName()
		queries = append(asideQueries(aside), queries...)
	}
	for _, query := range queries {
		if _, err := tx.Exec(ctx, query); err != nil {
			return "", fmt.Errorf("put the practice in place: %w", translate(ctx, err))
		}
	}
	if err := tx.Commit(ctx); err != nil {
		return "", fmt.Errorf("put the practice in place: %w", translate(ctx, err))
	}
	return aside, nil
}

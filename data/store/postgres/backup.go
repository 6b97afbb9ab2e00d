package postgres

import (
	"context"
	"errors"
	"fmt"

	"anteroom/auth"
	"anteroom/data/store/copying"
)

// Backup writes what the server has, as it is at one moment, into a file of SQLite on
// this computer.
func (s *Store) Backup(ctx context.Context, o auth.BackupOrder) (auth.BackupFile, error) {
	return s.server.local.BackupFrom(ctx, o, func(fresh auth.Store) error {
		return copying.All(ctx, s, fresh, o.Progress)
	})
}

// Problems reads every value that there is: the server holds each page against its
// checksum, and says where one is another.
func (s *Store) Problems(ctx context.Context) (problems []string, err error) {
	tables := []string{"practice", "register", "envelope", "activity", "changes"}
	for _, t := range auth.RecordTables {
		tables = append(tables, string(t))
	}
	for _, table := range tables {
		err := s.readAll(ctx, table)
		switch {
		case errors.Is(err, auth.ErrDamaged), errors.Is(err, auth.ErrDisk):
			problems = append(problems, fmt.Sprintf("%s: %v", table, err))
		case err != nil:
			return nil, fmt.Errorf("check the database: %w", err)
		}
	}
	return problems, nil
}

// readAll reads every value of a table.
func (s *Store) readAll(ctx context.Context, table string) error {
	ctx, done := within(ctx, answerTime)
	defer done()
	var length int64
	_, err := s.row(ctx, "SELECT coalesce(sum(length(t::text)), 0) FROM "+table+" t", &length)
	return err
}

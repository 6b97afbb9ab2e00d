package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"anteroom/auth"
)

// maxProblems is how many an integrity check lists.
const maxProblems = 100

// Problems is what SQLite's integrity check finds wrong.
func (s *Store) Problems(ctx context.Context) ([]string, error) {
	tx, err := s.begin(ctx, s.read)
	if err != nil {
		return nil, fmt.Errorf("check the database: %w", err)
	}
	defer tx.Rollback() // it only read
	problems, err := integrityCheck(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("check the database: %w", damaged(translate(err)))
	}
	return problems, nil
}

func integrityCheck(ctx context.Context, tx *sql.Tx) (problems []string, err error) {
	found, err := tx.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", maxProblems))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var row string
		if err := found.Scan(&row); err != nil {
			return nil, err
		}
		for line := range strings.Lines(row) { // one row has many, under a heading
			line = strings.TrimSpace(line)
			if line != "ok" && !strings.HasPrefix(line, "***") && len(problems) < maxProblems {
				problems = append(problems, line)
			}
		}
	}
	return problems, found.Err()
}

// sound refuses a database in which SQLite finds anything wrong.
func (s *Store) sound(ctx context.Context) error {
	problems, err := s.Problems(ctx)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("SQLite finds %d problems, first %q: %w", len(problems), problems[0], auth.ErrDamaged)
	}
	return nil
}

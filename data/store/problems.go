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
	return s.problems(ctx, "integrity_check")
}

// problems is what SQLite finds by one of its checks: quick_check leaves out what
// takes the longest, whether indexes say the same as their tables.
func (s *Store) problems(ctx context.Context, check string) ([]string, error) {
	tx, err := s.begin(ctx, s.read, &s.reads)
	if err != nil {
		return nil, fmt.Errorf("check the database: %w", err)
	}
	defer tx.Rollback() // it only read
	problems, err := integrityCheck(ctx, tx, check)
	if err != nil {
		return nil, fmt.Errorf("check the database: %w", ofRows(err))
	}
	return problems, nil
}

func integrityCheck(ctx context.Context, tx *sql.Tx, check string) (problems []string, err error) {
	found, err := tx.QueryContext(ctx, fmt.Sprintf("PRAGMA %s(%d)", check, maxProblems))
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
func (s *Store) sound(ctx context.Context) error { return s.soundBy(ctx, "integrity_check") }

func (s *Store) soundBy(ctx context.Context, check string) error {
	problems, err := s.problems(ctx, check)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("SQLite finds %d problems, first %q: %w", len(problems), problems[0], auth.ErrDamaged)
	}
	return nil
}

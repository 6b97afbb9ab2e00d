package store

import (
	"context"
	"errors"
	"maps"
	"testing"

	"anteroom/auth"
)

// TestPreparedOnce: what a transaction asked is prepared once for those that
// follow, and works in each of them, whatever became of the ones between.
func TestPreparedOnce(t *testing.T) {
	s := benchStore(t).(*Store)
	row := auth.RecordRow{Table: auth.TableDraft, ID: "ben", Version: 1, Sealed: []byte("sealed")}
	no := errors.New("no")
	put := func(ctx context.Context, end error) error {
		return s.Update(ctx, func(tx auth.Tx) error {
			if _, err := tx.Register(); err != nil {
				return err
			}
			if err := tx.PutRecord(row, row.Version-1); err != nil {
				return err
			}
			return end
		})
	}
	turn := func() {
		t.Helper()
		ended, end := context.WithCancel(t.Context())
		end()
		if err := put(ended, nil); !errors.Is(err, context.Canceled) {
			t.Fatalf("a transaction that was over: %v", err)
		}
		if err := put(t.Context(), no); !errors.Is(err, no) {
			t.Fatalf("a transaction that is taken back: %v", err)
		}
		if err := put(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		row.Version++
	}
	turn()
	turn() // now it is an update
	turn()
	made := maps.Clone(s.writes.made)
	if len(made) < 3 {
		t.Fatalf("prepared for good: %v", made)
	}
	turn()
	if !maps.Equal(made, s.writes.made) || len(s.writes.asked) > 0 {
		t.Errorf("prepared again: %v, %v; before %v", s.writes.made, s.writes.asked, made)
	}
}

package signin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

func TestBlockedHasItsOwnWordsForEveryReason(t *testing.T) {
	headings := map[string]error{}
	for _, err := range []error{
		auth.ErrNotLinked, auth.ErrDatabaseMissing, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrMark,
		auth.ErrNewerDatabase, auth.ErrDamaged, auth.ErrReadOnly, auth.ErrDiskFull, auth.ErrDisk, auth.ErrBusy,
		keyring.ErrDamaged, keyring.ErrNoService, keyring.ErrLocked, keyring.ErrDismissed, keyring.ErrNoAnswer,
		context.Canceled, errors.New("unforeseen"),
	} {
		v := explain(fmt.Errorf("open: %w", err))
		if v.Heading == "" || v.Happened == "" {
			t.Errorf("%v: %+v", err, v)
		}
		if other := headings[v.Heading]; other != nil {
			t.Errorf("%v and %v are both %q", err, other, v.Heading)
		}
		headings[v.Heading] = err
	}
}

func TestBlockedNamesBothDates(t *testing.T) {
	found := time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local)
	v := explain(&auth.RolledBackError{Found: found, Seen: found.Add(14 * time.Hour)})
	for _, date := range []string{"23 Nov 2026 at 17:40", "24 Nov 2026 at 7:40"} {
		if !strings.Contains(v.Happened, date) {
			t.Errorf("%q does not name %s", v.Happened, date)
		}
	}
}

// Where the data and the keyring don't go together, only a backup of both helps.
func TestBlockedSaysWhereABackupIsNeeded(t *testing.T) {
	for _, err := range []error{auth.ErrNotLinked, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrMark, auth.ErrDamaged, keyring.ErrDamaged} {
		v := explain(err)
		if !strings.Contains(v.ToDo, "backup") || !strings.Contains(v.ToDo, "keyring") || !v.Folder {
			t.Errorf("%v: %+v", err, v)
		}
	}
}

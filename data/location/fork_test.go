//go:build postgres

package location_test

import (
	"errors"
	"path"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/data/store/postgres/pgtest"
)

func (c *pc) put(s *auth.Session, id string) error {
	return s.ChangeRecords(c.Context(), func(tx *auth.RecordTx) error {
		_, err := tx.Put(auth.TablePatient, auth.Record{ID: id, Plain: []byte(id)})
		return err
	})
}

// TestTwoThatWentOn: who went on from a backup while others went on at the server can't move
// there over them, however far each of them came.
func TestTwoThatWentOn(t *testing.T) {
	c := newPC(t, "Front desk")
	p, anna, kit := c.practice()
	tg := target(t)
	c.must(errors.Join(c.MoveTo(t.Context(), anna, tg, nothing), p.Close()))
	backups, err := c.Backups(c.BackupFolder()) // moving made one
	c.must(err)
	there := c.signIn(c.open(), "asmith", password)
	c.must(c.put(there, "at the server"))

	other := newPC(t, "Another one")
	r, err := auth.OpenRestore(t.Context(), other.Deps(), backups[0].Path, kit)
	c.must(err)
	q, _, err := r.Run(t.Context())
	c.must(err)
	for range 20 { // more changes than at the server
		c.must(other.signIn(q, "asmith", password).SignOut(t.Context()))
	}
	ben := other.signIn(q, "asmith", password)
	c.must(ben.StepUp(t.Context(), password, ""))
	for range 2 {
		if err := other.MoveTo(t.Context(), ben, tg, nothing); !errors.Is(err, auth.ErrExists) || other.Where().Kind != sharing.Alone {
			t.Errorf("moved over another one: %v, %+v", err, other.Where())
		}
	}
	c.must(q.Close())
	if got := c.put(there, "still there"); got != nil {
		t.Error(got)
	}
}

// TestWorkAloneWithoutTheTurn: where the server lost the turn of who moves the practice back, a
// desk may have saved meanwhile: the practice stays where it is.
func TestWorkAloneWithoutTheTurn(t *testing.T) {
	c, p, anna, _ := moved(t)
	defer p.Close()
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	d := newPC(t, "Back office")
	linked, err := d.Connect(t.Context(), c.address(), strings.Join(code.Groups, " "), noStep)
	c.must(err)
	defer linked.Close()
	desk := d.signIn(linked, "asmith", password)
	err = c.WorkAlone(t.Context(), anna, func(at sharing.Progress) {
		if at.Step != sharing.Switching {
			return
		}
		pgtest.Admin(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname = '"+path.Base(c.Name())+"'")
		c.must(d.put(desk, "meanwhile"))
	})
	if err == nil || c.Where().Kind != sharing.Managed {
		t.Fatalf("moved back: %v, %+v", err, c.Where())
	}
	again := c.open()
	if got := contentAt(t, c.signIn(again, "asmith", password), "meanwhile"); got != "meanwhile" {
		t.Errorf("what was saved is %q", got)
	}
}

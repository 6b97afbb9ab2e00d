package authtest

import (
	"context"
	"strings"

	"anteroom/auth"
)

// PutPatients writes new patients, each with that as its text, in one transaction.
func PutPatients(ctx context.Context, s *auth.Session, texts map[string][]byte) error {
	return s.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		for id, text := range texts {
			if _, err := tx.Put(auth.TablePatient, auth.Record{ID: id, Plain: text}); err != nil {
				return err
			}
		}
		return nil
	})
}

// EachPatient gives fn every patient.
func EachPatient(ctx context.Context, s *auth.Session, fn func(auth.Record) error) error {
	return s.ReadRecords(ctx, func(r *auth.RecordReader) error { return r.Each(auth.TablePatient, fn) })
}

// SignedIn are the ids of the open sessions that an admin's settings show: all that
// turning two-factor on ends.
func SignedIn(ctx context.Context, s *auth.Session) (ids []string, err error) {
	settings, err := s.Settings(ctx)
	for _, in := range settings.SignedIn {
		ids = append(ids, in.ID)
	}
	return ids, err
}

// Link links another computer, whose parts these are, with a code of an admin who has
// just proven who they are.
func Link(ctx context.Context, s *auth.Session, other auth.Deps) error {
	code, err := s.NewLinkingCode(ctx)
	if err != nil {
		return err
	}
	p, err := auth.LinkWithCode(ctx, other, strings.Join(code.Groups, "-"))
	if err != nil {
		return err
	}
	return p.Close()
}

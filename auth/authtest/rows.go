package authtest

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"anteroom/auth"
)

// Rows are what a database holds. Copy them to put them back later.
type Rows struct {
	Practice  *auth.PracticeRow
	Register  *auth.SealedRow
	Envelopes []auth.Envelope
	Activity  []auth.ActivityRow
	Records   []auth.RecordRow // by table and id
	Changes   []auth.ChangeRow
}

func (r Rows) clone() Rows {
	r.Envelopes, r.Activity, r.Records = slices.Clone(r.Envelopes), slices.Clone(r.Activity), slices.Clone(r.Records)
	r.Changes = slices.Clone(r.Changes)
	return r
}

type tx struct {
	rows     *Rows
	hang     func(row string)
	conflict bool // it must not be committed
}

func (t *tx) conflicts() error {
	t.conflict = true
	return auth.ErrConflict
}

// clean refuses what not every engine keeps.
func clean(texts ...string) error {
	if all := strings.Join(texts, ""); strings.ContainsRune(all, 0) || !utf8.ValidString(all) {
		return errors.New("no UTF-8, or U+0000")
	}
	return nil
}

// wait is a disk that hangs, where a test says so.
func (t *tx) wait(row string) {
	if t.hang != nil {
		t.hang(row)
	}
}

func (t *tx) Practice() (auth.PracticeRow, error) {
	if t.rows.Practice == nil {
		return auth.PracticeRow{}, auth.ErrNotFound
	}
	return *t.rows.Practice, nil
}

func (t *tx) PutPractice(p auth.PracticeRow) error {
	if err := clean(p.ID, p.Name); err != nil {
		return err
	}
	t.rows.Practice = &p
	return nil
}

func (t *tx) Register() (auth.SealedRow, error) {
	t.wait("register")
	if t.rows.Register == nil {
		return auth.SealedRow{}, auth.ErrNotFound
	}
	return *t.rows.Register, nil
}

func (t *tx) PutRegister(row auth.SealedRow, read int64) error {
	var now int64
	if t.rows.Register != nil {
		now = t.rows.Register.Version
	}
	if now != read {
		return t.conflicts()
	}
	t.rows.Register = &row
	return nil
}

func (t *tx) ActivityChain(seq int64) ([]byte, error) {
	for _, a := range t.rows.Activity {
		if a.Seq == seq {
			return a.Chain, nil
		}
	}
	return nil, auth.ErrNotFound
}

func (t *tx) Activity(after int64, limit int) ([]auth.ActivityRow, error) {
	all := t.inOrder()
	from := slices.IndexFunc(all, func(a auth.ActivityRow) bool { return a.Seq > after })
	if from < 0 {
		return nil, nil
	}
	return slices.Clone(all[from:min(from+limit, len(all))]), nil
}

func (t *tx) ActivityBefore(before int64, limit int) ([]auth.ActivityRow, error) {
	var out []auth.ActivityRow
	for _, a := range slices.Backward(t.inOrder()) {
		if a.Seq < before && len(out) < limit {
			out = append(out, a)
		}
	}
	return out, nil
}

// inOrder are the entries by their numbers, as a database gives them, however
// somebody put them there.
func (t *tx) inOrder() []auth.ActivityRow {
	bySeq := func(a, b auth.ActivityRow) int { return cmp.Compare(a.Seq, b.Seq) }
	if slices.IsSortedFunc(t.rows.Activity, bySeq) {
		return t.rows.Activity
	}
	return slices.SortedStableFunc(slices.Values(t.rows.Activity), bySeq)
}

func (t *tx) AppendActivity(a auth.ActivityRow) error {
	if slices.ContainsFunc(t.rows.Activity, func(o auth.ActivityRow) bool { return o.Seq == a.Seq }) {
		return t.conflicts()
	}
	t.rows.Activity = append(t.rows.Activity, a)
	return nil
}

func (t *tx) TruncateActivity(after int64) error {
	t.rows.Activity = slices.DeleteFunc(t.rows.Activity, func(a auth.ActivityRow) bool { return a.Seq > after })
	return nil
}

func (t *tx) Envelopes() ([]auth.Envelope, error) {
	t.wait("envelopes")
	return t.rows.Envelopes, nil
}

func (t *tx) PutEnvelope(e auth.Envelope) error {
	if err := clean(string(e.Kind), e.Recipient); err != nil {
		return err
	}
	t.rows.Envelopes = append(slices.DeleteFunc(t.rows.Envelopes, func(o auth.Envelope) bool {
		return o.Kind == e.Kind && o.Recipient == e.Recipient
	}), e)
	slices.SortFunc(t.rows.Envelopes, func(a, b auth.Envelope) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Recipient, b.Recipient))
	})
	return nil
}

func (t *tx) DeleteEnvelopes() error {
	t.rows.Envelopes = nil
	return nil
}

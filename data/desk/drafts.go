package desk

import (
	"context"
	"errors"
	"maps"
	"slices"

	"anteroom/auth"
	"anteroom/data"
)

// drafts are what a user has typed and not saved yet, and whom they opened
// lately: one sealed record of each user.
type drafts struct {
	kept    kept
	read    bool // the record was
	changed bool // since it was written
}

type kept struct {
	Texts  map[string]string `cbor:"1,keyasint,omitempty"` // by form
	Recent []string          `cbor:"2,keyasint,omitempty"` // ids of patients, the last one first
}

// maxRecent is how many patients are remembered as opened lately.
const maxRecent = 20

// Draft is what was typed into a form and not saved; "": nothing.
func (d *Desk) Draft(form string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts.kept.Texts[form]
}

// SetDraft keeps what is typed into a form; "" forgets it. The next Sync, or
// Close, writes it to the disk.
func (d *Desk) SetDraft(form, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := &d.drafts.kept
	if k.Texts[form] == text {
		return
	}
	if k.Texts == nil {
		k.Texts = map[string]string{}
	}
	if k.Texts[form] = text; text == "" {
		delete(k.Texts, form)
	}
	d.drafts.changed = true
}

// Drafts are the forms that have one, in their order.
func (d *Desk) Drafts() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.drafts.kept.Texts))
}

// opened notes that a patient was opened.
func (d *Desk) opened(id string) {
	d.memory.patients().Opened(id)
	d.mu.Lock()
	defer d.mu.Unlock()
	k := &d.drafts.kept
	if len(k.Recent) > 0 && k.Recent[0] == id {
		return
	}
	recent := slices.DeleteFunc(slices.Clone(k.Recent), func(other string) bool { return other == id })
	k.Recent = slices.Insert(recent, 0, id)
	k.Recent = k.Recent[:min(maxRecent, len(k.Recent))]
	d.drafts.changed = true
}

// recentOnes are the patients opened lately.
func (d *Desk) recentOnes(limit int) (found []data.Summary) {
	d.mu.Lock()
	recent := slices.Clone(d.drafts.kept.Recent)
	d.mu.Unlock()
	seen := map[string]bool{}
	for _, id := range recent {
		if s, ok := d.memory.summary(id); ok && !seen[s.ID] && len(found) < limit {
			seen[s.ID] = true
			found = append(found, s)
		}
	}
	return found
}

// saveDrafts reads what was kept, the first time, and writes what is new.
func (d *Desk) saveDrafts(ctx context.Context) error {
	if err := d.readDrafts(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	if !d.drafts.changed {
		d.mu.Unlock()
		return nil
	}
	plain := encode(d.drafts.kept)
	d.drafts.changed = false
	d.mu.Unlock()
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		// The newest counts, whatever another window of the same user wrote.
		record, err := tx.Get(auth.TableDraft, tx.Mine())
		if err != nil && !errors.Is(err, auth.ErrNotFound) && !errors.Is(err, auth.ErrDamaged) {
			return err
		}
		record.ID, record.Plain = tx.Mine(), plain
		_, err = tx.Put(auth.TableDraft, record)
		return err
	})
	if err != nil {
		d.mu.Lock()
		d.drafts.changed = true
		d.mu.Unlock()
	}
	return err
}

func (d *Desk) readDrafts(ctx context.Context) error {
	d.mu.Lock()
	read := d.drafts.read
	d.mu.Unlock()
	if read {
		return nil
	}
	var k kept
	var me string
	err := d.session.ReadRecords(ctx, func(r *auth.RecordReader) error {
		me = r.Me()
		record, err := r.Get(auth.TableDraft, r.Mine())
		if errors.Is(err, auth.ErrNotFound) || errors.Is(err, auth.ErrDamaged) {
			return nil // nothing is kept, or nothing can be read of it
		}
		if err == nil {
			err = decode(record, &k)
		}
		return err
	})
	if err != nil && !errors.Is(err, auth.ErrDamaged) {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.me, d.drafts.read = me, true
	for form, text := range d.drafts.kept.Texts { // what was typed since
		if k.Texts == nil {
			k.Texts = map[string]string{}
		}
		k.Texts[form] = text
	}
	k.Recent = append(d.drafts.kept.Recent, k.Recent...)
	k.Recent = k.Recent[:min(maxRecent, len(k.Recent))]
	d.drafts.kept = k
	return nil
}

// Close writes what was typed and leaves the desk. The session goes on until it
// is signed out, which comes after.
func (d *Desk) Close(ctx context.Context) error {
	d.mu.Lock()
	left := d.left
	d.left = true
	d.mu.Unlock()
	if left {
		return nil
	}
	defer d.memory.leave()
	return d.saveDrafts(ctx)
}

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
	kept   kept
	read   bool            // the record was
	forms  map[string]bool // those whose text is another one since it was written
	opened bool            // somebody was, since then
	saving bool            // what was new is being written
	typed  bool            // texts are among it
}

// changed says that there is something to write.
func (d *drafts) changed() bool { return d.opened || len(d.forms) > 0 }

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

// SetDraft keeps what is typed into a form; "" forgets it. The next Save, or
// Close, writes it to the disk.
func (d *Desk) SetDraft(form, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := &d.drafts.kept
	if k.Texts[form] == text {
		return
	}
	k.set(form, text)
	if d.drafts.forms == nil {
		d.drafts.forms = map[string]bool{}
	}
	d.drafts.forms[form] = true
}

func (k *kept) set(form, text string) {
	if text == "" {
		delete(k.Texts, form)
		return
	}
	if k.Texts == nil {
		k.Texts = map[string]string{}
	}
	k.Texts[form] = text
}

// with is what is kept, with the texts of some forms and who was opened as they
// are here: another window of the same user has its own forms.
func (k kept) with(own kept, forms map[string]bool) kept {
	out := kept{Texts: maps.Clone(k.Texts), Recent: slices.Clone(own.Recent)}
	for form := range forms {
		out.set(form, own.Texts[form])
	}
	for _, id := range k.Recent {
		if len(out.Recent) < maxRecent && !slices.Contains(out.Recent, id) {
			out.Recent = append(out.Recent, id)
		}
	}
	return out
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
	d.drafts.opened = true
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

// Unsaved says that there is something that Save has not written yet.
func (d *Desk) Unsaved() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drafts.changed() || d.drafts.saving
}

// Typed says that there is text among what Save has not written yet.
func (d *Desk) Typed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.drafts.forms) > 0 || d.drafts.saving && d.drafts.typed
}

// Unwritten is what a user has typed that could not be written before their desk was left.
type Unwritten struct{ drafts drafts }

// Typed says that there is text among it.
func (u *Unwritten) Typed() bool { return len(u.drafts.forms) > 0 }

// Unwritten gives what Save has not written, for the user's next desk; nil: nothing. Ask
// after Close.
func (d *Desk) Unwritten() *Unwritten {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.drafts.changed() {
		return nil
	}
	own := kept{}.with(d.drafts.kept, d.drafts.forms)
	return &Unwritten{drafts{kept: own, forms: maps.Clone(d.drafts.forms), opened: d.drafts.opened}}
}

// GoOnWith begins the desk with what the same user's desk before could not write; nil is
// nothing. The next Save writes it. Call it before anything else.
func (d *Desk) GoOnWith(u *Unwritten) {
	if u != nil {
		d.drafts = u.drafts
	}
}

// Save reads what was kept, the first time, and writes what was typed since, and
// who was opened. Call it each second. One goes on at a time: Close has to know
// what became of one that its window canceled.
func (d *Desk) Save(ctx context.Context) error {
	d.saving.Lock()
	defer d.saving.Unlock()
	if err := d.readDrafts(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	if !d.drafts.changed() {
		d.mu.Unlock()
		return nil
	}
	forms, opened := d.drafts.forms, d.drafts.opened
	own := kept{Texts: maps.Clone(d.drafts.kept.Texts), Recent: slices.Clone(d.drafts.kept.Recent)}
	d.drafts.forms, d.drafts.opened, d.drafts.saving, d.drafts.typed = nil, false, true, len(forms) > 0
	d.mu.Unlock()
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		record, theirs, err := readKept(&tx.RecordReader)
		if err != nil {
			return err
		}
		record.ID, record.Plain = tx.Mine(), encode(theirs.with(own, forms))
		_, err = tx.Put(auth.TableDraft, record)
		return err
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drafts.saving = false
	if err != nil {
		if d.drafts.forms == nil {
			d.drafts.forms = map[string]bool{}
		}
		maps.Copy(d.drafts.forms, forms)
		d.drafts.opened = d.drafts.opened || opened
	}
	return err
}

// readKept reads the user's record. Where there is none, or nothing can be read
// of it, nothing is kept.
func readKept(r *auth.RecordReader) (auth.Record, kept, error) {
	var k kept
	record, err := r.Get(auth.TableDraft, r.Mine())
	if err == nil {
		err = decode(record, &k)
	}
	switch {
	case errors.Is(err, auth.ErrNotFound), errors.Is(err, auth.ErrDamaged):
		return record, kept{}, nil
	}
	return record, k, err
}

func (d *Desk) readDrafts(ctx context.Context) error {
	d.mu.Lock()
	read := d.drafts.read
	d.mu.Unlock()
	if read {
		return nil
	}
	var k kept
	err := d.read(ctx, func(r *auth.RecordReader) (err error) {
		_, k, err = readKept(r)
		return err
	})
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drafts.read = true
	d.drafts.kept = k.with(d.drafts.kept, d.drafts.forms) // what was typed since
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
	return d.Save(ctx)
}

package desk

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// Memory is what all sessions of this program share: every patient in short, for
// the search. It is filled by the first Sync, kept right by the next ones, and
// dropped when the last desk is left.
type Memory struct {
	now   func() time.Time
	order data.DateOrder

	syncing sync.Mutex // one Sync at a time

	mu      sync.Mutex
	clock   clock // the last one that was asked for
	desks   int
	era     int // how often it was dropped: what was begun before then finds no place any more
	index   *data.Index
	merged  map[string]string             // whom a patient was merged into, by id
	choices map[data.Field]map[string]int // how often something stands in a field of free choice
	loaded  progress
	seen    int64 // the last change that is in here
	version int64 // of the database, when that was read
	counts  data.Generations
}

type progress struct {
	done, total int
	ready       bool
}

// NewMemory is an empty one. Dates are typed in an order.
func NewMemory(now func() time.Time, order data.DateOrder) *Memory {
	m := &Memory{now: now, order: order}
	m.empty()
	return m
}

func (m *Memory) empty() {
	m.index, m.merged = data.NewIndex(), map[string]string{}
	m.choices = map[data.Field]map[string]int{data.FieldSex: {}, data.FieldGender: {}}
	m.loaded, m.seen, m.version = progress{}, 0, -1
}

// Join begins the desk of a session.
func (m *Memory) Join(s Session) *Desk {
	zone := m.clockOf(s.Zone()).zone
	m.mu.Lock()
	defer m.mu.Unlock()
	m.desks++
	return &Desk{session: s, memory: m, era: m.era, now: m.now, order: m.order, zone: zone}
}

// leave ends a desk; the last one drops everything.
func (m *Memory) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.desks--; m.desks == 0 {
		m.era++
		m.empty()
	}
}

// errDropped ends a Sync whose memory was dropped meanwhile.
var errDropped = errors.New("the memory was dropped")

// since does something to the memory, unless it was dropped since an era.
func (m *Memory) since(era int, do func()) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.era != era {
		return errDropped
	}
	do()
	return nil
}

// Generations count the changes that are known of.
func (d *Desk) Generations() data.Generations {
	d.memory.mu.Lock()
	defer d.memory.mu.Unlock()
	return d.memory.counts
}

// Loading says how far the memory is filled.
func (d *Desk) Loading() (done, total int, ready bool) {
	d.memory.mu.Lock()
	defer d.memory.mu.Unlock()
	l := d.memory.loaded
	return l.done, l.total, l.ready
}

// HasPatients says that there is a patient, as far as the memory is filled.
func (d *Desk) HasPatients() bool { return d.memory.patients().Len() > 0 }

// patients is the index that there is now.
func (m *Memory) patients() *data.Index {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.index
}

// Search finds patients, best first; "" finds those opened lately.
func (d *Desk) Search(query string, limit int) []data.Summary {
	if data.Fold(query) == "" {
		return d.recentOnes(limit)
	}
	return d.memory.patients().Search(query, limit, d.today(), d.order)
}

// Similar are patients whom a new one may be, best first; not the one with that id.
func (d *Desk) Similar(form data.PatientForm, not string) []data.Summary {
	return d.memory.patients().Similar(form, not, d.order, d.today())
}

// Same is the patient who may be that one already: by the record number, or by name and
// date of birth.
func (d *Desk) Same(p data.Patient) (data.Summary, bool) { return d.memory.patients().Same(p) }

// Summary is a patient in short, or the one that it was merged into.
func (d *Desk) Summary(id string) (data.Summary, bool) { return d.memory.summary(id) }

func (m *Memory) summary(id string) (data.Summary, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.index.Get(m.follow(id))
}

// follow is the id of the patient that one was merged into, or its own.
func (m *Memory) follow(id string) string {
	for range len(m.merged) + 1 {
		into, merged := m.merged[id]
		if !merged {
			break
		}
		id = into
	}
	return id
}

// Choices are what patients have in a field of free choice, the commonest first.
func (d *Desk) Choices(f data.Field) []string {
	const most = 12
	d.memory.mu.Lock()
	defer d.memory.mu.Unlock()
	counts := d.memory.choices[f]
	all := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return all[:min(most, len(all))]
}

// Finder finds, among those who are in memory now, the patient that an imported one may
// be already.
func (d *Desk) Finder() func(data.Patient) (data.Summary, data.Sameness) {
	var known data.Identities
	var ids []string
	for s := range d.memory.patients().All() {
		known.Add(s.Identity(), len(ids))
		ids = append(ids, s.ID)
	}
	return func(p data.Patient) (data.Summary, data.Sameness) {
		who, _, same := known.Find(p.Identity())
		if same == data.Unrelated {
			return data.Summary{}, same
		}
		s, _ := d.memory.summary(ids[who]) // one that was removed meanwhile has no name
		return s, same
	}
}

// put takes a patient as it was read into the memory. The caller holds mu.
func (m *Memory) put(id string, b brief) {
	if b.Merge != nil {
		m.merged[id] = b.Merge.Into
		m.index.Remove(id)
		return
	}
	delete(m.merged, id)
	_, known := m.index.Get(id)
	m.count(b, known)
	m.index.Put(b.summary(id))
}

// count counts what stands in a patient's fields of free choice: of one that was
// known before only what nobody else has.
func (m *Memory) count(b brief, known bool) {
	for field, text := range map[data.Field]string{data.FieldSex: b.Sex, data.FieldGender: b.Gender} {
		if counts := m.choices[field]; text != "" && (!known || counts[text] == 0) {
			counts[text]++
		}
	}
}

// took takes a patient that was just written into the memory, before the next Sync.
func (d *Desk) took(p data.Patient) {
	m := d.memory
	b := brief{Name: p.Name, AlsoKnownAs: p.AlsoKnownAs, Born: p.Born, Sex: p.Sex, Gender: p.Gender, Phones: p.Phones,
		RecordNumber: p.RecordNumber, HealthNumber: p.HealthNumber, Alert: p.Alert, State: p.State}
	if p.Merge != nil {
		b.Merge = &struct {
			Into string `cbor:"1,keyasint"`
		}{p.Merge.Into}
	}
	// Where the memory was dropped meanwhile nobody looks for the patient.
	_ = m.since(d.era, func() {
		m.put(p.ID, b)
		m.counts.Patients++
	})
}

// Sync fills the memory, or reads what others changed since. Call it each second;
// while nothing changed in the database it costs one pragma. Where another desk is
// at it already it does nothing.
func (d *Desk) Sync(ctx context.Context) error {
	if !d.memory.syncing.TryLock() {
		return nil
	}
	defer d.memory.syncing.Unlock()
	return d.sync(ctx)
}

// sync is Sync for who holds syncing.
func (d *Desk) sync(ctx context.Context) error {
	m := d.memory
	version, err := d.session.DataVersion(ctx)
	if err != nil {
		return err
	}
	m.mu.Lock()
	ready, same := m.loaded.ready, m.version == version
	m.mu.Unlock()
	if ready && same && !d.unsettled {
		return nil
	}
	err = d.read(ctx, func(r *auth.RecordReader) error {
		if err := d.lookIfSettled(r); err != nil {
			return err
		}
		if ready {
			return m.catchUp(ctx, r, d.era)
		}
		return m.load(ctx, r, d.era)
	})
	if err == nil {
		err = m.since(d.era, func() { m.version = version })
	}
	switch {
	case errors.Is(err, errDropped):
		return nil // who comes next begins again
	case err != nil:
		return err
	case !ready:
		err = d.session.RemoveBroken(ctx)
	}
	if err == nil && d.unsettled {
		err = d.settle(ctx)
	}
	return err
}

// catchUp reads what was written since.
func (m *Memory) catchUp(ctx context.Context, r *auth.RecordReader, era int) error {
	m.mu.Lock()
	seen := m.seen
	m.mu.Unlock()
	changes, last, whole, err := r.Changes(seen)
	if err != nil {
		return err
	}
	if !whole {
		return m.load(ctx, r, era)
	}
	done := map[auth.ChangeRow]bool{}
	for _, c := range changes {
		what := auth.ChangeRow{Table: c.Table, ID: c.ID}
		if done[what] {
			continue
		}
		done[what] = true
		if err := m.reread(ctx, r, era, c); err != nil {
			return err
		}
	}
	return m.since(era, func() { m.seen = last })
}

func (m *Memory) reread(ctx context.Context, r *auth.RecordReader, era int, c auth.ChangeRow) error {
	switch c.Table {
	case auth.TablePatient:
		return m.rereadPatient(r, era, c.ID)
	case auth.TableBatch:
		return m.fill(ctx, era, func(fn func(*auth.Page) error) error { return r.PagesOf(c.ID, fn) }, nil)
	}
	return m.since(era, func() {
		switch c.Table {
		case auth.TableAppointment:
			m.counts.Appointments++
		case auth.TableDetail:
			m.counts.Details++
		}
	})
}

func (m *Memory) rereadPatient(r *auth.RecordReader, era int, id string) error {
	record, err := r.Get(auth.TablePatient, id)
	gone := errors.Is(err, auth.ErrNotFound) // a change is in clear, and no more than a hint
	if err != nil && record.ID == "" && !gone {
		return err
	}
	var b brief
	damaged := !gone && decode(record, &b) != nil
	return m.since(era, func() {
		m.counts.Patients++
		switch {
		case gone:
			m.index.Remove(id)
		case damaged:
			m.index.Put(data.Summary{ID: id, Damaged: true})
		default:
			m.put(id, b)
		}
	})
}

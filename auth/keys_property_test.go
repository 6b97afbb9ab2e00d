package auth_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// keysModel is what anybody would expect of the practice's keys: what the
// records say, which kit opens it, and which desk has been unlinked.
type keysModel struct {
	records map[string]string
	kit     string
	out     [2]bool
}

// keysCopy is a database kept at some time, and what was true of it.
type keysCopy struct {
	rows  authtest.Rows
	model keysModel
}

func (m keysModel) clone() keysModel {
	m.records = maps.Clone(m.records)
	return m
}

// enter signs Anna in at a desk; where the practice does not open by itself it
// takes the kit.
func (w *world) enter(rt *rapid.T, kit string) {
	rt.Helper()
	p, err := auth.Open(w.ctx, w.deps())
	if err != nil {
		if !slices.ContainsFunc(untrusted, func(s error) bool { return errors.Is(err, s) }) {
			rt.Fatalf("open: %v", err)
		}
		w.kit = kit
		p = w.rescued(true)
	}
	w.practice = p
	w.signInAnna(nil)
}

// TestNothingLost: whatever happens to keyrings, keys and files, in whatever
// order, no record is lost, the newest kit opens the practice, and neither an
// older kit nor an unlinked computer does.
func TestNothingLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		desks := []*world{w, w.linkedByCode()}
		m := keysModel{records: map[string]string{}, kit: w.kit}
		kits := []string{w.kit}
		var kept []keysCopy
		backups := map[string]keysModel{}

		enter := func(i int) *world {
			desks[i].enter(rt, m.kit)
			m.out[i] = false
			return desks[i]
		}
		draw := func(rt *rapid.T) int { return rapid.IntRange(0, 1).Draw(rt, "desk") }

		actions := map[string]func(*rapid.T){
			"put a record": func(rt *rapid.T) {
				d := enter(draw(rt))
				id := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "id")
				var version int64
				if _, ok := m.records[id]; ok {
					r, err := d.anna.Record(d.ctx, patient, id)
					d.must(err)
					version = r.Version
				}
				text := rapid.StringN(0, 5, -1).Draw(rt, "text")
				_, err := d.anna.PutRecord(d.ctx, patient, id, version, []byte(text))
				d.must(err)
				m.records[id] = text
			},
			"unlink the other": func(rt *rapid.T) {
				i := draw(rt)
				d := enter(i)
				d.stepUp(d.anna, annaPassword, nil)
				for _, c := range d.computers() {
					if !c.This {
						d.must(d.anna.Unlink(d.ctx, c.ID, nil))
					}
				}
				m.out[1-i] = true
			},
			"link with a code": func(rt *rapid.T) {
				i := draw(rt)
				code := enter(i).linkingCode()
				_, err := auth.LinkWithCode(w.ctx, desks[1-i].deps(), code)
				if errors.Is(err, auth.ErrRolledBack) || errors.Is(err, auth.ErrOtherHistory) {
					return // that desk saw other data: a code does not vouch for this
				}
				w.must(err)
				m.out[1-i] = false
			},
			"new kit": func(rt *rapid.T) {
				d := enter(draw(rt))
				d.newKit()
				m.kit = d.kit
				kits = append(kits, d.kit)
			},
			"back up": func(rt *rapid.T) {
				d := enter(draw(rt))
				w.clock.Advance(24 * time.Hour)
				backups[d.backUp()] = m.clone()
			},
			"restore": func(rt *rapid.T) {
				files, err := w.memory.Backups("")
				w.must(err)
				if len(files) == 0 {
					return
				}
				path := rapid.SampledFrom(files).Draw(rt, "backup").Path
				i, present := draw(rt), m.kit
				m = backups[path].clone()
				desks[i].kit = m.kit
				desks[i].run(desks[i].withKit(path))
				m.out[i] = false
				if w.desk().with(w.memory.Rows()).kitOpens(present) == nil {
					m.kit = present // the present could be read: then the backup's opens nothing any more
				}
			},
			"keep a copy": func(*rapid.T) { kept = append(kept, keysCopy{w.memory.Rows(), m.clone()}) },
			"put a copy back": func(rt *rapid.T) {
				if len(kept) > 0 {
					c := rapid.SampledFrom(kept).Draw(rt, "copy")
					w.memory.Put(c.rows)
					m = c.model.clone()
				}
			},
			"harm a keyring": func(rt *rapid.T) {
				d := desks[draw(rt)]
				names := slices.Sorted(maps.Keys(d.keyring.Items()))
				if len(names) == 0 {
					return
				}
				name := rapid.SampledFrom(names).Draw(rt, "item")
				d.garble(name)
				if rapid.Bool().Draw(rt, "delete") {
					d.must(d.keyring.Delete(d.ctx, name))
				}
			},
		}
		check := func(rt *rapid.T) {
			w.clock.Advance(time.Second)
			for _, kit := range kits {
				switch err := w.desk().with(w.memory.Rows()).kitOpens(kit); {
				case kit == m.kit:
					w.must(err)
				case !errors.Is(err, auth.ErrKitWrong):
					rt.Fatalf("an older kit: %v", err)
				}
			}
			for i, d := range desks {
				if _, err := auth.Open(d.ctx, d.deps()); m.out[i] && err == nil {
					rt.Fatalf("desk %d was unlinked and opens it", i)
				}
			}
			d := enter(0)
			found := map[string]string{}
			d.must(d.anna.EachRecord(d.ctx, patient, func(r auth.Record) error {
				found[r.ID] = string(r.Plain)
				return r.Err
			}))
			if !maps.Equal(found, m.records) {
				rt.Fatalf("records %q, want %q", found, m.records)
			}
			d.logIntact()
		}
		names := slices.Sorted(maps.Keys(actions))
		for range rapid.IntRange(1, 16).Draw(rt, "steps") { // each is slow
			actions[rapid.SampledFrom(names).Draw(rt, "action")](rt)
			check(rt)
		}
	})
}

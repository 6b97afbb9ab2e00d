package auth

import (
	"bytes"
	"encoding/json"
	"runtime"
	"sync"

	"anteroom/auth/vault"
)

// logPage is how many entries are read at a time.
const logPage = 5000

// entryOpener opens entries of the activity log. It derives the keys once, because
// that takes longer than opening an entry.
type entryOpener struct {
	practice string
	keys     []entryKey // the newest last
}

// entryKey has the keys that are derived from a logKey.
type entryKey struct {
	from        int64 // number of the first entry under it
	seal, chain vault.Key
}

func deriveEntryKey(key vault.Key) entryKey {
	return entryKey{seal: key.Subkey("activity"), chain: key.Subkey("activity chain")}
}

// entryOpener derives the keys of all entries.
func (r *register) entryOpener() (entryOpener, error) {
	b := entryOpener{practice: r.Practice}
	for _, k := range r.LogKeys {
		key, err := vault.ParseKey(k.Key)
		if err != nil {
			return entryOpener{}, ErrDamaged // unreachable: the register is sealed
		}
		made := deriveEntryKey(key)
		made.from = k.From
		b.keys = append(b.keys, made)
	}
	return b, nil
}

// key has the keys of the entry of a number; nil: there is no such entry.
func (b entryOpener) key(seq int64) *entryKey {
	for i := len(b.keys) - 1; i >= 0; i-- {
		if b.keys[i].from <= seq {
			return &b.keys[i]
		}
	}
	return nil
}

// openEntry opens an entry; nil: it was not sealed as the one of that number.
func (b entryOpener) openEntry(sealed []byte, seq int64) []byte {
	k := b.key(seq)
	if k == nil {
		return nil
	}
	plain, err := k.seal.Open(sealed, activityAAD(b.practice, seq))
	if err != nil {
		return nil
	}
	return plain
}

// follows says whether a row is the entry with the next number, and is chained to
// the one before.
func (b entryOpener) follows(row ActivityRow, before logHead) bool {
	k := b.key(row.Seq)
	return k != nil && row.Seq == before.Count+1 && bytes.Equal(row.Chain, chainLink(k.chain, before.Link, row)) &&
		b.openEntry(row.Sealed, row.Seq) != nil
}

// filteredEntry is an entry as it was read through a filter.
type filteredEntry struct {
	seq    int64
	Entry       // without an Event: it does not open; skimmed only where it does not pass
	passes bool // the filter
	older  bool // than all that the filter wants, whatever clocks do
}

// read reads rows through a filter. One that does not open passes every filter,
// because nobody can tell what it was.
func (b entryOpener) read(rows []ActivityRow, f ActivityFilter) []filteredEntry {
	out := make([]filteredEntry, len(rows))
	inParallel(len(rows), func(i int) {
		r := &out[i]
		r.seq = rows[i].Seq
		plain := b.openEntry(rows[i].Sealed, r.seq)
		if skimmed, ok := skim(plain); ok && !(f.matchesSkimmed(skimmed) && f.mentions(plain)) {
			r.Entry, r.older = skimmed, f.isLongAfter(skimmed)
			return
		}
		if plain == nil || json.Unmarshal(plain, &r.Entry) != nil {
			r.Entry, r.passes = Entry{}, true
			return
		}
		r.passes, r.older = f.matches(r.Entry), f.isLongAfter(r.Entry)
	})
	return out
}

// inParallel does something for each number below n, on all processors.
func inParallel(n int, do func(i int)) {
	const least = 200 // fewer are done sooner than handed out
	workers := min(runtime.GOMAXPROCS(0), max(1, n/least))
	var wg sync.WaitGroup
	for w := range workers {
		from, to := w*n/workers, (w+1)*n/workers
		wg.Go(func() {
			for i := from; i < to; i++ {
				do(i)
			}
		})
	}
	wg.Wait()
}

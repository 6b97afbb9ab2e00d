package auth

import (
	"fmt"
	"log/slog"

	"anteroom/auth/vault"
)

// recordPage is how many records are sealed again at a time.
const recordPage = 1000

// rekey gives the practice new keys and seals everything again: every record and the
// register; the records key for each active user and the kit; the register key for each
// linked computer and the kit. It needs public keys only, so nobody has to type anything.
// All of it is one transaction: a crash leaves the old keys or the new ones, never a
// mixture. Entries of the activity log keep the keys they were written with; later ones
// get a new key. Linking codes that were not used become void.
func (c *change) rekey(records vault.Key, progress Progress) error {
	fresh := vault.NewKey()
	if err := c.resealRecords(records, fresh, progress); err != nil {
		return err
	}
	for _, u := range c.Users {
		if !u.Active || len(u.Private) == 0 {
			continue // has no keys, or a void password
		}
		if err := c.sealRecords(u, fresh); err != nil {
			return err
		}
	}
	if c.Kit != nil {
		access := c.Kit.access(c.Practice, records)
		if c.Kit.Access = nil; access != (KitAccess{}) {
			c.Kit.sealAccess(c.Practice, fresh, access)
		}
		if err := c.Kit.sealRecords(c.Practice, fresh); err != nil {
			return err
		}
	}
	c.Links = nil
	return c.newRegisterKey()
}

// newRegisterKey gives the register and the entries to come new keys.
func (c *change) newRegisterKey() error {
	c.Keys = append(c.Keys, keyCommitment(c.key))
	c.key = vault.NewKey()
	c.newLogKey()
	return c.putAllEnvelopes()
}

// resealRecords seals every record under another key. One that does not open stays as it
// is, and is still reported as damaged when it is read.
func (c *change) resealRecords(from, to vault.Key, progress Progress) error {
	total, done := 0, 0
	for _, table := range RecordTables {
		n, err := c.tx.CountRecords(table)
		if err != nil {
			return err
		}
		total += n
	}
	progress.report(0, total)
	before, after := newRecordKey(c.Practice, from), newRecordKey(c.Practice, to)
	for _, table := range RecordTables {
		err := eachRecord(c.tx, table, "", func(row RecordRow) error {
			if done++; done%recordPage == 0 {
				progress.report(done, total)
			}
			return c.reseal(row, before, after)
		})
		if err != nil {
			return err
		}
	}
	progress.report(done, total)
	return nil
}

func (c *change) reseal(row RecordRow, from, to recordKey) error {
	plain, err := from.open(row)
	if err != nil {
		slog.Warn("a damaged record stays as it is", "table", row.Table, "id", row.ID)
		return nil
	}
	row.Sealed = to.seal(row, plain)
	if err := c.tx.PutRecord(row, row.Version); err != nil {
		return fmt.Errorf("seal record anew: %w", err)
	}
	return nil
}

package auth

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Keyring is the OS keyring as auth needs it; package keyring implements it.
// Every error wraps one of that package's sentinels.
type Keyring interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
	Delete(ctx context.Context, name string) error
}

// The keyring's items of one account, each written under the service "Anteroom".
func bindingItem(practice, computer string) string { return practice + "/" + computer }
func anchorItem(practice string) string            { return practice + "/mark" }
func folderItem(location Location) string          { return "folder/" + location.Name() }

// anchor is the rollback anchor of this account: the register's state that it saw last.
// A database that was replaced by an older copy is detected by it.
type anchor struct {
	Lineage    string    `json:"lineage"`
	Version    int64     `json:"version"`
	Hash       []byte    `json:"hash"` // SHA-256 of the sealed register
	Changed    time.Time `json:"changed"`
	Log        logHead   `json:"log"`
	Folder     string    `json:"folder"`         // the database's folder: a copy in another folder is refused
	Commitment []byte    `json:"heir"`           // SHA-256 of the commitment to the register key then
	Next       []byte    `json:"next,omitempty"` // Hash of the register that a restore under way will write

	commitments [][]byte // of a register that was read: to its key and all earlier keys
}

// keyCommitment is a value that only the holder of a register key can compute. Each
// register has those of all earlier keys. So a register under a new key that has the
// commitment in the anchor was made by somebody who could open the register seen then.
func keyCommitment(key vault.Key) []byte { return key.Subkey("heir").Bytes() }

// sumOf is the SHA-256 of something.
func sumOf(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// anchorOf is the anchor of a register and the row and folder it lies in.
func anchorOf(r *register, key vault.Key, row SealedRow, folder string) anchor {
	own := keyCommitment(key)
	return anchor{
		Lineage: r.Lineage, Version: r.Version, Hash: sumOf(row.Sealed), Changed: r.Changed, Log: r.Log, Folder: folder,
		Commitment: sumOf(own), commitments: append(slices.Clone(r.Keys), own),
	}
}

// strictBase64 accepts one encoding of each value only.
var strictBase64 = base64.RawURLEncoding.Strict()

// encode is the anchor as JSON after its HMAC, so that a changed one is detected.
func (a anchor) encode(key vault.Key) (string, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("write rollback anchor: %w", err)
	}
	return strictBase64.EncodeToString(append(key.MAC(plain), plain...)), nil
}

// decodeAnchor reads what encode wrote with this key; anything else is ErrAnchor.
func decodeAnchor(key vault.Key, text string) (anchor, error) {
	tag, plain, a, err := parseAnchor(text)
	if err != nil || !hmac.Equal(tag, key.MAC(plain)) {
		return anchor{}, ErrAnchor
	}
	return a, nil
}

// parseAnchor reads an anchor without checking its HMAC.
func parseAnchor(text string) (tag, plain []byte, a anchor, err error) {
	raw, err := strictBase64.DecodeString(text)
	if err != nil || len(raw) < sha256.Size || strictBase64.EncodeToString(raw) != text {
		return nil, nil, anchor{}, ErrAnchor
	}
	tag, plain = raw[:sha256.Size], raw[sha256.Size:]
	if json.Unmarshal(plain, &a) != nil {
		return nil, nil, anchor{}, ErrAnchor
	}
	return tag, plain, a, nil
}

// check compares the register that was found with the anchor. A newer register is
// normal: another account wrote it, or a crash came before the anchor was written.
func (a anchor) check(found anchor) error {
	switch {
	case a.expects(found):
		return nil
	case found.Lineage != a.Lineage:
		return ErrOtherHistory
	case found.Version < a.Version:
		return &RolledBackError{Found: found.Changed, Seen: a.Changed}
	case !slices.ContainsFunc(found.commitments, func(h []byte) bool { return bytes.Equal(sumOf(h), a.Commitment) }):
		return ErrOtherHistory // its author had an earlier key, but not the one of the anchor
	case found.Version == a.Version && !bytes.Equal(found.Hash, a.Hash):
		return ErrOtherHistory
	case found.Log.Count < a.Log.Count:
		return ErrOtherHistory
	}
	return nil
}

// expects says whether found is the register that a restore under way would write.
func (a anchor) expects(found anchor) bool { return a.Next != nil && bytes.Equal(a.Next, found.Hash) }

// checkLog looks for the log's last entry of the anchor: it must still be there, with
// the same link. In a copy of the database that was changed separately it differs,
// whatever the register's version is (ErrOtherHistory).
func (a anchor) checkLog(r Reader) error {
	if a.Log.Count == 0 {
		return nil
	}
	link, err := r.ActivityChain(a.Log.Count)
	if errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(link, a.Log.Link) {
		return ErrOtherHistory
	}
	return err
}

// refuseCopy refuses a copy of the folder that this account works in, while the
// folder of the anchor still has a database too (a *CopyError).
func (a anchor) refuseCopy(ctx context.Context, location Location) error {
	if a.Folder == location.Name() {
		return nil
	}
	twin, err := location.HasTwin(ctx, a.Folder)
	if err == nil && twin {
		err = &CopyError{Original: a.Folder}
	}
	return err
}

// readAnchor reads this account's anchor; a missing or damaged one is ErrAnchor.
func readAnchor(ctx context.Context, kr Keyring, key vault.Key, practice string) (anchor, error) {
	text, err := kr.Get(ctx, anchorItem(practice))
	if errors.Is(err, keyring.ErrNotFound) || errors.Is(err, keyring.ErrDamaged) {
		return anchor{}, ErrAnchor
	}
	if err != nil {
		return anchor{}, fmt.Errorf("read rollback anchor: %w", err)
	}
	return decodeAnchor(key, text)
}

// writeAnchor replaces this account's anchor.
func writeAnchor(ctx context.Context, kr Keyring, key vault.Key, practice string, a anchor) error {
	text, err := a.encode(key)
	if err != nil {
		return err
	}
	if err := kr.Set(ctx, anchorItem(practice), text); err != nil {
		return fmt.Errorf("write rollback anchor: %w", err)
	}
	return nil
}

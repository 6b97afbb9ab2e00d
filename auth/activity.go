package auth

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"anteroom/auth/vault"
)

// Event is what an entry of the activity log tells.
type Event string

// The events. Their names are stored: never change one.
const (
	EventSetUp            Event = "practice set up"
	EventSignIn           Event = "signed in"
	EventSignOut          Event = "signed out"
	EventPasswordRefused  Event = "password refused"
	EventCodeRefused      Event = "code refused"
	EventDisabled         Event = "authenticator disabled"
	EventEnrolled         Event = "authenticator enrolled"
	EventPasswordChanged  Event = "password changed"
	EventStepUp           Event = "step-up"
	EventPolicy           Event = "policy changed"
	EventRenamed          Event = "practice renamed"
	EventZone             Event = "time zone changed"
	EventUserAdded        Event = "user added"
	EventUserEdited       Event = "user edited"
	EventPasswordReset    Event = "password reset"
	EventTwoFactorReset   Event = "two-factor reset"
	EventUserDeactivated  Event = "user deactivated"
	EventUserReactivated  Event = "user reactivated"
	EventSessionsOrphaned Event = "sessions of a closed program ended"
	EventKitMade          Event = "recovery kit made"
	EventKitOpened        Event = "opened with the recovery kit"
	EventKitAdmin         Event = "admin let in with the recovery kit"
	EventOlderAccepted    Event = "data of another history opened"
	EventRepaired         Event = "clear columns put right"
	EventLinkingCode      Event = "linking code made"
	EventLinked           Event = "computer linked"
	EventComputerRenamed  Event = "computer renamed"
	EventUnlinked         Event = "computer unlinked"
	EventPracticeMoved    Event = "practice moved"
	EventBackupFolder     Event = "backup folder changed"
	EventBackedUp         Event = "backup made"
	EventRestored         Event = "backup restored"
	EventRecoveryUsed     Event = "recovery code used"
	EventRecoveryMade     Event = "recovery codes made"
	EventOneTimeMade      Event = "one-time code made"
	EventOneTimeUsed      Event = "one-time code used"
	EventHandedOver       Event = "hand-over code used"
	EventHelpAsked        Event = "help asked for"
	EventHelpDone         Event = "help request put aside"
	EventWaitLifted       Event = "wait lifted"
	EventClockOffset      Event = "clock offset set"
	EventClockRefused     Event = "refused for a lost clock"
	EventClockReset       Event = "clock reference set anew"
	EventMoved            Event = "moved to a new phone"
	EventNameChanged      Event = "own name changed"
	EventSessionEnded     Event = "own session ended"
	EventUserSignedOut    Event = "user signed out"
	EventUnlocked         Event = "unlocked"
	EventActivityExported Event = "activity exported"
	EventImported         Event = "patients imported"
	EventPatientsExported Event = "patients exported"
)

// Entry is one line of the activity log. It never holds a secret, nor a
// username that nobody has: passwords get typed there.
type Entry struct {
	At       time.Time `json:"at"`
	Event    Event     `json:"event"`
	By       string    `json:"by,omitempty"`     // user id; empty: nobody signed in
	Whom     string    `json:"whom,omitempty"`   // user id, where it is about somebody else
	Computer string    `json:"computer"`         // where it happened
	Detail   string    `json:"detail,omitempty"` // outcome, reason, new value
}

// logHead is the end of the chain: how many entries, and the last link.
type logHead struct {
	Count int64  `json:"count"`
	Link  []byte `json:"link"`
}

// logKey seals and chains the entries of the activity log from one entry on, until
// the next key. When the practice gets new keys, it gets a new log key too. Older
// entries keep their key: whoever had it could already read them.
type logKey struct {
	From int64  `json:"from"` // number of the first entry under it
	Key  []byte `json:"key"`
}

// newLogKey begins a new key with the next entry.
func (r *register) newLogKey() {
	r.LogKeys = append(r.LogKeys, logKey{From: r.Log.Count + 1, Key: vault.NewKey().Bytes()})
}

// logKey is the key of an entry.
func (r *register) logKey(seq int64) (vault.Key, error) {
	for i := len(r.LogKeys) - 1; i >= 0; i-- {
		if r.LogKeys[i].From <= seq {
			return vault.ParseKey(r.LogKeys[i].Key)
		}
	}
	return vault.Key{}, fmt.Errorf("no key for entry %d: %w", seq, ErrDamaged)
}

// appendEntry seals an entry and links it to the one before.
func (r *register) appendEntry(e Entry) (ActivityRow, error) {
	plain, err := json.Marshal(e)
	if err != nil {
		return ActivityRow{}, fmt.Errorf("write activity: %w", err)
	}
	seq := r.Log.Count + 1
	key, err := r.logKey(seq)
	if err != nil {
		return ActivityRow{}, err
	}
	k := deriveEntryKey(key)
	row := ActivityRow{Seq: seq, Sealed: k.seal.Seal(plain, activityAAD(r.Practice, seq))}
	row.Chain = chainLink(k.chain, r.Log.Link, row)
	r.Log = logHead{Count: seq, Link: row.Chain}
	return row, nil
}

// chainLink is the HMAC of an entry and of the link before it: a hash chain.
func chainLink(chain vault.Key, before []byte, row ActivityRow) []byte {
	return chain.MAC(before, binary.BigEndian.AppendUint64(nil, uint64(row.Seq)), row.Sealed)
}

func activityAAD(practice string, seq int64) vault.AAD {
	return vault.AAD{Practice: practice, Table: "activity", Row: strconv.FormatInt(seq, 10)}
}

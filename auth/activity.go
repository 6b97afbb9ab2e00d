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
	EventUserAdded        Event = "user added"
	EventUserEdited       Event = "user edited"
	EventPasswordReset    Event = "password reset"
	EventTwoFactorReset   Event = "two-factor reset"
	EventUserDeactivated  Event = "user deactivated"
	EventUserReactivated  Event = "user reactivated"
	EventSessionsOutlived Event = "sessions of a closed program ended"
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

// appendEntry seals an entry and links it to the one before.
func (h *logHead) appendEntry(key vault.Key, practice string, e Entry) (ActivityRow, error) {
	plain, err := json.Marshal(e)
	if err != nil {
		return ActivityRow{}, fmt.Errorf("write activity: %w", err)
	}
	h.Count++
	row := ActivityRow{
		Seq:    h.Count,
		Sealed: key.Subkey("activity").Seal(plain, activityPlace(practice, h.Count)),
	}
	row.Chain = chainLink(key, h.Link, row)
	h.Link = row.Chain
	return row, nil
}

// chainLink is the keyed hash of an entry and of the link before it.
func chainLink(key vault.Key, before []byte, row ActivityRow) []byte {
	return key.Subkey("activity chain").MAC(before, binary.BigEndian.AppendUint64(nil, uint64(row.Seq)), row.Sealed)
}

func activityPlace(practice string, seq int64) vault.Place {
	return vault.Place{Practice: practice, Table: "activity", Row: strconv.FormatInt(seq, 10)}
}

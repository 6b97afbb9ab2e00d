package recovery

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
)

var atFront = sharing.Where{Kind: sharing.Desk, Address: "192.168.1.20", Server: "FRONT-PC"}

// TestBlockedByTheServer: each reason has its own words, and offers what helps; nothing is
// said of this computer's folder, and no backup is offered over what lies on the server.
func TestBlockedByTheServer(t *testing.T) {
	for _, c := range []struct {
		err     error
		where   sharing.Where
		heading string
		says    string
		address bool
		kit     bool // and the question whether to forget the practice: at a desk
		code    bool
		best    remedy
	}{
		{auth.ErrServer, atFront, "The practice's server does not answer",
			"192.168.1.20 does not answer. Is FRONT-PC switched on and in the same network?", true, true, true, remedyRetry},
		{auth.ErrServer, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "The practice's server does not answer",
			"db.example does not answer. Is the server switched on and in the same network?", true, false, false, remedyRetry},
		{auth.ErrServer, sharing.Where{Kind: sharing.Host}, "The practice's server does not answer", "This computer is the practice's server", false, false, false, remedyRetry},
		{fmt.Errorf("%w: %w", auth.ErrServer, sharing.ErrNotInstalled), sharing.Where{Kind: sharing.Host}, "The practice's server does not answer", "Install that version again.", false, false, false, remedyRetry},
		{auth.ErrOtherServer, sharing.Where{Kind: sharing.Host}, "This is not the practice's server", "Another program answers in the server's place", false, false, false, remedyRetry},
		{auth.ErrOtherServer, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "This is not the practice's server", "Another computer answers at db.example", true, false, false, remedyAddress},
		{&auth.NotLinkedError{}, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "The server does not let this computer in", "db.example refuses", false, false, false, remedyRetry},
		{auth.ErrBusy, sharing.Where{Kind: sharing.Managed}, "The practice's server is busy", "", false, false, false, remedyRetry},
		{auth.ErrDiskFull, sharing.Where{Kind: sharing.Host}, "The server's disk is full", "", false, false, false, remedyRetry},
		{auth.ErrReadOnly, atFront, "The server's disk is read-only", "", false, false, false, remedyRetry},
		{auth.ErrDisk, atFront, "The server's disk reports an error", "", false, false, false, remedyRetry},
		{auth.ErrOtherServer, atFront, "This is not the practice's server",
			"Another computer answers at 192.168.1.20, or the server was set up anew. Nothing was sent to it.", true, true, true, remedyAddress},
		{auth.ErrOlderServer, atFront, "The practice's server has an older Anteroom", "", false, false, false, remedyRetry},
		{auth.ErrManyDesks, atFront, "The server takes no more computers", "", false, false, false, remedyRetry},
		{auth.ErrNewerDatabase, atFront, "A newer Anteroom is needed", "was brought up to date by a newer Anteroom", false, false, false, remedyRetry},
		{auth.ErrNotLinked, atFront, "This computer was unlinked from the practice", "does not let this computer in any more", false, true, true, remedyLinkingCode},
	} {
		v := explainAt(fmt.Errorf("%w: open: %w", auth.ErrNoDatabase, c.err), c.where)
		want(t, "heading", v.Heading, c.heading)
		want(t, c.heading+" says "+v.Happened, strings.Contains(v.Happened, c.says), true)
		want(t, c.heading, [...]any{v.Address, v.Kit, v.Best, v.Restore, v.Folder, v.LinkingCode},
			[...]any{c.address, c.kit, c.best, false, false, c.code})
		want(t, c.heading+": forget", v.Forget, c.kit || c.where.Kind == sharing.Host && errors.Is(c.err, auth.ErrServer))
	}
}

// TestBlockedAtADesk: no backup is offered over what lies on the server; where the server
// lets a computer in whose key is lost, the kit and a code help.
func TestBlockedAtADesk(t *testing.T) {
	for _, err := range []error{auth.ErrDamaged, auth.ErrAnchor, auth.ErrRolledBack, keyring.ErrLocked, errors.New("unforeseen")} {
		v := explainAt(err, atFront)
		want(t, v.Heading, [...]any{v.Restore, v.Folder, v.OrElse}, [...]any{false, false, ""})
	}
	for _, where := range []sharing.Where{atFront, {Kind: sharing.Host}} { // what opens the server lies in the keyring, too
		v := explainAt(keyring.ErrLocked, where)
		want(t, v.Heading, [...]any{v.Kit, v.OrElse}, [...]any{false, ""})
		want(t, "damaged", explainAt(keyring.ErrDamaged, where).Kit, true)
	}
	note := explainAt(fmt.Errorf("%w: %w: it is empty", sharing.ErrNote, auth.ErrNoDatabase), sharing.Where{})
	want(t, note.Heading, [...]any{note.Forget, note.Kit, note.Restore}, [...]any{true, false, false})
	err := &auth.NotLinkedError{Practice: "Brook Street"}
	want(t, "managed", explainAt(err, sharing.Where{Kind: sharing.Managed}), explain(err))
}

// TestBlockedAlone: a practice on this computer is explained as ever.
func TestBlockedAlone(t *testing.T) {
	for _, err := range []error{auth.ErrNewerDatabase, auth.ErrNotLinked, auth.ErrBusy} {
		want(t, err.Error(), explainAt(err, sharing.Where{}), explain(err))
	}
}

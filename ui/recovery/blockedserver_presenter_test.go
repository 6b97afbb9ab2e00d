package recovery

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

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
		best    way
	}{
		{auth.ErrServer, atFront, "The practice's server does not answer",
			"192.168.1.20 does not answer. Is FRONT-PC switched on and in the same network?", true, true, true, wayRetry},
		{auth.ErrServer, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "The practice's server does not answer",
			"db.example does not answer. Is the server switched on and in the same network?", true, false, false, wayRetry},
		{auth.ErrServer, sharing.Where{Kind: sharing.Host}, "The practice's server does not answer", "This computer is the practice's server", false, false, false, wayRetry},
		{fmt.Errorf("%w: %w", auth.ErrServer, sharing.ErrNotInstalled), sharing.Where{Kind: sharing.Host}, "The practice's server does not answer", "Install that version again.", false, false, false, wayRetry},
		{auth.ErrOtherServer, sharing.Where{Kind: sharing.Host}, "This is not the practice's server", "Another program answers in the server's place", false, false, false, wayRetry},
		{auth.ErrOtherServer, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "This is not the practice's server", "Another computer answers at db.example", true, false, false, wayAddress},
		{&auth.NotLinkedError{}, sharing.Where{Kind: sharing.Managed, Address: "db.example"}, "The server does not let this computer in", "db.example refuses", false, false, false, wayRetry},
		{auth.ErrBusy, sharing.Where{Kind: sharing.Managed}, "The practice's server is busy", "", false, false, false, wayRetry},
		{auth.ErrDiskFull, sharing.Where{Kind: sharing.Host}, "The server's disk is full", "", false, false, false, wayRetry},
		{auth.ErrReadOnly, atFront, "The server's disk is read-only", "", false, false, false, wayRetry},
		{auth.ErrDisk, atFront, "The server's disk reports an error", "", false, false, false, wayRetry},
		{auth.ErrOtherServer, atFront, "This is not the practice's server",
			"Another computer answers at 192.168.1.20, or the server was set up anew. Nothing was sent to it.", true, true, true, wayAddress},
		{auth.ErrOlderServer, atFront, "The practice's server has an older Anteroom", "", false, false, false, wayRetry},
		{auth.ErrManyDesks, atFront, "The server takes no more computers", "", false, false, false, wayRetry},
		{auth.ErrNewerDatabase, atFront, "A newer Anteroom is needed", "was brought up to date by a newer Anteroom", false, false, false, wayRetry},
		{auth.ErrNotLinked, atFront, "This computer was unlinked from the practice", "does not let this computer in any more", false, true, true, wayLinkingCode},
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

// TestLockSaysOneThingOfTheServer: beside the field or below it, and nothing once it answers.
func TestLockSaysOneThingOfTheServer(t *testing.T) {
	d := newDesk(t)
	said := "The practice's server does not answer."
	l := &lock{server: func() string { return said }, now: time.Now}
	l.task = newTask(d.host, func() {})
	want(t, "below", l.view().Server, said)
	l.failed = failedAt(time.Now(), &auth.AwayError{Since: time.Now()})
	want(t, "both", [...]string{l.view().Server, l.view().Error}, [...]string{"", said})
}

// TestAddressIsTypedOver: what is typed first takes the place of the old address.
func TestAddressIsTypedOver(t *testing.T) {
	d := newDesk(t)
	var typed string
	done := false
	AskAddress(AddressParams{
		Host: d.host, Address: "192.0.2.2", Done: func() { done = true },
		Change: func(_ context.Context, address string) error { typed = address; return nil },
	})
	d.typeText("10.0.0.5")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the change", func() bool { return done })
	want(t, "address", typed, "10.0.0.5")
}

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
)

func TestBlockedHasItsOwnWordsForEveryReason(t *testing.T) {
	headings := map[string]error{}
	for _, err := range []error{
		auth.ErrNotLinked, auth.ErrDatabaseMissing, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrAnchor,
		auth.ErrNewerDatabase, auth.ErrDamaged, auth.ErrReadOnly, auth.ErrDiskFull, auth.ErrDisk, auth.ErrBusy, auth.ErrNotPrivate, auth.ErrRemote,
		keyring.ErrDamaged, keyring.ErrNoService, keyring.ErrNoCollection, keyring.ErrLocked, keyring.ErrDismissed, keyring.ErrNoAnswer,
		context.Canceled, errors.New("unforeseen"),
	} {
		v := explain(fmt.Errorf("open: %w", err))
		if v.Heading == "" || v.Happened == "" {
			t.Errorf("%v: %+v", err, v)
		}
		if other := headings[v.Heading]; other != nil {
			t.Errorf("%v and %v are both %q", err, other, v.Heading)
		}
		headings[v.Heading] = err
	}
}

func TestBlockedNamesBothDates(t *testing.T) {
	found := time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local)
	v := explain(&auth.RolledBackError{Found: found, Seen: found.Add(14 * time.Hour)})
	for _, date := range []string{"23 Nov 2026 at 17:40", "24 Nov 2026 at 7:40"} {
		if !strings.Contains(v.Happened, date) {
			t.Errorf("%q does not name %s", v.Happened, date)
		}
	}
}

// What helps most depends on what is wrong; the kit and a backup are always ways on,
// where they can be.
func TestBlockedOffersWhatHelps(t *testing.T) {
	for _, c := range []struct {
		err                        error
		kit, linkingCode, restores bool
		best                       way
	}{
		{&auth.NotLinkedError{}, true, true, true, wayKit},
		{auth.ErrDamaged, true, false, true, wayKit},
		{auth.ErrRolledBack, true, false, true, wayKit},
		{auth.ErrOtherHistory, true, false, true, wayKit},
		{auth.ErrAnchor, true, false, true, wayKit},
		{keyring.ErrDamaged, true, false, true, wayKit},
		{auth.ErrDatabaseMissing, false, false, true, wayRestore},
		{keyring.ErrNoService, true, false, true, wayRetry},
		{keyring.ErrNoCollection, true, false, true, wayRetry},
		{keyring.ErrLocked, true, false, true, wayRetry},
		{keyring.ErrDismissed, true, false, true, wayRetry},
		{keyring.ErrNoAnswer, true, false, true, wayRetry},
		{auth.ErrReadOnly, true, false, true, wayRetry},
		{auth.ErrDiskFull, true, false, true, wayRetry},
		{auth.ErrDisk, true, false, true, wayRetry},
		{auth.ErrBusy, true, false, true, wayRetry},
		{auth.ErrNewerDatabase, false, false, false, wayRetry},
		{context.Canceled, true, false, true, wayRetry},
		{&auth.CopyError{}, false, false, false, wayRetry},
		{auth.ErrNotPrivate, false, false, false, wayRetry},
		{auth.ErrRemote, false, false, false, wayRetry},
		{errors.New("unforeseen"), true, false, true, wayRetry},
	} {
		v := explain(fmt.Errorf("open: %w", c.err))
		got := [...]any{v.Kit, v.LinkingCode, v.Restore, v.Best}
		if want := [...]any{c.kit, c.linkingCode, c.restores, c.best}; got != want {
			t.Errorf("%v: kit, linking code, restore and best are %v, want %v", c.err, got, want)
		}
		if says := strings.Contains(v.ToDo+v.OrElse, "recovery kit"); says != (c.kit || c.restores) {
			t.Errorf("%v: says %q", c.err, v.ToDo+v.OrElse)
		}
		wrong := strings.Contains(v.OrElse, "what is wrong with the data")
		if fine := c.err == auth.ErrDiskFull || c.err == auth.ErrBusy || c.err == context.Canceled; fine && wrong { //nolint:errorlint // these very errors
			t.Errorf("%v: nothing is wrong with the data: %q", c.err, v.OrElse)
		}
	}
}

// Before a practice is set up nobody reads of a kit, which can't exist yet.
func TestBlockedBeforeTheFirstPractice(t *testing.T) {
	for _, err := range []error{
		keyring.ErrNoService, keyring.ErrNoCollection, keyring.ErrLocked, keyring.ErrDismissed, keyring.ErrNoAnswer,
		errors.New("unforeseen"),
	} {
		v := explain(fmt.Errorf("%w: look for a practice: %w", auth.ErrNoDatabase, err))
		got := [...]any{v.Kit, v.LinkingCode, v.Restore, v.Best}
		if want := [...]any{false, false, true, wayRetry}; got != want {
			t.Errorf("%v: kit, linking code, restore and best are %v, want %v", err, got, want)
		}
		if all := v.Heading + v.Happened + v.ToDo + v.OrElse; strings.Contains(all, "kit") {
			t.Errorf("%v: says %q", err, all)
		}
	}
}

func TestBlockedNamesThePractice(t *testing.T) {
	want(t, "heading", explain(&auth.NotLinkedError{Practice: "Brook Street"}).Heading, "This computer is not linked to Brook Street")
	want(t, "heading without a name", explain(&auth.NotLinkedError{}).Heading, "This computer is not linked to the practice")
}

// blockedDesk is the page, and what was pressed on it.
func blockedDesk(t *testing.T, err error) (d *desk, pressed *[]string) {
	d, pressed = newDesk(t), &[]string{}
	press := func(what string) func() { return func() { *pressed = append(*pressed, what) } }
	d.show(NewBlocked(BlockedParams{
		Host: d.host, Err: err, OnRetry: press("retry"), OnQuit: press("quit"),
		OnKit: press("kit"), OnLinkingCode: press("code"), OnRestore: press("restore"),
	}))
	return d, pressed
}

// TestBlockedByKeyboard: Enter does what helps most, and Tab leads to all else.
func TestBlockedByKeyboard(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string // Enter, then Enter after each Tab
	}{
		{auth.ErrNotLinked, "kit code restore quit retry kit"},
		{auth.ErrDamaged, "kit restore quit retry kit"},
		{auth.ErrDatabaseMissing, "restore quit retry restore"},
		{keyring.ErrLocked, "retry kit restore quit retry"},
		{auth.ErrDiskFull, "retry kit restore quit retry"},
		{fmt.Errorf("%w: %w", auth.ErrNoDatabase, keyring.ErrLocked), "retry restore quit retry"},
	} {
		d, pressed := blockedDesk(t, c.err)
		for range strings.Fields(c.want) {
			d.press(fyne.KeyReturn)
			d.window.Canvas().FocusNext()
		}
		want(t, fmt.Sprint(c.err), strings.Join(*pressed, " "), c.want)
	}
}

// Enter helps also where nothing has the focus.
func TestBlockedEnterWithoutFocus(t *testing.T) {
	d, pressed := blockedDesk(t, auth.ErrAnchor)
	d.window.Canvas().Unfocus()
	d.press(fyne.KeyReturn)
	want(t, "pressed", strings.Join(*pressed, " "), "kit")
}

// A way that leads nowhere is not offered.
func TestBlockedWithoutWays(t *testing.T) {
	d, retried := newDesk(t), 0
	s := NewBlocked(BlockedParams{Host: d.host, Err: auth.ErrNotLinked, OnRetry: func() { retried++ }, OnQuit: func() {}})
	d.show(s)
	want(t, "buttons", len(s.buttons), 1)
	d.press(fyne.KeyReturn)
	want(t, "retried", retried, 1)
}

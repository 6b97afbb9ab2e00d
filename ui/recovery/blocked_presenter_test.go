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
	"anteroom/ui/screen/screentest"
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
		best                       remedy
	}{
		{&auth.NotLinkedError{}, true, true, true, remedyKit},
		{auth.ErrDamaged, true, false, true, remedyKit},
		{auth.ErrRolledBack, true, false, true, remedyKit},
		{auth.ErrOtherHistory, true, false, true, remedyKit},
		{auth.ErrAnchor, true, false, true, remedyKit},
		{keyring.ErrDamaged, true, false, true, remedyKit},
		{auth.ErrDatabaseMissing, false, false, true, remedyRestore},
		{keyring.ErrNoService, true, false, true, remedyRetry},
		{keyring.ErrNoCollection, true, false, true, remedyRetry},
		{keyring.ErrLocked, true, false, true, remedyRetry},
		{keyring.ErrDismissed, true, false, true, remedyRetry},
		{keyring.ErrNoAnswer, true, false, true, remedyRetry},
		{auth.ErrReadOnly, true, false, true, remedyRetry},
		{auth.ErrDiskFull, true, false, true, remedyRetry},
		{auth.ErrDisk, true, false, true, remedyRetry},
		{auth.ErrBusy, true, false, true, remedyRetry},
		{auth.ErrNewerDatabase, false, false, false, remedyRetry},
		{context.Canceled, true, false, true, remedyRetry},
		{&auth.CopyError{}, false, false, false, remedyRetry},
		{auth.ErrNotPrivate, false, false, false, remedyRetry},
		{auth.ErrRemote, false, false, false, remedyRetry},
		{errors.New("unforeseen"), true, false, true, remedyRetry},
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
		if want := [...]any{false, false, true, remedyRetry}; got != want {
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
func blockedDesk(d *desk, err error) (pressed *[]string) {
	pressed = &[]string{}
	press := func(what string) func() { return func() { *pressed = append(*pressed, what) } }
	d.Show(NewBlocked(BlockedParams{
		Scope: d.Scope, Window: d.Window, Err: err, OnRetry: press("retry"), OnQuit: press("quit"),
		OnKit: press("kit"), OnLinkingCode: press("code"), OnRestore: press("restore"),
	}))
	return pressed
}

// TestBlockedByKeyboard: Enter does what helps most, and Tab leads to all else.
func TestBlockedByKeyboard(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
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
			d := w
			pressed := blockedDesk(d, c.err)
			for range strings.Fields(c.want) {
				d.Press(fyne.KeyReturn)
				d.Tab()
			}
			want(t, fmt.Sprint(c.err), strings.Join(*pressed, " "), c.want)
		}
	})
}

// Enter helps also where nothing has the focus.
func TestBlockedEnterWithoutFocus(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := w
		pressed := blockedDesk(d, auth.ErrAnchor)
		d.Window.Canvas().Unfocus()
		d.Press(fyne.KeyReturn)
		want(t, "pressed", strings.Join(*pressed, " "), "kit")
	})
}

// A way that leads nowhere is not offered.
func TestBlockedWithoutWays(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d, retried := w, 0
		s := NewBlocked(BlockedParams{Scope: d.Scope, Window: d.Window, Err: auth.ErrNotLinked, OnRetry: func() { retried++ }, OnQuit: func() {}})
		d.Show(s)
		want(t, "buttons", len(s.buttons), 1)
		d.Press(fyne.KeyReturn)
		want(t, "retried", retried, 1)
	})
}

package shell

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/data"
	"anteroom/ui/paper"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// doItToday leaves the kit's screen without a kit: past "Print" and "Save as PDF…".
func (o *office) doItToday() {
	o.t.Helper()
	o.until("the key", func() bool { return o.focused() != nil })
	o.window.window.Canvas().FocusNext()
	o.window.window.Canvas().FocusNext()
	want(o.t, "the way on", o.focused().(*widgets.Button).Text, "Print it later today")
	o.press(fyne.KeyReturn)
}

// setUpWithKit makes the practice and its kit without a window, and gives the key.
func (o *office) setUpWithKit() string {
	o.t.Helper()
	key, err := authtest.MakeKit(o.t.Context(), o.setUp())
	if err != nil {
		o.t.Fatal(err)
	}
	return key
}

// typeKit types the kit's key where it is asked for, and waits for what it opens.
func (o *office) typeKit(key string) {
	o.t.Helper()
	o.at(routeKitEntry)
	o.fill(key)
	o.at(routeRescue)
}

func TestTheKitIsAskedForUntilItIsThere(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.open()
		o.at(routeSetUp)
		o.fill("Brook Street", "Anna Smith", "asmith", password, password)
		o.at(routeKit)
		o.doItToday()
		o.at(routeFrontDesk)

		// The way from the front desk: the kit of this session still needs no step-up.
		o.window.nav.at.startKitFromDesk()
		o.at(routeKit)
		o.until("the key", func() bool { return o.focused() != nil })
		o.press(fyne.KeyEscape)
		o.at(routeFrontDesk)

		// Another day it is asked for at the sign-in, of who can make it.
		session := o.window.nav.endWorkspace(o.window.nav.at).session
		o.window.signIn.nextStep(auth.State{Step: auth.StepDone, Session: session, KitDue: true})
		o.at(routeKit)
		o.doItToday()
		o.at(routeFrontDesk)
	})
}

func TestNotLinkedThenTheKit(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		key := o.setUpWithKit()
		o.keyring = authtest.NewKeyring() // of another computer
		o.open()
		o.at(routeBlocked)
		if !errors.Is(o.window.untrusted, auth.ErrNotLinked) || o.window.practiceName() != "Brook Street" {
			t.Fatalf("%v, of %q", o.window.untrusted, o.window.practiceName())
		}
		o.press(fyne.KeyReturn) // "Use the recovery kit" has the focus
		o.at(routeKitEntry)
		o.press(fyne.KeyEscape)
		o.at(routeBlocked)
		o.press(fyne.KeyReturn)
		o.typeKit(key)
		o.press(fyne.KeyReturn)
		o.at(routeSignIn)
		want(t, "says that it is linked", o.shows(linkedNow()), true)
		o.signIn()
		o.window.Close()
	})
}

func TestNoKeyringForOneRun(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		key := o.setUpWithKit()
		before := o.keyring.Items()
		o.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
		o.open()
		o.at(routeBlocked)
		o.window.recovery.startKit()
		o.typeKit(key)
		o.press(fyne.KeyReturn)
		o.at(routeSignIn)
		want(t, "says that it is linked", o.shows(linkedNow()), false)
		o.signIn()
		if !o.window.practice.ForThisRun() {
			t.Error("it is not for this run only")
		}
		o.keyring.Fail = nil
		if now := o.keyring.Items(); len(now) != len(before) {
			t.Errorf("the keyring has %d items, before %d", len(now), len(before))
		}
	})
}

func TestLinkingCode(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		session := o.setUp()
		if err := session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		code, err := session.NewLinkingCode(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o.keyring = authtest.NewKeyring()
		o.open()
		o.at(routeBlocked)
		o.window.recovery.startLinkingCode()
		o.at(routeLinkingCode)
		o.fill(strings.Join(code.Groups, " "))
		o.signIn()
	})
}

func TestTheKitLetsAnAdminInAgain(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		key := o.setUpWithKit()
		o.open()
		o.at(routeSignIn)
		o.window.recovery.startKit() // from "Forgot password?"
		o.typeKit(key)
		o.window.window.Canvas().FocusNext() // from the primary button to "A Practice Admin can't sign in…"
		o.press(fyne.KeyReturn)
		o.at(routeRescueAdmin)
		const next = "nine amber lanterns drift"
		o.fill(next, next)
		o.at(routeSignIn)
		if !strings.Contains(o.window.signIn.entry.reason, "Anna Smith has a new password") {
			t.Errorf("the reason is %q", o.window.signIn.entry.reason)
		}
		o.fill("asmith", next)
		o.at(routeFrontDesk)
	})
}

// chooseBackup signs the admin in, who opens a backup that was made before.
func (o *office) chooseBackup() (auth.BackupFile, *auth.Restore) {
	o.t.Helper()
	ctx := o.t.Context()
	file, err := o.setUp().BackUp(ctx, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	o.open()
	o.signIn()
	mine := o.window.nav.at.session.session
	if err := mine.StepUp(ctx, password, ""); err != nil {
		o.t.Fatal(err)
	}
	restore, err := mine.OpenRestore(ctx, file.Path)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := restore.Confirm(ctx); err != nil {
		o.t.Fatal(err)
	}
	return file, restore
}

func TestRestoreByAnAdmin(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		_, restore := o.chooseBackup()
		o.window.recovery.restoreNow(restore)
		o.at(routeSignIn)
		if !strings.Contains(o.window.signIn.entry.reason, "was restored") || o.window.nav.at.session != nil {
			t.Errorf("the reason is %q, the session %v", o.window.signIn.entry.reason, o.window.nav.at.session)
		}
		o.signIn()
	})
}

func TestRestoreThatFailsSaysSo(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		file, restore := o.chooseBackup()
		o.memory.PutBackup(file, o.memory.Rows()) // another file by now
		o.window.recovery.restoreNow(restore)
		o.at(routeBlocked)
		o.press(fyne.KeyReturn) // "Try again"
		o.signIn()
	})
}

func TestAWindowFollowsARestoreElsewhere(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.window.nav.at.onEnded(auth.ErrReplaced)
		o.at(routeSignIn)
		if o.window.nav.at.session != nil {
			t.Error("the session goes on")
		}
		if !strings.HasPrefix(o.window.signIn.entry.reason, "While Anteroom was open, another file was put in the place of the practice's data") {
			t.Errorf("the reason is %q", o.window.signIn.entry.reason)
		}
		o.signIn()
		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		if o.window.signIn.entry.reason != "" {
			t.Errorf("later the reason is %q", o.window.signIn.entry.reason)
		}
	})
}

func TestTheDailyBackup(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn) // nobody need be signed in
		b, ctx := o.window.backups, o.window.ctx
		tick := func() {
			t.Helper()
			o.window.backUpIfDue(ctx, b)
			o.until("the tick to end", func() bool { return !b.working })
		}
		backups := func() int {
			files, _ := o.memory.Backups("")
			return len(files)
		}
		tick()
		if backups() != 0 {
			t.Error("a backup was made before a minute without a change")
		}
		if _, err := o.window.practice.NewAttempt().Password(t.Context(), "asmith", "wrong password here"); !errors.Is(err, auth.ErrCredentials) {
			t.Fatal(err)
		}
		tick()
		if backups() != 0 {
			t.Error("a backup was made while somebody is at work")
		}
		tick()
		tick()
		if backups() != 1 || o.window.backupProblem() != nil {
			t.Errorf("%d backups, %v", backups(), o.window.backupProblem())
		}
		if got := o.app.Preferences().String(keyBackupFolder); got != o.memory.BackupFolder() {
			t.Errorf("backups are looked for in %q", got)
		}
	})
}

func TestTheBackupThatFailsIsSaid(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		session := o.setUp()
		o.memory.Folders = []string{authtest.Path("/stick")}
		if err := session.StepUp(t.Context(), password, ""); err != nil {
			t.Fatal(err)
		}
		if err := session.SetBackupFolder(t.Context(), authtest.Path("/stick")); err != nil {
			t.Fatal(err)
		}
		o.memory.Folders = nil // it was pulled out
		o.open()
		o.at(routeSignIn)
		b, ctx := o.window.backups, o.window.ctx
		for range 2 {
			o.window.backUpIfDue(ctx, b)
			o.until("the tick to end", func() bool { return !b.working })
		}
		if !errors.Is(o.window.backupProblem(), auth.ErrFolder) {
			t.Fatalf("the problem is %v", o.window.backupProblem())
		}
		o.memory.Folders = []string{authtest.Path("/stick")}
		for range 2 {
			o.window.backUpIfDue(ctx, b)
			o.until("the tick to end", func() bool { return !b.working })
		}
		if o.window.backupProblem() != nil {
			t.Errorf("with the stick back: %v", o.window.backupProblem())
		}
	})
}

// TestBusyAllDay: somebody who always works does not keep the backup away.
func TestBusyAllDay(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		b, ctx := o.window.backups, o.window.ctx
		for range backupPatience + 2 {
			b.version = -1 // as if it had changed
			o.window.backUpIfDue(ctx, b)
			o.until("the tick to end", func() bool { return !b.working })
		}
		if files, _ := o.memory.Backups(""); len(files) != 1 {
			t.Errorf("%d backups", len(files))
		}
	})
}

// Pages in the viewer go with their desk, and come no more when it was locked or
// left meanwhile.
func TestPrintedPagesAreRemoved(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		ws, session, shown := o.window.nav.at, o.window.nav.at.session, 0
		var meanwhile func()
		o.window.paper = paper.NewFolder(o.window.params.PaperDir, func(string) error {
			shown++
			if meanwhile != nil {
				meanwhile()
			}
			return nil
		})
		show := func(ctx context.Context) error { return o.window.showPage(ctx, session, "codes.pdf", []byte("codes")) }
		pages := func() int {
			found, _ := filepath.Glob(filepath.Join(o.window.params.PaperDir, "*.pdf"))
			return len(found)
		}
		if err := show(t.Context()); err != nil || pages() != 1 {
			t.Fatalf("%v, %d pages", err, pages())
		}
		writing, goOn := o.holdWrites() // the lock writes that first
		session.desk.SetDraft("note", "half a sent")
		o.window.menu.lock.Action()
		<-writing
		if err := show(t.Context()); !errors.Is(err, auth.ErrLocked) || shown != 1 {
			t.Errorf("locked: %v, shown %d times", err, shown)
		}
		close(goOn)
		o.until("the page to go", func() bool { return pages() == 0 })
		o.unlock()
		left, leave := context.WithCancel(t.Context())
		meanwhile = leave
		if err := show(left); err != nil || shown != 2 {
			t.Fatalf("%v, shown %d times", err, shown)
		}
		o.until("a page whose screen was left to go", func() bool { return pages() == 0 })
		if err := show(left); !errors.Is(err, context.Canceled) || shown != 2 {
			t.Errorf("left: %v, shown %d times", err, shown)
		}
		if err := show(t.Context()); err != nil || pages() != 1 {
			t.Fatalf("%v, %d pages", err, pages())
		}
		o.window.nav.signOut(ws)
		o.until("the page to go", func() bool { return pages() == 0 })
	})
}

func TestPaperErrorsHaveSentences(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "kit.pdf")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		taken: "There is a file of this name already. Choose another name.",
		filepath.Join(t.TempDir(), "no", "kit.pdf"): "This folder is not there. Connect its drive, or choose another.",
	} {
		if got := words.Error(paperError(paper.NewFiles(t.TempDir()).Save(path, []byte("x")))); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := words.Error(paperError(paper.ErrViewer)); !strings.Contains(got, "Save it as a PDF instead") {
		t.Errorf("no viewer: %q", got)
	}
}

// Without a viewer the day can be saved instead, as the sentence says.
func TestDayIsSavedWhereNoViewerIs(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.window.paper = paper.NewFolder(o.window.params.PaperDir, func(string) error { return errors.New("none") })
		path := filepath.Join(t.TempDir(), "monday.pdf")
		o.window.nav.at.printDay(data.DateOf(time.Now()))
		o.until("the dialog", func() bool { return o.shows("It could not be printed") })
		o.press(fyne.KeyReturn)
		o.until("where to save it", func() bool { return o.shows("Save as PDF") })
		all[*widgets.PathField](o)[0].SetText(path)
		o.press(fyne.KeyReturn)
		o.until("the file", func() bool {
			_, err := os.Stat(path)
			return err == nil
		})
		o.until("the dialog to go", func() bool { return o.window.window.Canvas().Overlays().Top() == nil })
		o.until("that it is saved", func() bool { return o.shows("Saved as " + path + ".") })
	})
}

// TestPrintingSaysThatTheViewerHasThePage on the page that it began on.
func TestPrintingSaysThatTheViewerHasThePage(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.paper = paper.NewFolder(o.window.params.PaperDir, func(string) error { return nil })
		o.fillDesk()
		o.printDay()
		want(t, "below the day", o.shows("The page is open in the viewer. Print it there."), true)
		o.desk().Find()
		test.Type(o.focused(), "an")
		o.Settle()
		o.press(fyne.KeyReturn)
		o.pass(time.Second)
		want(t, "on a patient's page", o.shows("The page is open in the viewer. Print it there."), false)
		o.tap("Print next appointments")
		o.pass(time.Second)
		want(t, "on a patient's page, printed", o.shows("The page is open in the viewer. Print it there."), true)
		o.desk().ShowPatients()
		o.Settle()
		o.printDay()
		want(t, "from the list of patients", o.shows("The page is open in the viewer. Print it there."), true)
	})
}

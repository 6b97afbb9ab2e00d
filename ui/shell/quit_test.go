package shell

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/sharing"
)

// writes has the window write a file until go is closed or gets an error.
func (o *office) writes(path string) (goOn chan error, saved <-chan error) {
	begun, done := make(chan struct{}), make(chan error, 1)
	goOn = make(chan error)
	files := o.window.files
	go func() {
		done <- files.SaveStream(path, func(w io.Writer) error {
			close(begun)
			err := <-goOn
			_, writeErr := io.WriteString(w, "whole")
			return errors.Join(err, writeErr)
		})
	}()
	<-begun
	return goOn, done
}

// TestQuittingWaitsForAFile: who quits while a file is being written is told which,
// and the window closes once it is whole; or at once, and then there is none.
func TestQuittingWaitsForAFile(t *testing.T) {
	for _, stops := range []bool{false, true} {
		inOffice(t, func(t *testing.T, o *office) {
			path := filepath.Join(o.t.TempDir(), "patients.csv")
			goOn, saved := o.writes(path)
			session := o.window.nav.at.session.session
			closed := false
			o.window.window.SetOnClosed(func() { closed = true })
			o.window.Close()
			o.window.Close()
			if closed || !o.shows("A file is being written") {
				t.Fatalf("closed: %v, shown is %q", closed, o.texts())
			}
			if err := session.Check(t.Context()); err != nil {
				t.Errorf("the session says %v", err)
			}
			o.press(fyne.KeyEscape) // it goes on
			o.Run()
			if closed || o.shows("A file is being written") {
				t.Errorf("closed: %v, shown is %q", closed, o.texts())
			}
			o.window.Close()
			if stops {
				o.tab(1)
				o.press(fyne.KeyReturn)
				goOn <- errors.New("stopped")
			} else {
				goOn <- nil
			}
			o.until("the window to close", func() bool { return closed })
			content, err := os.ReadFile(path)
			if stops != errors.Is(err, os.ErrNotExist) || !stops && string(content) != "whole" {
				t.Errorf("stopped: %v, the file has %q, %v", stops, content, err)
			}
			if err := <-saved; stops != (err != nil) {
				t.Errorf("stopped: %v, %v", stops, err)
			}
			if err := session.Check(t.Context()); !errors.Is(err, auth.ErrSessionEnded) {
				t.Errorf("the session says %v", err)
			}
		})
	}
}

// TestQuittingTheServer: at the practice's server the window says that the others go on, and
// closes when that is answered; at any other computer it closes at once.
func TestQuittingTheServer(t *testing.T) {
	for kind, asks := range map[sharing.Kind]bool{sharing.Alone: false, sharing.Desk: false, sharing.Managed: false, sharing.Host: true} {
		inNewOffice(t, func(t *testing.T, o *office) {
			o.server = &movedServer{where: sharing.Where{Kind: kind, Address: "192.168.1.20"}}
			o.setUp()
			o.open()
			o.signIn()
			closed := false
			o.window.window.SetOnClosed(func() { closed = true })
			o.window.Close()
			o.window.Close()
			o.Run()
			if asks {
				if said := strings.Join(o.texts(), " "); closed || !strings.Contains(said, "Other computers go on working.") {
					t.Fatalf("closed: %v, shown is %q", closed, said)
				}
				o.press(fyne.KeyEscape)
				o.Run()
				if closed || o.shows("Quit Anteroom?") {
					t.Fatalf("closed: %v, shown is %q", closed, o.texts())
				}
				o.window.Close()
				o.press(fyne.KeyReturn)
			}
			o.until("the window to close", func() bool { return closed })
		})
	}
}

// TestQuittingTheServerWhileItIsAway: nobody goes on working then.
func TestQuittingTheServerWhileItIsAway(t *testing.T) {
	inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
		o.server = &movedServer{where: sharing.Where{Kind: sharing.Host, Address: "192.168.1.20"}}
		o.window.params.Server = o.server
		for _, away := range []bool{true, false} {
			if away {
				server.Stop(auth.ErrServer)
			} else {
				server.Answer()
			}
			o.pass(12 * time.Second)
			o.window.Close()
			o.Run()
			want(t, "asked", o.shows("Quit Anteroom?"), true)
			want(t, "others go on", o.shows("Other computers go on working."), !away)
			o.press(fyne.KeyEscape)
			o.Run()
		}
	})
}

// TestSwitchingWithdrawsTheQuestionWhetherToQuit: what was asked while the practice was copied
// ends nothing while it is switched over, neither by its button nor once the file is whole.
func TestSwitchingWithdrawsTheQuestionWhetherToQuit(t *testing.T) {
	for _, writes := range []bool{false, true} {
		inNewOffice(t, func(t *testing.T, o *office) {
			o.server = &movedServer{where: sharing.Where{Kind: sharing.Host, Address: "192.168.1.20"}}
			o.setUp()
			o.open()
			o.signIn()
			closed := false
			o.window.window.SetOnClosed(func() { closed = true })
			asked := "Quit Anteroom?"
			end := func() {}
			if writes {
				goOn, _ := o.writes(filepath.Join(o.t.TempDir(), "patients.csv"))
				end, asked = func() { goOn <- nil }, "A file is being written"
			}
			o.window.Close()
			o.Run()
			want(t, "asked before", o.shows(asked), true)
			o.window.setSwitching(true)
			o.Run()
			want(t, "asked while it is switched over", o.shows(asked), false)
			o.press(fyne.KeyReturn)
			end()
			o.pass(closeTime)
			want(t, "closed", closed || o.window.ctx.Err() != nil, false)
			o.window.setSwitching(false)
			o.close()
			want(t, "closed afterwards", closed, true)
		})
	}
}

// TestQuitsWhereADiskHangs: the time for signing out is not spent on a file that
// does not end.
func TestQuitsWhereADiskHangs(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		goOn, _ := o.writes(filepath.Join(o.t.TempDir(), "patients.csv"))
		defer close(goOn)
		session := o.window.nav.at.session.session
		closed := false
		o.window.window.SetOnClosed(func() { closed = true })
		o.window.Close()
		o.tab(1)
		o.press(fyne.KeyReturn)
		o.until("the session to end", func() bool { return errors.Is(session.Check(t.Context()), auth.ErrSessionEnded) })
		o.pass(closeTime)
		if !closed {
			t.Error("the window is there")
		}
	})
}

// TestStaysWhereAFileIsNotWhole: a file that could not be written ends no program.
func TestStaysWhereAFileIsNotWhole(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		goOn, saved := o.writes(filepath.Join(o.t.TempDir(), "patients.csv"))
		closed := false
		o.window.window.SetOnClosed(func() { closed = true })
		o.window.Close()
		goOn <- errors.New("the stick was pulled out")
		<-saved
		o.until("the question to go", func() bool { return !o.shows("A file is being written") })
		o.pass(closeTime)
		if closed || o.window.ctx.Err() != nil {
			t.Fatal("the window was closed")
		}
		o.close()
		if !closed {
			t.Error("then it does not close")
		}
	})
}

// TestTheQuestionWhetherToQuitGoesWithWhoWasAsked: where the window shows something
// else, it asks anew, and quits under nobody else.
func TestTheQuestionWhetherToQuitGoesWithWhoWasAsked(t *testing.T) {
	const asked = "A file is being written"
	for what, leave := range map[string]func(o *office){
		"lock":    func(o *office) { o.window.lock.lockNow() },
		"switch":  func(o *office) { o.window.lock.startSwitch() },
		"end":     func(o *office) { o.window.nav.at.onEnded(auth.ErrSessionEnded) },
		"a route": func(o *office) { o.window.nav.at.openAccount() },
	} {
		inOffice(t, func(t *testing.T, o *office) {
			goOn, saved := o.writes(filepath.Join(o.t.TempDir(), "patients.csv"))
			closed := false
			o.window.window.SetOnClosed(func() { closed = true })
			o.window.Close()
			desk := o.window.nav.at
			leave(o)
			o.Run()
			if o.shows(asked) || len(desk.proxy.canvas.overlays.all) > 0 {
				t.Errorf("%s: the question stays: %q", what, o.texts())
			}
			o.window.Close()
			if !o.shows(asked) {
				t.Errorf("%s: it is not asked again: %q", what, o.texts())
			}
			o.press(fyne.KeyEscape)
			goOn <- nil
			if err := <-saved; err != nil {
				t.Error(err)
			}
			o.pass(closeTime)
			if closed {
				t.Errorf("%s: it closed by itself", what)
			}
		})
	}
}

// TestNamesWhatIsLeft: somebody has to delete what can't be removed.
func TestNamesWhatIsLeft(t *testing.T) {
	if got := unfinishedText([]string{"/a"}, []string{"/b", "/c"}); !strings.Contains(got, "is removed: /a ") || !strings.Contains(got, "delete it yourself: /b, /c") {
		t.Errorf("it says %q", got)
	}
}

// TestSaysWhatWasHalf: the next start removes what a program that was killed left
// of a file, and the sign-in names it until somebody is in.
func TestSaysWhatWasHalf(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		part := filepath.Join(o.t.TempDir(), "patients.csv.ABCDEFGH.part")
		if err := errors.Join(os.WriteFile(part, []byte("Ola Nordmann"), 0o600), os.WriteFile(filepath.Join(o.notes, "n"), []byte("\x00"+part), 0o600)); err != nil {
			t.Fatal(err)
		}
		o.open()
		said := "Anteroom ended while it wrote a file."
		o.until("the sign-in to say so", func() bool { return o.window.nav.at.route == routeSignIn && o.shows(said) })
		if !strings.Contains(strings.Join(o.texts(), ""), "ABCDEFGH.part") { // over two lines or one
			t.Errorf("it does not name it: %q", o.texts())
		}
		if _, err := os.Stat(part); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("it is there: %v", err)
		}
		if len(o.window.nav.at.proxy.canvas.overlays.all) > 0 { // it came after the sign-in
			o.press(fyne.KeyEscape)
		}
		o.signIn()
		o.window.nav.signOut(o.window.nav.at)
		o.at(routeSignIn)
		if o.shows(said) {
			t.Error("it is said for ever")
		}
	})
}

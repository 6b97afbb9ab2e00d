//go:build journey || bench

package journey

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
)

// The faults that a practice can meet, and what a thief would try, each for real.

func (j *journey) database() string { return filepath.Join(j.folder("data"), "anteroom.db") }

// tamper puts other databases in the place of the practice's own.
func (j *journey) tamper() {
	j.Key("ctrl+q") // the end of a program leaves all in the one file
	j.waitFor(j.window)
	good := j.readFile(j.database())

	j.openAgain()
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Key("ctrl+q")
	j.waitFor(j.window)
	newer := j.readFile(j.database())

	j.tryDatabase(good, "The practice's data is too old")
	j.Shot("older-database")

	edited := bytes.Clone(newer)
	for i := 4096; i < len(edited); i++ { // past the schema: every page with content
		edited[i] ^= 1
	}
	j.tryDatabase(edited, "The practice's data is damaged")
	j.Shot("edited-database")

	j.tryDatabase(nil, "The practice's data is missing")
	j.Shot("missing-database")

	j.tryDatabase(newer, "Sign in to")
}

// tryDatabase starts with this database, or none, and waits for what the window says.
func (j *journey) tryDatabase(content []byte, says string) {
	j.Helper()
	j.window.kill()
	for _, rest := range []string{"", "-wal", "-shm"} {
		os.Remove(j.database() + rest)
	}
	if content != nil {
		if err := os.WriteFile(j.database(), content, 0o600); err != nil {
			j.Fatal(err)
		}
	}
	j.openAgain()
	j.WaitFor(says)
}

// openAgain starts the program anew, straight away.
func (j *journey) openAgain() {
	j.Helper()
	j.window = j.startAnteroom()
}

// silentKeyring stops the keyring's process: the window says what it waits for, stays alive, and
// goes on when the keyring does.
func (j *journey) silentKeyring() {
	j.window.kill()
	j.signalKeyring(syscall.SIGSTOP)
	defer j.signalKeyring(syscall.SIGCONT)
	j.openAgain()
	j.WaitFor("Waiting for the keyring", "Cancel")
	j.Shot("waiting-for-keyring")
	j.Key("Escape")
	j.WaitFor("Try again")
	j.Shot("keyring-cancelled")
	j.signalKeyring(syscall.SIGCONT)
	j.Key("Return")
	j.WaitFor("Sign in to", "Username")
	j.Fill(j.anna.username, "not the password")
	j.WaitFor("Username or password is wrong")
	j.Shot("wrong-password")
}

func (j *journey) signalKeyring(s syscall.Signal) {
	j.Helper()
	if err := syscall.Kill(j.keys.cmd.Process.Pid, s); err != nil {
		j.Fatal(err)
	}
}

func (j *journey) readFile(path string) []byte {
	j.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		j.Fatal(err)
	}
	return content
}

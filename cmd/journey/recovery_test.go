//go:build journey || bench

package journey

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// What a practice does when something is lost.

// makeKit prints the recovery kit, reads its page and types the last group back.
func (j *journey) makeKit() {
	j.WaitFor("Recovery kit", "Kit number", "Print", "Print it later today")
	j.Shot("kit")
	j.Key("Return") // "Print" has the focus
	j.WaitFor("open in the viewer")
	j.kit = j.readKit()
	j.Key("Tab", "Tab", "Tab", "Return") // past "Save as PDF…" and "Print it later today"
	j.WaitFor("The key is hidden now", "Type the last group")
	j.Fill("ABCDE")
	j.WaitFor("That is not the last group")
	j.Shot("kit-type-back")
	j.Key("ctrl+a")
	j.Fill(strings.ToLower(j.kit[7])) // however it is typed
}

// readKit reads the key off the page that the viewer shows.
func (j *journey) readKit() []string {
	j.Helper()
	var text string
	j.until(usualWait, "the page in the viewer", func() bool {
		out, err := j.try("pdftotext", "-layout", j.shown(), "-")
		text = out
		return err == nil && strings.Contains(text, "Recovery kit")
	})
	groups := regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{5}\b`).FindAllString(text, -1)
	if len(groups) != 8 || !strings.Contains(text, j.practice) {
		j.Fatalf("the kit's page has %d groups:\n%s", len(groups), text)
	}
	return groups
}

// at is the journey at another account, with the same people and papers.
func (j *journey) at(d *desk) *journey {
	return &journey{desk: d, practice: j.practice, anna: j.anna, ben: j.ben, kit: j.kit}
}

// signInWithCode takes Anna through password and code.
func (j *journey) signInWithCode() {
	j.Helper()
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.atFrontDesk(&j.anna)
}

// signInToThePast is signInWithCode where the practice went back to older data: what could have
// been spent since is void, so that Anna gets new recovery codes.
func (j *journey) signInToThePast() {
	j.Helper()
	j.anna.phone.usedNow()
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.keepCodes(&j.anna)
	j.atFrontDesk(&j.anna)
}

// typeKit types the kit's key where it is asked for.
func (j *journey) typeKit() {
	j.Helper()
	j.WaitFor("Use the recovery kit", "Eight groups")
	j.Fill(strings.Join(j.kit, " "))
}

// linkAnother makes a backup, and a code that links a second account on the same folder.
func (j *journey) linkAnother() {
	j.window.kill()
	j.openAgain()
	j.signInWithCode()
	j.openSettings("Backup")
	j.WaitFor("Back up now", "Change folder…")
	j.Key("shift+Tab", "shift+Tab", "Return") // from the list, past "Change folder…"
	j.WaitFor("Backup made")
	j.Shot("backup")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)

	j.openSettings("Computers")
	j.WaitFor("Linking code…", "this computer")
	j.Shot("computers")
	j.Key("shift+Tab", "Return") // from the list; no step-up: the sign-in with a code was just now
	j.WaitFor("within ten minutes")
	j.Shot("linking-code")
	code := j.Copied(func() { j.Key("Return") }) // "Copy" has the focus
	j.Key("Escape")
	j.quit()

	other := j.at(j.anotherAccount())
	other.window = other.startOn(j.folder("data"))
	other.WaitFor("This computer is not linked to", j.practice, "Use the recovery kit", "Use a linking code")
	other.Shot("not-linked")
	other.Key("Tab", "Return") // from "Use the recovery kit" to the first button
	other.WaitFor("Use a linking code", "ten minutes")
	other.Shot("use-linking-code")
	other.Fill(code)
	other.WaitFor("Sign in to", "linked now")
	other.signIn(&j.ben)
	other.WaitFor("Enter Auth Code")
	other.window.kill()
}

// copiedElsewhere takes the data folder to another computer.
func (j *journey) copiedElsewhere() {
	other := j.at(j.anotherAccount())
	j.copyData(other)
	other.window = other.startAnteroom()
	other.WaitFor("This computer is not linked to", j.practice)
	other.findsNothing(other.home)

	other.Key("Return") // "Use the recovery kit" has the focus
	other.WaitFor("Use the recovery kit", "Key")
	slip := append([]string{}, j.kit...)
	slip[3] = slip[3][:4] + another(slip[3][4:])
	other.Fill(strings.Join(slip, "-"))
	other.WaitFor("Group 4 has a slip")
	other.Shot("kit-slip")
	other.Key("ctrl+a")
	other.Fill(strings.ToLower(strings.Join(j.kit, "")))
	other.WaitFor("Link this computer")
	other.Shot("kit-fits")
	other.Key("Return")
	other.signInWithCode()
	other.WaitFor("The recovery kit linked")
	other.Shot("news-of-the-kit")
	other.quit()
	j.anna.phone = other.anna.phone
}

// emptiedKeyring deletes the account's keyring entries.
func (j *journey) emptiedKeyring() {
	j.tool("secret-tool", "clear", "service", "Anteroom")
	j.openAgain()
	j.WaitFor("This computer is not linked to")
	j.Key("Return")
	j.typeKit()
	j.WaitFor("Link this computer")
	j.Key("Return")
	j.signInWithCode()
	j.quit()
	j.openAgain() // from here on the keyring is enough again
	j.WaitFor("Sign in to")
	j.quit()
}

// noKeyring starts where no keyring answers.
func (j *journey) noKeyring() {
	bare := *j.desk
	for _, v := range j.env {
		if !strings.HasPrefix(v, "DBUS_SESSION_BUS_ADDRESS=") {
			bare.env = append(bare.env[:len(bare.env):len(bare.env)], v)
		}
	}
	bare.env = append(bare.env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(j.home, "no-bus"))
	other := j.at(&bare)
	other.window = other.startAnteroom()
	other.WaitFor("This computer has no keyring", "Use the recovery kit")
	other.Shot("no-keyring")
	other.Key("Tab", "Return") // from "Try again" to the first button
	other.typeKit()
	other.WaitFor("Open for this run")
	other.Key("Return")
	other.signInWithCode()
	other.WaitFor("for this run only")
	other.Shot("for-this-run")
	other.quit()
	j.anna.phone = other.anna.phone

	j.openAgain()
	j.WaitFor("Sign in to")
	j.quit()
}

// acceptOlder puts an older database back and opens it with the kit.
func (j *journey) acceptOlder() {
	older := j.readFile(j.database())
	j.openAgain()
	j.signInWithCode()
	j.quit()
	j.tryDatabase(older, "The practice's data is too old")
	j.Key("Return") // "Use the recovery kit" has the focus
	j.typeKit()
	j.WaitFor("Type OLDER")
	j.Shot("older-with-kit")
	j.Fill("older")
	j.WaitFor("Sign in to", "Username")
	j.signInToThePast()
	j.WaitFor("Older data was opened")
	j.quit()
}

// restoreOnEmpty takes the backup, and nothing else, to a computer that never saw the practice.
func (j *journey) restoreOnEmpty() {
	other := j.at(j.anotherAccount())
	stick := other.folder("stick")
	for _, path := range j.backups() {
		content := j.readFile(path)
		if err := os.WriteFile(filepath.Join(stick, filepath.Base(path)), content, 0o600); err != nil {
			j.Fatal(err)
		}
	}
	other.window = other.startAnteroom()
	other.WaitFor("Set up your practice", "Restore a practice from a backup")
	other.Key("shift+Tab", "shift+Tab", "Return") // from the first field to what comes last but one
	other.WaitFor("Restore a backup", "This folder is not there")
	other.Key("ctrl+a") // the folder has the focus, as there is nothing to choose
	other.Fill(stick)
	other.WaitFor("today")
	other.Shot("restore-choose")
	other.Key("shift+Tab", "Return") // to the list; Enter looks inside
	other.typeKit()
	other.WaitFor("Restore this backup?", j.practice)
	other.Shot("restore-preview")
	other.Key("Tab", "Return") // past "Back", which has the focus
	other.WaitFor("was restored", "Sign in to")
	other.Shot("restored")
	other.signInToThePast()
	other.quit()
	j.anna.phone = other.anna.phone
}

// letAdminIn is for an admin who has lost phone and password.
func (j *journey) letAdminIn() {
	j.openAgain()
	j.WaitFor("Sign in to", "Forgot password?")
	j.Key("Tab", "Tab", "Return")
	j.WaitFor("Forgot your password?")
	j.Key("Tab", "Return") // past "Close", which has the focus
	j.typeKit()
	j.WaitFor("A Practice Admin can't sign in")
	j.Key("Tab", "Return") // from the primary button to the first link
	j.WaitFor("Set password", "Practice Admin")
	j.Shot("let-admin-in")
	j.anna.password = "nine amber lanterns drift"
	j.Fill(j.anna.password, j.anna.password)
	j.WaitFor("has a new password")
	j.signIn(&j.anna)
	j.enrol(&j.anna)
	j.keepCodes(&j.anna)
	j.atFrontDesk(&j.anna)
	j.WaitFor("let in again with the recovery kit")
	j.Shot("admin-let-in")
	j.signOut()
	j.findsNothing(j.home) // with the latest changes still beside the database
	j.quit()
}

// searchFiles looks for what nobody may find in the program's files.
func (j *journey) searchFiles() { j.findsNothing(j.home) }

// findsNothing searches every file under a folder for all that the practice and its people would
// keep to themselves. The practice's name is no secret.
func (j *journey) findsNothing(folder string) {
	j.Helper()
	secrets := []string{
		j.anna.name, j.anna.username, j.anna.password, j.ben.name, j.ben.username, j.ben.password,
		"seven quiet herons wade", "Lost the old phone", "otpauth",
		strings.Join(j.kit, ""), strings.Join(j.kit, " "), strings.Join(j.kit, "-"),
		j.kit[0], j.kit[7],
	}
	for _, p := range []*phone{j.anna.phone, j.ben.phone} {
		if p != nil {
			secrets = append(secrets, p.secret)
		}
	}
	named := 0 // files with the practice's name, which shows that the search finds what is there
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || j.isOurs(path) {
			return err
		}
		content := bytes.ToLower(j.readFile(path))
		if bytes.Contains(content, bytes.ToLower([]byte(j.practice))) {
			named++
		}
		for _, secret := range secrets {
			if bytes.Contains(content, bytes.ToLower([]byte(secret))) {
				j.Errorf("%s holds %q", path, secret)
			}
		}
		return nil
	})
	if err != nil || named == 0 {
		j.Fatalf("the practice's name in %d files: %v", named, err)
	}
	if pages, _ := filepath.Glob(filepath.Join(folder, "run", "anteroom-paper", "*")); len(pages) > 0 {
		j.Errorf("a printed page is left: %v", pages)
	}
}

// isOurs says whether a file is the test's own, or the keyring's, which is another program's.
func (j *journey) isOurs(path string) bool {
	for _, own := range []string{"viewer", "Xvfb_screen0", filepath.Join("share", "keyrings")} {
		if strings.HasPrefix(path, filepath.Join(j.home, own)) {
			return true
		}
	}
	return false
}

// backups are the practice's, the newest last.
func (j *journey) backups() []string {
	j.Helper()
	found, err := filepath.Glob(filepath.Join(j.folder("data"), "backups", "anteroom-*.backup"))
	if err != nil || len(found) == 0 {
		j.Fatalf("backups: %v, %v", found, err)
	}
	return found
}

// copyData copies the data folder to another account, as it lies there.
func (j *journey) copyData(other *journey) {
	j.Helper()
	to := filepath.Join(other.home, "data")
	if err := os.CopyFS(to, os.DirFS(j.folder("data"))); err != nil {
		j.Fatal(err)
	}
}

// quit ends the program as people do.
func (j *journey) quit() {
	j.Helper()
	j.Key("ctrl+q")
	j.waitFor(j.window)
}

// another is another symbol than this one.
func another(symbol string) string {
	if symbol == "7" {
		return "8"
	}
	return "7"
}

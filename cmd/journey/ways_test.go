//go:build journey || bench

package journey

// The ways that several steps take. Where a screen changes, it changes here.

// atFrontDesk waits for the page after the sign-in, with this person signed in.
func (j *journey) atFrontDesk(p *person) {
	j.Helper()
	j.WaitFor(p.name, "Walk-in", "Waiting")
}

// signIn types name and password; what comes then depends on the policy.
func (j *journey) signIn(p *person) {
	j.Helper()
	j.WaitFor("Sign in to", "Username", "Password")
	j.Fill(p.username, p.password)
}

func (j *journey) signOut() {
	j.Helper()
	j.Key("ctrl+shift+o")
	j.WaitFor("Sign in to", "Username")
}

// openSettings goes to a pane of the settings, from wherever a menu key works.
func (j *journey) openSettings(pane string) {
	j.Helper()
	j.Key("ctrl+comma")
	j.WaitFor("Practice details", "Users")
	for _, below := range []string{"General", "Recovery", "Practitioners", "Appointments", "Server", "Users", "Computers", "Activity", "Backup", "Import and export"} {
		if below == pane {
			break
		}
		j.Key("Down") // the list begins at General
	}
	j.Key("Return")
}

// stepUp says once more who is there.
func (j *journey) stepUp(p *person) {
	j.Helper()
	j.WaitFor("Confirm it is you")
	j.ShotOnce("step-up")
	j.Fill(p.password)
}

// enrol scans the barcode and confirms the first code. Pictures of it are of a key that is used
// nowhere else.
func (j *journey) enrol(p *person) {
	j.Helper()
	j.WaitFor("Set up two-factor authentication", "Scan Barcode", "Enter the code the app shows")
	j.Shot("enrol-" + p.username)
	p.phone = j.Scan()
	if p.phone.issuer != j.practice || p.phone.account != p.username {
		j.Fatalf("the barcode is for %q at %q", p.phone.account, p.phone.issuer)
	}
	j.Type(j.NextCode(p.phone)) // the sixth digit confirms
}

// retype types a code in place of the one that was refused.
func (j *journey) retype(code string) {
	j.Helper()
	j.Key("ctrl+a")
	j.Type(code)
}

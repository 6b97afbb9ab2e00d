package help

import "fyne.io/fyne/v2/lang"

// entered are the keys of a screen that is filled in and goes on.
func entered(goesOn string) []Group {
	return []Group{{Keys: []Key{key("Enter", goesOn), key("Esc", lang.L("Go back"))}}}
}

// signInTopics are those of the way in, and of the lock.
func signInTopics() []Topic {
	return []Topic{{
		ID: SignIn, Title: lang.L("Sign in"),
		Text: []string{
			lang.L("Type your username and your password. Where the practice asks for it, an Auth Code from your phone comes next."),
			lang.L("A Practice Admin can give you a new password if you forgot yours. After several wrong ones there is a wait, which grows."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Sign in")),
			key("Ctrl+Shift+P", lang.L("Show or hide the password")),
			key("Esc", lang.L("Empty the fields")),
		}}},
	}, {
		ID: AuthCode, Title: lang.L("Enter Auth Code"),
		Text: []string{
			lang.L("Open the authenticator app on your phone and type the six digits that it shows for this practice. The sixth digit sends them. Each code counts once; the next one comes within 30 seconds."),
			lang.L("Without your phone, use one of your recovery codes, or ask an admin for help."),
		},
		Groups: entered(lang.L("Verify the code")),
	}, {
		ID: RecoveryCode, Title: lang.L("Use a recovery code"),
		Text: []string{
			lang.L("For when your phone is not at hand. Type one of your ten recovery codes, or the eight digits that a Practice Admin reads out to you."),
			lang.L("It lets you in this once. Your phone goes on working as before."),
		},
		Groups: entered(lang.L("Verify the code")),
	}, {
		ID: HandOver, Title: lang.L("Hand-over code"),
		Text: []string{
			lang.L("A Practice Admin has reset your two-factor authentication. Type the eight digits that they gave you; then you set up your new phone."),
		},
		Groups: entered(lang.L("Continue")),
	}, {
		ID: TwoCodes, Title: lang.L("Enter two codes"),
		Text: []string{
			lang.L("This computer's clock is off, so one code does not say enough. Type the code that your app shows, wait for the next one, and type that too."),
			lang.L("Better is to set the clock right. Every Practice Admin is told."),
		},
		Groups: entered(lang.L("Verify the codes")),
	}, {
		ID: NewPassword, Title: lang.L("Choose your own password"),
		Text: []string{
			lang.L("You signed in with a one-time password. Choose one that only you know: at least 12 characters. A few words in a row are easy to remember."),
		},
		Groups: entered(lang.L("Save the password")),
	}, {
		ID: Enrolment, Title: lang.L("Set up two-factor authentication"),
		Text: []string{
			lang.L("Install an authenticator app on your phone, scan the barcode with it, and type the code that the app shows. If you can't scan, type the key that stands below."),
			lang.L("Then you get ten recovery codes, for days without your phone. If you leave before the end, nothing has changed, and the next sign-in begins it again."),
		},
		Groups: entered(lang.L("Confirm the code")),
	}, {
		ID: RecoveryCodes, Title: lang.L("Your recovery codes"),
		Text: []string{
			lang.L("Each of these codes lets you in once when your phone is not at hand. They are shown only now: print them, save them or write them down, and keep them away from this computer."),
		},
		Groups: []Group{{Keys: []Key{key("Tab", lang.L("From one button to the next")), key("Enter", lang.L("Press the button that is lit"))}}},
	}, {
		ID: ChangePassword, Title: lang.L("Change password"),
		Text: []string{
			lang.L("Type your present password, then a new one twice: at least 12 characters. Everywhere else you are signed out."),
		},
		Groups: entered(lang.L("Save the password")),
	}, {
		ID: Lock, Title: lang.L("Locked"),
		Text: []string{
			lang.L("Your work is as you left it. Your password alone opens it again, until a day after you signed in."),
			lang.L("Somebody else can use this window with “Switch user”; your work stays, locked."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Unlock")),
			key("Ctrl+Shift+P", lang.L("Show or hide the password")),
			key("Ctrl+Shift+L", lang.L("Switch user")),
			key("Esc", lang.L("Empty the field")),
		}}},
	}, {
		ID: SwitchUser, Title: lang.L("Switch user"),
		Text: []string{
			lang.L("Here is who has signed in at this computer. Choose yourself, and type your password. The work of the others stays, locked."),
		},
		Groups: []Group{{Keys: []Key{
			key("Up|Down", lang.L("Go through the names")),
			key("Enter", lang.L("Continue as the one that is lit")),
			key("Esc", lang.L("Go back")),
		}}},
	}, {
		ID: SetUp, Title: lang.L("Set up your practice"),
		Text: []string{
			lang.L("You make the practice, and yourself its first Practice Admin: who may add people and change how everyone signs in."),
			lang.L("Appointments are in the practice's time zone, whatever a computer is set to. Next comes the recovery kit, the practice's key on paper."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Create the practice")),
			key("Down|Up", lang.L("Go through the time zones")),
			key("Esc", lang.L("Cancel, while it is being created")),
		}}},
	}, {
		ID: Opening, Title: lang.L("Opening the practice"),
		Text: []string{
			lang.L("Anteroom reads the practice's register and waits for this computer's keyring, which has the key to it. If the keyring asks for a password, that is the one of this computer."),
		},
		Groups: []Group{{Keys: []Key{key("Esc", lang.L("Cancel"))}}},
	}}
}

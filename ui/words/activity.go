package words

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
)

// Activity is an entry of the activity log as a sentence.
func Activity(e auth.ActivityEntry) string {
	if e.Event == "" {
		return lang.L("This entry was changed and can't be read.")
	}
	of := map[string]any{
		"By": orSomebody(e.By), "Whom": orSomebody(e.Whom), "Detail": e.Detail, "Computer": e.Computer, "At": at(e.Computer),
	}
	return cmp.Or(signInSentence(of, e), codeSentence(of, e), keeperSentence(of, e), dataSentence(of, e),
		string(e.Event)) // an event of a newer Anteroom
}

func orSomebody(name string) string {
	if name == "" {
		return lang.L("Somebody")
	}
	return name
}

// at is the end of a sentence about something that happened at a computer.
func at(computer string) string {
	if computer == "" {
		return "."
	}
	return lang.L(" at {{.Computer}}.", map[string]any{"Computer": computer})
}

// signInSentence is an entry about signing in and out as a sentence; "" if it is about something else.
func signInSentence(of map[string]any, e auth.ActivityEntry) string {
	switch e.Event {
	case auth.EventSetUp:
		return lang.L("{{.By}} set the practice up{{.At}}", of)
	case auth.EventSignIn:
		return lang.L("{{.By}} signed in{{.At}}", of)
	case auth.EventSignOut:
		return lang.L("{{.By}} signed out{{.At}}", of)
	case auth.EventUnlocked:
		return lang.L("{{.By}} unlocked their window{{.At}}", of)
	case auth.EventStepUp:
		return lang.L("{{.By}} proved again who they are{{.At}}", of)
	case auth.EventPasswordRefused:
		if e.Whom == "" {
			return lang.L("Somebody tried a username that nobody has{{.At}}", of)
		}
		return lang.L("A wrong password was typed for {{.Whom}}{{.At}}", of)
	case auth.EventCodeRefused:
		of["Reason"] = refusedCode(e.Detail)
		return lang.L("A code of {{.Whom}} was refused{{.At}} {{.Reason}}", of)
	case auth.EventClockRefused:
		return lang.L("{{.Whom}} could not sign in: the clock is more than a day behind{{.At}}", of)
	case auth.EventSessionEnded:
		if e.Detail == "" {
			return lang.L("{{.By}} ended another session of their own.", of)
		}
		return lang.L("{{.By}} ended their session at {{.Detail}}.", of)
	case auth.EventUserSignedOut:
		return lang.L("{{.By}} signed {{.Whom}} out everywhere{{.At}}", of)
	case auth.EventSessionsOrphaned:
		return lang.L("Anteroom had not been closed properly: its sessions were ended{{.At}}", of)
	}
	return ""
}

// refusedCode says why a code was refused, after the sentence that says so.
func refusedCode(detail string) string {
	switch detail {
	case auth.ErrCodeWrong.Error():
		return lang.L("It was wrong.")
	case auth.ErrCodeUsed.Error():
		return lang.L("It was used already.")
	case auth.ErrCodeExpired.Error():
		return lang.L("It had expired.")
	case auth.ErrRecoveryWrong.Error():
		return lang.L("It was a wrong recovery code.")
	case auth.ErrRecoveryUsed.Error():
		return lang.L("It was a recovery code that was used already.")
	case auth.ErrOneTimeWrong.Error():
		return lang.L("It was a wrong one-time code.")
	case auth.ErrOneTimeUsed.Error():
		return lang.L("It was a one-time code that was used already.")
	case auth.ErrOneTimeExpired.Error():
		return lang.L("It was a one-time code that had expired.")
	case auth.ErrHandOverWrong.Error():
		return lang.L("It was a wrong hand-over code.")
	case auth.ErrTwoCodes.Error():
		return lang.L("They were two codes that don't fit.")
	}
	return detail
}

// codeSentence is an entry about second factors as a sentence; "" if it is about something else.
func codeSentence(of map[string]any, e auth.ActivityEntry) string {
	switch e.Event {
	case auth.EventDisabled:
		return lang.L("The authenticator of {{.Whom}} was disabled, after a hundred wrong codes.", of)
	case auth.EventEnrolled:
		return lang.L("{{.By}} set up an authenticator{{.At}}", of)
	case auth.EventMoved:
		return lang.L("{{.By}} moved to a new phone{{.At}}", of)
	case auth.EventTwoFactorReset:
		return lang.L("{{.By}} reset the two-factor of {{.Whom}}. Reason: {{.Detail}}", of)
	case auth.EventHandedOver:
		return lang.L("{{.By}} typed the hand-over code{{.At}}", of)
	case auth.EventRecoveryUsed:
		return lang.L("{{.By}} used a recovery code{{.At}}", of)
	case auth.EventRecoveryMade:
		return lang.L("{{.By}} got ten new recovery codes{{.At}}", of)
	case auth.EventOneTimeMade:
		return lang.L("{{.By}} made a one-time code for {{.Whom}}{{.At}}", of)
	case auth.EventOneTimeUsed:
		return lang.L("{{.By}} used a one-time code{{.At}}", of)
	case auth.EventHelpAsked:
		return lang.L("{{.By}} asked for help with the Auth Code{{.At}}", of) + dropped(e)
	case auth.EventHelpDone:
		if e.By == "" {
			return lang.L("{{.Whom}} needs no help any more.", of) + dropped(e)
		}
		return lang.L("{{.By}} put the request for help of {{.Whom}} aside.", of)
	case auth.EventWaitLifted:
		return lang.L("{{.By}} lifted the wait of {{.Whom}}{{.At}}", of)
	}
	return ""
}

// dropped says how many requests for help came too soon.
func dropped(e auth.ActivityEntry) string {
	n, isDropped := strings.CutSuffix(e.Detail, " dropped")
	if !isDropped {
		return ""
	}
	return " " + lang.L("Dropped, for they came too soon: {{.Count}}.", map[string]any{"Count": n})
}

// keeperSentence is an entry about users and the policy as a sentence; "" if it is about something else.
func keeperSentence(of map[string]any, e auth.ActivityEntry) string {
	switch e.Event {
	case auth.EventPolicy:
		of["Policy"] = policy(e.Detail)
		return lang.L("{{.By}} changed what is asked: {{.Policy}}", of)
	case auth.EventRenamed:
		return lang.L("{{.By}} renamed the practice: {{.Detail}}", of)
	case auth.EventZone:
		return lang.L("{{.By}} changed the practice's time zone: {{.Detail}}", of)
	case auth.EventUserAdded:
		return lang.L("{{.By}} added {{.Whom}} as a user.", of)
	case auth.EventUserEdited:
		switch e.Detail {
		case "staff to admin":
			return lang.L("{{.By}} made {{.Whom}} a Practice Admin.", of)
		case "admin to staff":
			return lang.L("{{.By}} made {{.Whom}} Staff.", of)
		}
		return lang.L("{{.By}} edited {{.Whom}}.", of)
	case auth.EventNameChanged:
		if e.Detail == "" { // as older entries have it
			return lang.L("{{.By}} changed their name.", of)
		}
		return lang.L("{{.By}} changed their name. It was {{.Detail}}.", of)
	case auth.EventPasswordChanged:
		return lang.L("{{.By}} chose a new password{{.At}}", of)
	case auth.EventPasswordReset:
		return lang.L("{{.By}} reset the password of {{.Whom}}{{.At}}", of)
	case auth.EventUserDeactivated:
		return lang.L("{{.By}} deactivated {{.Whom}}.", of)
	case auth.EventUserReactivated:
		return lang.L("{{.By}} let {{.Whom}} in again.", of)
	}
	return ""
}

// policy is what the practice asks, in words.
func policy(detail string) string {
	var parts []string
	for i, part := range strings.Split(detail, ", ") {
		minutes, isMinutes := strings.CutSuffix(part, " min")
		switch {
		case i == 0:
			parts = append(parts, frequency(part))
		case isMinutes:
			parts = append(parts, lang.L("lock after {{.Minutes}} min", map[string]any{"Minutes": minutes}))
		case part == "hand-over":
			parts = append(parts, lang.L("a hand-over code after a reset"))
		default:
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ") + "."
}

func frequency(detail string) string {
	switch auth.Frequency(detail) {
	case auth.EverySignIn:
		return lang.L("an Auth Code at every sign-in")
	case auth.Daily:
		return lang.L("an Auth Code once a day on a computer")
	case auth.Weekly:
		return lang.L("an Auth Code every 7 days on a computer")
	case auth.Monthly:
		return lang.L("an Auth Code every 30 days on a computer")
	}
	return lang.L("no Auth Code")
}

// dataSentence is an entry about kits, data and computers as a sentence; "" if it is about something else.
func dataSentence(of map[string]any, e auth.ActivityEntry) string {
	switch e.Event {
	case auth.EventKitMade:
		return lang.L("{{.By}} made the recovery kit {{.Detail}}.", of)
	case auth.EventKitOpened:
		return lang.L("The recovery kit opened the practice: {{.Detail}}", of)
	case auth.EventKitAdmin:
		return lang.L("The recovery kit let {{.Whom}} in again{{.At}}", of)
	case auth.EventOlderAccepted:
		return lang.L("The recovery kit opened data {{.Detail}}{{.At}}", of)
	case auth.EventRepaired:
		return lang.L("What somebody had changed in the file was put right{{.At}}", of)
	case auth.EventRestored:
		if e.By == "" {
			return lang.L("A backup was restored with the recovery kit: {{.Detail}}", of)
		}
		return lang.L("{{.By}} restored a backup: {{.Detail}}", of)
	case auth.EventBackedUp:
		return lang.L("A backup was made{{.At}} {{.Detail}}", of)
	case auth.EventBackupFolder:
		return lang.L("{{.By}} changed the folder for backups{{.At}}", of)
	case auth.EventActivityExported:
		return lang.L("{{.By}} exported the activity{{.At}} {{.Detail}}", of)
	case auth.EventImported:
		return lang.L("{{.By}} imported {{.Detail}}{{.At}}", of)
	case auth.EventPatientsExported:
		return lang.L("{{.By}} exported {{.Detail}}{{.At}}", of)
	case auth.EventLinkingCode:
		return lang.L("{{.By}} made a linking code{{.At}}", of)
	case auth.EventLinked:
		return lang.L("The computer {{.Detail}} was linked, with a code of {{.By}}.", of)
	case auth.EventComputerRenamed:
		return lang.L("{{.By}} renamed a computer: {{.Detail}}", of)
	case auth.EventUnlinked:
		return lang.L("{{.By}} unlinked the computer {{.Detail}}.", of)
	case auth.EventPracticeMoved:
		return lang.L("{{.By}} moved the practice to or from a server{{.At}}", of)
	case auth.EventClockOffset:
		return lang.L("{{.By}} signed in with two codes, for the clock is off by {{.Detail}}{{.At}}", of)
	case auth.EventClockReset:
		if e.By == "" {
			return lang.L("The recovery kit set the time anew{{.At}}", of)
		}
		return lang.L("{{.By}} set the time anew{{.At}}", of)
	}
	return ""
}

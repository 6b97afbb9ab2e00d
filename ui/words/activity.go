package words

import (
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
	for _, sentences := range []map[auth.Event]func(map[string]any, auth.ActivityEntry) string{signInSentences, codeSentences, keeperSentences, dataSentences} {
		if sentence, ok := sentences[e.Event]; ok {
			return sentence(of, e)
		}
	}
	return string(e.Event) // an event of a newer Anteroom
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

type sentence = func(of map[string]any, e auth.ActivityEntry) string

var signInSentences = map[auth.Event]sentence{
	auth.EventSetUp: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} set the practice up{{.At}}", of)
	},
	auth.EventSignIn:  func(of map[string]any, _ auth.ActivityEntry) string { return lang.L("{{.By}} signed in{{.At}}", of) },
	auth.EventSignOut: func(of map[string]any, _ auth.ActivityEntry) string { return lang.L("{{.By}} signed out{{.At}}", of) },
	auth.EventUnlocked: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} unlocked their window{{.At}}", of)
	},
	auth.EventStepUp: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} proved again who they are{{.At}}", of)
	},
	auth.EventPasswordRefused: func(of map[string]any, e auth.ActivityEntry) string {
		if e.Whom == "" {
			return lang.L("Somebody tried a username that nobody has{{.At}}", of)
		}
		return lang.L("A wrong password was typed for {{.Whom}}{{.At}}", of)
	},
	auth.EventCodeRefused: func(of map[string]any, e auth.ActivityEntry) string {
		of["Reason"] = refusedCode(e.Detail)
		return lang.L("A code of {{.Whom}} was refused{{.At}} {{.Reason}}", of)
	},
	auth.EventClockRefused: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.Whom}} could not sign in: the clock is more than a day behind{{.At}}", of)
	},
	auth.EventSessionEnded: func(of map[string]any, e auth.ActivityEntry) string {
		if e.Detail == "" {
			return lang.L("{{.By}} ended another session of their own.", of)
		}
		return lang.L("{{.By}} ended their session at {{.Detail}}.", of)
	},
	auth.EventSessionsOutlived: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("Anteroom had not been closed properly: its sessions were ended{{.At}}", of)
	},
}

// refusedCode says why a code was refused, after the sentence that says so.
func refusedCode(detail string) string {
	for _, known := range []struct {
		err  error
		text func() string
	}{
		{auth.ErrCodeWrong, func() string { return lang.L("It was wrong.") }},
		{auth.ErrCodeUsed, func() string { return lang.L("It was used already.") }},
		{auth.ErrCodeExpired, func() string { return lang.L("It had expired.") }},
		{auth.ErrRecoveryWrong, func() string { return lang.L("It was a wrong recovery code.") }},
		{auth.ErrRecoveryUsed, func() string { return lang.L("It was a recovery code that was used already.") }},
		{auth.ErrOneTimeWrong, func() string { return lang.L("It was a wrong one-time code.") }},
		{auth.ErrOneTimeUsed, func() string { return lang.L("It was a one-time code that was used already.") }},
		{auth.ErrOneTimeExpired, func() string { return lang.L("It was a one-time code that had expired.") }},
		{auth.ErrHandOverWrong, func() string { return lang.L("It was a wrong hand-over code.") }},
		{auth.ErrTwoCodes, func() string { return lang.L("They were two codes that don't fit.") }},
	} {
		if detail == known.err.Error() {
			return known.text()
		}
	}
	return detail
}

var codeSentences = map[auth.Event]sentence{
	auth.EventDisabled: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("The authenticator of {{.Whom}} was disabled, after a hundred wrong codes.", of)
	},
	auth.EventEnrolled: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} set up an authenticator{{.At}}", of)
	},
	auth.EventMoved: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} moved to a new phone{{.At}}", of)
	},
	auth.EventTwoFactorReset: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} reset the two-factor of {{.Whom}}. Reason: {{.Detail}}", of)
	},
	auth.EventHandedOver: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} typed the hand-over code{{.At}}", of)
	},
	auth.EventRecoveryUsed: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} used a recovery code{{.At}}", of)
	},
	auth.EventRecoveryMade: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} got ten new recovery codes{{.At}}", of)
	},
	auth.EventOneTimeMade: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} made a one-time code for {{.Whom}}{{.At}}", of)
	},
	auth.EventOneTimeUsed: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} used a one-time code{{.At}}", of)
	},
	auth.EventHelpAsked: func(of map[string]any, e auth.ActivityEntry) string {
		return lang.L("{{.By}} asked for help with the Auth Code{{.At}}", of) + dropped(e)
	},
	auth.EventHelpDone: func(of map[string]any, e auth.ActivityEntry) string {
		if e.By == "" {
			return lang.L("{{.Whom}} needs no help any more.", of) + dropped(e)
		}
		return lang.L("{{.By}} put the request for help of {{.Whom}} aside.", of)
	},
	auth.EventWaitLifted: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} lifted the wait of {{.Whom}}{{.At}}", of)
	},
}

// dropped says how many requests for help came too soon.
func dropped(e auth.ActivityEntry) string {
	n, isDropped := strings.CutSuffix(e.Detail, " dropped")
	if !isDropped {
		return ""
	}
	return " " + lang.L("Dropped, for they came too soon: {{.Count}}.", map[string]any{"Count": n})
}

var keeperSentences = map[auth.Event]sentence{
	auth.EventPolicy: func(of map[string]any, e auth.ActivityEntry) string {
		of["Policy"] = policy(e.Detail)
		return lang.L("{{.By}} changed what is asked: {{.Policy}}", of)
	},
	auth.EventRenamed: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} renamed the practice: {{.Detail}}", of)
	},
	auth.EventUserAdded: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} added {{.Whom}} as a user.", of)
	},
	auth.EventUserEdited: func(of map[string]any, e auth.ActivityEntry) string {
		switch e.Detail {
		case "staff to admin":
			return lang.L("{{.By}} made {{.Whom}} a Practice Admin.", of)
		case "admin to staff":
			return lang.L("{{.By}} made {{.Whom}} Staff.", of)
		}
		return lang.L("{{.By}} edited {{.Whom}}.", of)
	},
	auth.EventNameChanged: func(of map[string]any, e auth.ActivityEntry) string {
		if e.Detail == "" { // as older entries have it
			return lang.L("{{.By}} changed their name.", of)
		}
		return lang.L("{{.By}} changed their name. It was {{.Detail}}.", of)
	},
	auth.EventPasswordChanged: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} chose a new password{{.At}}", of)
	},
	auth.EventPasswordReset: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} reset the password of {{.Whom}}{{.At}}", of)
	},
	auth.EventUserDeactivated: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} deactivated {{.Whom}}.", of)
	},
	auth.EventUserReactivated: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} let {{.Whom}} in again.", of)
	},
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

var dataSentences = map[auth.Event]sentence{
	auth.EventKitMade: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} made the recovery kit {{.Detail}}.", of)
	},
	auth.EventKitOpened: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("The recovery kit opened the practice: {{.Detail}}", of)
	},
	auth.EventKitAdmin: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("The recovery kit let {{.Whom}} in again{{.At}}", of)
	},
	auth.EventOlderAccepted: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("The recovery kit opened data {{.Detail}}{{.At}}", of)
	},
	auth.EventRepaired: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("What somebody had changed in the file was put right{{.At}}", of)
	},
	auth.EventRestored: func(of map[string]any, e auth.ActivityEntry) string {
		if e.By == "" {
			return lang.L("A backup was restored with the recovery kit: {{.Detail}}", of)
		}
		return lang.L("{{.By}} restored a backup: {{.Detail}}", of)
	},
	auth.EventBackedUp: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("A backup was made{{.At}} {{.Detail}}", of)
	},
	auth.EventBackupFolder: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} changed the folder for backups{{.At}}", of)
	},
	auth.EventExported: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} exported the activity{{.At}} {{.Detail}}", of)
	},
	auth.EventLinkingCode: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} made a linking code{{.At}}", of)
	},
	auth.EventLinked: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("The computer {{.Detail}} was linked, with a code of {{.By}}.", of)
	},
	auth.EventComputerRenamed: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} renamed a computer: {{.Detail}}", of)
	},
	auth.EventUnlinked: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} unlinked the computer {{.Detail}}.", of)
	},
	auth.EventClockOffset: func(of map[string]any, _ auth.ActivityEntry) string {
		return lang.L("{{.By}} signed in with two codes, for the clock is off by {{.Detail}}{{.At}}", of)
	},
	auth.EventClockReset: func(of map[string]any, e auth.ActivityEntry) string {
		if e.By == "" {
			return lang.L("The recovery kit set the time anew{{.At}}", of)
		}
		return lang.L("{{.By}} set the time anew{{.At}}", of)
	},
}

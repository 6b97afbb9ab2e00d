package help

import "fyne.io/fyne/v2/lang"

// inPane are the keys of a pane of the settings, and its own.
func inPane(own ...Key) []Group {
	return []Group{{Keys: append([]Key{
		key("Up|Down", lang.L("To another pane, from the list at the left")),
		key("Enter", lang.L("Into the pane, or what its main button does")),
		key("Esc", lang.L("Back to the front desk")),
	}, own...)}}
}

func scrolling() Key { return key("Page Up|Page Down", lang.L("Move the pane")) }

func inTable() []Key {
	return []Key{
		key("Home|End", lang.L("To the first row, or the last")),
		key("Page Up|Page Down", lang.L("Further through the rows")),
	}
}

// settingsTopics are those of the panes, by the panes' names.
func settingsTopics() []Topic {
	return []Topic{{
		ID: "general", Title: lang.L("General"),
		Text: []string{
			lang.L("The practice's name and time zone, when Anteroom locks by itself, and two-factor authentication: whether an Auth Code is asked for at the sign-in, and how often."),
			lang.L("Turning it on signs everyone out, and each sets up their phone at the next sign-in. Nothing is saved before you press Save."),
		},
		Groups: inPane(),
	}, {
		ID: "recovery", Title: lang.L("Recovery"),
		Text: []string{
			lang.L("When the recovery kit was made, and by whom. A new kit makes new keys, and the old one opens only old backups."),
			lang.L("“Check my kit…” tells whether a printed page is the kit that counts."),
		},
		Groups: inPane(),
	}, {
		ID: "practitioners", Title: lang.L("Practitioners"),
		Text: []string{
			lang.L("Whom patients come to see: their working hours, their colour in the day, and the days on which they are away."),
			lang.L("Who works here no more is kept, with the appointments there were."),
		},
		Groups: inPane(inTable()...),
	}, {
		ID: "appointments", Title: lang.L("Appointments"),
		Text: []string{
			lang.L("The kinds of appointment with how long each takes, after how many minutes of waiting somebody stands out, and what the national health number is called."),
		},
		Groups: inPane(scrolling()),
	}, {
		ID: "server", Title: lang.L("Server"),
		Text: []string{
			lang.L("Where the practice's data lies. With one computer it lies there. For several desks, one computer becomes the server, and the others connect to it with a linking code."),
		},
		Groups: inPane(),
	}, {
		ID: "users", Title: lang.L("Users"),
		Text: []string{
			lang.L("Who may sign in, and how. For somebody with a new phone: choose their row, and “Reset Two-Factor Auth”. For somebody without their phone today: “One-time code…”."),
			lang.L("What gives access asks for your password again, and for a code if you have a phone set up."),
		},
		Groups: inPane(inTable()...),
	}, {
		ID: "computers", Title: lang.L("Computers"),
		Text: []string{
			lang.L("The computers that can open this practice. Unlink one that is lost or sold: the practice gets new keys, and everything is sealed anew."),
		},
		Groups: inPane(inTable()...),
	}, {
		ID: "activity", Title: lang.L("Activity"),
		Text: []string{
			lang.L("What happened: who signed in, was refused, or changed access, on which computer and when. “Verify” checks that nobody removed or changed an entry."),
		},
		Groups: inPane(append(inTable(), key("Left|Right", lang.L("Through the days of the chart")))...),
	}, {
		ID: "backup", Title: lang.L("Backup"),
		Text: []string{
			lang.L("A backup is made every day by itself; the last seven days and four weeks are kept. Choose a folder on another disk: a broken disk takes what lies on it."),
			lang.L("Restoring puts an older state in place of the present one, which is set aside."),
		},
		Groups: inPane(inTable()...),
	}, {
		ID: "exchange", Title: lang.L("Import and export"),
		Text: []string{
			lang.L("Patients from another program: choose its file, match the columns, see the lines that can't be read, and import all or nothing."),
			lang.L("Export writes all patients to a file that anybody can read. Keep it as you keep the records themselves."),
		},
		Groups: inPane(scrolling()),
	}, {
		ID: "account", Title: lang.L("My account"),
		Text: []string{
			lang.L("Your name, your password, your phone and your recovery codes, where you are signed in, and what happened to your account lately."),
			lang.L("“Move to a new phone” needs the old one. If that is gone, ask a Practice Admin."),
		},
		Groups: inPane(scrolling()),
	}}
}

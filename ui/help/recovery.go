package help

import "fyne.io/fyne/v2/lang"

// recoveryTopics are those of the recovery kit, and of the ways back into a practice.
func recoveryTopics() []Topic {
	return []Topic{{
		ID: Kit, Title: lang.L("Recovery kit"),
		Text: []string{
			lang.L("The kit is the practice's own key, on one printed page. It opens the practice on a new computer, opens backups, and as a last resort lets a Practice Admin in."),
			lang.L("Print it, and type its last group off the page: only then it counts. Lock the page away. Nobody can help a practice that has lost its computer and its kit."),
		},
		Groups: entered(lang.L("Go on, or confirm the kit")),
	}, {
		ID: Blocked, Title: lang.L("The practice can't be opened"),
		Text: []string{
			lang.L("Anteroom says what is wrong, and what you can do about it. It has changed nothing."),
			lang.L("The recovery kit opens the practice where this computer's keyring is gone or the data is not as it was."),
		},
		Groups: []Group{{Keys: []Key{key("Enter", lang.L("Do what is proposed first")), key("Tab", lang.L("To the other ways"))}}},
	}, {
		ID: Connect, Title: lang.L("Connect to the practice's server"),
		Text: []string{
			lang.L("The practice's data lies on one of its computers, the server. Type its address, and then the linking code that a Practice Admin makes there under Settings > Server."),
		},
		Groups: entered(lang.L("Connect")),
	}, {
		ID: KeyEntry, Title: lang.L("Type the key"),
		Text: []string{
			lang.L("Type the key from the recovery kit, or the linking code, group by group. Small and capital letters are the same, and dashes come by themselves. A group that can't be right is marked."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Check the key")),
			key("Tab", lang.L("Leave the field")),
			key("Esc", lang.L("Go back")),
		}}},
	}, {
		ID: Rescue, Title: lang.L("What the recovery kit found"),
		Text: []string{
			lang.L("The kit opened the practice. Here is what is wrong with it, and the ways on: open it as it is, restore a backup, or let a Practice Admin in again."),
			lang.L("Every way is told to all Practice Admins."),
		},
		Groups: entered(lang.L("Do what is proposed first")),
	}, {
		ID: RescueAdmin, Title: lang.L("A Practice Admin can't sign in"),
		Text: []string{
			lang.L("Choose the Practice Admin, and a new password together with them. Their phone is set up anew at the next sign-in. Every Practice Admin is told."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Set the password")),
			key("Down|Up", lang.L("Choose the Practice Admin")),
			key("Esc", lang.L("Go back")),
		}}},
	}, {
		ID: Restore, Title: lang.L("Restore a backup"),
		Text: []string{
			lang.L("Choose the folder and the backup, look what is in it, and put it in the place of the practice. What was there is set aside, not deleted."),
			lang.L("Auth Codes and recovery codes that were used since then stay used."),
		},
		Groups: []Group{{Keys: []Key{
			key("Up|Down", lang.L("Go through the backups")),
			key("Enter", lang.L("Go on")),
			key("Esc", lang.L("Go back")),
		}}},
	}}
}

package shell

import (
	"anteroom/ui/frontdesk/firststeps"
	"anteroom/ui/settings/pane"
)

// keyStepsGone and a user's id are the key of whether the first steps are done with, for that user of this OS account.
const keyStepsGone = "firststeps.gone."

// paneOf are the panes in which the first steps are taken, but for the recovery kit.
var paneOf = map[firststeps.Step]string{
	firststeps.Hours: pane.Practitioners, firststeps.People: pane.Users, firststeps.TwoFactor: pane.General,
	firststeps.Patients: pane.Exchange, firststeps.Backup: pane.Backup,
}

// toStep leads to where a first step is taken; nil: the list of them is not to be shown, as in a practice that is nobody's.
func (ws *workspace) toStep() func(firststeps.Step) {
	if ws.window.params.About != "" || ws.window.params.App.Preferences().Bool(keyStepsGone+ws.session.session.User()) {
		return nil
	}
	return func(step firststeps.Step) {
		if step == firststeps.Kit {
			ws.startKitFromDesk()
			return
		}
		ws.openSettings(paneOf[step])
	}
}

// endSteps notes that the list is not to come back.
func (ws *workspace) endSteps() {
	ws.window.params.App.Preferences().SetBool(keyStepsGone+ws.session.session.User(), true)
}

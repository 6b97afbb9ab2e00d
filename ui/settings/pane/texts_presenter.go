package pane

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// Named are the values of a text with a name.
func Named(name string) map[string]any { return map[string]any{"Name": name} }

// LeftText says for how long a code is valid yet, or that it is over.
func LeftText(until, now time.Time) (text string, isOver bool) {
	if left := until.Sub(now); left > 0 {
		return lang.L("It can be used for {{.Wait}} more.", map[string]any{"Wait": words.Wait(left)}), false
	}
	return lang.L("This code is over. Close this and make a new one."), true
}

// Roles are the two, in the order of the list of choices.
var Roles = []auth.Role{auth.Staff, auth.Admin}

// RoleText is what a role is called.
func RoleText(r auth.Role) string {
	if r == auth.Admin {
		return lang.L("Practice Admin")
	}
	return lang.L("Staff")
}

// DateAndClock is when something happened, with its date.
func DateAndClock(t time.Time) string {
	return lang.L("{{.Date}}, {{.Clock}}", map[string]any{"Date": words.Date(t), "Clock": words.Clock(t)})
}

// MomentAndClock is when something happened, to the minute.
func MomentAndClock(t, now time.Time) string {
	text := words.Moment(t, now)
	if text == words.Date(t) {
		return text + " " + words.Clock(t)
	}
	return text
}

// FactText is a value with what it is.
func FactText(label, value string) string {
	return lang.L("{{.Label}}: {{.Value}}", map[string]any{"Label": label, "Value": value})
}

// OvertakenText says in a dialog what somebody else saved, and what to do.
func OvertakenText(theirs []string) string {
	return lang.L("Somebody else saved this meanwhile – {{.Theirs}}. What you typed is still here: press Save again to put it in its place, or Cancel to keep theirs.",
		map[string]any{"Theirs": strings.Join(theirs, " · ")})
}

// maxChoice is how long the text of a choice gets.
const maxChoice = 40

// Shorten keeps a name from making a choice too wide.
func Shorten(name string) string {
	if runes := []rune(name); len(runes) > maxChoice {
		return string(runes[:maxChoice-1]) + "…"
	}
	return name
}

// UnsavedDetails says that what was changed in the practice details would be lost.
func UnsavedDetails() (title, text string) {
	return lang.L("Leave without saving?"), lang.L("What you changed in the practice details is not saved.")
}

// Package help says of every screen what it does and what its keys are. The texts are data: F1 shows one topic, the key
// sheet all of them. Who binds a key, or adds a screen, says so here; tests compare.
package help

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// Topic is a screen, or a pane of one.
type Topic struct {
	ID     string // by which its page names it
	Title  string
	Text   []string // what it does: two to four sentences
	Groups []Group  // of what its keys do
}

// Group are keys that work at one place of a screen. Without a title they work in all of it.
type Group struct {
	Title string
	Keys  []Key
}

// Key is what a key does, or each of several.
type Key struct {
	Keys []string // such as F3, B, Ctrl+Shift+L or Page Up
	Does string
}

// The topics.
const (
	SetUp          = "set up"
	SignIn         = "sign in"
	AuthCode       = "auth code"
	RecoveryCode   = "recovery code"
	HandOver       = "hand-over"
	TwoCodes       = "two codes"
	NewPassword    = "new password"
	Enrolment      = "enrolment"
	RecoveryCodes  = "recovery codes"
	ChangePassword = "change password"
	Lock           = "lock"
	SwitchUser     = "switch user"
	Opening        = "opening"

	Blocked     = "blocked"
	Connect     = "connect"
	KeyEntry    = "key entry"
	Kit         = "kit"
	Rescue      = "rescue"
	RescueAdmin = "rescue admin"
	Restore     = "restore"

	Today    = "today"
	Figures  = "figures"
	Patients = "patients"
	Patient  = "patient"
	Form     = "form"

	Everywhere = "everywhere"
)

// Of a pane of the settings the topic has the pane's own name (package pane).

// All are the topics there are, those of the day's work first.
func All() []Topic {
	return slices.Concat([]Topic{everywhere()}, deskTopics(), settingsTopics(), signInTopics(), recoveryTopics())
}

// Of is a topic by its id.
func Of(id string) (Topic, bool) {
	all := All()
	i := slices.IndexFunc(all, func(t Topic) bool { return t.ID == id })
	if i < 0 {
		return Topic{}, false
	}
	return all[i], true
}

// Has says that a topic names a key.
func (t Topic) Has(name string) bool {
	return slices.ContainsFunc(t.Groups, func(g Group) bool {
		return slices.ContainsFunc(g.Keys, func(k Key) bool { return slices.Contains(k.Keys, name) })
	})
}

// names are those of Fyne's keys that are called something else here.
var names = map[fyne.KeyName]string{
	fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Esc", fyne.KeyDelete: "Del", fyne.KeyBackspace: "Backspace",
	fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down",
}

// NameOf is what a key is called in a topic.
func NameOf(key fyne.KeyName) string {
	if name, ok := names[key]; ok {
		return name
	}
	return string(key)
}

// NameOfRune is what the key of a letter is called.
func NameOfRune(r rune) string {
	if r == '−' { // the sign itself, which some keyboards have
		return "-"
	}
	return strings.ToUpper(string(r))
}

// NameOfShortcut is what a key with others held is called. Where "+" shares a key with "=" it is "+" in any case.
func NameOfShortcut(s fyne.KeyboardShortcut) string {
	name, mods := NameOf(s.Key()), s.Mod()
	if name == "=" {
		name = "+"
	}
	if mods&fyne.KeyModifierShift != 0 && name != "+" {
		name = "Shift+" + name
	}
	if mods&fyne.KeyModifierShortcutDefault != 0 {
		name = "Ctrl+" + name
	}
	return name
}

// label is what a key is called on the screen. On a Mac it is Cmd that is held, and F3 is the system's.
func label(name string, isMac bool) string {
	if isMac && name == "F3" {
		name = "Ctrl+Enter"
	}
	shown := map[string]string{
		"Up": lang.L("Up"), "Down": lang.L("Down"), "Left": lang.L("Left"), "Right": lang.L("Right"),
		"Page Up": lang.L("Page Up"), "Page Down": lang.L("Page Down"), "-": "−",
	}
	for _, held := range []string{"Ctrl+", "Shift+"} {
		if rest, ok := strings.CutPrefix(name, held); ok {
			if held == "Ctrl+" && isMac {
				held = "Cmd+"
			}
			return held + label(rest, isMac)
		}
	}
	if known, ok := shown[name]; ok {
		return known
	}
	return name
}

var arrows = []string{"Up", "Down", "Left", "Right"}

// labels are those of all the keys of a line.
func (k Key) labels(isMac bool) string {
	if slices.Equal(k.Keys, arrows) {
		return lang.L("Arrow keys")
	}
	var all []string
	for _, name := range k.Keys {
		all = append(all, label(name, isMac))
	}
	return strings.Join(all, ", ")
}

// key is a line of a topic. Several keys stand with bars between them.
func key(names, does string) Key {
	return Key{Keys: strings.Split(names, "|"), Does: does}
}

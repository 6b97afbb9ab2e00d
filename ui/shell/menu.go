package shell

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/frontdesk"
	"anteroom/ui/settings"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// menu is the main menu. Global keys belong to it, because a focused field keeps
// other shortcuts to itself.
type menu struct {
	window            *Window
	main              *fyne.MainMenu
	signOut, settings *fyne.MenuItem
	account           *fyne.MenuItem
	lock, switchUser  *fyne.MenuItem
	desk              []*fyne.MenuItem // that need the front desk
	label             []func()         // writes the labels and keys of a menu
}

func newMenu(w *Window) *menu {
	m := &menu{window: w}
	m.settings = item(lang.L("Settings"), fyne.KeyComma, 0, m.openSettings)
	m.account = item(lang.L("My account"), fyne.KeyA, fyne.KeyModifierShift, m.openAccount)
	m.signOut = item(lang.L("Sign out"), fyne.KeyO, fyne.KeyModifierShift, m.doSignOut)
	m.lock = item(lang.L("Lock"), fyne.KeyL, 0, m.doLock)
	m.switchUser = item(lang.L("Switch user"), fyne.KeyL, fyne.KeyModifierShift, m.doSwitch)
	quit := item(lang.L("Quit"), fyne.KeyQ, 0, w.Close)
	quit.IsQuit = true
	m.main = fyne.NewMainMenu(
		fyne.NewMenu("Anteroom", m.settings, m.account, fyne.NewMenuItemSeparator(),
			m.lock, m.switchUser, m.signOut, fyne.NewMenuItemSeparator(), quit),
		m.newDesk(),
		m.newView(w.looks),
		m.newHelp(w.help),
	)
	for _, menu := range m.main.Items {
		m.hear(menu)
		if runtime.GOOS != "darwin" { // whose own menus show the keys
			m.label = append(m.label, drawKeys(menu))
		}
	}
	m.relabel()
	w.looks.onText = func() {
		m.relabel()
		m.main.Refresh()
	}
	return m
}

// relabel has the keys in a column in letters of another size, too.
func (m *menu) relabel() {
	for _, label := range m.label {
		label()
	}
}

// undrawn is a shortcut that works and that Fyne does not draw: it would do so with a fifth of the strength of text.
type undrawn struct{ fyne.Shortcut }

// drawKeys returns what puts the keys of a menu into its labels.
func drawKeys(menu *fyne.Menu) (label func()) {
	labels, keys := make([]string, len(menu.Items)), make([]string, len(menu.Items))
	for n, i := range menu.Items {
		labels[n] = i.Label
		if s, ok := i.Shortcut.(fyne.KeyboardShortcut); ok {
			keys[n], i.Shortcut = shortcutText(s), undrawn{s}
		}
	}
	return func() {
		for n, text := range widgets.LabelsWithKeys(labels, keys) {
			menu.Items[n].Label = text
		}
	}
}

// shortcutText is a shortcut in words, such as Ctrl+Shift+F.
func shortcutText(s fyne.KeyboardShortcut) string {
	text := ""
	if s.Mod()&fyne.KeyModifierControl != 0 {
		text += lang.L("Ctrl") + "+"
	}
	if s.Mod()&fyne.KeyModifierShift != 0 {
		text += lang.L("Shift") + "+"
	}
	return text + string(s.Key())
}

// hear takes what is chosen in a menu as a touch, like other keys and clicks.
func (m *menu) hear(menu *fyne.Menu) {
	for _, i := range menu.Items {
		if action := i.Action; action != nil {
			i.Action = func() {
				m.window.lock.idle.touch()
				action()
			}
		}
		if i.ChildMenu != nil {
			m.hear(i.ChildMenu)
		}
	}
}

func (m *menu) newView(a *appearance) *fyne.Menu {
	// Where "+" shares a key with "=", as in the USA, Fyne reports "=", with
	// or without Shift. A separator shows neither a name nor a submenu, but
	// its shortcuts work.
	separator := fyne.NewMenuItemSeparator()
	separator.ChildMenu = fyne.NewMenu("",
		item("", fyne.KeyEqual, 0, a.enlarge),
		item("", fyne.KeyEqual, fyne.KeyModifierShift, a.enlarge),
		item("", fyne.KeyPlus, fyne.KeyModifierShift, a.enlarge),
	)
	return fyne.NewMenu(lang.L("View"),
		item(lang.L("Show or hide the password"), fyne.KeyP, fyne.KeyModifierShift, m.togglePassword),
		fyne.NewMenuItemSeparator(),
		item(lang.L("Larger text"), fyne.KeyPlus, 0, a.enlarge),
		item(lang.L("Smaller text"), fyne.KeyMinus, 0, a.reduce),
		item(lang.L("Normal text"), fyne.Key0, 0, a.normalize),
		separator,
		item(lang.L("Light or dark"), fyne.KeyD, fyne.KeyModifierShift, a.toggle),
		fyne.NewMenuItem(lang.L("As the computer"), a.follow),
	)
}

// item is a menu item with a key: Ctrl (on macOS Cmd) and more modifiers.
func item(label string, key fyne.KeyName, more fyne.KeyModifier, action func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, action)
	i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}
	return i
}

// refresh shows which items can be used now.
func (m *menu) refresh() {
	w := m.window
	noDesk := w.nav.at == nil || w.nav.at.session == nil
	changed := set(m.signOut, noDesk)
	for _, i := range m.desk {
		changed = set(i, noDesk) || changed
	}
	changed = set(m.lock, w.nav.at == nil || !w.nav.at.locks()) || changed
	changed = set(m.account, noDesk) || changed
	changed = set(m.switchUser, !w.lock.canSwitch()) || changed
	changed = set(m.settings, noDesk || !w.nav.at.session.admin) || changed
	if changed {
		m.main.Refresh()
	}
}

// set says whether an item can't be used, and whether that is new.
func set(i *fyne.MenuItem, disabled bool) (changed bool) {
	changed = i.Disabled != disabled
	i.Disabled = disabled
	return changed
}

// Fyne runs the shortcut of a disabled item too, so these look for themselves.

func (m *menu) doSignOut() {
	if !m.signOut.Disabled && !m.underDialog() {
		m.window.nav.signOut(m.window.nav.at)
	}
}

func (m *menu) openAccount() {
	at := m.window.nav.at
	if m.account.Disabled || m.underDialog() {
		return
	}
	if s, ok := at.screen.(*settings.Screen); ok {
		s.GoTo(pane.Account) // what is typed there stays
		return
	}
	at.openAccount()
}

// doLock works under a dialog too: who walks away can't answer it first.
func (m *menu) doLock() {
	if !m.lock.Disabled {
		m.window.lock.lockNow()
	}
}

func (m *menu) doSwitch() {
	if !m.switchUser.Disabled {
		m.window.lock.startSwitch()
	}
}

func (m *menu) openSettings() {
	at := m.window.nav.at
	switch {
	case m.settings.Disabled, m.underDialog():
	case at.route == routeSettings:
		at.screen.Focus() // what is typed there stays
	default:
		at.openSettings("")
	}
}

// newDesk is the menu of the front desk. From the settings its items lead there.
func (m *menu) newDesk() *fyne.Menu {
	find := item(lang.L("Find a patient"), fyne.KeyF, 0, m.atDesk((*frontdesk.Screen).Find))
	fresh := item(lang.L("New patient…"), fyne.KeyN, 0, m.atDesk((*frontdesk.Screen).NewPatient))
	day := item(lang.L("Today"), fyne.KeyT, 0, m.atDesk((*frontdesk.Screen).ShowToday))
	patients := item(lang.L("Patients"), fyne.KeyF, fyne.KeyModifierShift, m.atDesk((*frontdesk.Screen).ShowPatients))
	book := fyne.NewMenuItem(lang.L("Book an appointment"), m.atDesk((*frontdesk.Screen).Book))
	walkIn := fyne.NewMenuItem(lang.L("Walk-in"), m.atDesk((*frontdesk.Screen).WalkIn))
	paper := item(lang.L("Print the day"), fyne.KeyP, 0, m.atDesk((*frontdesk.Screen).PrintDay))
	undo := fyne.NewMenuItem(lang.L("Undo"), m.undo)
	undo.Shortcut = &fyne.ShortcutUndo{} // which Fyne makes of Ctrl+Z
	m.desk = []*fyne.MenuItem{day, patients, find, fresh, book, walkIn, undo, paper}
	items := []*fyne.MenuItem{day, patients, find, fresh, fyne.NewMenuItemSeparator(), book, walkIn, undo, fyne.NewMenuItemSeparator(), paper}
	if runtime.GOOS == "darwin" { // which has taken F3
		next := item(lang.L("Arrived, or the next step"), fyne.KeyReturn, 0, m.atDesk((*frontdesk.Screen).NextStep))
		m.desk, items = append(m.desk, next), append(items, next)
	}
	return fyne.NewMenu(lang.L("Front desk"), items...)
}

// atDesk does something at the front desk, from wherever somebody signed in is.
func (m *menu) atDesk(act func(*frontdesk.Screen)) func() {
	return func() {
		at := m.window.nav.at
		if at == nil || at.session == nil || m.underDialog() {
			return
		}
		if s, ok := at.screen.(*frontdesk.Screen); ok {
			act(s)
			return
		}
		if s, ok := at.screen.(*settings.Screen); ok {
			s.Leave(func() { // what is not saved there is asked about
				at.learnRole()
				at.goTo(routeFrontDesk)
				act(at.screen.(*frontdesk.Screen))
			})
		}
	}
}

// undo takes back what was typed, in a field; else the last step at the desk. From
// the settings it does not lead there: who undoes something there means another thing.
func (m *menu) undo() {
	if field, ok := m.window.window.Canvas().Focused().(fyne.Shortcutable); ok {
		if _, isField := field.(interface{ SelectedText() string }); isField {
			field.TypedShortcut(&fyne.ShortcutUndo{})
			return
		}
	}
	at := m.window.nav.at
	if at == nil || at.session == nil || m.underDialog() {
		return
	}
	if s, ok := at.screen.(*frontdesk.Screen); ok {
		s.Undo()
	}
}

// togglePassword is for the keyboard: the Tab key passes the "Show" in a password
// field by. It works under a dialog too, where passwords are asked for.
func (m *menu) togglePassword() {
	if p, ok := m.window.window.Canvas().Focused().(interface{ ToggleShown() }); ok {
		p.ToggleShown()
	}
}

// underDialog says that a dialog has to be answered first.
func (m *menu) underDialog() bool { return m.window.window.Canvas().Overlays().Top() != nil }

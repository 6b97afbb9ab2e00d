package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TestMenuKeysAreRead: Fyne draws the keys of shortcuts that it knows, and hardly to be read. They stand in the labels
// instead, and go on working by their names.
func TestMenuKeysAreRead(t *testing.T) {
	key := func(k fyne.KeyName, more fyne.KeyModifier) string {
		return (&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl | more}).ShortcutName()
	}
	found := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}
	menu := fyne.NewMenu("", fyne.NewMenuItem("Find a patient", nil), fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Patients", nil), fyne.NewMenuItem("Undo", nil), fyne.NewMenuItem("As the computer", nil))
	menu.Items[0].Shortcut = found
	menu.Items[2].Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}
	menu.Items[3].Shortcut = &fyne.ShortcutUndo{}
	label := drawKeys(menu)
	label()
	label() // in letters of another size
	want := map[int][3]string{
		0: {"Find a patient", "Ctrl+F", key(fyne.KeyF, 0)},
		2: {"Patients", "Ctrl+Shift+F", key(fyne.KeyF, fyne.KeyModifierShift)},
		3: {"Undo", "Ctrl+Z", (&fyne.ShortcutUndo{}).ShortcutName()},
	}
	for i, item := range menu.Items {
		if _, isDrawn := item.Shortcut.(fyne.KeyboardShortcut); isDrawn {
			t.Errorf("%q: Fyne draws its key", item.Label)
		}
		w, hasKey := want[i]
		if !hasKey {
			if strings.Contains(item.Label, "\t") {
				t.Errorf("%q has no key", item.Label)
			}
			continue
		}
		text, keys, _ := strings.Cut(item.Label, "\t")
		if strings.TrimSpace(text) != w[0] || strings.TrimSpace(keys) != w[1] || item.Shortcut.ShortcutName() != w[2] {
			t.Errorf("%q, %q for %s; want %q", text, keys, item.Shortcut.ShortcutName(), w)
		}
	}
}

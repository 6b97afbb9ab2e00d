package help_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/help"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// TestTopicsAreWhole sees that each has what F1 shows of it.
func TestTopicsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, topic := range help.All() {
		if seen[topic.ID] || topic.ID == "" {
			t.Errorf("%q is there twice, or has no name", topic.ID)
		}
		seen[topic.ID] = true
		if topic.Title == "" || len(topic.Text) == 0 || len(topic.Text) > 4 || len(topic.Groups) == 0 {
			t.Errorf("%q: title %q, %d texts, %d groups of keys", topic.ID, topic.Title, len(topic.Text), len(topic.Groups))
		}
		for _, g := range topic.Groups {
			for _, k := range g.Keys {
				if len(k.Keys) == 0 || slices.Contains(k.Keys, "") || k.Does == "" {
					t.Errorf("%q: %q does %q", topic.ID, k.Keys, k.Does)
				}
			}
		}
	}
	if _, ok := help.Of("no such screen"); ok {
		t.Error("there is help about a screen that there is not")
	}
}

func TestNamesOfKeys(t *testing.T) {
	shortcut := func(key fyne.KeyName, mods fyne.KeyModifier) string {
		return help.NameOfShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mods})
	}
	ctrl := fyne.KeyModifierShortcutDefault
	for _, c := range []struct{ got, want string }{
		{help.NameOf(fyne.KeyEnter), "Enter"}, {help.NameOf(fyne.KeyPageDown), "Page Down"}, {help.NameOf(fyne.KeyF3), "F3"},
		{help.NameOfRune('m'), "M"}, {help.NameOfRune('−'), "-"},
		{shortcut(fyne.KeyL, ctrl|fyne.KeyModifierShift), "Ctrl+Shift+L"}, {shortcut(fyne.KeyF1, 0), "F1"},
		{shortcut(fyne.KeyEqual, ctrl|fyne.KeyModifierShift), "Ctrl++"}, {shortcut(fyne.KeyMinus, ctrl), "Ctrl+-"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestGallery sees that help fits the least window, and can be read.
func TestGallery(t *testing.T) {
	ofTopic := func(id string) func(fyne.Window) {
		return func(w fyne.Window) {
			topic, _ := help.Of(id)
			help.Show(w, topic, nil)
		}
	}
	states := map[string]func(fyne.Window){
		"help-today": ofTopic(help.Today), "help-lock": ofTopic(help.Lock), "help-users": ofTopic("users"),
		"help-keys": func(w fyne.Window) { help.ShowAll(w) },
		"help-keys-found": func(w fyne.Window) {
			help.ShowAll(w)
			test.Type(w.Canvas().Focused(), "print")
		},
		"help-keys-none": func(w fyne.Window) {
			help.ShowAll(w)
			test.Type(w.Canvas().Focused(), "xylophone")
		},
	}
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, show := range states {
			t.Run(name+suffix, func(t *testing.T) {
				app := test.NewTempApp(t)
				app.Settings().SetTheme(look)
				size := fyne.NewSize(1024, 700)
				w := test.NewTempWindow(t, canvas.NewRectangle(look.Color("background", 0)))
				w.SetPadded(false)
				w.Resize(size)
				show(w)
				uitest.SavePicture(t, w, size, name+suffix)
			})
		}
	})
}

// Help is read with the keys, while a button or a field has the focus.
func TestHelpMovesByKeys(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(looks.New(looks.Light, 1))
	w := test.NewTempWindow(t, canvas.NewRectangle(nil))
	w.Resize(fyne.NewSize(1024, 700))
	topic, _ := help.Of(help.Today)
	d := help.Show(w, topic, nil)
	seeKeysMove(t, w, scrollIn[*container.Scroll](d))
	d.Close()
	scroll := scrollIn[*widgets.InnerScroll](help.ShowAll(w))
	seeKeysMove(t, w, &scroll.Scroll)
	test.Type(w.Canvas().Focused(), "walk-in")
	if scroll.Offset.Y != 0 {
		t.Error("what was found is out of sight")
	}
}

func seeKeysMove(t *testing.T, w fyne.Window, scroll *container.Scroll) {
	t.Helper()
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown} {
		before := scroll.Offset.Y
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
		if scroll.Offset.Y <= before {
			t.Errorf("%s leaves it at %v", key, scroll.Offset)
		}
	}
	for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyPageUp} {
		before := scroll.Offset.Y
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
		if scroll.Offset.Y >= before {
			t.Errorf("%s leaves it at %v", key, scroll.Offset)
		}
	}
}

func scrollIn[S fyne.CanvasObject](root fyne.CanvasObject) (found S) {
	uitest.Walk(root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if s, ok := o.(S); ok {
			found = s
		}
	})
	return found
}

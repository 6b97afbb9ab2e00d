package widgets

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/looks"
)

// newPathWindow shows one of the fields in a window.
func newPathWindow(t *testing.T, newField func(fyne.Window) *PathField) (fyne.Window, *PathField) {
	t.Helper()
	w := newPlainWindow(t)
	f := newField(w)
	w.SetContent(NewColumn(NewField("Folder", f)))
	return w, f
}

func newKitField(w fyne.Window) *PathField { return NewSaveField(w, "Kit.pdf") }

// drawn lists an object and all that is drawn for it, also in widgets that are no Parent.
func drawn(o fyne.CanvasObject) []fyne.CanvasObject {
	found, inside := []fyne.CanvasObject{o}, []fyne.CanvasObject(nil)
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		found = append(found, drawn(child)...)
	}
	return found
}

// overlayButton finds a button of the dialog that Fyne shows.
func overlayButton(t *testing.T, w fyne.Window, text string) *widget.Button {
	t.Helper()
	for _, o := range drawn(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			return b
		}
	}
	t.Fatalf("there is no button %q", text)
	return nil
}

func TestPathFieldKeys(t *testing.T) {
	w, f := newPathWindow(t, NewFolderField)
	submitted, submit := counter()
	var changes []string
	f.OnSubmit, f.OnChanged = submit, func(path string) { changes = append(changes, path) }
	w.Canvas().Focus(f.Focusable())
	test.Type(f.Focusable(), "/a ")
	press(w, fyne.KeyReturn)
	wantCount(t, "Enter", submitted, 1)
	if f.Text() != "/a" {
		t.Errorf("text %q", f.Text())
	}
	if last := changes[len(changes)-1]; last != "/a" {
		t.Errorf("the last change was %q", last)
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(f.browse) {
		t.Errorf("Tab went to %T", w.Canvas().Focused())
	}
}

func TestPathFieldLeavesEnterToThePaneAround(t *testing.T) {
	w := newPlainWindow(t)
	f := NewFolderField(w)
	entered, enter := counter()
	page := NewPage(NewField("Folder", f), PageOptions{OnEnter: enter})
	w.SetContent(page)
	page.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != f.Focusable() {
		t.Fatalf("the focus is on %T", w.Canvas().Focused())
	}
	press(w, fyne.KeyReturn)
	wantCount(t, "Enter", entered, 1)
}

func TestPathFieldBrowses(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "practice.backup")
	if err := os.WriteFile(file, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		newField    func(fyne.Window) *PathField
		typed, want string
	}{
		"the folder itself":         {NewFolderField, folder, folder},
		"the nearest one":           {NewFolderField, filepath.Join(folder, "not", "there"), folder},
		"of a file to be made":      {newKitField, filepath.Join(folder, "Page.pdf"), filepath.Join(folder, "Page.pdf")},
		"of a file that is there":   {newKitField, file, file},
		"of a file, a folder typed": {newKitField, folder + string(filepath.Separator), filepath.Join(folder, "Kit.pdf")},
		"below a missing folder":    {newKitField, filepath.Join(folder, "not", "Page.pdf"), filepath.Join(folder, "Page.pdf")},
	} {
		t.Run(name, func(t *testing.T) {
			w, f := newPathWindow(t, c.newField)
			f.SetText(c.typed)
			test.Tap(f.browse)
			test.Tap(overlayButton(t, w, "Choose"))
			if f.Text() != c.want {
				t.Errorf("chose %q, want %q", f.Text(), c.want)
			}
			if w.Canvas().Focused() != f.Focusable() {
				t.Errorf("the focus is on %T", w.Canvas().Focused())
			}
		})
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "kept" {
		t.Errorf("browsing left %q, %v", content, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("browsing left %d files, %v", len(left), err)
	}
}

// TestFileFieldOffersItsTypes, and folders.
func TestFileFieldOffersItsTypes(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.csv", "B.XLSX", "c.pdf"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, f := newPathWindow(t, func(w fyne.Window) *PathField { return NewFileField(w, ".csv", ".xlsx") })
	f.SetText(folder)
	test.Tap(f.browse)
	var offered []string
	for _, o := range drawn(w.Canvas().Overlays().Top()) {
		if label, ok := o.(*widget.Label); ok && slices.Contains([]string{"a", "B", "c"}, label.Text) {
			offered = append(offered, label.Text)
		}
	}
	if !slices.Equal(offered, []string{"a", "B"}) {
		t.Errorf("%q", offered)
	}
}

func TestPathFieldBrowsingCanBeLeft(t *testing.T) {
	folder := t.TempDir()
	for name, newField := range map[string]func(fyne.Window) *PathField{
		"folder": NewFolderField, "save": newKitField,
	} {
		for way, leave := range map[string]func(fyne.Window){
			"Cancel": func(w fyne.Window) { test.Tap(overlayButton(t, w, "Cancel")) },
			"Esc":    func(w fyne.Window) { press(w, fyne.KeyEscape) },
		} {
			t.Run(name+" "+way, func(t *testing.T) {
				w, f := newPathWindow(t, newField)
				left, back := counter()
				w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { back() })
				f.SetText(folder)
				test.Tap(f.browse)
				leave(w)
				if w.Canvas().Overlays().Top() != nil {
					t.Error("the dialog is still there")
				}
				if f.Text() != folder {
					t.Errorf("the path is %q now", f.Text())
				}
				w.Canvas().Unfocus()
				press(w, fyne.KeyF3)
				wantCount(t, "a key after the dialog", left, 1)
			})
		}
	}
}

func TestPathFieldDialogFitsTheWindow(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		w, f := newPathWindow(t, NewFolderField)
		fyne.CurrentApp().Settings().SetTheme(looks.New(looks.Light, scale))
		f.SetText(t.TempDir())
		test.Tap(f.browse)
		button := overlayButton(t, w, "Choose")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
		end, window := at.AddXY(button.Size().Width, button.Size().Height), w.Canvas().Size()
		if at.X < 0 || at.Y < 0 || end.X > window.Width || end.Y > window.Height {
			t.Errorf("scale %v: the button is from %v to %v in a window of %v", scale, at, end, window)
		}
	}
}

func TestNearestFolder(t *testing.T) {
	folder := t.TempDir()
	for typed, want := range map[string]string{
		folder:                                folder,
		folder + "/":                          folder,
		filepath.Join(folder, "a", "b", "c"):  folder,
		"":                                    "",
		"Kit.pdf":                             "",
		filepath.Join("not", "absolute"):      "",
		filepath.Join(folder, "a", "..", "b"): folder,
	} {
		got := nearestFolder(typed)
		switch {
		case got == nil && want == "":
		case got == nil || want == "":
			t.Errorf("%q: %v", typed, got)
		case !storage.EqualURI(got, storage.NewFileURI(want)):
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}

func TestPathFieldDisables(t *testing.T) {
	_, f := newPathWindow(t, NewFolderField)
	f.Disable()
	test.Type(f.Focusable(), "x")
	if f.Text() != "" || !f.Disabled() || !f.browse.Disabled() {
		t.Errorf("text %q, disabled %v, %v", f.Text(), f.Disabled(), f.browse.Disabled())
	}
	f.Enable()
	test.Type(f.Focusable(), "x")
	if f.Text() != "x" || f.browse.Disabled() {
		t.Errorf("text %q, button off %v", f.Text(), f.browse.Disabled())
	}
}

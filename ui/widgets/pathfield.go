package widgets

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// PathField is a field for the path of a folder or a file, with a "Browse…" beside it. Everything can be typed; what
// is browsed for only fills the field in.
type PathField struct {
	widget.BaseWidget

	OnChanged func(path string)
	OnSubmit  func() // for Enter; where it is nil, the pane around has the key

	entry  *pathEntry
	browse *Button
	window fyne.Window
	choose func() *dialog.FileDialog
}

// NewFolderField returns an empty field for a folder.
func NewFolderField(window fyne.Window) *PathField {
	f := newPathField(window)
	f.choose = func() *dialog.FileDialog { return f.folderDialog(f.SetText) }
	return f
}

// NewSaveField returns an empty field for a file to be made. Browsing chooses its folder; the file keeps the name typed
// so far, or gets the one given here. Fyne's own dialog for saving would empty a file that is there, and leave an
// empty one where none was.
func NewSaveField(window fyne.Window, name string) *PathField {
	f := newPathField(window)
	f.choose = func() *dialog.FileDialog {
		return f.folderDialog(func(folder string) { f.SetText(filepath.Join(folder, f.nameOr(name))) })
	}
	return f
}

// NewFileField returns an empty field for a file that is there, of one of the types by the ends of their names; any
// other can be typed.
func NewFileField(window fyne.Window, types ...string) *PathField {
	f := newPathField(window)
	f.choose = func() *dialog.FileDialog {
		d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
			if err == nil && file != nil {
				file.Close() // only its path is asked for
				f.SetText(filepath.FromSlash(file.URI().Path()))
			}
		}, f.window)
		d.SetTitleText(lang.L("Choose a file"))
		d.SetFilter(storage.NewExtensionFileFilter(types))
		return d
	}
	return f
}

func newPathField(window fyne.Window) *PathField {
	f := &PathField{window: window}
	f.entry = newPathEntry(f)
	f.browse = NewButton(lang.L("Browse…"), f.openDialog)
	f.ExtendBaseWidget(f)
	return f
}

// Text returns the path, without spaces around it.
func (f *PathField) Text() string { return strings.TrimSpace(f.entry.Text) }

// SetText shows another path. Of a long one the end is in sight.
func (f *PathField) SetText(path string) {
	f.entry.SetText(path)
	f.entry.CursorColumn = len([]rune(path))
	f.entry.Refresh()
}

// nameOr is the name of the file typed so far, or else another one.
func (f *PathField) nameOr(other string) string {
	if _, name := filepath.Split(f.Text()); name != "" {
		return name
	}
	return other
}

// Enable lets the user type and browse again.
func (f *PathField) Enable() {
	f.entry.Enable()
	f.browse.Enable()
}

// Disable keeps the path as it is.
func (f *PathField) Disable() {
	f.entry.Disable()
	f.browse.Disable()
}

// Disabled implements fyne.Disableable.
func (f *PathField) Disabled() bool { return f.entry.Disabled() }

// Focusable is the part of the field that takes the focus and the keys.
func (f *PathField) Focusable() fyne.Focusable { return f.entry }

// Children implements layouts.Parent.
func (f *PathField) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.entry, f.browse} }

// CreateRenderer implements fyne.Widget.
func (f *PathField) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(&layouts.Row{Gap: gap, Fill: f.entry}, f.Children()...))
}

func (f *PathField) folderDialog(chosen func(folder string)) *dialog.FileDialog {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err == nil && folder != nil {
			chosen(filepath.FromSlash(folder.Path()))
		}
	}, f.window)
	d.SetTitleText(lang.L("Choose a folder"))
	return d
}

// openDialog browses, beginning as near as can be to what is typed. Esc leaves the dialog unless something in it has
// the focus: Fyne's lists and fields keep the key.
func (f *PathField) openDialog() {
	d := f.choose()
	d.SetConfirmText(lang.L("Choose"))
	d.SetDismissText(lang.L("Cancel"))
	if folder := nearestFolder(f.Text()); folder != nil {
		d.SetLocation(folder)
	}
	c := f.window.Canvas()
	before := c.OnTypedKey()
	d.SetOnClosed(func() {
		c.SetOnTypedKey(before)
		c.Focus(f.entry)
	})
	d.Show()
	d.Resize(c.Size().SubtractWidthHeight(2*dialogMargin, 2*dialogMargin))
	c.Overlays().Top().Refresh() // or it would stay where a smaller one is in the middle
	c.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
}

// nearestFolder is the folder of a path, or else the nearest one above it that is there; nil if there is none.
func nearestFolder(path string) fyne.ListableURI {
	if !filepath.IsAbs(path) {
		return nil
	}
	for path = filepath.Clean(path); ; path = filepath.Dir(path) {
		if folder, err := storage.ListerForURI(storage.NewFileURI(path)); err == nil {
			return folder
		}
		if filepath.Dir(path) == path {
			return nil
		}
	}
}

// pathEntry is the Entry of a PathField.
type pathEntry struct {
	Entry
	field *PathField
}

func newPathEntry(field *PathField) *pathEntry {
	e := &pathEntry{field: field}
	e.Entry.Entry.OnChanged = func(string) {
		if field.OnChanged != nil {
			field.OnChanged(field.Text())
		}
	}
	e.setUp(e)
	return e
}

func (e *pathEntry) TypedKey(key *fyne.KeyEvent) {
	if isEnter(key) && e.field.OnSubmit != nil {
		e.field.OnSubmit()
		return
	}
	e.Entry.TypedKey(key)
}

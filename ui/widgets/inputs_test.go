package widgets

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

// TestLettersAreHeardWhereNoFieldIs: every widget here that takes the focus passes letters on to the page, unless they
// are text to it. A new one is found by its source.
func TestLettersAreHeardWhereNoFieldIs(t *testing.T) {
	bars, list, results := NewBarChart("a", "b"), NewList(Head{Width: 50}), NewResultList("Found")
	for name, o := range map[string]fyne.Focusable{
		"Button": NewButton("OK", nil), "Check": NewCheck("Check", nil), "Select": NewSelect([]string{"A"}, nil),
		"listRows": list.Focusable(), "of results": results.Focusable(), "VersionPicker": NewVersionPicker([]Version{{}, {}}, 0), "barPlot": bars.Focusable(),
		"nothing": nil,
	} {
		heard := ""
		key := func(r rune) func() { return func() { heard += string(r) } }
		bar, page := NewButton("Bar", nil), NewPage(NewColumn(bars, list, results), PageOptions{Runes: map[rune]func(){'w': key('w'), '+': key('+')}})
		if single, ok := o.(fyne.CanvasObject); ok && !slices.Contains(visibleIn(page), single) {
			page.content.(*fyne.Container).Add(single)
		}
		w := newPlainWindow(t, bar, page)
		page.FocusFirst(w.Canvas())
		typed := w.Canvas().OnTypedRune()
		if w.Canvas().Focus(o); o != nil {
			typed = o.TypedRune
		}
		typed('w')
		typed('+')
		typed('x')
		if heard != "w+" {
			t.Errorf("%s: the page hears %q", name, heard)
		}
		bar.TypedRune('w') // beside the page
		d := ShowDialog(w, DialogOptions{Content: NewColumn(), Cancel: "Close"})
		w.Canvas().OnTypedRune()('w')
		d.Cancel().TypedRune('w')
		if heard != "w+w" {
			t.Errorf("%s: from beside the page and under a dialog the page hears %q", name, heard)
		}
	}
	want := []string{"AnyKey", "Control", "Entry", "PasswordEntry"} // AnyKey takes all, entries have text, and the others are Controls
	if got := focusableTypes(t); !slices.Equal(got, want) {
		t.Errorf("these take the focus: %q, want %q", got, want)
	}
}

// focusableTypes are the types here that implement FocusGained.
func focusableTypes(t *testing.T) (types []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "FocusGained" {
				types = append(types, f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name)
			}
		}
	}
	slices.Sort(types)
	return types
}

// TestEscAsksBeforeTypedTextGoes, but for passwords and codes.
func TestEscAsksBeforeTypedTextGoes(t *testing.T) {
	for name, change := range map[string]func(*dialogSample){
		"text":   func(s *dialogSample) { test.Type(s.entry, "Rosa Quill") },
		"check":  func(s *dialogSample) { s.check.SetChecked(true) },
		"choice": func(s *dialogSample) { s.choice.SetSelected("B") },
	} {
		s := newDialogSample(t)
		change(s)
		press(s.window, fyne.KeyEscape)
		wantCount(t, name+": cancelled by one key", s.refused, 0)
		press(s.window, fyne.KeyReturn) // too many: goes on typing
		if s.window.Canvas().Overlays().Top() != fyne.CanvasObject(s.dialog) {
			t.Errorf("%s: the dialog is gone", name)
		}
		test.Tap(s.dialog.Cancel())
		test.Tap(s.window.Canvas().Overlays().Top().(*Dialog).Primary())
		wantCount(t, name+": thrown away", s.refused, 1)
		if s.window.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: a dialog stays", name)
		}
	}
	s := newDialogSample(t)
	test.Type(s.password, "secret")
	test.Type(s.code.entry, "123")
	press(s.window, fyne.KeyEscape)
	wantCount(t, "with a password and a code", s.refused, 1)
}

// TestBusyDialogIsClosedToChanges, and open again as it was, with the focus where it was.
func TestBusyDialogIsClosedToChanges(t *testing.T) {
	s := newDialogSample(t)
	s.password.Disable() // before already
	s.window.Canvas().Focus(s.entry)
	test.Type(s.entry, "a")
	s.dialog.SetBusy("Saving…")
	test.Type(s.entry, "b")
	press(s.window, fyne.KeyBackspace)
	s.check.Tapped(&fyne.PointEvent{})
	s.check.TypedRune(' ')
	test.Type(s.code.entry, "123")
	s.choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if s.entry.Text != "a" || s.check.Checked || s.code.Text() != "" || len(s.window.Canvas().Overlays().List()) != 1 {
		t.Errorf("changed while busy: %q, %v, %q", s.entry.Text, s.check.Checked, s.code.Text())
	}
	s.dialog.SetBusy("Still saving…")
	s.dialog.SetBusy("")
	if s.window.Canvas().Focused() != fyne.Focusable(s.entry) {
		t.Errorf("the focus is on %T", s.window.Canvas().Focused())
	}
	press(s.window, fyne.KeyBackspace)
	if s.entry.Text != "" || s.check.Disabled() || !s.password.Disabled() {
		t.Errorf("afterwards: %q, check off: %v, password off: %v", s.entry.Text, s.check.Disabled(), s.password.Disabled())
	}
}

// TestClosedPickAndChoices take neither keys nor clicks.
func TestClosedPickAndChoices(t *testing.T) {
	pick, choice := NewVersionPicker([]Version{{}, {}}, 0), NewChoiceEntry(func(string) {})
	choice.SetChoices([]string{"one"})
	form := NewColumn(pick, choice)
	newTestWindow(t, looks.New(looks.Light, 1)).SetContent(form)
	var closing Closing
	closing.Set(form, true)
	closing.Set(form, true)
	pick.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	pick.cells[1].Tapped(nil)
	choice.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	choice.links.Objects[0].(fyne.Tappable).Tapped(nil)
	if pick.Chosen() != 0 || choice.Text() != "" {
		t.Errorf("chose %d, %q", pick.Chosen(), choice.Text())
	}
	closing.Set(form, false)
	pick.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if pick.Chosen() != 1 || choice.entry.Disabled() {
		t.Error("it is still closed")
	}
}

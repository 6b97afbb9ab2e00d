package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows are the imports between our packages that the architecture allows
// (docs/architecture.md): a package that is not here does not belong.
var arrows = map[string][]string{
	"resources": {},

	"auth/strength":        {},
	"auth/totp":            {},
	"auth/vault":           {},
	"auth/keyring":         {},
	"auth/scram":           {},
	"auth":                 {"auth/scram", "auth/strength", "auth/totp", "auth/vault", "auth/keyring"},
	"auth/authtest":        {"auth", "auth/vault", "auth/keyring"},
	"auth/authtest/model":  {"auth", "auth/authtest", "auth/totp"},
	"auth/authtest/limits": {},

	"data":          {},
	"data/disk":     {},
	"data/exchange": {"data", "data/exchange/spreadsheet"},
	"data/demo":     {"data"},
	"data/zone":     {"data"},
	"data/desk":     {"auth", "data", "data/zone"},
	"data/store":    {"auth", "data/disk", "data/store/migrations", "data/store/rows"},

	"data/exchange/spreadsheet": {},

	"data/store/migrations":      {},
	"data/store/rows":            {"auth"},
	"data/store/copying":         {"auth"},
	"data/store/postgres":        {"auth", "auth/scram", "data/store", "data/store/copying", "data/store/migrations", "data/store/rows"},
	"data/store/postgres/pgtest": {"auth", "data/store", "data/store/postgres"},

	"data/sharing":  {"auth"},
	"data/host":     {"data/disk", "data/sharing", "data/shell"},
	"data/shell":    {},
	"data/location": {"auth", "auth/keyring", "auth/scram", "auth/vault", "data/disk", "data/host", "data/sharing", "data/store", "data/store/copying", "data/store/postgres"},

	// Tests for every engine; only tests import it.
	"data/store/conform": {"auth", "auth/authtest", "auth/authtest/limits", "auth/authtest/model", "auth/keyring", "auth/totp", "data", "data/desk", "data/disk"},

	// A practice for the tests of screens; only tests import it.
	"ui/uitest/practice": {"auth", "auth/authtest", "auth/totp", "data", "data/desk"},

	"ui/idle":      {},
	"ui/clipboard": {"ui/work"},
	"ui/instance":  {"data/disk"},
	"ui/layouts":   {},
	"ui/looks":     {},
	"ui/work":      {},
	"ui/widgets":   {"ui/layouts"},
	"ui/words":     {"auth", "auth/keyring", "data", "data/exchange", "data/sharing"},
	"ui/help":      {"ui/layouts", "ui/widgets"},
	"ui/uitest":    {"resources", "ui/help", "ui/looks", "ui/widgets"},

	"ui/paper":    {"data", "data/disk", "data/shell", "ui/words"},
	"ui/signin":   {"auth", "auth/keyring", "data/zone", "resources", "ui/help", "ui/layouts", "ui/screen", "ui/widgets", "ui/words", "ui/work"},
	"ui/recovery": {"auth", "auth/keyring", "data/sharing", "ui/help", "ui/screen", "ui/signin", "ui/widgets", "ui/words"},
	"ui/screen":   {"auth", "ui/layouts", "ui/looks", "ui/widgets", "ui/words", "ui/work"},
	"ui/settings": {
		"auth", "data", "data/desk", "data/sharing", "resources", "ui/looks", "ui/screen", "ui/settings/account",
		"ui/settings/activity", "ui/settings/appointments", "ui/settings/backup", "ui/settings/computers",
		"ui/settings/exchange", "ui/settings/general", "ui/settings/kit", "ui/settings/pane",
		"ui/settings/practitioners", "ui/settings/recovery", "ui/settings/server", "ui/settings/users", "ui/widgets",
		"ui/work",
	},

	// The panes of the settings know what they share, and nothing of the frame.
	"ui/settings/account":      {"auth", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/signin", "ui/widgets", "ui/words"},
	"ui/settings/activity":     {"auth", "data/exchange", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words"},
	"ui/settings/appointments": {"data", "data/desk", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words"},
	"ui/settings/backup":       {"auth", "data/sharing", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words"},
	"ui/settings/computers":    {"auth", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words", "ui/work"},
	"ui/settings/exchange": {
		"auth", "data", "data/desk", "data/disk", "data/exchange", "ui/layouts", "ui/screen", "ui/settings/kit",
		"ui/settings/pane", "ui/widgets", "ui/words",
	},
	"ui/settings/general":       {"auth", "ui/layouts", "ui/screen", "ui/settings/kit", "ui/settings/pane", "ui/signin", "ui/widgets", "ui/words"},
	"ui/settings/kit":           {"auth", "ui/screen", "ui/widgets"},
	"ui/settings/pane":          {"auth", "data", "data/desk", "ui/layouts", "ui/screen", "ui/widgets", "ui/words", "ui/work"},
	"ui/settings/practitioners": {"data", "data/desk", "ui/layouts", "ui/looks", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words"},
	"ui/settings/recovery":      {"auth", "ui/layouts", "ui/screen", "ui/settings/kit", "ui/settings/pane", "ui/widgets", "ui/words"},
	"ui/settings/server": {
		"auth", "data/sharing", "ui/layouts", "ui/screen", "ui/settings/computers", "ui/settings/pane", "ui/widgets",
		"ui/words", "ui/work",
	},
	"ui/settings/users": {"auth", "ui/layouts", "ui/screen", "ui/settings/pane", "ui/widgets", "ui/words"},

	"ui/screen/screentest": {"ui/looks", "ui/screen", "ui/uitest", "ui/widgets", "ui/work"},

	"ui/settings/panetest": {
		"auth", "auth/authtest", "data", "ui/looks", "ui/screen", "ui/screen/screentest", "ui/settings/pane",
		"ui/uitest", "ui/uitest/practice", "ui/widgets", "ui/work",
	},

	"ui/frontdesk": {
		"auth", "data", "data/desk", "data/zone", "resources", "ui/frontdesk/figures", "ui/frontdesk/firststeps",
		"ui/frontdesk/patients", "ui/frontdesk/today", "ui/help", "ui/layouts", "ui/screen", "ui/widgets", "ui/words",
	},
	"ui/frontdesk/firststeps": {"auth", "data", "data/desk", "ui/layouts", "ui/screen", "ui/widgets"},
	"ui/frontdesk/figures":    {"auth", "data", "data/desk", "ui/layouts", "ui/screen", "ui/widgets", "ui/words"},
	"ui/frontdesk/today":      {"auth", "data", "data/desk", "data/zone", "ui/layouts", "ui/looks", "ui/screen", "ui/widgets", "ui/words"},
	"ui/frontdesk/patients":   {"auth", "data", "data/desk", "ui/layouts", "ui/looks", "ui/screen", "ui/widgets", "ui/words"},

	"ui/shell": {
		"auth", "data", "data/desk", "data/sharing", "data/zone", "resources", "ui/frontdesk",
		"ui/frontdesk/firststeps", "ui/help", "ui/layouts", "ui/looks", "ui/paper", "ui/recovery", "ui/screen",
		"ui/settings", "ui/settings/general", "ui/settings/pane", "ui/settings/users", "ui/signin", "ui/widgets",
		"ui/words", "ui/work",
	},

	"cmd/anteroom": {"auth", "auth/keyring", "auth/vault", "data", "data/demo", "data/desk", "data/disk", "data/host", "data/location", "data/sharing", "data/store", "data/zone", "resources",
		"ui/clipboard", "ui/idle", "ui/instance", "ui/paper", "ui/shell", "ui/work"},
	"cmd/journey":      {},
	"cmd/journey/bare": {},
	"cmd/plot":         {},
}

// noFyne are the parts that must do without a toolkit.
var noFyne = []string{"auth", "data", "ui/work", "ui/instance", "ui/idle", "ui/clipboard"}

// TestArrows holds the imports of the whole project, but for its tests, to the
// architecture. It reads the source, so no build tag hides an import.
func TestArrows(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && file != root && (strings.HasPrefix(name, ".") || name == "build" || name == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		checkFile(t, file, path.Dir(filepath.ToSlash(rel)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkFile(t *testing.T, file, pkg string) {
	t.Helper()
	allowed, known := arrows[pkg]
	if !known {
		t.Errorf("%s: the architecture has no package %s", file, pkg)
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(imported, "anteroom/"); ok && !slices.Contains(allowed, ours) {
			t.Errorf("%s must not import %s", file, ours)
		}
		checkFyne(t, file, pkg, imported)
		checkPresenter(t, file, imported)
	}
}

// checkPresenter keeps widgets and the toolkit out of presenters, which decide what screens show and
// are plain Go: of Fyne they know its translations only. They are told by the names of their files.
func checkPresenter(t *testing.T, file, imported string) {
	t.Helper()
	name := filepath.Base(file)
	if name != "presenter.go" && !strings.HasSuffix(name, "_presenter.go") {
		return
	}
	fyne := strings.HasPrefix(imported, "fyne.io/") && imported != "fyne.io/fyne/v2/lang"
	if fyne || imported == "anteroom/ui/widgets" || imported == "anteroom/ui/looks" {
		t.Errorf("%s: a presenter knows no %s", file, imported)
	}
}

// checkFyne keeps the toolkit where screens are; the app (which needs cgo) is
// started by cmd alone.
func checkFyne(t *testing.T, file, pkg, imported string) {
	t.Helper()
	if !strings.HasPrefix(imported, "fyne.io/") {
		return
	}
	if imported == "fyne.io/fyne/v2/app" && !strings.HasPrefix(pkg, "cmd/") {
		t.Errorf("%s: only cmd starts the app", file)
	}
	for _, part := range noFyne {
		if pkg == part || strings.HasPrefix(pkg, part+"/") {
			t.Errorf("%s: %s does without Fyne", file, part)
		}
	}
}

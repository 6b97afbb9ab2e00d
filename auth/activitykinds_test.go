package auth_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anteroom/auth"
)

// events are all that the package's source declares.
func events(t *testing.T) (all []auth.Event) {
	t.Helper()
	isSource := func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }
	packages, err := parser.ParseDir(token.NewFileSet(), ".", isSource, 0) //nolint:staticcheck // deprecated as it ignores build tags: here that is wanted
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(packages["auth"], func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Event" {
			for _, value := range spec.Values {
				text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, auth.Event(text))
			}
		}
		return true
	})
	return all
}

// TestKinds: every event has a kind that a list shows, and every kind an event.
func TestKinds(t *testing.T) {
	found := map[auth.ActivityKind]int{}
	all := events(t)
	for _, e := range all {
		found[e.Kind()]++
		if !slices.Contains(auth.ActivityKinds, e.Kind()) {
			t.Errorf("%q is of kind %q", e, e.Kind())
		}
	}
	if len(all) < 46 || len(found) != len(auth.ActivityKinds) {
		t.Errorf("%d events of %v", len(all), found)
	}
	if k := auth.Event("of a newer program").Kind(); k != "" {
		t.Errorf("an unknown event is of kind %q", k)
	}
}

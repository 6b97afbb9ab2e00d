package resources

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "add new texts to translation/en.json and drop unused ones")

// TestTranslations: every text in the code is in en.json, and nothing else.
// The English text is the key; texts with a count have two forms.
func TestTranslations(t *testing.T) {
	want := map[string]any{}
	for _, dir := range []string{"ui", "cmd"} {
		collect(t, filepath.Join("..", dir), want)
	}
	const file = "translation/en.json"
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	if *update {
		for text := range want {
			if known, ok := got[text]; ok {
				want[text] = known // such as a singular form written by hand
			}
		}
		write(t, file, want)
		return
	}
	if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
		t.Errorf("en.json and the code differ (run: go test ./resources -update):\n%s", diff)
	}
}

func write(t *testing.T, file string, texts map[string]any) {
	t.Helper()
	content, err := json.MarshalIndent(texts, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	// json escapes &, < and > for HTML, which this is not.
	plain := strings.NewReplacer(`\u0026`, "&", `\u003c`, "<", `\u003e`, ">").Replace(string(content))
	if err := os.WriteFile(file, []byte(plain+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func keys(m map[string]any) map[string]bool {
	out := map[string]bool{}
	for k := range m {
		out[k] = true
	}
	return out
}

// collect finds the texts of lang.L, lang.N and lang.X in a folder's code. A
// text that is no literal can't be translated, so it fails the test.
func collect(t *testing.T, dir string, texts map[string]any) {
	t.Helper()
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn, ok := call.Fun.(*ast.SelectorExpr)
			if pkg, isName := selectorBase(fn, ok); !isName || pkg != "lang" || len(call.Args) == 0 {
				return true
			}
			text, ok := literal(call.Args[0])
			if !ok {
				t.Errorf("%s: the text of lang.%s must be a literal", set.Position(call.Pos()), fn.Sel.Name)
				return true
			}
			switch fn.Sel.Name {
			case "L":
				texts[text] = text
			case "N":
				texts[text] = map[string]string{"one": text, "other": text}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func selectorBase(fn *ast.SelectorExpr, ok bool) (string, bool) {
	if !ok || (fn.Sel.Name != "L" && fn.Sel.Name != "N" && fn.Sel.Name != "X") {
		return "", false
	}
	name, isName := fn.X.(*ast.Ident)
	if !isName {
		return "", false
	}
	return name.Name, true
}

// literal is a string literal, or several joined by +.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok1 := literal(e.X)
		right, ok2 := literal(e.Y)
		return left + right, ok1 && ok2 && e.Op == token.ADD
	}
	return "", false
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const dependenciesPage = "docs/dependencies.md"

// TestDependencies holds docs/dependencies.md to go.mod: each direct module has its row there,
// with its version, and no row names a module that is gone.
func TestDependencies(t *testing.T) {
	required := requirements(readFile(t, "go.mod"))
	rows := moduleRows(readFile(t, dependenciesPage))
	for module, r := range required {
		if !r.direct {
			continue
		}
		switch second, there := rows[module]; {
		case !there:
			t.Errorf("%s lacks %s %s: say there what it is for", dependenciesPage, module, r.version)
		case second != r.version:
			t.Errorf("%s has %q after %s, go.mod %s", dependenciesPage, second, module, r.version)
		}
	}
	for module := range rows {
		if _, there := required[module]; !there {
			t.Errorf("%s names %s, which go.mod does not require", dependenciesPage, module)
		}
	}
}

// TestNotices sees that whoever gets the program gets the notices that the lists of words ask for.
func TestNotices(t *testing.T) {
	for _, script := range []string{".ci/pack", ".ci/licences"} { // archives and packages
		packed := readFile(t, script)
		for _, paper := range []string{"LICENSE", dependenciesPage} {
			if !strings.Contains(packed, paper) {
				t.Errorf("%s lacks %s", script, paper)
			}
		}
	}
	for _, page := range []string{dependenciesPage, "auth/strength/lists/README.md"} {
		text := readFile(t, page)
		for _, notice := range []string{"2012-2016 Dan Wheeler and Dropbox", "2021 @zxcvbn-ts", "MIT", "opus.nlpl.eu",
			"www.opensubtitles.org", "ODC-BY", "opendatacommons.org/licenses/by/1-0"} {
			if !strings.Contains(text, notice) {
				t.Errorf("%s does not name %s", page, notice)
			}
		}
	}
}

// readFile reads a file, named from the top of the repository.
func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// requirement is what a go.mod requires of a module.
type requirement struct {
	version string
	direct  bool
}

// requirements are those of a go.mod without exclude, by module: no other line has a path and a version
// that begins with v, and nothing else.
func requirements(mod string) map[string]requirement {
	all := map[string]requirement{}
	for line := range strings.Lines(mod) {
		line, comment, _ := strings.Cut(strings.TrimPrefix(line, "require "), "//")
		words := strings.Fields(line)
		if len(words) == 2 && strings.HasPrefix(words[1], "v") {
			all[words[0]] = requirement{words[1], strings.TrimSpace(comment) != "indirect"}
		}
	}
	return all
}

// moduleRows are the rows of all tables of the page whose first column is a module, by its
// path, with their second column.
func moduleRows(page string) map[string]string {
	rows := map[string]string{}
	for line := range strings.Lines(page) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || cells[0] != "" {
			continue
		}
		first := strings.TrimSpace(cells[1])
		module := strings.Trim(first, "`")
		if host, _, isPath := strings.Cut(module, "/"); isPath && strings.Contains(host, ".") && first == "`"+module+"`" {
			rows[module] = strings.TrimSpace(cells[2])
		}
	}
	return rows
}

// TestDependenciesRead holds the two readers above to what they are given.
func TestDependenciesRead(t *testing.T) {
	mod := "module anteroom\n\ngo 1.26.0\n\nrequire example.org/one v1.2.0\n\nrequire (\n" +
		"\texample.org/two/v2 v2.0.1\n\texample.org/three v0.0.1 // indirect\n)\n\ntool example.org/two/v2/cmd\n"
	got := requirements(mod)
	want := map[string]requirement{
		"example.org/one": {"v1.2.0", true}, "example.org/two/v2": {"v2.0.1", true}, "example.org/three": {"v0.0.1", false},
	}
	if len(got) != len(want) {
		t.Errorf("%d requirements: %v", len(got), got)
	}
	for module, r := range want {
		if got[module] != r {
			t.Errorf("%s: %v", module, got[module])
		}
	}
	page := "| module | version |\n| --- | --- |\n| `example.org/one` | v1.2.0 | why |\n| Icon (`resources/icon.svg`) | our own |\n| `make test` | a/b.c |\n"
	if rows := moduleRows(page); len(rows) != 1 || rows["example.org/one"] != "v1.2.0" {
		t.Errorf("rows: %v", rows)
	}
}

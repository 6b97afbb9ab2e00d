//go:build unix

package host

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anteroom/data/sharing"
)

// install puts programs of a version into a folder, all but those named.
func install(t *testing.T, dir, version string, but ...string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"initdb", "pg_ctl", "postgres"} {
		if strings.Contains(strings.Join(but, " "), name) {
			continue
		}
		script := "#!/bin/sh\n[ -z \"$PGDATA\" ] && echo '" + version + "'\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInstalled: the newest counts, wherever it is; one that is too old, or not all of
// it, is none. A cluster needs the version that made it.
func TestInstalled(t *testing.T) {
	root := t.TempDir()
	in := func(names ...string) string { return filepath.Join(append([]string{root}, names...)...) }
	before := usual
	t.Cleanup(func() { usual = before })
	usual = []string{in("*", "bin")}
	t.Setenv("PATH", in("path")+":/usr/bin:/bin")
	t.Setenv("PGDATA", "/nowhere") // what is set for others does not count
	if p, err := Installed(t.Context()); !errors.Is(err, sharing.ErrNotInstalled) {
		t.Errorf("nothing: %v, %v", p, err)
	}
	install(t, in("9.6", "bin"), "postgres (PostgreSQL) 9.6.24")
	install(t, in("14", "bin"), "postgres (PostgreSQL) 14.9 (Debian)")
	install(t, in("18", "bin"), "postgres (PostgreSQL) 18.1", "initdb")
	install(t, in("19", "bin"), "something else 19")
	if p, err := Installed(t.Context()); !errors.Is(err, sharing.ErrNotInstalled) {
		t.Errorf("too old: %v, %v", p, err)
	}
	install(t, in("path"), "postgres (PostgreSQL) 15.2")
	install(t, in("16", "bin"), "postgres (PostgreSQL) 16.14 (Debian 16.14-1)")
	install(t, in("17", "bin"), "postgres (PostgreSQL) 17beta1")
	if p, err := Installed(t.Context()); err != nil || p != (Programs{in("17", "bin"), 17}) {
		t.Errorf("found %v, %v", p, err)
	}
	c := At(in("cluster"))
	for made, want := range map[string]string{"15": in("path"), "16": in("16", "bin"), "14": "", "20": ""} {
		if err := errors.Join(os.MkdirAll(c.dir, 0o700), write(c.in("PG_VERSION"), made+"\n")); err != nil {
			t.Fatal(err)
		}
		p, err := c.programs(t.Context())
		if p.Dir != want || (want == "") != errors.Is(err, sharing.ErrNotInstalled) {
			t.Errorf("%s made it: %v, %v", made, p, err)
		}
	}
	// What came with the program is what it was tried with.
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(filepath.Dir(own), "postgresql")
	t.Cleanup(func() { os.RemoveAll(beside) })
	install(t, filepath.Join(beside, "bin"), "postgres (PostgreSQL) 15.18")
	if p, err := Installed(t.Context()); err != nil || p != (Programs{filepath.Join(beside, "bin"), 15}) {
		t.Errorf("found %v, %v", p, err)
	}
}

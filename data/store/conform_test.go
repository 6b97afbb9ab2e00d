package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

var engine = conform.Engine{
	KeepsOpen: runtime.GOOS == "windows",
	New: func(t testing.TB) auth.Location {
		f, err := At(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return f
	},
	Again: func(t testing.TB, p auth.Location) auth.Location {
		f, err := At(p.Name())
		if err != nil {
			t.Fatal(err)
		}
		return f
	},
	Spec: auth.Location.Name,
	Open: func(folder string) (auth.Location, error) { return At(folder) },
	Copy: func(t *rapid.T, p auth.Location) auth.Location {
		template := p.Name() + " template"
		if err := os.Rename(p.Name(), template); err != nil && !errors.Is(err, fs.ErrNotExist) { // a copy beside the original would be refused
			t.Fatal(err)
		}
		folder, err := os.MkdirTemp(filepath.Dir(template), "copy")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(folder) })
		if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		copied, err := At(folder)
		if err != nil {
			t.Fatal(err)
		}
		return copied
	},
}

func TestMain(m *testing.M) {
	conform.Main(m, engine, map[string]conform.Role{
		"writer":   writer,
		"replacer": replacer,
		"backer":   backer,
		"thief":    thief,
		"copier":   copier,
	})
}

// TestConform: what auth asks of every engine.
func TestConform(t *testing.T) { conform.Suite(t, engine) }

// TestProcesses: several processes at one practice.
func TestProcesses(t *testing.T) { conform.Processes(t, engine) }

// TestModel holds a practice on the disk to the model of sign-in.
func TestModel(t *testing.T) { conform.Model(t, engine) }

package location

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/host"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// here is a location in a folder of its own, and its keyring.
func here(t *testing.T) (*Location, *authtest.Keyring) {
	t.Helper()
	folder := t.TempDir()
	dir, err := store.At(folder)
	if err != nil {
		t.Fatal(err)
	}
	keys := authtest.NewKeyring()
	return At(dir, host.At(filepath.Join(folder, "server")), auth.Deps{Keyring: keys, Now: time.Now, Cost: authtest.Cheap}), keys
}

func TestReadAddress(t *testing.T) {
	for text, want := range map[string]note{
		"192.168.1.20":            {Host: "192.168.1.20", Port: 54320, Database: "anteroom"},
		" 192.168.1.20 ":          {Host: "192.168.1.20", Port: 54320, Database: "anteroom"},
		"192.168.1.20:5433":       {Host: "192.168.1.20", Port: 5433, Database: "anteroom"},
		"front-desk":              {Host: "front-desk", Port: 54320, Database: "anteroom"},
		"FRONT_DESK.local":        {Host: "FRONT_DESK.local", Port: 54320, Database: "anteroom"},
		"db.clinic.example.:5432": {Host: "db.clinic.example.", Port: 5432, Database: "anteroom"},
		"10.0.0.1/clinic7":        {Host: "10.0.0.1", Port: 54320, Database: "clinic7"},
		"10.0.0.1:5432/clinic7":   {Host: "10.0.0.1", Port: 5432, Database: "clinic7"},
		"fe80::1":                 {Host: "fe80::1", Port: 54320, Database: "anteroom"},
		"[fe80::1]:5432":          {Host: "fe80::1", Port: 5432, Database: "anteroom"},
		"[fe80::1]":               {Host: "fe80::1", Port: 54320, Database: "anteroom"},

		"http://192.0.2.2/":            {Host: "192.0.2.2", Port: 54320, Database: "anteroom"},
		"HTTPS://192.0.2.2":            {Host: "192.0.2.2", Port: 54320, Database: "anteroom"},
		"https://front-desk:5433/":     {Host: "front-desk", Port: 5433, Database: "anteroom"},
		"http://[fe80::1]:5432/clinic": {Host: "fe80::1", Port: 5432, Database: "clinic"},
		"192.0.2.2 :54320":             {Host: "192.0.2.2", Port: 54320, Database: "anteroom"},
		"192.0.2.2: 5433":              {Host: "192.0.2.2", Port: 5433, Database: "anteroom"},
		"192.0.2.2,":                   {Host: "192.0.2.2", Port: 54320, Database: "anteroom"},
		"192.0.2.2:5433, ":             {Host: "192.0.2.2", Port: 5433, Database: "anteroom"},
		"192.0.2.2/":                   {Host: "192.0.2.2", Port: 54320, Database: "anteroom"},
		"192.0.2.2/clinic/":            {Host: "192.0.2.2", Port: 54320, Database: "clinic"},
	} {
		want.Kind = sharing.Desk
		n, err := readAddress(text, ofDesk)
		if err != nil || *n != want {
			t.Errorf("%q: %+v, %v", text, n, err)
			continue
		}
		if again, err := readAddress(n.typed(), ofDesk); err != nil || *again != want {
			t.Errorf("%q is shown as %q, which is %+v, %v", text, n.typed(), again, err)
		}
	}
	for _, text := range []string{"", " ", "front desk", "front:desk", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1:x", "/", ",", "http://", "https:///", "http:192.0.2.2", "ftp://192.0.2.2", "http://http://a", "192.0.2.2, 192.0.2.3", "10.0.0.1 5432", "/tmp", "-x", "a..b", "user@host", "host?sslmode=disable", "postgres://host", "::1]:x"} {
		if n, err := readAddress(text, ofDesk); !errors.Is(err, sharing.ErrAddress) {
			t.Errorf("%q: %+v, %v", text, n, err)
		}
	}
}

// TestNoteCounts: while a folder's note is there nobody works with what lies in the folder,
// and one that can't be read is never no practice.
func TestNoteCounts(t *testing.T) {
	l, _ := here(t)
	p, _, err := auth.SetUp(t.Context(), l.Deps(), auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: "spare teapot under oak"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for content, want := range map[string]error{
		`{"kind":2,"host":"10.0.0.1","port":54320,"database":"anteroom"}`: auth.ErrNotLinked, // this account has no access
		"":   auth.ErrNoDatabase,
		"{}": auth.ErrNoDatabase,
		`{"kind":9,"host":"10.0.0.1","port":54320,"database":"anteroom"}`: auth.ErrNoDatabase,
	} {
		if err := os.WriteFile(l.notePath(), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := p.NewAttempt().Password(t.Context(), "asmith", "spare teapot under oak"); !errors.Is(err, auth.ErrReplaced) {
			t.Errorf("%q: an open window: %v", content, err)
		}
		_, err := auth.Open(t.Context(), l.Deps())
		if !errors.Is(err, want) || errors.Is(err, auth.ErrNoPractice) {
			t.Errorf("%q: %v", content, err)
		}
		if _, _, err := auth.SetUp(t.Context(), l.Deps(), auth.SetUpForm{Practice: "Another", Name: "Anna Smith", Username: "asmith", Password: "spare teapot under oak"}); err == nil {
			t.Errorf("%q: a practice was set up", content)
		}
	}
	if err := l.writeNote(&note{Kind: sharing.Desk, Host: "10.0.0.1", Port: postgres.DefaultPort, Database: "clinic7", Server: "Front desk"}); err != nil {
		t.Fatal(err)
	}
	if w := l.Where(); w != (sharing.Where{Kind: sharing.Desk, Address: "10.0.0.1/clinic7", Server: "Front desk"}) {
		t.Errorf("%+v", w)
	}
	if l.Name() != "postgres://10.0.0.1:54320/clinic7" {
		t.Error(l.Name())
	}
}

// TestForgetWhatCantBeRead: the way on from a note that is damaged, or no file, is to forget it.
func TestForgetWhatCantBeRead(t *testing.T) {
	spoils := map[string]func(path string) error{
		"empty":   func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"a link":  func(path string) error { return errors.Join(os.Remove(path), os.Symlink(os.DevNull, path)) },
		"nowhere": func(path string) error { return os.WriteFile(path, []byte(`{"kind":1}`), 0o600) },
	}
	if runtime.GOOS == "windows" { // where links need rights
		delete(spoils, "a link")
	}
	for name, spoil := range spoils {
		t.Run(name, func(t *testing.T) {
			l, _ := here(t)
			n := &note{Kind: sharing.Desk, Host: "10.0.0.1", Port: postgres.DefaultPort, Database: "anteroom"}
			if err := errors.Join(l.writeNote(n), spoil(l.notePath())); err != nil {
				t.Fatal(err)
			}
			if _, err := auth.Open(t.Context(), l.Deps()); !errors.Is(err, sharing.ErrNote) || !errors.Is(err, auth.ErrNoDatabase) {
				t.Errorf("it opens: %v", err)
			}
			l.Where()
			if err := l.Forget(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := auth.Open(t.Context(), l.Deps()); !errors.Is(err, auth.ErrNoPractice) {
				t.Error(err)
			}
		})
	}
}

// TestForgetAtTheServer: where the server's own computer has no server that runs, it can forget
// it, and begin again with a backup.
func TestForgetAtTheServer(t *testing.T) {
	l, _ := here(t)
	server := filepath.Join(l.folder.Name(), "server")
	n := &note{Kind: sharing.Host, Host: "127.0.0.1", Port: 1, Database: "anteroom"}
	if err := errors.Join(l.writeNote(n), os.Mkdir(server, 0o700), os.WriteFile(filepath.Join(server, "PG_VERSION"), []byte("9\n"), 0o600)); err != nil {
		t.Fatal(err) // a version that is not here any more
	}
	if _, err := auth.Open(t.Context(), l.Deps()); err == nil {
		t.Fatal("it opens")
	}
	if err := l.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	aside, err := filepath.Glob(server + "-aside-*")
	if err != nil || len(aside) != 1 || host.At(server).Exists() {
		t.Errorf("aside is %q, %v", aside, err)
	}
	if _, err := auth.Open(t.Context(), l.Deps()); !errors.Is(err, auth.ErrNoPractice) || l.Where() != (sharing.Where{}) {
		t.Error(err)
	}
}

// TestForget: a desk that forgets its practice is as one that never had it. No other does.
func TestForget(t *testing.T) {
	l, keys := here(t)
	n := &note{Kind: sharing.Managed, Host: "10.0.0.1", Port: postgres.DefaultPort, Database: "anteroom"}
	for _, refused := range []*note{nil, n} {
		if refused != nil {
			if err := errors.Join(l.writeAccess(t.Context(), access{User: "owner"}), l.writeNote(refused)); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Forget(t.Context()); !errors.Is(err, sharing.ErrNotHere) {
			t.Errorf("%v: %v", refused, err)
		}
	}
	n.Kind = sharing.Desk
	if err := l.writeNote(n); err != nil {
		t.Fatal(err)
	}
	if err := l.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := auth.Open(t.Context(), l.Deps()); !errors.Is(err, auth.ErrNoPractice) || len(keys.Items()) != 0 {
		t.Errorf("%v, and the keyring has %v", err, keys.Items())
	}
}

func TestStateText(t *testing.T) {
	if got := stateText([]byte{0, 0x44, 0x32, 0x14, 0xc7, 0xff}); got != "ABCD-EFGH" {
		t.Error(got)
	}
}

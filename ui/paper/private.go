package paper

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"unicode"

	"github.com/adrg/xdg"

	"anteroom/data/disk"
)

// Folder is a private folder for papers that the system's viewer shows. Its
// methods can be called from anywhere, and touch the disk.
type Folder struct {
	dir    string
	open   func(path string) error
	remove func(*os.Root, string) error // Remove; in tests also one that fails
}

// NewFolder is the folder of that path, which need not exist yet; open starts
// the viewer of a file: Viewer.
func NewFolder(dir string, open func(path string) error) *Folder {
	return &Folder{dir: filepath.Clean(dir), open: open, remove: disk.Remove}
}

// DefaultDir is where papers lie for the viewer: in memory where the system
// has such a folder for each user, otherwise among the user's caches.
func DefaultDir() string {
	if dir := os.Getenv("XDG_RUNTIME_DIR"); runtime.GOOS == "linux" && filepath.IsAbs(dir) {
		return filepath.Join(dir, "anteroom-paper")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = xdg.CacheHome
	}
	return filepath.Join(cache, "anteroom", "paper")
}

// Show writes a paper into the folder, under its name and something random, and
// opens it in the viewer. It stays there until Clear, for a viewer takes its
// time; if none can be started (ErrViewer), it is removed at once.
func (f *Folder) Show(name string, content []byte) error {
	root, err := f.prepare()
	if err != nil {
		return fmt.Errorf("private folder: %w", translate(err))
	}
	defer root.Close()
	own := ownName(name)
	path, err := filepath.Abs(filepath.Join(f.dir, own))
	if err != nil {
		return fmt.Errorf("private folder: %w", err)
	}
	file, err := root.OpenFile(own, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write a paper: %w", translate(err))
	}
	if err := fill(file, writing(content)); err != nil {
		return errors.Join(fmt.Errorf("write a paper: %w", translate(err)), f.remove(root, own))
	}
	if err := f.open(path); err != nil {
		return errors.Join(fmt.Errorf("show a paper: %w (%w)", ErrViewer, err), f.remove(root, own))
	}
	return nil
}

// Clear removes all that Show has put there, in earlier runs too, and nothing
// else. A viewer may hold a paper so that it can't be removed: then the others
// are, and the next Clear tries again.
func (f *Folder) Clear() error {
	root, err := f.enter()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("private folder: %w", translate(err))
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return fmt.Errorf("private folder: %w", translate(err))
	}
	var failed []error
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !ownPattern.MatchString(entry.Name()) {
			continue
		}
		if err := f.remove(root, entry.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, fmt.Errorf("remove a paper: %w", translate(err)))
		}
	}
	return errors.Join(failed...)
}

// prepare makes the folder if need be, and private if it was not. On Windows it
// is private as all of the user's caches are.
func (f *Folder) prepare() (*os.Root, error) {
	root, err := f.enter()
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(f.dir, 0o700); err != nil {
			return nil, err
		}
		root, err = f.enter()
	}
	if err != nil {
		return nil, err
	}
	if err := disk.Narrow(root); err != nil {
		return nil, errors.Join(ErrFolder, err, root.Close())
	}
	return root, nil
}

// enter opens the folder itself, never one that a link of its name leads to.
func (f *Folder) enter() (*os.Root, error) {
	named, err := os.Lstat(f.dir)
	if err != nil {
		return nil, err
	}
	if !named.IsDir() {
		return nil, ErrFolder
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, err
	}
	opened, err := root.Stat(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	if !os.SameFile(named, opened) { // replaced in between
		return nil, errors.Join(ErrFolder, root.Close())
	}
	return root, nil
}

// ownPattern are the names that Show gives.
var ownPattern = regexp.MustCompile(`-anteroom-[A-Z2-7]{26}(\.[a-z0-9]{1,8})?$`)

// endPattern are the ends of names that are kept: the viewer is chosen by them.
var endPattern = regexp.MustCompile(`^\.[a-z0-9]{1,8}$`)

// ownName is a file's name with something random in it, for every system.
func ownName(name string) string {
	const most = 40
	end := filepath.Ext(name)
	stem := []rune(strings.Map(plainRune, strings.TrimSuffix(name, end)))
	end = strings.ToLower(end)
	if !endPattern.MatchString(end) {
		end = ""
	}
	return string(stem[:min(len(stem), most)]) + "-anteroom-" + rand.Text() + end
}

// plainRune keeps what every program of every system takes in a file's name.
func plainRune(r rune) rune {
	if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return '-'
}

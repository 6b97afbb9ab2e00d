package paper

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Files writes files to where people want them: whole, or not at all. Its methods
// can be called from anywhere, and touch the disk.
type Files struct {
	notes    string                                // folder of notes about files that are not whole yet
	nameless func(folder string) (*os.File, error) // errors.ErrUnsupported: this disk has no such files
	remove   func(path string) error               // os.Remove; in tests also one that fails

	mu      sync.Mutex
	running map[*saving]struct{}
}

// saving is the writing of a file.
type saving struct {
	path  string
	ended chan struct{}
	err   error // once it has ended
}

// NewFiles is a Files that keeps its notes in a folder, which need not exist yet.
// It must be the user's own and survive the end of the program.
func NewFiles(notes string) *Files {
	return &Files{notes: notes, nameless: openNameless, remove: os.Remove, running: map[*saving]struct{}{}}
}

// Save writes a new file that its owner alone can read. It is there whole or
// not at all, and never takes the place of another (ErrExists).
func (f *Files) Save(path string, content []byte) error {
	return f.SaveStream(path, writing(content))
}

// SaveStream is Save for what is written bit by bit. Where write fails there is
// no file, and its error is given. A program that is killed leaves none either,
// where the disk has files without a name; elsewhere it leaves one that ends in
// .part, which ClearUnfinished of the next start removes.
func (f *Files) SaveStream(path string, write func(io.Writer) error) error {
	s := f.begin(path)
	defer f.end(s)
	if s.err = f.save(path, write); s.err != nil {
		s.err = fmt.Errorf("save %s: %w", path, translate(s.err))
	}
	return s.err
}

// begin says that a file is being written, until end.
func (f *Files) begin(path string) *saving {
	s := &saving{path: path, ended: make(chan struct{})}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running[s] = struct{}{}
	return s
}

func (f *Files) end(s *saving) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.running, s)
	close(s.ended)
}

// Running are the paths of files that are being written. wait waits until those, and
// what is begun meanwhile, are written, or ctx ends; it gives the errors of those
// that are not whole.
func (f *Files) Running() (paths []string, wait func(context.Context) error) {
	running := f.now()
	for _, s := range running {
		paths = append(paths, s.path)
	}
	slices.Sort(paths)
	return paths, func(ctx context.Context) error {
		var failed []error
		for ; len(running) > 0; running = f.now() {
			for _, s := range running {
				select {
				case <-s.ended:
					failed = append(failed, s.err)
				case <-ctx.Done():
					return errors.Join(append(failed, ctx.Err())...)
				}
			}
		}
		return errors.Join(failed...)
	}
}

func (f *Files) now() []*saving {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.running))
}

func (f *Files) save(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return ErrExists
	}
	dir := filepath.Dir(path)
	file, err := f.nameless(dir)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		err = f.saveInPart(path, write)
	case err == nil:
		err = f.saveNameless(file, path, write)
	}
	if err != nil {
		return err
	}
	if err := unlessUnsupported(syncFolder(dir)); err != nil {
		slog.Warn("a power cut now could undo the saving", "error", err)
	}
	return nil
}

// saveNameless writes a file that has no name before it is whole.
func (f *Files) saveNameless(file *os.File, path string, write func(io.Writer) error) error {
	defer file.Close()
	if err := write(file); err != nil {
		return err
	}
	if err := unlessUnsupported(file.Sync()); err != nil {
		return err
	}
	err := nameFile(file, path)
	if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return f.saveInPart(path, func(w io.Writer) error { // a disk that gives such files no name later
		_, err := io.Copy(w, io.NewSectionReader(file, 0, math.MaxInt64))
		return err
	})
}

// saveInPart writes a file under a name of its own beside where it goes. That is
// noted before it is made.
func (f *Files) saveInPart(path string, write func(io.Writer) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	part := path + "." + rand.Text()[:partMark] + partEnd
	if _, err := os.Lstat(filepath.Dir(part)); err != nil {
		return err
	}
	forget, err := f.note(part)
	if err != nil { // a full home must not keep the practice's data from getting out
		slog.Warn("if the program is killed now, an unfinished file stays", "path", part, "error", err)
	}
	defer forget()
	file, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := fill(file, write); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := moveNew(part, path); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}

// writing writes what is there already.
func writing(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}

// fill writes a file's content down to the disk and closes it.
func fill(file *os.File, write func(io.Writer) error) error {
	err := write(file)
	if err == nil {
		err = unlessUnsupported(file.Sync())
	}
	return errors.Join(err, file.Close())
}

// unlessUnsupported forgives disks that can't be asked to write at once.
func unlessUnsupported(err error) error {
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// OnOwnDisk says whether a path, whose end need not exist yet, lies on a disk
// that this computer needs anyhow: that of the practice's data, of the user's
// home or of the system. A copy there is lost with them.
func OnOwnDisk(path, dataDir string) (bool, error) {
	chosen, err := diskOf(path)
	if err != nil {
		return false, fmt.Errorf("find the disk of %s: %w", path, translate(err))
	}
	own := []string{dataDir, systemFolder()}
	if home, err := os.UserHomeDir(); err == nil { // without a home there is none to lose
		own = append(own, home)
	}
	for _, place := range own {
		d, err := diskOf(place)
		if err != nil {
			return false, fmt.Errorf("find the disk of %s: %w", place, translate(err))
		}
		if d == chosen {
			return true, nil
		}
	}
	return false, nil
}

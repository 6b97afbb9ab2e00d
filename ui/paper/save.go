package paper

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// Save writes a new file that its owner alone can read. It is there whole or
// not at all, and never takes the place of another (ErrExists).
func Save(path string, content []byte) error {
	return SaveStream(path, writing(content))
}

// SaveStream is Save for what is written bit by bit. Where write fails there is
// no file, and its error is given.
func SaveStream(path string, write func(io.Writer) error) error {
	if err := save(path, write); err != nil {
		return fmt.Errorf("save %s: %w", path, translate(err))
	}
	return nil
}

func save(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return ErrExists
	}
	dir := filepath.Dir(path)
	beside := filepath.Join(dir, ".anteroom-"+rand.Text()+".tmp")
	file, err := os.OpenFile(beside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := fill(file, write); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	if err := moveNew(beside, path); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	if err := unlessUnsupported(syncFolder(dir)); err != nil {
		slog.Warn("a power cut now could undo the saving", "error", err)
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

package paper

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openNameless opens a new file in a folder that has no name (open(2), O_TMPFILE):
// where the program ends before it has one, it is gone.
func openNameless(folder string) (*os.File, error) {
	file, err := os.OpenFile(folder, os.O_RDWR|unix.O_TMPFILE, 0o600)
	switch {
	case errors.Is(err, unix.EISDIR), errors.Is(err, unix.EINVAL): // as older kernels and some disks say it
		return nil, fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	case err != nil:
		return nil, err
	}
	if _, err := os.Lstat(descriptor(file)); err != nil { // without /proc it gets no name
		return nil, errors.Join(errors.ErrUnsupported, file.Close())
	}
	return file, nil
}

// nameFile gives a file its name, which nothing must have.
func nameFile(file *os.File, path string) error {
	err := unix.Linkat(unix.AT_FDCWD, descriptor(file), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: "a file without a name", New: path, Err: err}
	}
	return nil
}

// descriptor is how a file is named that has no name.
func descriptor(file *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", file.Fd()) }

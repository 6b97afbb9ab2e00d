package paper

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// isAway says that the disk of a path is not there, or that something on the
// way to a file is no folder.
func isAway(err error) bool {
	return errors.Is(err, windows.ERROR_NOT_READY) || errors.Is(err, windows.ERROR_DIRECTORY)
}

// moveNew moves a file to a name that nothing has, in the same folder.
func moveNew(from, to string) error {
	source, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	return windows.MoveFile(source, target) // unlike os.Rename it replaces nothing
}

// syncFolder has nothing to do: the file system keeps its names by itself.
func syncFolder(string) error { return nil }

// diskID is the name of a volume, in small letters: "c:".
type diskID string

// diskOf is the disk a path lies on; its end need not exist yet.
func diskOf(path string) (diskID, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	volume := filepath.VolumeName(strings.TrimPrefix(path, `\\?\`))
	if volume == "" {
		return "", fmt.Errorf("the disk of %s has no name", path)
	}
	return diskID(strings.ToLower(volume)), nil
}

// systemFolder is a folder on the disk of the system.
func systemFolder() string {
	if root := os.Getenv("SystemRoot"); root != "" {
		return root
	}
	return `C:\Windows`
}

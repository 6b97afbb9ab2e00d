package disk

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// Opening a pipe waits for nobody here, and a link needs rights to be made.
const (
	noWait   = 0
	noFollow = 0
)

// narrow has nothing to do: folders of an account are private by what they inherit.
func narrow(*os.Root, bool) error { return nil }

// IsOwn has nothing to ask: what lies in an account's own folders is its own.
func IsOwn(fs.FileInfo) bool { return true }

// IsRemote says whether a path, whose end need not exist yet, lies on another
// computer's disk.
func IsRemote(path string) bool {
	path, err := filepath.Abs(Real(path))
	if err != nil {
		return false
	}
	path = strings.TrimPrefix(path, `\\?\`)
	if strings.HasPrefix(path, `UNC\`) || strings.HasPrefix(path, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}

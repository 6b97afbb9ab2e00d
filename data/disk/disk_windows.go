package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// Opening a pipe waits for nobody here, and a link needs rights to be made.
const (
	noWait   = 0
	noFollow = 0
)

// narrow gives a folder, with all that is in it, to this account and to Windows alone, unless
// somebody gave it rights of its own, and not those of the folder it lies in.
func narrow(root *os.Root, _ bool) error {
	described, err := windows.GetNamedSecurityInfo(root.Name(), windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return fmt.Errorf("%s: %w (%w)", root.Name(), ErrWide, err)
	}
	if control, _, err := described.Control(); err == nil && control&windows.SE_DACL_PROTECTED != 0 {
		return nil
	}
	access, err := ownAccess()
	if err != nil {
		return fmt.Errorf("%s: %w", root.Name(), err)
	}
	const rights = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	if err := windows.SetNamedSecurityInfo(root.Name(), windows.SE_FILE_OBJECT, rights, nil, nil, access, nil); err != nil {
		return fmt.Errorf("%s: %w (%w)", root.Name(), ErrWide, err)
	}
	return nil
}

// ownAccess is all of it for this account and for Windows, also of what will be in a folder.
func ownAccess() (*windows.ACL, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	system, err := windows.CreateWellKnownSid(windows.WinLocalSystemSid)
	if err != nil {
		return nil, err
	}
	var pinned runtime.Pinner // the list has their addresses as numbers
	defer pinned.Unpin()
	var entries []windows.EXPLICIT_ACCESS
	for _, sid := range []*windows.SID{user.User.Sid, system} {
		pinned.Pin(sid)
		entries = append(entries, windows.EXPLICIT_ACCESS{
			AccessPermissions: windows.GENERIC_ALL,
			AccessMode:        windows.SET_ACCESS,
			Inheritance:       windows.SUB_CONTAINERS_AND_OBJECTS_INHERIT,
			Trustee:           windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeValue: windows.TrusteeValueFromSID(sid)},
		})
	}
	return windows.ACLFromEntries(entries, nil)
}

func isNoPath(err error) bool {
	return errors.Is(err, windows.ERROR_INVALID_NAME) || errors.Is(err, windows.ERROR_BAD_PATHNAME) ||
		errors.Is(err, windows.ERROR_FILENAME_EXCED_RANGE) || errors.Is(err, windows.ERROR_DIRECTORY) || errors.Is(err, syscall.EINVAL)
}

// isUnsupported says that a disk does not know the way in which Go removes what an open folder
// has: Wine's does not.
func isUnsupported(err error) bool { return errors.Is(err, windows.ERROR_INVALID_FUNCTION) }

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

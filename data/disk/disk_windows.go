package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
// somebody gave it rights of its own, besides those of the folder it lies in. One that may be
// shared is narrowed while it is new: others may have something in it later.
func narrow(root *os.Root, shared bool) error {
	path := root.Name()
	hasRights, err := diskHasRights(path)
	if err == nil && !hasRights {
		return fmt.Errorf("%s: %w", path, ErrWide)
	}
	own, err := hasOwnRights(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if own {
		return nil
	}
	if shared {
		if entries, err := fs.ReadDir(root.FS(), "."); err != nil || len(entries) > 0 {
			return err
		}
	}
	access, err := ownAccess()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	const rights = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	err = windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, rights, nil, nil, access, nil)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s: %w", path, ErrNotOwn)
	}
	if err != nil {
		return fmt.Errorf("%s: %w (%w)", path, ErrWide, err)
	}
	return nil
}

// diskHasRights says whether the disk that a path lies on keeps who may use what: FAT does not.
func diskHasRights(path string) (bool, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false, err
	}
	var volume [windows.MAX_PATH + 1]uint16
	if err := windows.GetVolumePathName(name, &volume[0], uint32(len(volume))); err != nil {
		return false, err
	}
	var flags uint32
	if err := windows.GetVolumeInformation(&volume[0], nil, 0, nil, nil, &flags, nil, 0); err != nil {
		return false, err
	}
	return flags&windows.FILE_PERSISTENT_ACLS != 0, nil
}

// hasOwnRights says whether a folder has rights that it did not get from the folder it lies in.
func hasOwnRights(path string) (bool, error) {
	described, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return false, err
	}
	if control, _, err := described.Control(); err != nil || control&windows.SE_DACL_PROTECTED != 0 {
		return true, err
	}
	entries, err := accessOf(described)
	return slices.ContainsFunc(entries, func(e *windows.ACCESS_ALLOWED_ACE) bool { return e.Header.AceFlags&windows.INHERITED_ACE == 0 }), err
}

// accessOf are the entries of an access list, whose beginnings are all alike.
func accessOf(described *windows.SECURITY_DESCRIPTOR) ([]*windows.ACCESS_ALLOWED_ACE, error) {
	list, _, err := described.DACL()
	if err != nil || list == nil { // nil: everybody may do everything
		return nil, err
	}
	entries := make([]*windows.ACCESS_ALLOWED_ACE, list.AceCount)
	for i := range entries {
		if err := windows.GetAce(list, uint32(i), &entries[i]); err != nil { //nolint:gosec // 16 bits
			return nil, err
		}
	}
	return entries, nil
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

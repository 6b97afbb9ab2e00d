package disk

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// accounts are those that a folder's access list names.
func accounts(t *testing.T, dir string) (sids []string) {
	t.Helper()
	described, err := windows.GetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := accessOf(described)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		sids = append(sids, (*windows.SID)(unsafe.Pointer(&e.SidStart)).String())
	}
	slices.Sort(sids)
	return sids
}

// TestPrivate: a new folder is this account's and Windows' alone, with what lies in it; one that
// has rights of its own keeps them, and so does one that may be shared and has something in it.
func TestPrivate(t *testing.T) {
	if windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil {
		t.Skip("Wine keeps no access lists")
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	system, err := windows.CreateWellKnownSid(windows.WinLocalSystemSid)
	if err != nil {
		t.Fatal(err)
	}
	own := []string{user.User.Sid.String(), system.String()}
	slices.Sort(own)
	for name, keep := range map[string]func(string) error{"private": Private, "shared": Shared} {
		parent := filepath.Join(folder(t), name)
		dir := filepath.Join(parent, "data")
		if err := keep(dir); err != nil {
			t.Fatal(err)
		}
		if isOwn, err := hasOwnRights(dir); !isOwn || err != nil || !slices.Equal(accounts(t, dir), own) {
			t.Errorf("%s: own rights %v, for %q, %v", name, isOwn, accounts(t, dir), err)
		}
		if err := os.WriteFile(filepath.Join(dir, "file"), []byte("content"), 0o600); err != nil {
			t.Error(err)
		}
		before := accounts(t, parent)
		if err := Shared(parent); err != nil || !slices.Equal(accounts(t, parent), before) {
			t.Errorf("%s: what has a folder in it is for %q now, before for %q, %v", name, accounts(t, parent), before, err)
		}
	}
}

// TestDiskHasRights: NTFS keeps them, also for what lies deep in it; FAT does not.
func TestDiskHasRights(t *testing.T) {
	dir := folder(t)
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		t.Fatal(err)
	}
	var kind [windows.MAX_PATH + 1]uint16
	if err := windows.GetVolumeInformation(root, nil, 0, nil, nil, nil, &kind[0], uint32(len(kind))); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"NTFS": true, "ReFS": true}[windows.UTF16ToString(kind[:])]
	if has, err := diskHasRights(dir); has != want || err != nil {
		t.Errorf("of %s: %v, %v", windows.UTF16ToString(kind[:]), has, err)
	}
	if _, err := diskHasRights(`\\?\Volume{00000000-0000-0000-0000-000000000000}\x`); err == nil {
		t.Error("of a disk that is not there it can be told")
	}
}

// TestRemoveAll: all of it goes, also where Windows' newest way is unknown.
func TestRemoveAll(t *testing.T) {
	base := folder(t)
	for name, remove := range map[string]func(string) error{"the usual way": RemoveAll, "one by one": removeEach} {
		dir := filepath.Join(base, "a")
		if err := os.MkdirAll(filepath.Join(dir, "b", "c"), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"1", `b\2`, `b\c\3`} {
			if err := os.WriteFile(filepath.Join(dir, file), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := remove(dir); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Lstat(dir); !os.IsNotExist(err) {
			t.Errorf("%s: it is there: %v", name, err)
		}
		if err := RemoveAll(dir); err != nil {
			t.Errorf("%s: none: %v", name, err)
		}
	}
}

// TestRemoveOld removes an old folder of ours, and leaves the others.
func TestRemoveOld(t *testing.T) {
	dir := folder(t)
	for _, name := range []string{"ours-1", "ours-2", "others"} {
		if err := os.MkdirAll(filepath.Join(dir, name, "in"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := RemoveOld(dir, "ours-", func(_ *os.Root, f os.FileInfo) bool { return f.Name() != "ours-2" }); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 || left[0].Name() != "others" || left[1].Name() != "ours-2" {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestErrors(t *testing.T) {
	for code, is := range map[syscall.Errno]func(error) bool{
		windows.ERROR_DISK_FULL: IsFull, windows.ERROR_WRITE_PROTECT: IsReadOnly, windows.ERROR_NOT_READY: IsFailing,
		windows.ERROR_CRC: IsFailing, windows.ERROR_SHARING_VIOLATION: IsInUse,
	} {
		wantKind(t, code, is)
	}
}

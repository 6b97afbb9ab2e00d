package disk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/windows"
)

// rights are the entries of a folder's access list, in Windows' own notation (SDDL).
func rights(t *testing.T, dir string) string {
	t.Helper()
	described, err := windows.GetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	return described.String()
}

// TestPrivate: a folder is this account's and Windows' alone, with what lies in it; one that has
// rights of its own keeps them.
func TestPrivate(t *testing.T) {
	if windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil {
		t.Skip("Wine keeps no access lists")
	}
	dir := filepath.Join(folder(t), "new", "data")
	if err := Private(dir); err != nil {
		t.Fatal(err)
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	got := rights(t, dir)
	list := strings.FieldsFunc(got[strings.Index(got, "(")+1:], func(r rune) bool { return r == '(' || r == ')' })
	if len(list) != 2 || !strings.Contains(got, "P") || !slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(e, ";SY") }) ||
		!slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(e, ";"+user.User.Sid.String()) }) {
		t.Errorf("its rights are %s", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("content"), 0o600); err != nil {
		t.Error(err)
	}
	if err := Shared(dir); err != nil || rights(t, dir) != got {
		t.Errorf("once more: %s, %v", rights(t, dir), err)
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

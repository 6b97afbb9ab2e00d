package disk

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
40 22 0:41 / /mnt/share rw,relatime shared:20 - cifs //server/practice rw
41 22 0:42 / /mnt/with\040blank rw,relatime - nfs4 server:/export rw
42 22 0:43 / /home/anna/remote rw,nosuid,nodev - fuse.sshfs anna@server: rw
43 22 0:44 / /mnt/ntfs rw,relatime - fuseblk /dev/sdb1 rw
44 40 8:2 / /mnt/share/local rw,relatime - ext4 /dev/sda2 rw
45 22 0:45 / /mnt/twice rw - nfs server:/a rw
46 22 8:3 / /mnt/twice rw - xfs /dev/sdc1 rw
47 22 0:46 / /mnt/host rw - virtiofs host rw
half a line
`

func TestTypeOf(t *testing.T) {
	for path, want := range map[string]string{
		"/":                        "ext4",
		"/mnt":                     "ext4",
		"/mnt/share":               "cifs",
		"/mnt/share/practice/data": "cifs",
		"/mnt/shared":              "ext4",
		"/mnt/share/local/data":    "ext4",
		"/mnt/with blank/data":     "nfs4",
		"/home/anna/remote/x":      "fuse.sshfs",
		"/mnt/ntfs/x":              "fuseblk",
		"/mnt/twice":               "xfs",
		"/mnt/host/x":              "virtiofs",
	} {
		got := typeOf(path, mounts)
		if got != want {
			t.Errorf("%s lies on %s, want %s", path, got, want)
		}
		remote := want == "cifs" || want == "nfs4" || want == "fuse.sshfs"
		if slices.Contains(remoteTypes, got) != remote {
			t.Errorf("%s: remote %v", path, !remote)
		}
	}
}

// TestRemoteByItsLinks: a path that is remote by itself is not looked at, and what
// its links have the system mount counts.
func TestRemoteByItsLinks(t *testing.T) {
	now := func() string { return mounts }
	if !isRemote("/mnt/share/data", now, func(string) string { t.Error("the server is asked"); return "/" }) {
		t.Error("a share is local")
	}
	if !isRemote("/home/anna/link", now, func(string) string { return "/mnt/share/data" }) {
		t.Error("a link to a share is local")
	}
	mounted := ""
	automount := func(path string) string {
		mounted = "50 22 0:50 / /net/server rw - nfs4 server:/ rw\n"
		return path
	}
	if !isRemote("/net/server/data", func() string { return mounts + mounted }, automount) {
		t.Error("a share that is mounted as one asks is local")
	}
	if isRemote("/home/anna/data", now, func(path string) string { return path }) {
		t.Error("a disk of this computer is remote")
	}
}

// TestThisDiskIsOwn: with what this system says.
func TestThisDiskIsOwn(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink("/proc", link); err != nil {
		t.Fatal(err)
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	if got := typeOf(Real(filepath.Join(link, "self", "none")), string(mounts)); got != "proc" {
		t.Errorf("through a link to /proc: %q", got)
	}
	if kind := typeOf(Real(dir), string(mounts)); kind == "" || IsRemote(filepath.Join(dir, "not", "there")) != slices.Contains(remoteTypes, kind) {
		t.Errorf("%s lies on %q", dir, kind)
	}
}

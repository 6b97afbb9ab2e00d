package disk

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// remoteTypes are file systems of other computers, as /proc names them. Of those that
// go through FUSE it names the program after a dot. Not here are disks of a virtual
// machine's host (virtiofs, VirtualBox and the like), which nobody else has open, and
// local ones that go through FUSE (fuseblk, which is NTFS). 9p is: its locks are not
// to be relied on.
var remoteTypes = []string{
	"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "coda", "9p", "lustre", "gfs2", "ocfs2", "beegfs",
	"glusterfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs",
	"fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.google-drive-ocamlfuse",
	"fuse.onedriver", "fuse.juicefs",
}

// IsRemote says whether a path, whose end need not exist yet, lies on another
// computer's disk. What the system does not tell is none.
func IsRemote(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	return isRemote(path, mountinfo, Real)
}

// mountinfo is what is mounted now; unlike a question to the disk it never waits.
func mountinfo() string {
	mounts, _ := os.ReadFile("/proc/self/mountinfo") // without it nothing is known
	return string(mounts)
}

// isRemote looks at the path itself first: to follow its links one has to ask the
// disk, which waits where a server is away. That may mount something, so what is
// mounted is read again after it.
func isRemote(path string, mounts func() string, real func(string) string) bool {
	if slices.Contains(remoteTypes, typeOf(path, mounts())) {
		return true
	}
	path = real(path)
	return slices.Contains(remoteTypes, typeOf(path, mounts()))
}

// typeOf is the type of the file system that a path lies on (proc_pid_mountinfo(5)).
func typeOf(path, mounts string) (kind string) {
	longest := -1
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		fields, kinds := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(kinds) < 1 {
			continue
		}
		point := unescape(fields[4])
		inside := point == "/" || path == point || strings.HasPrefix(path, point+"/")
		if inside && len(point) >= longest { // of two at one point the later one covers the other
			longest, kind = len(point), kinds[0]
		}
	}
	return kind
}

// unescape reads a mount point, in which some characters are octal: \040 is a blank.
func unescape(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		if text[0] == '\\' && len(text) >= 4 {
			if n, err := strconv.ParseUint(text[1:4], 8, 8); err == nil {
				out.WriteByte(byte(n))
				text = text[4:]
				continue
			}
		}
		out.WriteByte(text[0])
		text = text[1:]
	}
	return out.String()
}

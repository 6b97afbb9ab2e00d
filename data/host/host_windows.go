package host

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"

	"anteroom/data/disk"
)

// usual is where the installer of postgresql.org has it.
var usual = []string{filepath.Join(programFiles(), "PostgreSQL", "*", "bin")}

func programFiles() string {
	dir, err := windows.KnownFolderPath(windows.FOLDERID_ProgramFiles, 0)
	if err != nil {
		return `C:\Program Files`
	}
	return dir
}

// isSafe says that only an administrator can put programs there: some are run with an
// administrator's rights, and all of them for others than who found them.
func isSafe(dir string) bool { return isProgram(dir) && isProgram(disk.Real(dir)) }

func isProgram(dir string) bool {
	inside, err := filepath.Rel(programFiles(), dir) // capitals count for nothing
	return err == nil && filepath.IsLocal(inside)
}

// service is the name of the service and of its rule in the firewall: each folder has its own.
func (c *Cluster) service() string {
	sum := sha256.Sum256([]byte(strings.ToLower(c.dir)))
	return fmt.Sprintf("anteroom-server-%x", sum[:6])
}

// serve makes the server a service and starts it, which asks for an administrator's
// rights. A service that runs or starts is only waited for.
func (c *Cluster) serve(ctx context.Context, _ Programs) error {
	if state := c.state(); state == windows.SERVICE_RUNNING || state == windows.SERVICE_START_PENDING {
		return nil
	}
	return c.elevated(ctx, install)
}

func (c *Cluster) halt(ctx context.Context, _ Programs) error {
	if state := c.state(); state == 0 || state == windows.SERVICE_STOPPED {
		return nil
	}
	return c.elevated(ctx, stop)
}

func (c *Cluster) end(ctx context.Context, _ Programs) error {
	if c.state() == 0 {
		return nil
	}
	return c.elevated(ctx, remove)
}

// Lasting says whether the server goes on without this program, and starts with the
// computer. If not, the error says why.
func (c *Cluster) Lasting(context.Context) (bool, error) {
	if c.state() == 0 {
		return false, errors.New("it is no service of Windows")
	}
	return true, nil
}

// state is the service's, one of windows.SERVICE_…; 0: there is none.
func (c *Cluster) state() uint32 {
	manager, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT)
	if err != nil {
		return 0
	}
	defer windows.CloseServiceHandle(manager) //nolint:errcheck // it was only asked
	name, err := windows.UTF16PtrFromString(c.service())
	if err != nil {
		return 0
	}
	service, err := windows.OpenService(manager, name, windows.SERVICE_QUERY_STATUS)
	if err != nil {
		return 0
	}
	defer windows.CloseServiceHandle(service) //nolint:errcheck // it was only asked
	var status windows.SERVICE_STATUS
	if windows.QueryServiceStatus(service, &status) != nil {
		return 0
	}
	return status.CurrentState
}

// letServiceUse gives a folder that is still empty, and all that will be in it, to the account
// of the service too (its SID is the same in every language).
func letServiceUse(ctx context.Context, dir string) error {
	return system32(ctx, "icacls.exe", dir, "/grant", "*S-1-5-20:(OI)(CI)F", "/Q")
}

// hidden keeps the black window of a program from appearing.
func hidden() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// Room is how many bytes are free where a folder is or will lie.
func Room(dir string) (int64, error) {
	volume, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(volume, &free, nil, nil); err != nil {
		return 0, fmt.Errorf("room on %s: %w", filepath.VolumeName(dir), err)
	}
	return int64(free), nil //nolint:gosec // no disk is so large
}

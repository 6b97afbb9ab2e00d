package host

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf16"

	"golang.org/x/sys/windows"
)

// usual is where the installer of postgresql.org has it.
var usual = []string{`C:\Program Files\PostgreSQL\*\bin`}

// begin has what fails end a script with a number of its own.
const begin = "$ErrorActionPreference = 'Stop'; trap { exit 10 }\n"

// install is what an administrator's rights are needed for, all at once: the folder is
// the service's too, the service runs with few rights, is started with the computer and
// after it failed, and the firewall lets the practice's own network in, and no public one.
const install = begin + `if (Get-Service -Name %[1]s -ErrorAction SilentlyContinue) { & %[2]s unregister -N %[1]s }
& icacls.exe %[4]s /grant '*S-1-5-20:(OI)(CI)F' /T /Q
if ($LASTEXITCODE) { exit 11 }
& %[2]s register -N %[1]s -U 'NT AUTHORITY\NetworkService' -D %[4]s -S auto -w
if ($LASTEXITCODE) { exit 12 }
& sc.exe failure %[1]s reset= 86400 actions= restart/2000/restart/10000/restart/60000
Remove-NetFirewallRule -Name %[1]s -ErrorAction SilentlyContinue
New-NetFirewallRule -Name %[1]s -DisplayName 'Anteroom' -Direction Inbound -Action Allow -Protocol TCP -LocalPort %[5]d -Program %[3]s -Profile Private,Domain
Start-Service -Name %[1]s
`

const stopService = begin + "Stop-Service -Force -Name %[1]s\n"

const uninstall = stopService + `& sc.exe delete %[1]s
if ($LASTEXITCODE) { exit 13 }
Remove-NetFirewallRule -Name %[1]s -ErrorAction SilentlyContinue
`

func (c *Cluster) service() string {
	sum := sha256.Sum256([]byte(strings.ToLower(c.dir)))
	return fmt.Sprintf("anteroom-server-%x", sum[:6])
}

// serve makes the server a service and starts it, which asks for an administrator's
// rights. A service that runs or starts is only
// waited for.
func (c *Cluster) serve(ctx context.Context, p Programs) error {
	if state := c.state(); state == windows.SERVICE_RUNNING || state == windows.SERVICE_START_PENDING {
		return nil
	}
	return c.elevated(ctx, fmt.Sprintf(install, literal(c.service()), literal(p.path("pg_ctl")), literal(p.path("postgres")), literal(c.dir), c.Port()))
}

func (c *Cluster) halt(ctx context.Context, _ Programs) error {
	if state := c.state(); state == 0 || state == windows.SERVICE_STOPPED {
		return nil
	}
	return c.elevated(ctx, fmt.Sprintf(stopService, literal(c.service())))
}

func (c *Cluster) end(ctx context.Context, _ Programs) error {
	if c.state() == 0 {
		return nil
	}
	return c.elevated(ctx, fmt.Sprintf(uninstall, literal(c.service())))
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

// elevated runs a script of PowerShell with an administrator's rights. Windows asks; who
// says no is not asked again until this program is started anew, or makes a server. The script is on the command line: nobody can exchange it
// meanwhile, and nothing in it is secret.
func (c *Cluster) elevated(ctx context.Context, script string) error {
	if c.refused.Load() {
		return errors.New("an administrator's rights were refused: start Anteroom anew, or see to the service " + c.service())
	}
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	shell := filepath.Join(system, "WindowsPowerShell", "v1.0", "powershell.exe")
	var wide []byte
	for _, unit := range utf16.Encode([]rune(script)) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	ask := fmt.Sprintf("$ErrorActionPreference = 'Stop'; $p = Start-Process -FilePath %s -Verb RunAs -Wait -PassThru -WindowStyle Hidden "+
		"-ArgumentList '-NoProfile','-NonInteractive','-EncodedCommand','%s'; exit $p.ExitCode", literal(shell), base64.StdEncoding.EncodeToString(wide))
	if _, err := run(ctx, "", shell, "-NoProfile", "-NonInteractive", "-Command", ask); err != nil {
		var exit *exec.ExitError
		c.refused.Store(errors.As(err, &exit) && exit.ExitCode() == 1) // the scripts end with other numbers
		return fmt.Errorf("with an administrator's rights: %w", err)
	}
	return nil
}

// literal is a string of PowerShell in which nothing is replaced.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// hide keeps the black window of a program from appearing.
func hide(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// Room is how many bytes are free where a folder lies or will lie.
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

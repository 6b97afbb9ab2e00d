package host

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"
)

// task is what needs an administrator's rights.
type task string

const (
	install task = "install" // the service, and start it: also one that is there
	stop    task = "stop"
	remove  task = "remove"
)

// Administer does what this program has started itself for, with an administrator's rights,
// where the arguments say so: it then returns the exit code.
func Administer(args []string) (code int, asked bool) {
	if len(args) != 3 || args[0] != administer {
		return 0, false
	}
	ctx, done := context.WithTimeout(context.Background(), startTime)
	defer done()
	c := At(args[2])
	for i, s := range c.parts(task(args[1])) {
		if err := s.do(ctx); err != nil {
			return exitCode(i, err), true
		}
	}
	return 0, true
}

// part is a part of a task.
type part struct {
	what string
	do   func(context.Context) error
}

// parts are those of a task, in their order. All can be done again.
func (c *Cluster) parts(todo task) []part {
	stopped := part{"stop the service", c.stopService}
	switch todo {
	case install:
		return []part{
			stopped,
			{"make the service", c.register},
			{"let other computers in", c.openFirewall},
			{"start the service", c.startService},
		}
	case remove:
		return []part{stopped, {"close the firewall", c.closeFirewall}, {"remove the service", c.unregister}}
	default:
		return []part{stopped}
	}
}

// exitCode is which part failed, and Windows' number for why, if it has one.
func exitCode(part int, err error) int {
	var why syscall.Errno
	errors.As(err, &why)
	return (part+1)<<16 | int(why)&0xffff
}

// failedAt is the error of an exit code.
func (c *Cluster) failedAt(todo task, code uint32) error {
	parts := c.parts(todo)
	at := int(code>>16) - 1
	switch why := syscall.Errno(code & 0xffff); {
	case at < 0 || at >= len(parts):
		return fmt.Errorf("exit code %d", code)
	case why == 0:
		return errors.New(parts[at].what)
	default:
		return fmt.Errorf("%s: %w", parts[at].what, why)
	}
}

// withService does something with the service, whose state only the manager knows.
// windows.ERROR_SERVICE_DOES_NOT_EXIST: there is none.
func (c *Cluster) withService(do func(*mgr.Service) error) error {
	manager, err := mgr.Connect()
	if err != nil {
		return err
	}
	defer manager.Disconnect() //nolint:errcheck // it is not used any more
	service, err := manager.OpenService(c.service())
	if err != nil {
		return err
	}
	defer service.Close()
	return do(service)
}

func (c *Cluster) stopService(ctx context.Context) error {
	err := c.withService(func(s *mgr.Service) error {
		for {
			status, err := s.Query()
			if err != nil || status.State == svc.Stopped {
				return err
			}
			_, _ = s.Control(svc.Stop) // one that starts does not listen yet
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(pause):
			}
		}
	})
	return unless(err, windows.ERROR_SERVICE_DOES_NOT_EXIST)
}

// register makes the service: it runs with few rights, starts with the computer, and again
// when what runs it was killed. (That ends as if all were well where the server alone fails.
// Then the next Start starts it.)
func (c *Cluster) register(ctx context.Context) error {
	p, err := c.programs(ctx)
	if err != nil {
		return err
	}
	manager, err := mgr.Connect()
	if err != nil {
		return err
	}
	defer manager.Disconnect() //nolint:errcheck // it is not used any more
	config := mgr.Config{
		DisplayName:      "Anteroom",
		Description:      "The practice's server of Anteroom",
		StartType:        mgr.StartAutomatic,
		ServiceStartName: `NT AUTHORITY\NetworkService`,
	}
	command := []string{p.path("pg_ctl"), "runservice", "-N", c.service(), "-D", c.dir, "-w"}
	service, err := manager.CreateService(c.service(), command[0], config, command[1:]...)
	if errors.Is(err, windows.ERROR_SERVICE_EXISTS) {
		if service, err = manager.OpenService(c.service()); err != nil {
			return err
		}
		config.BinaryPathName = windows.ComposeCommandLine(command)
		config.ServiceType, config.ErrorControl = windows.SERVICE_WIN32_OWN_PROCESS, mgr.ErrorNormal
		err = unless(service.UpdateConfig(config), unknownToWine)
	}
	if err != nil {
		return err
	}
	defer service.Close()
	const day = 24 * 60 * 60
	err = service.SetRecoveryActions([]mgr.RecoveryAction{
		{Type: mgr.ServiceRestart, Delay: 2 * time.Second},
		{Type: mgr.ServiceRestart, Delay: 10 * time.Second},
		{Type: mgr.ServiceRestart, Delay: time.Minute},
	}, day)
	return unless(err, unknownToWine)
}

// unknownToWine is the error of what services have under Windows only: what starts them again,
// and a SID of their own.
const unknownToWine = windows.ERROR_INVALID_LEVEL

func (c *Cluster) unregister(context.Context) error {
	err := c.withService((*mgr.Service).Delete)
	return unless(err, windows.ERROR_SERVICE_DOES_NOT_EXIST)
}

// startService begins to start it: who asked waits until it answers.
func (c *Cluster) startService(context.Context) error {
	return c.withService(func(s *mgr.Service) error { return s.Start() })
}

// openFirewall lets computers of private networks in, and none of public ones.
func (c *Cluster) openFirewall(ctx context.Context) error {
	p, err := c.programs(ctx)
	if err != nil {
		return err
	}
	_ = c.closeFirewall(ctx) // which never fails
	return system32(ctx, "netsh.exe", "advfirewall", "firewall", "add", "rule", "name="+c.service(), "description=Anteroom",
		"dir=in", "action=allow", "program="+p.path("postgres"), "protocol=TCP", fmt.Sprintf("localport=%d", c.Port()), "profile=private,domain")
}

// closeFirewall removes the rule. Where there is none, netsh fails with the same number as
// for anything else.
func (c *Cluster) closeFirewall(ctx context.Context) error {
	_ = system32(ctx, "netsh.exe", "advfirewall", "firewall", "delete", "rule", "name="+c.service())
	return nil
}

// system32 runs one of Windows' own programs.
func system32(ctx context.Context, name string, args ...string) error {
	dir, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	_, err = run(ctx, hidden(), "", filepath.Join(dir, name), args...)
	return err
}

// unless is an error, but for one that does no harm.
func unless(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

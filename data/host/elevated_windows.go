package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// administer is the first argument with which this program starts itself anew with an
// administrator's rights; a task and the cluster's folder follow.
const administer = "--administer-server"

var shellExecuteEx = windows.NewLazySystemDLL("shell32.dll").NewProc("ShellExecuteExW")

// elevated has a task done with an administrator's rights, and waits for its end. Windows
// asks; who says no is not asked again until this program is started anew, or makes a
// server.
func (c *Cluster) elevated(ctx context.Context, todo task) error {
	if c.refused.Load() {
		return errors.New("an administrator's rights were refused: start Anteroom anew, or see to the service " + c.service())
	}
	own, err := os.Executable()
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		code, err := runElevated(own, windows.ComposeCommandLine([]string{administer, string(todo), c.dir}))
		if err == nil && code != 0 {
			err = c.failedAt(todo, code)
		}
		ended <- err
	}()
	select {
	case <-ctx.Done(): // the question may still be open
		return context.Cause(ctx)
	case err = <-ended:
	}
	c.refused.Store(errors.Is(err, windows.ERROR_CANCELLED))
	if err != nil {
		return fmt.Errorf("%s with an administrator's rights: %w", todo, err)
	}
	return nil
}

// shellExecuteInfo is SHELLEXECUTEINFOW
// (https://learn.microsoft.com/windows/win32/api/shellapi/ns-shellapi-shellexecuteinfow).
type shellExecuteInfo struct {
	size, mask                        uint32
	window                            uintptr
	verb, file, parameters, dir       *uint16
	show                              int32
	instance, idList, class, classKey uintptr
	hotKey                            uint32
	icon                              uintptr
	process                           windows.Handle
}

// runElevated runs a program with an administrator's rights until it ends, and returns its
// exit code. windows.ERROR_CANCELLED: they were refused.
func runElevated(program, arguments string) (code uint32, err error) {
	const keepProcess, wait = 0x40, 0x100 // SEE_MASK_NOCLOSEPROCESS, SEE_MASK_NOASYNC
	info := shellExecuteInfo{mask: keepProcess | wait, show: windows.SW_HIDE}
	info.size = uint32(unsafe.Sizeof(info))
	for text, at := range map[string]**uint16{"runas": &info.verb, program: &info.file, arguments: &info.parameters} {
		if *at, err = windows.UTF16PtrFromString(text); err != nil {
			return 0, err
		}
	}
	if err := start(&info); err != nil {
		return 0, err
	}
	defer windows.CloseHandle(info.process) //nolint:errcheck // it was only waited for
	if _, err := windows.WaitForSingleObject(info.process, windows.INFINITE); err != nil {
		return 0, err
	}
	err = windows.GetExitCodeProcess(info.process, &code)
	return code, err
}

// start asks for the rights and starts the program. COM is the thread's, and must not be held
// while the program runs: others that send messages to all windows would wait for this one.
func start(info *shellExecuteInfo) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const already = windows.Errno(1) // S_FALSE
	err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE)
	if err == nil || errors.Is(err, already) {
		defer windows.CoUninitialize()
	}
	if done, _, err := shellExecuteEx.Call(uintptr(unsafe.Pointer(info))); done == 0 {
		return err
	}
	return nil
}

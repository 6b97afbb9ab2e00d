// Package shell asks Windows' shell to start programs.
package shell

import (
	"errors"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

var shellExecuteEx = windows.NewLazySystemDLL("shell32.dll").NewProc("ShellExecuteExW")

// executeInfo is SHELLEXECUTEINFOW
// (https://learn.microsoft.com/windows/win32/api/shellapi/ns-shellapi-shellexecuteinfow).
type executeInfo struct {
	size, mask                        uint32
	window                            uintptr
	verb, file, parameters, dir       *uint16
	show                              int32
	instance, idList, class, classKey uintptr
	hotKey                            uint32
	icon                              uintptr
	process                           windows.Handle
}

// The bits of its mask.
const (
	keepProcess = 0x40  // SEE_MASK_NOCLOSEPROCESS
	wait        = 0x100 // SEE_MASK_NOASYNC: the thread may end after the call
	noMessage   = 0x400 // SEE_MASK_FLAG_NO_UI: the caller says what went wrong
)

// Open shows a file with the program that the person has for it.
func Open(path string) error {
	_, err := execute("open", path, "", executeInfo{mask: wait | noMessage, show: windows.SW_SHOWNORMAL})
	return err
}

// RunElevated runs a program with an administrator's rights until it ends, and returns its
// exit code. windows.ERROR_CANCELLED: they were refused.
func RunElevated(program, arguments string) (code uint32, err error) {
	process, err := execute("runas", program, arguments, executeInfo{mask: keepProcess | wait, show: windows.SW_HIDE})
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(process) //nolint:errcheck // it was only waited for
	if _, err := windows.WaitForSingleObject(process, windows.INFINITE); err != nil {
		return 0, err
	}
	err = windows.GetExitCodeProcess(process, &code)
	return code, err
}

// execute needs COM, which is the thread's. It is not held while a program runs: others that
// send messages to all windows would wait for this one.
func execute(verb, file, parameters string, info executeInfo) (process windows.Handle, err error) {
	info.size = uint32(unsafe.Sizeof(info))
	for at, text := range map[**uint16]string{&info.verb: verb, &info.file: file, &info.parameters: parameters} {
		if *at, err = windows.UTF16PtrFromString(text); err != nil {
			return 0, err
		}
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const already = windows.Errno(1) // S_FALSE
	err = windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE)
	if err == nil || errors.Is(err, already) {
		defer windows.CoUninitialize()
	}
	if done, _, err := shellExecuteEx.Call(uintptr(unsafe.Pointer(&info))); done == 0 {
		return 0, err
	}
	return info.process, nil
}

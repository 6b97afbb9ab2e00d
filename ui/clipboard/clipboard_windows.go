package clipboard

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"anteroom/ui/work"
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")

	procOpenClipboard           = user32.NewProc("OpenClipboard")
	procCloseClipboard          = user32.NewProc("CloseClipboard")
	procEmptyClipboard          = user32.NewProc("EmptyClipboard")
	procSetClipboardData        = user32.NewProc("SetClipboardData")
	procRegisterClipboardFormat = user32.NewProc("RegisterClipboardFormatW")
	procCreateWindowEx          = user32.NewProc("CreateWindowExW")
	procDestroyWindow           = user32.NewProc("DestroyWindow")

	procGlobalAlloc  = kernel32.NewProc("GlobalAlloc")
	procGlobalFree   = kernel32.NewProc("GlobalFree")
	procGlobalLock   = kernel32.NewProc("GlobalLock")
	procGlobalUnlock = kernel32.NewProc("GlobalUnlock")
)

// The formats by which Windows and other programs know what to leave out, and their
// data: "Clipboard Formats", Cloud Clipboard and Clipboard History Formats,
// https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats
var leaveOut = []string{
	"ExcludeClipboardContentFromMonitorProcessing",
	"CanIncludeInClipboardHistory",
	"CanUploadToCloudClipboard",
}

var no = binary.LittleEndian.AppendUint32(nil, 0)

const unicodeText = 13 // CF_UNICODETEXT

// marked is a clipboard on which text is set together with leaveOut: a history looks
// at the clipboard as soon as it is closed.
type marked struct{ work.Clipboard }

func private(c work.Clipboard) work.Clipboard { return marked{c} }

// SetContent implements work.Clipboard. Where Windows refuses, the text is copied as
// any other: the person asked for it.
func (m marked) SetContent(text string) {
	if err := set(text); err != nil {
		slog.Warn("what is copied can't be kept out of the clipboard's history", "error", err)
		m.Clipboard.SetContent(text)
	}
}

func set(text string) error {
	utf16, err := windows.UTF16FromString(text)
	if err != nil {
		return err
	}
	runtime.LockOSThread() // the clipboard is open for a thread
	defer runtime.UnlockOSThread()
	closed, err := open()
	if err != nil {
		return err
	}
	defer closed()
	if ok, _, err := procEmptyClipboard.Call(); ok == 0 {
		return fmt.Errorf("EmptyClipboard: %w", err)
	}
	// The marks first: never the text without them.
	for _, name := range leaveOut {
		p, err := windows.UTF16PtrFromString(name)
		if err != nil {
			return err
		}
		format, _, err := procRegisterClipboardFormat.Call(uintptr(unsafe.Pointer(p)))
		if format == 0 {
			return fmt.Errorf("RegisterClipboardFormat: %w", err)
		}
		if err := put(format, no); err != nil {
			return err
		}
	}
	return put(unicodeText, unsafe.Slice((*byte)(unsafe.Pointer(&utf16[0])), 2*len(utf16)))
}

// open opens the clipboard, on behalf of a window: without one Windows lets nobody set
// anything. closed closes it.
func open() (closed func(), err error) {
	class, err := windows.UTF16PtrFromString("STATIC")
	if err != nil {
		return nil, err
	}
	const messageOnly = ^uintptr(2) // HWND_MESSAGE, -3
	window, _, err := procCreateWindowEx.Call(0, uintptr(unsafe.Pointer(class)), 0, 0, 0, 0, 0, 0, messageOnly, 0, 0, 0)
	if window == 0 {
		return nil, fmt.Errorf("CreateWindowEx: %w", err)
	}
	destroy := func() { _, _, _ = procDestroyWindow.Call(window) }
	// Another program may look at it just now; Fyne tries as often.
	for range 3 {
		var ok uintptr
		if ok, _, err = procOpenClipboard.Call(window); ok != 0 {
			return func() {
				_, _, _ = procCloseClipboard.Call()
				destroy()
			}, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	destroy()
	return nil, fmt.Errorf("OpenClipboard: %w", err)
}

// put sets data on the open clipboard.
func put(format uintptr, data []byte) error {
	const moveable = 2 // GMEM_MOVEABLE
	memory, _, err := procGlobalAlloc.Call(moveable, uintptr(len(data)))
	if memory == 0 {
		return fmt.Errorf("GlobalAlloc: %w", err)
	}
	at, _, err := procGlobalLock.Call(memory)
	if at == 0 {
		return errors.Join(fmt.Errorf("GlobalLock: %w", err), free(memory))
	}
	copy(unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), len(data)), data)
	_, _, _ = procGlobalUnlock.Call(memory)
	if ok, _, err := procSetClipboardData.Call(format, memory); ok == 0 {
		return errors.Join(fmt.Errorf("SetClipboardData: %w", err), free(memory))
	}
	return nil // the memory is the clipboard's
}

func free(memory uintptr) error {
	if left, _, err := procGlobalFree.Call(memory); left != 0 {
		return fmt.Errorf("GlobalFree: %w", err)
	}
	return nil
}

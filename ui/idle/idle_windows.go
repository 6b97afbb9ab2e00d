package idle

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	procGetLastInputInfo           = windows.NewLazySystemDLL("user32.dll").NewProc("GetLastInputInfo")
	procGetTickCount               = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetTickCount")
	procWTSQuerySessionInformation = windows.NewLazySystemDLL("wtsapi32.dll").NewProc("WTSQuerySessionInformationW")
)

// meters has Windows tell when its session last got an input.
func meters() []meter { return []meter{lastInput{}} }

// lastInput is GetLastInputInfo.
type lastInput struct{}

func (lastInput) name() string { return "GetLastInputInfo" }

func (lastInput) idle(context.Context) (time.Duration, error) {
	if err := errors.Join(procGetLastInputInfo.Find(), procGetTickCount.Find()); err != nil {
		return 0, err
	}
	var info struct { // LASTINPUTINFO
		size uint32
		tick uint32
	}
	info.size = uint32(unsafe.Sizeof(info))
	if ok, _, err := procGetLastInputInfo.Call(uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, fmt.Errorf("GetLastInputInfo: %w", err)
	}
	now, _, _ := procGetTickCount.Call() // after the input was read: not before it
	return sinceTick(uint32(now), info.tick), nil
}

func (lastInput) close() {}

// Watch calls lock, from a goroutine of its own, whenever the session was locked,
// until ctx ends. It returns at once. A sleep is not told here: the window notices
// it by the clocks, and Windows locks the session first unless it was told not to.
//
// The state is asked for every second. WTSRegisterSessionNotification would tell
// at once, but needs a window and a message loop on an OS thread of their own; a
// question costs less than that, and a session that was locked stays so for longer
// than a second.
func Watch(ctx context.Context, lock func()) {
	if procWTSQuerySessionInformation.Find() == nil {
		go poll(ctx, time.Second, isSessionAway, lock)
	}
}

var errNotTold = errors.New("windows does not tell whether its session is locked")

// isSessionAway says whether this program's session is locked.
func isSessionAway() (bool, error) {
	const (
		currentServer    = 0
		currentSession   = 0xFFFFFFFF // WTS_CURRENT_SESSION
		wtsSessionInfoEx = 25         // WTSSessionInfoEx, of WTS_INFO_CLASS
	)
	var info *struct { // the head of WTSINFOEXW
		level     uint32
		_         uint32 // what follows is aligned to 8 bytes
		session   uint32
		connected uint32
		flags     int32
	}
	var size uint32
	ok, _, err := procWTSQuerySessionInformation.Call(currentServer, currentSession, wtsSessionInfoEx,
		uintptr(unsafe.Pointer(&info)), uintptr(unsafe.Pointer(&size)))
	if ok == 0 {
		return false, fmt.Errorf("WTSQuerySessionInformation: %w", err)
	}
	if info == nil {
		return false, errNotTold
	}
	defer windows.WTSFreeMemory(uintptr(unsafe.Pointer(info)))
	if uintptr(size) < unsafe.Sizeof(*info) || info.level != 1 {
		return false, errNotTold
	}
	away, known := sessionAway(info.connected, info.flags)
	if !known {
		return false, errNotTold
	}
	return away, nil
}

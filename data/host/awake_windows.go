package host

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sys/windows"
)

var setThreadExecutionState = windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadExecutionState")

// keepAwake holds a thread of its own: what is asked for is the thread's, and ends with it.
func keepAwake(context.Context) (func(), error) {
	const continuous, systemRequired = 0x80000000, 0x00000001
	if err := setThreadExecutionState.Find(); err != nil {
		return nil, fmt.Errorf("keep the computer awake: %w", err)
	}
	begun, end := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread() // and never unlocked, so that the thread ends with this goroutine
		if before, _, err := setThreadExecutionState.Call(continuous | systemRequired); before == 0 {
			begun <- fmt.Errorf("keep the computer awake: %w", err)
			return
		}
		begun <- nil
		<-end
	}()
	if err := <-begun; err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { close(end) }), nil
}

//go:build linux || darwin

package store

import (
	"os/signal"
	"syscall"
)

// limitFiles lets this process write no file longer than that: it fails like a disk.
func limitFiles(size int64) error {
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(size), Max: uint64(size)})
}

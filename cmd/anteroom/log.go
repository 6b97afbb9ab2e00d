package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/adrg/xdg"
)

// startLog writes to standard error; more with ANTEROOM_LOG=debug. Windows gives none to
// Anteroom, unless it is sent into a file or a pipe: then it writes into a file.
func startLog() {
	if _, err := os.Stderr.Stat(); err != nil {
		if file, err := logFile(filepath.Join(xdg.StateHome, "anteroom")); err == nil {
			os.Stderr = file
			_ = debug.SetCrashOutput(file, debug.CrashOptions{}) // what can fail is the operating system
		}
	}
	level := slog.LevelInfo
	if os.Getenv("ANTEROOM_LOG") == "debug" {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
}

// maxLog is how long a log file may be when a program begins to add to it, in bytes.
const maxLog = 1 << 20

// logFile is the log file in a folder, emptied where it became too long.
func logFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "anteroom.log")
	flags := os.O_CREATE | os.O_APPEND | os.O_WRONLY
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		flags |= os.O_TRUNC
	}
	return os.OpenFile(path, flags, 0o600)
}

package idle

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ioregPause is how long an answer of ioreg is good for: each takes a process.
// What was touched or locked meanwhile is seen late by so much; the lock's warning is longer.
const ioregPause = 3 * time.Second

// ioreg asks the command of macOS of that name, which needs no cgo.
type ioreg struct {
	run func(ctx context.Context) (output string, err error)
	now func() time.Time

	asked   time.Time // zero: it has not answered
	touched time.Time // by its last answer
}

func (*ioreg) name() string { return "ioreg" }

func (r *ioreg) idle(ctx context.Context) (time.Duration, error) {
	if now := r.now(); !r.asked.IsZero() && now.Sub(r.asked) < ioregPause {
		return now.Sub(r.touched), nil
	}
	output, err := r.run(ctx)
	if err != nil {
		return 0, fmt.Errorf("run ioreg: %w", err)
	}
	idle, err := parseIoreg(output)
	if err != nil {
		return 0, err
	}
	r.asked = r.now()
	r.touched = r.asked.Add(-idle)
	return idle, nil
}

func (r *ioreg) close() { r.asked = time.Time{} }

var errNoIdleTime = errors.New("no HIDIdleTime in what ioreg says")

// parseIoreg finds the idle time in the output of ioreg, where it is a line such
// as
//
//	"HIDIdleTime" = 1034278083
//
// in nanoseconds. With several input systems the one that was touched last counts.
func parseIoreg(output string) (time.Duration, error) {
	found, least := false, uint64(0)
	for line := range strings.Lines(output) {
		_, after, ok := strings.Cut(line, `"HIDIdleTime"`)
		if !ok {
			continue
		}
		value := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(after), "="))
		count, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read HIDIdleTime: %w", err)
		}
		if !found || count < least {
			found, least = true, count
		}
	}
	if !found {
		return 0, errNoIdleTime
	}
	return idleTime(least, time.Nanosecond)
}

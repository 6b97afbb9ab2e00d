// Package instance keeps one window for each data folder and OS user: a second
// start brings the first window forward.
package instance

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"

	"anteroom/data/disk"
)

// ErrRunning says that another program of this OS user has the folder open. It
// has been told to come forward.
var ErrRunning = errors.New("anteroom is running already")

// ErrSilent is ErrRunning of a program that could not be told so: it hangs, or what it is
// told by can't be made on this computer.
var ErrSilent = fmt.Errorf("%w, and does not answer", ErrRunning)

// raiseWord is what a second start says to the first.
const raiseWord = "raise\n"

// ackWord is what the first says back: a program that was just killed holds the
// lock and the socket a little longer, and says nothing.
const ackWord = "here\n"

const (
	patience   = 2 * time.Second        // of either side of the socket, for the other
	retryAfter = 100 * time.Millisecond // between tries for the lock
)

// Instance is the claim to a data folder. It ends with the program, however
// that ends: the OS lets go of the lock.
type Instance struct {
	lock     *flock.Flock
	listener net.Listener // nil: none could be made
}

// Claim claims a data folder for this program. If another one has it, Claim
// brings that one forward and gives ErrRunning, or ErrSilent.
func Claim(dir string) (*Instance, error) {
	private, err := privateDir()
	if err != nil {
		return nil, err
	}
	return claimIn(private, dir)
}

func claimIn(private, dir string) (*Instance, error) {
	name, err := nameOf(dir)
	if err != nil {
		return nil, err
	}
	base := filepath.Join(private, name)
	lock := disk.Lock(base + ".lock")
	for begun := time.Now(); ; time.Sleep(retryAfter) {
		got, err := lock.TryLock()
		if err != nil {
			return nil, fmt.Errorf("claim %s: %w", dir, err)
		}
		if got {
			break
		}
		if err = tell(base + ".sock"); err == nil {
			return nil, ErrRunning
		}
		if time.Since(begun) > patience {
			return nil, fmt.Errorf("%w: %w", ErrSilent, err)
		}
	}
	// The lock decides who is first. So a socket that is there was left by a
	// program that was killed.
	_ = os.Remove(base + ".sock")
	claimed := &Instance{lock: lock}
	if listener, err := net.Listen("unix", base+".sock"); err == nil {
		claimed.listener = listener
	} else { // no such sockets on this system, or a path that is too long for one
		slog.Warn("a second start can't bring this window forward", "error", err)
	}
	return claimed, nil
}

// privateDir is a folder that only this OS user can use. Its path is short: a
// socket's has at most some 100 bytes.
func privateDir() (string, error) {
	dir := filepath.Join(xdg.RuntimeDir, "anteroom")
	if err := disk.Private(dir); err == nil {
		return dir, nil
	}
	dir = filepath.Join(xdg.CacheHome, "anteroom") // no runtime folder, as in some containers
	if err := disk.Private(dir); err != nil {
		return "", fmt.Errorf("%s must be a folder of this account alone: %w", dir, err)
	}
	return dir, nil
}

// nameOf is a short name for a data folder, the same by whatever way it is named.
func nameOf(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	sum := sha256.Sum256([]byte(disk.Real(path))) // the same before and after the folder is made
	return hex.EncodeToString(sum[:8]), nil
}

// tell asks the program that listens at a socket to come forward.
func tell(socket string) error {
	c, err := net.DialTimeout("unix", socket, patience)
	if err != nil {
		return err
	}
	defer c.Close()
	letForward()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err = c.Write([]byte(raiseWord)); err != nil {
		return err
	}
	word, err := bufio.NewReader(c).ReadString('\n')
	if err == nil && word != ackWord {
		return fmt.Errorf("the first window says %q", word)
	}
	return err
}

// Serve calls raise whenever another start asks for it, until Close. raise has a goroutine
// of its own: it may wait until there is a window.
func (i *Instance) Serve(raise func()) {
	for i.listener != nil {
		c, err := i.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			slog.Warn("a second start was not heard", "error", err)
			time.Sleep(patience) // it may be that there are too many open files
			continue
		}
		if hears(c) {
			go raise()
		}
	}
}

func hears(c net.Conn) bool {
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return false
	}
	word, err := bufio.NewReader(c).ReadString('\n')
	if err != nil || word != raiseWord {
		return false
	}
	_, _ = c.Write([]byte(ackWord)) // who asked may have gone; the window comes all the same
	return true
}

// Close gives the claim up.
func (i *Instance) Close() error {
	var err error
	if i.listener != nil {
		err = i.listener.Close()
	}
	return errors.Join(err, i.lock.Unlock())
}

package idle

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// What goes wrong comes back as an error; xgb would write it to standard error too.
func init() { xgb.Logger = log.New(io.Discard, "", 0) }

var (
	errNoScreen    = errors.New("the X server has no such screen")
	errNoExtension = errors.New("the X server has no screen saver extension")
)

// xServer is the X server with its MIT-SCREEN-SAVER extension, which counts
// whether or not a screen saver is on. What a program sends as input, by the XTEST
// extension, counts as touched.
// https://www.x.org/releases/current/doc/scrnsaverproto/saver.html
type xServer struct {
	display string
	conn    *xgb.Conn // nil: not connected
	root    xproto.Drawable
}

func (*xServer) name() string { return "the X server" }

// idle knows no context: xgb has none. An X server that hangs keeps it here until
// it answers or is gone; this program's window, on the same server, hangs too.
func (x *xServer) idle(context.Context) (time.Duration, error) {
	if x.conn == nil {
		if err := x.open(); err != nil {
			return 0, err
		}
	}
	for { // every client gets some events, unasked; read, they take up no room
		event, err := x.conn.PollForEvent()
		if event == nil && err == nil {
			break
		}
	}
	info, err := screensaver.QueryInfo(x.conn, x.root).Reply()
	if err != nil {
		return 0, fmt.Errorf("query the screen saver: %w", err)
	}
	return idleTime(uint64(info.MsSinceUserInput), time.Millisecond)
}

func (x *xServer) open() error {
	conn, err := xgb.NewConnDisplay(x.display)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	x.conn = conn
	if err := initScreenSaver(conn); err != nil {
		return err
	}
	roots := xproto.Setup(conn).Roots
	if conn.DefaultScreen >= len(roots) {
		return errNoScreen
	}
	x.root = xproto.Drawable(roots[conn.DefaultScreen].Root)
	return nil
}

// extension is the name of the screen saver extension.
const extension = "MIT-SCREEN-SAVER"

// initScreenSaver does what screensaver.Init does, but for its events, which are
// not asked for: it would write them to maps of the whole package that a
// connection may be reading, and Go ends a program for that.
func initScreenSaver(conn *xgb.Conn) error {
	reply, err := xproto.QueryExtension(conn, uint16(len(extension)), extension).Reply()
	if err != nil {
		return fmt.Errorf("look for the screen saver extension: %w", err)
	}
	if !reply.Present {
		return errNoExtension
	}
	conn.ExtLock.Lock()
	defer conn.ExtLock.Unlock()
	conn.Extensions[extension] = reply.MajorOpcode
	return nil
}

func (x *xServer) close() {
	if x.conn != nil {
		x.conn.Close()
		x.conn = nil
	}
}

package idle

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth/authtest/limits"
)

// muteSocket returns the path of a socket that takes connections and says nothing.
func muteSocket(t *testing.T) string {
	t.Helper()
	path, _ := serveSocket(t, func(conn net.Conn) { io.Copy(io.Discard, conn) })
	return path
}

// serveSocket serves each connection to a socket until it or the test ends, or
// hangUp is called.
func serveSocket(t *testing.T, serve func(net.Conn)) (path string, hangUp func()) {
	t.Helper()
	dir, err := os.MkdirTemp("", "idle")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "socket:0") // as X wants it
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var conns []net.Conn
	var all sync.WaitGroup
	hangUp = func() {
		mu.Lock()
		defer mu.Unlock()
		for _, conn := range conns {
			conn.Close()
		}
	}
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			all.Go(func() {
				defer conn.Close()
				serve(conn)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		hangUp()
		all.Wait()
		os.RemoveAll(dir)
	})
	return path, hangUp
}

// fakeX is an X server that knows three requests. Its one screen has root 42.
type fakeX struct {
	lacks  bool // the extension
	events int  // that come before each reply
	ms     atomic.Uint32
	mute   atomic.Bool
}

const (
	fakeRoot      = 42
	fakeExtension = 200 // the opcode of MIT-SCREEN-SAVER
)

func (x *fakeX) serve(conn net.Conn) {
	if x.greet(conn) != nil {
		return
	}
	for number := uint16(1); ; number++ {
		head := make([]byte, 4)
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		body := make([]byte, 4*(int(binary.LittleEndian.Uint16(head[2:]))-1))
		if _, err := io.ReadFull(conn, body); err != nil {
			return
		}
		if x.mute.Load() {
			continue
		}
		event := make([]byte, 32)
		event[0] = 34 // MappingNotify, which every client gets
		if _, err := conn.Write(append(bytes.Repeat(event, x.events), x.reply(number, head, body)...)); err != nil {
			return
		}
	}
}

// greet reads a client's first words and tells it of one screen.
func (x *fakeX) greet(conn net.Conn) error {
	head := make([]byte, 12)
	if _, err := io.ReadFull(conn, head); err != nil {
		return err
	}
	pad := func(n uint16) int { return (int(n) + 3) &^ 3 }
	rest := pad(binary.LittleEndian.Uint16(head[6:])) + pad(binary.LittleEndian.Uint16(head[8:]))
	if _, err := io.CopyN(io.Discard, conn, int64(rest)); err != nil {
		return err
	}
	setup := make([]byte, 40+40)
	setup[0] = 1                                      // success
	binary.LittleEndian.PutUint16(setup[2:], 11)      // protocol 11.0
	binary.LittleEndian.PutUint16(setup[6:], 32/4+10) // what follows these 8 bytes
	binary.LittleEndian.PutUint32(setup[16:], 0x1FFFFF)
	setup[28] = 1 // one screen
	binary.LittleEndian.PutUint32(setup[40:], fakeRoot)
	_, err := conn.Write(setup)
	return err
}

func (x *fakeX) reply(number uint16, head, body []byte) []byte {
	reply := make([]byte, 32)
	reply[0] = 1
	binary.LittleEndian.PutUint16(reply[2:], number)
	switch head[0] {
	case 98: // QueryExtension
		if name := string(body[4 : 4+len("MIT-SCREEN-SAVER")]); name == "MIT-SCREEN-SAVER" && !x.lacks {
			reply[8], reply[9] = 1, fakeExtension
		}
	case fakeExtension:
		if head[1] == 1 && binary.LittleEndian.Uint32(body) == fakeRoot { // QueryInfo
			binary.LittleEndian.PutUint32(reply[16:], x.ms.Load())
		}
	}
	return reply
}

// display serves the fake and returns what stands for it in DISPLAY.
func (x *fakeX) display(t *testing.T) (display string, hangUp func()) {
	path, hangUp := serveSocket(t, x.serve)
	return path, hangUp
}

func TestXServer(t *testing.T) {
	t.Setenv("XAUTHORITY", filepath.Join(t.TempDir(), "none"))
	x := &fakeX{events: 1500} // of more than 5,000 unread ones xgb chokes
	display, hangUp := x.display(t)
	now := time.Now()
	s := newSystem(func() time.Time { return now }, &xServer{display: display})
	defer s.Close()
	s.ways[0].patience = limits.Wait(t)
	for _, ms := range []uint32{0, 90_000, 1<<32 - 1} {
		x.ms.Store(ms)
		expect(t, s, time.Duration(ms)*time.Millisecond)
	}
	hangUp()
	expect(t, s, unknown)
	now = now.Add(rest)
	x.ms.Store(7)
	expect(t, s, 7*time.Millisecond)
}

func TestXServerThatHangs(t *testing.T) {
	t.Setenv("XAUTHORITY", filepath.Join(t.TempDir(), "none"))
	x := &fakeX{}
	display, _ := x.display(t)
	s := newSystem(time.Now, &xServer{display: display}, &fake{answer: time.Hour})
	defer s.Close()
	s.ways[0].patience = limits.Wait(t)
	expect(t, s, 0)
	x.mute.Store(true)
	s.ways[0].patience = 20 * time.Millisecond
	expect(t, s, time.Hour)
	s.ways[0].again = time.Time{}
	if _, err := s.ways[0].ask(t.Context()); !errors.Is(err, errHangs) {
		t.Errorf("asked again while it hangs: %v, want errHangs", err)
	}
}

func TestXServerOfNoUse(t *testing.T) {
	t.Setenv("XAUTHORITY", filepath.Join(t.TempDir(), "none"))
	lacking, _ := (&fakeX{lacks: true}).display(t)
	whole, _ := (&fakeX{}).display(t)
	for _, display := range []string{lacking, whole + ".1", "/nonexistent/socket:0", "nonsense"} {
		s := newSystem(time.Now, &xServer{display: display})
		s.ways[0].patience = limits.Wait(t)
		expect(t, s, unknown)
		s.Close()
	}
}

package clipboard

import (
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// plain is what a clipboard is without the marks.
type plain struct{ text string }

func (p *plain) Content() string     { return p.text }
func (p *plain) SetContent(s string) { p.text = s }

func TestPrivate(t *testing.T) {
	available := user32.NewProc("IsClipboardFormatAvailable")
	fallback := &plain{}
	c := Private(fallback)
	const secret = "4KCQ-7ZMX\nÄ\n"
	c.SetContent(secret)
	if fallback.text != "" {
		t.Fatal("it was copied as any other text")
	}
	for _, name := range leaveOut {
		p, err := windows.UTF16PtrFromString(name)
		if err != nil {
			t.Fatal(err)
		}
		format, _, _ := procRegisterClipboardFormat.Call(uintptr(unsafe.Pointer(p)))
		if ok, _, _ := available.Call(format); ok == 0 {
			t.Errorf("it lies there without %s", name)
		}
	}
	if got := text(t); got != secret {
		t.Errorf("the clipboard holds %q, want %q", got, secret)
	}
	c.SetContent("")
	if got := text(t); got != "" {
		t.Errorf("emptied, it holds %q", got)
	}
}

// text is what the system's clipboard holds.
func text(t *testing.T) string {
	t.Helper()
	closed, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer closed()
	memory, _, err := user32.NewProc("GetClipboardData").Call(unicodeText)
	if memory == 0 {
		t.Fatal("GetClipboardData:", err)
	}
	at, _, err := procGlobalLock.Call(memory)
	if at == 0 {
		t.Fatal("GlobalLock:", err)
	}
	defer procGlobalUnlock.Call(memory)
	return windows.UTF16PtrToString(*(**uint16)(unsafe.Pointer(&at)))
}

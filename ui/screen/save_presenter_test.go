package screen

import (
	"context"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// saveCase is a screen that saves a page.
type saveCase struct {
	*bubble
	saver   Saver
	ownDisk bool
	fails   error
	lasts   time.Duration // how long writing takes
	written []string
	said    []string
}

func newSaveCase(b *bubble) *saveCase {
	c := &saveCase{bubble: b}
	task := NewTask(b.Scope, nil)
	c.saver = Saver{
		File:    func() string { return "Anteroom recovery kit.pdf" },
		OwnDisk: func(string) bool { return c.ownDisk },
		Write: func(path string) error {
			c.written = append(c.written, path)
			time.Sleep(c.lasts) // of the bubble's time
			return c.fails
		},
		Run: func(slow func() error, done func(error)) {
			task.Start(func(context.Context) error { return slow() }, done)
		},
		CanRun:  func() bool { return !task.IsBusy() },
		Saved:   func(said string) { c.said = append(c.said, said) },
		Changed: func() {},
	}
	return c
}

// save saves the page, and waits until that is over.
func (c *saveCase) save(path string) {
	c.saver.Save(path)
	c.pass(c.lasts)
}

func inSave(t *testing.T, fn func(t *testing.T, c *saveCase)) {
	t.Helper()
	inBubble(t, func(t *testing.T, b *bubble) { fn(t, newSaveCase(b)) })
}

func TestSaveSaysWhatIsWrong(t *testing.T) {
	inSave(t, func(t *testing.T, c *saveCase) {
		c.saver.begin()
		usb := authtest.Path("/usb/a.pdf")
		for _, wrong := range []struct {
			path  string
			fails error
			text  string
		}{
			{"", nil, "Choose where to save it."},
			{"kit.pdf", nil, "Type the whole path, or choose a folder with “Browse…”."},
			{usb, &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}, "There is a file of this name already. Choose another name."},
			{usb, &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing}, "This folder is not there. Connect its drive, or choose another."},
			{usb, auth.ErrReadOnly, "Nothing can be written to this folder. Choose another one."},
			{usb, auth.ErrDiskFull, "This disk is full. Make room, or choose another one."},
		} {
			c.fails = wrong.fails
			c.save(wrong.path)
			if got := c.saver.View(); got != (SaveView{Error: wrong.text}) {
				t.Errorf("%+v, want %q", got, wrong.text)
			}
			if c.saver.edited(); c.saver.View() != (SaveView{}) {
				t.Errorf("%+v after typing", c.saver.View())
			}
		}
		c.fails = nil
		c.save(authtest.Path("/usb/a"))
		if len(c.written) != 5 || c.written[4] != usb || !slices.Equal(c.said, []string{"Saved as " + usb + "."}) {
			t.Errorf("written: %q, said: %q", c.written, c.said)
		}
	})
}

func TestSaveWarnsOfTheOwnDisk(t *testing.T) {
	inSave(t, func(t *testing.T, c *saveCase) {
		c.ownDisk = true
		c.saver.begin()
		c.save(authtest.Path("/home/a.pdf"))
		if !c.saver.View().OwnDisk {
			t.Error("nobody is warned")
		}
		if c.saver.edited(); c.saver.View().OwnDisk {
			t.Error("the warning is about another path")
		}
		c.save(authtest.Path("/home/b.pdf"))
		if len(c.written) != 0 {
			t.Errorf("written before the warning was read: %q", c.written)
		}
		c.save(authtest.Path("/home/b.pdf"))
		if !slices.Equal(c.written, []string{authtest.Path("/home/b.pdf")}) {
			t.Errorf("written all the same: %q", c.written)
		}
		c.saver.begin()
		if c.save(authtest.Path("/home/c.pdf")); !c.saver.View().OwnDisk {
			t.Error("another time nobody is warned")
		}
	})
}

// TestSaveThatNobodyWaitedFor: the dialog was closed meanwhile.
func TestSaveThatNobodyWaitedFor(t *testing.T) {
	for said, fails := range map[int]error{0: auth.ErrDiskFull, 1: nil} {
		inSave(t, func(t *testing.T, c *saveCase) {
			c.fails, c.lasts = fails, time.Second
			c.saver.begin()
			c.saver.Save(authtest.Path("/usb/a.pdf"))
			if !c.saver.View().Busy || !c.saver.IsBusy {
				t.Error("it does not say that it goes on")
			}
			c.saver.end()
			c.pass(time.Minute)
			if len(c.said) != said || c.saver.View() != (SaveView{}) {
				t.Errorf("%v: said %q, shows %+v", fails, c.said, c.saver.View())
			}
		})
	}
}

func TestWholePath(t *testing.T) {
	for typed, want := range map[string]string{
		authtest.Path("/usb/kit.pdf"):    authtest.Path("/usb/kit.pdf"),
		authtest.Path("/usb/kit.PDF"):    authtest.Path("/usb/kit.PDF"),
		authtest.Path("/usb/kit"):        authtest.Path("/usb/kit.pdf"),
		authtest.Path("/usb/kit 3.11"):   authtest.Path("/usb/kit 3.11.pdf"),
		authtest.Path("/usb/"):           authtest.Path("/usb/Anteroom recovery kit.pdf"),
		authtest.Path("/usb/x/../a.pdf"): authtest.Path("/usb/a.pdf"),
	} {
		if got, err := WholePath(typed, "Anteroom recovery kit.pdf"); got != want || err != nil {
			t.Errorf("%s: %q, %v, want %q", typed, got, err, want)
		}
	}
	got, err := WholePath(authtest.Path("/usb/activity"), "Anteroom activity.csv")
	if want := authtest.Path("/usb/activity.csv"); got != want || err != nil {
		t.Errorf("another ending: %q, %v, want %q", got, err, want)
	}
}

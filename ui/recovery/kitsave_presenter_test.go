package recovery

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

func TestKitSaves(t *testing.T) {
	taken := &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}
	missing := &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing}
	list := []answer{{}, {err: taken}, {err: missing}, {err: auth.ErrReadOnly}, {err: auth.ErrDiskFull}, {}}
	inKit(t, list, withWays, func(t *testing.T, c *kitCase) {
		c.presenter.saver.openSave()
		for _, wrong := range []struct{ path, error string }{
			{"", "Choose where to save it."},
			{"kit.pdf", "Type the whole path, or choose a folder with “Browse…”."},
			{authtest.Path("/usb/a.pdf"), "There is a file of this name already. Choose another name."},
			{authtest.Path("/usb/a.pdf"), "This folder is not there. Connect its drive, or choose another."},
			{authtest.Path("/usb/a.pdf"), "Nothing can be written to this folder. Choose another one."},
			{authtest.Path("/usb/a.pdf"), "This disk is full. Make room, or choose another one."},
		} {
			c.presenter.saver.saveTo(wrong.path)
			c.pass(0)
			want(t, "error", c.display.view.Save.Error, wrong.error)
			c.presenter.leave(c.params.Later)
			c.presenter.saver.pathEdited()
			want(t, "error after typing", c.display.view.Save.Error, "")
		}
		want(t, "left without a page", c.later, 6)
		c.presenter.saver.saveTo(authtest.Path("/usb/a"))
		c.pass(0)
		want(t, "path", c.saved[len(c.saved)-1], authtest.Path("/usb/a.pdf"))
		want(t, "said", c.display.view.Said, "Saved as "+authtest.Path("/usb/a.pdf")+".")
		want(t, "closed", c.display.closed, 1)
		c.presenter.leave(c.params.Later)
		want(t, "left with a page, unasked", c.later, 6)
	})
}

func TestKitWarnsOfTheOwnDisk(t *testing.T) {
	inKit(t, allWell, nil, func(t *testing.T, c *kitCase) {
		c.ownDisk = true
		c.presenter.saver.openSave()
		c.presenter.saver.saveTo(authtest.Path("/home/a.pdf"))
		c.pass(0)
		want(t, "warned", c.display.view.Save, saveView{OwnDisk: true})
		c.presenter.saver.pathEdited()
		want(t, "another path", c.display.view.Save, saveView{})
		c.presenter.saver.saveTo(authtest.Path("/home/b.pdf"))
		c.pass(0)
		want(t, "saved unwarned", len(c.saved), 0)
		c.presenter.saver.saveTo(authtest.Path("/home/b.pdf"))
		c.pass(0)
		want(t, "saved all the same", strings.Join(c.saved, " "), authtest.Path("/home/b.pdf"))

		c.presenter.saver.openSave()
		c.presenter.saver.saveTo(authtest.Path("/home/c.pdf"))
		c.pass(0)
		want(t, "warned again", c.display.view.Save.OwnDisk, true)
	})
}

func TestKitSavingThatNobodyWaitedFor(t *testing.T) {
	list := []answer{{}, {after: time.Second, err: auth.ErrDiskFull}, {after: time.Second}}
	inKit(t, list, nil, func(t *testing.T, c *kitCase) {
		for _, said := range []string{"", "Saved as " + authtest.Path("/usb/a.pdf") + "."} {
			c.presenter.saver.openSave()
			c.presenter.saver.saveTo(authtest.Path("/usb/a.pdf"))
			c.pass(500 * time.Millisecond)
			want(t, "busy", c.display.view.Save.Busy, true)
			want(t, "the screen's own line", c.display.view.Waiting, "")
			c.presenter.saver.leaveSave()
			c.pass(time.Second)
			want(t, "said", c.display.view.Said, said)
			want(t, "error", c.display.view.Error+c.display.view.Save.Error, "")
		}
	})
}

func TestWholePath(t *testing.T) {
	for typed, path := range map[string]string{
		authtest.Path("/usb/kit.pdf"):    authtest.Path("/usb/kit.pdf"),
		authtest.Path("/usb/kit.PDF"):    authtest.Path("/usb/kit.PDF"),
		authtest.Path("/usb/kit"):        authtest.Path("/usb/kit.pdf"),
		authtest.Path("/usb/kit 3.11"):   authtest.Path("/usb/kit 3.11.pdf"),
		authtest.Path("/usb/"):           authtest.Path("/usb/Anteroom recovery kit.pdf"),
		authtest.Path("/usb/x/../a.pdf"): authtest.Path("/usb/a.pdf"),
	} {
		got, err := WholePath(typed, kitFileName())
		want(t, typed, got, path)
		want(t, typed, err, nil)
	}
	got, err := WholePath(authtest.Path("/usb/activity"), "Anteroom activity.csv")
	want(t, "another ending", got, authtest.Path("/usb/activity.csv"))
	want(t, "another ending", err, nil)
}

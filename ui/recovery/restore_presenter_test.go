package recovery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

// restoreCase is a restore of backups in two folders, and what it did.
type restoreCase struct {
	*screentest.Bubble
	shown     restoreView
	groups    []int // of the kit, to which the cursor went
	presenter *restore
	folders   map[string]error   // what listing them gives
	opens     map[string][]error // by "path key" and "newest folder key": what comes of it, time after time
	did       []string
	aside     string
	runs      []error
}

func newRestoreCase() *restoreCase {
	return &restoreCase{
		folders: map[string]error{"/backups": nil, "/stick": nil},
		opens:   map[string][]error{}, runs: []error{nil}, aside: "anteroom-old.db",
	}
}

func (c *restoreCase) params(scope screen.Scope, window fyne.Window) RestoreParams {
	return RestoreParams{
		Scope: scope, Window: window, Folders: []string{"/backups", "/stick"}, Backups: c.backups,
		Open: func(_ context.Context, path, key string) (auth.BackupContent, error) {
			return c.open(path + " " + key)
		},
		Newest: func(_ context.Context, folder, key string) (auth.BackupContent, error) {
			return c.open("newest " + folder + " " + key)
		},
		Run: func(context.Context) (string, error) {
			c.did = append(c.did, "run")
			err := c.runs[0]
			c.runs = c.runs[1:]
			return c.aside, err
		},
		Done:   func(aside string) { c.did = append(c.did, "done "+aside) },
		OnBack: func() { c.did = append(c.did, "back") },
	}
}

// backups are three in each folder that is there.
func (c *restoreCase) backups(folder string) ([]auth.BackupFile, error) {
	err, known := c.folders[folder]
	if !known {
		return nil, auth.ErrFolder
	}
	if err != nil {
		return nil, err
	}
	var files []auth.BackupFile
	for day := range 3 {
		files = append(files, auth.BackupFile{
			Path: fmt.Sprintf("%s/%d", folder, day), At: evening.AddDate(0, 0, -day), Size: int64(day) * 1_234_567,
		})
	}
	return files, nil
}

func (c *restoreCase) open(what string) (auth.BackupContent, error) {
	c.did = append(c.did, what)
	if left := c.opens[what]; len(left) > 0 {
		c.opens[what] = left[1:]
		if left[0] != nil {
			return auth.BackupContent{}, left[0]
		}
	}
	return sampleContent(), nil
}

func (c *restoreCase) wantDid(t *testing.T, all ...string) {
	t.Helper()
	if !slices.Equal(c.did, all) {
		t.Errorf("did %q, want %q", c.did, all)
	}
	c.did = nil
}

// inRestore runs a test of the presenter in a bubble of time. set prepares it.
func inRestore(t *testing.T, set func(*restoreCase, *RestoreParams), test func(*testing.T, *restoreCase)) {
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		time.Sleep(time.Until(evening.Add(7 * 24 * time.Hour))) // of the bubble's time
		c := newRestoreCase()
		c.Bubble = b
		p := c.params(b.Scope, nil)
		set(c, &p)
		c.presenter = newRestore(p)
		c.presenter.begin(screentest.View(&c.shown), func(group int) { c.groups = append(c.groups, group) })
		c.Pass(0)
		test(t, c)
	})
}

func withKey(_ *restoreCase, p *RestoreParams) { p.Key = "KIT" }

func asked(*restoreCase, *RestoreParams) {}

func TestRestoreFromTheList(t *testing.T) {
	inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
		v := c.shown
		want(t, "step", v.Step, stepChoose)
		want(t, "rows", fmt.Sprint(v.Rows), "[[23 Nov 2026 at 17:40 1 KB] [22 Nov 2026 at 17:40 1.2 MB] [21 Nov 2026 at 17:40 2.5 MB]]")
		want(t, "chosen", v.Chosen, 0)
		c.presenter.pick(2)
		c.presenter.lookInside()
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, "/backups/2 KIT")

		v = c.shown
		want(t, "step", v.Step, stepPreview)
		said := strings.Join([]string{v.Preview.Practice, v.Preview.Date, v.Preview.Counts, v.Preview.Damaged, v.Preview.Then}, "\n")
		want(t, "preview", said, "Brook Street Practice\nData of 23 Nov 2026 at 17:40\n7 people, 2 computers, 812 patients\n"+
			"3 records in it do not open. Each says so by itself.\n"+
			"What is here now is set aside, not deleted. Everyone signs in again, and other computers have to be linked again. What was entered after 23 Nov 2026 at 17:40 is not in the backup.")
		c.presenter.run()
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, "run", "done anteroom-old.db")
	})
}

func TestRestoreAsksForTheKit(t *testing.T) {
	inRestore(t, asked, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		want(t, "step", c.shown.Step, stepKit)
		c.opens["/backups/0 slip"] = []error{auth.TypoError{Group: 3}}
		c.presenter.submitKey("slip")
		c.Pass(0)
		want(t, "step", c.shown.Step, stepKit)
		want(t, "error", c.shown.KeyError, "Group 3 has a slip. Compare it with the page.")
		want(t, "cursor", fmt.Sprint(c.groups), "[3]")
		c.presenter.keyEdited()
		want(t, "error after typing", c.shown.KeyError, "")
		c.presenter.submitKey("KIT")
		c.Pass(0)
		want(t, "step", c.shown.Step, stepPreview)
		c.wantDid(t, "/backups/0 slip", "/backups/0 KIT")

		c.presenter.back() // the kit is known now
		want(t, "step after Back", c.shown.Step, stepChoose)
		c.presenter.pick(1)
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, "/backups/1 KIT")
		c.presenter.back()
		c.presenter.back()
		c.wantDid(t, "back")
	})
}

// A backup that another kit opens asks for that, though one was typed already.
func TestRestoreAsksForAnotherKit(t *testing.T) {
	for err, says := range map[error]string{
		auth.ErrKitWrong:  "This kit does not open the backup.",
		auth.ErrNoKit:     "This backup is from before the practice had a recovery kit.",
		auth.ErrNotLinked: "This backup does not open with the key of this computer.",
	} {
		inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
			c.opens["/backups/0 KIT"] = []error{err}
			c.presenter.lookInside()
			c.Pass(0)
			want(t, "step", c.shown.Step, stepKit)
			if !strings.HasPrefix(c.shown.KeyError, says) {
				t.Errorf("%v: says %q", err, c.shown.KeyError)
			}
			c.presenter.submitKey("OLD")
			c.Pass(0)
			want(t, "step", c.shown.Step, stepPreview)
		})
	}
}

func TestRestoreSaysWhyABackupDoesNotOpen(t *testing.T) {
	for err, says := range map[error]string{
		auth.ErrDamaged:       "This backup is damaged. Choose another one.",
		auth.ErrNewerDatabase: "This backup was made with a newer version of Anteroom. Install that first, or choose another one.",
		auth.ErrOtherPractice: "This backup is of another practice. Choose another one.",
		auth.ErrNotFound:      "This backup is not there any more. Choose another one.",
	} {
		inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
			c.opens["/backups/0 KIT"] = []error{fmt.Errorf("open: %w", err)}
			c.presenter.lookInside()
			c.Pass(0)
			want(t, "step", c.shown.Step, stepChoose)
			want(t, "error", c.shown.Error, says)
			c.presenter.pick(1)
			want(t, "error after another was chosen", c.shown.Error, "")
		})
	}
}

func TestRestoreTheNewest(t *testing.T) {
	newest := func(_ *restoreCase, p *RestoreParams) { p.Key, p.TryNewest = "KIT", true }
	inRestore(t, newest, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepPreview)
		c.presenter.back() // to choose another one
		c.Pass(0)
		want(t, "step after Back", c.shown.Step, stepChoose)
		want(t, "rows", len(c.shown.Rows), 3)
		c.wantDid(t, "newest /backups KIT")
	})
	none := func(c *restoreCase, p *RestoreParams) {
		newest(c, p)
		c.opens["newest /backups KIT"] = []error{auth.ErrDamaged}
	}
	inRestore(t, none, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepChoose)
		want(t, "error", c.shown.Error, "None of these backups is good. Choose another folder.")
		want(t, "rows", len(c.shown.Rows), 3)
	})
}

// The newest one is looked for once the kit is typed; Back leaves from there.
func TestRestoreTheNewestAsksForTheKit(t *testing.T) {
	newest := func(_ *restoreCase, p *RestoreParams) { p.TryNewest = true }
	inRestore(t, newest, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepKit)
		c.presenter.back()
		c.wantDid(t, "back")
		c.presenter.submitKey("KIT")
		c.Pass(0)
		c.wantDid(t, "newest /backups KIT")
		want(t, "step", c.shown.Step, stepPreview)
	})
}

func TestRestoreOfAPath(t *testing.T) {
	path := func(_ *restoreCase, p *RestoreParams) { p.Key, p.Path = "KIT", "/elsewhere/b.db" }
	inRestore(t, path, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepPreview)
		c.presenter.back()
		c.wantDid(t, "/elsewhere/b.db KIT", "back")
	})
	damaged := func(c *restoreCase, p *RestoreParams) {
		path(c, p)
		c.opens["/elsewhere/b.db KIT"] = []error{auth.ErrDamaged}
	}
	inRestore(t, damaged, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepChoose)
		want(t, "error", c.shown.Error, "This backup is damaged. Choose another one.")
		want(t, "rows", len(c.shown.Rows), 3)
	})
}

func TestRestoreFolders(t *testing.T) {
	inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
		c.presenter.nextFolder()
		c.Pass(0)
		want(t, "folder", c.shown.Folder, "/stick")
		c.presenter.nextFolder()
		c.Pass(0)
		want(t, "folder", c.shown.Folder, "/backups")

		c.presenter.typedFolder("/backups2") // key by key
		want(t, "rows of another folder", len(c.shown.Rows), 0)
		want(t, "empty", c.shown.Empty, "Press Enter to see which backups are in this folder.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.presenter.lookInside()
		c.Pass(0)
		want(t, "error", c.shown.FolderError, "This folder is not there, or can't be read. Connect its drive, or choose another folder.")
		want(t, "can submit", c.shown.CanSubmit, false)

		c.presenter.typedFolder("/s")
		c.presenter.typedFolder("/stick") // at once: pasted, or browsed for
		c.Pass(0)
		want(t, "rows", len(c.shown.Rows), 3)
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, "/stick/0 KIT")
	})
}

func TestRestoreFolderWithout(t *testing.T) {
	inRestore(t, func(_ *restoreCase, p *RestoreParams) {
		p.Backups = func(string) ([]auth.BackupFile, error) { return nil, nil }
	}, func(t *testing.T, c *restoreCase) {
		want(t, "empty", c.shown.Empty, "There are no backups in this folder. Choose another one, or connect the drive they are on.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.presenter.lookInside()
		want(t, "step", c.shown.Step, stepChoose)
	})
}

// A drive that hangs keeps nobody on the page.
func TestRestoreFolderHangs(t *testing.T) {
	var answer chan struct{}
	inRestore(t, func(_ *restoreCase, p *RestoreParams) {
		answer = make(chan struct{})
		p.Backups = func(string) ([]auth.BackupFile, error) {
			<-answer
			return nil, nil
		}
	}, func(t *testing.T, c *restoreCase) {
		c.Pass(6 * time.Second)
		want(t, "stage", c.shown.Stage, screen.Stalled)
		c.presenter.back()
		c.Pass(0)
		c.wantDid(t, "back")
		close(answer)
	})
}

func TestRestoreFails(t *testing.T) {
	inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
		c.runs, c.aside = []error{auth.ErrDiskFull, nil}, ""
		c.presenter.lookInside()
		c.Pass(0)
		c.presenter.run()
		c.Pass(0)
		want(t, "step", c.shown.Step, stepPreview)
		want(t, "error", c.shown.Error, "The disk is full, so nothing was saved. Make room, then try again.")
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, "/backups/0 KIT", "run", "run", "done ")
	})
}

// Back from a restore under way calls it off, and what fails later stays where it is.
func TestRestoreCalledOff(t *testing.T) {
	inRestore(t, func(c *restoreCase, p *RestoreParams) {
		withKey(c, p)
		p.Run = func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		}
	}, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		c.Pass(0)
		c.presenter.run()
		c.Pass(time.Second)
		c.presenter.back()
		c.Pass(0)
		want(t, "step", c.shown.Step, stepChoose)
		want(t, "error", c.shown.Error, "")
		c.opens["/backups/1 KIT"] = []error{auth.ErrDamaged}
		c.presenter.pick(1)
		c.presenter.lookInside()
		c.Pass(0)
		want(t, "step", c.shown.Step, stepChoose)
		c.wantDid(t, "/backups/0 KIT", "/backups/1 KIT")
	})
}

// When only the keyring failed the backup is in place, and is not put there again.
func TestRestoreInPlace(t *testing.T) {
	inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
		c.runs = []error{errors.Join(keyring.ErrNoAnswer)}
		c.presenter.lookInside()
		c.Pass(0)
		c.presenter.run()
		c.Pass(0)
		want(t, "error", c.shown.Error, "The backup is in place, but the keyring of this computer did not take what belongs to it. Restart Anteroom.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, "/backups/0 KIT", "run")
	})
}

func TestNearMoment(t *testing.T) {
	for at, says := range map[time.Time]string{
		morning:                   "today 7:40",
		evening:                   "yesterday 17:40",
		evening.AddDate(0, 0, -1): "22 Nov 2026 at 17:40",
	} {
		want(t, at.String(), nearMoment(at, morning), says)
	}
}

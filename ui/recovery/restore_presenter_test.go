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
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/signin"
	"anteroom/ui/uitest/practice"
)

// stick is a folder of backups beside the usual one.
const stick = "stick"

// restoreCase is a restore of the three backups in each of two folders, at a new computer.
type restoreCase struct {
	*screentest.Bubble
	all       *practice.Practice
	kit       string // its key, as it is typed
	files     []auth.BackupFile
	deps      auth.Deps
	restore   *auth.Restore // what was opened last
	did       []string
	shown     restoreView
	groups    []int // of the kit, to which the cursor went
	presenter *restore
}

func newRestoreCase(t *testing.T, b *screentest.Bubble) *restoreCase {
	t.Helper()
	time.Sleep(time.Until(evening)) // of the bubble's time
	c := &restoreCase{Bubble: b, all: practice.New(t, practice.Records{})}
	c.kit, c.deps = c.all.MakeKit(), c.all.NewComputer()
	c.all.Memory.Folders = []string{stick, "empty"}
	for hour := range 3 { // the newest first
		file := auth.BackupFile{Path: fmt.Sprintf("%s/%d", c.deps.Location.BackupFolder(), 9-hour), At: evening.Add(time.Duration(2-hour) * time.Hour), Size: 1_234_567}
		c.files = append(c.files, file)
		c.all.Memory.PutBackup(file, c.all.Memory.Rows())
		file.Path = onStick(c, file)
		c.all.Memory.PutBackup(file, c.all.Memory.Rows())
	}
	time.Sleep(3 * time.Hour)
	return c
}

func (c *restoreCase) params(scope screen.Scope, window fyne.Window) RestoreParams {
	keep := func(what string) func(*auth.Restore, error) (auth.BackupContent, error) {
		c.did = append(c.did, what)
		return func(r *auth.Restore, err error) (auth.BackupContent, error) {
			if err != nil {
				return auth.BackupContent{}, err
			}
			c.restore = r
			return r.Content(), nil
		}
	}
	return RestoreParams{
		Scope: scope, Window: window, Folders: []string{c.deps.Location.BackupFolder(), stick}, Backups: c.deps.Location.Backups,
		Open: func(ctx context.Context, path, key string) (auth.BackupContent, error) {
			return keep(path)(auth.OpenRestore(ctx, c.deps, path, key))
		},
		Newest: func(ctx context.Context, folder, key string) (auth.BackupContent, error) {
			return keep("newest " + folder)(auth.OpenNewestRestore(ctx, c.deps, folder, key))
		},
		Run: func(ctx context.Context) (aside string, err error) {
			c.did = append(c.did, "run")
			restored, aside, err := c.restore.Run(ctx)
			if err == nil {
				err = restored.Close()
			}
			return aside, err
		},
		Done:   func(aside string) { c.did = append(c.did, "done "+aside) },
		OnBack: func() { c.did = append(c.did, "back") },
	}
}

// onStick is the path of the same backup in the other folder.
func onStick(c *restoreCase, file auth.BackupFile) string {
	return strings.Replace(file.Path, c.deps.Location.BackupFolder(), stick, 1)
}

// damage leaves nothing of a backup but its name.
func (c *restoreCase) damage(file auth.BackupFile) { c.all.Memory.PutBackup(file, authtest.Rows{}) }

// typo is the kit's key with a slip in a group.
func (c *restoreCase) typo(group int) string {
	groups := strings.Fields(c.kit)
	first := "0"
	if groups[group-1][0] == '0' {
		first = "1"
	}
	groups[group-1] = first + groups[group-1][1:]
	return strings.Join(groups, " ")
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
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := newRestoreCase(t, b)
		p := c.params(b.Scope, nil)
		set(c, &p)
		c.presenter = newRestore(p)
		c.presenter.begin(screentest.View(&c.shown), func(group int) { c.groups = append(c.groups, group) })
		c.Settle()
		test(t, c)
	})
}

func withKey(c *restoreCase, p *RestoreParams) { p.Key = c.kit }

func asked(*restoreCase, *RestoreParams) {}

func TestRestoreFromTheList(t *testing.T) {
	inRestore(t, withKey, func(t *testing.T, c *restoreCase) {
		v := c.shown
		want(t, "step", v.Step, stepChoose)
		want(t, "rows", fmt.Sprint(v.Rows), "[[today 19:40 1.2 MB] [today 18:40 1.2 MB] [today 17:40 1.2 MB]]")
		want(t, "chosen", v.Chosen, 0)
		c.presenter.pick(2)
		c.presenter.lookInside()
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, c.files[2].Path)

		v = c.shown
		want(t, "step", v.Step, stepPreview)
		said := strings.Join([]string{v.Preview.Practice, v.Preview.Date, v.Preview.Counts, v.Preview.Damaged, v.Preview.Then}, "\n")
		want(t, "preview", said, "Brook Street\nData of 23 Nov 2026 at 17:40\n2 people, 1 computer, 0 patients\n\n"+
			"What is here now is set aside, not deleted. Everyone signs in again, and other computers have to be linked again. What was entered after 23 Nov 2026 at 17:40 is not in the backup.")
		c.presenter.run()
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, "run", "done memory/replaced")
	})
}

func TestRestoreAsksForTheKit(t *testing.T) {
	inRestore(t, asked, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		want(t, "step", c.shown.Step, stepKit)
		c.presenter.submitKey(c.typo(3))
		c.Pass(0)
		want(t, "step", c.shown.Step, stepKit)
		want(t, "error", c.shown.KeyError, "Group 3 has a slip. Compare it with the page.")
		want(t, "cursor", fmt.Sprint(c.groups), "[3]")
		c.presenter.keyEdited()
		want(t, "error after typing", c.shown.KeyError, "")
		c.presenter.submitKey(c.kit)
		c.Pass(0)
		want(t, "step", c.shown.Step, stepPreview)
		c.wantDid(t, c.files[0].Path, c.files[0].Path)

		c.presenter.back() // the kit is known now
		want(t, "step after Back", c.shown.Step, stepChoose)
		c.presenter.pick(1)
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, c.files[1].Path)
		c.presenter.back()
		c.presenter.back()
		c.wantDid(t, "back")
	})
}

// A backup that another kit opens asks for that, though one was typed already.
func TestRestoreAsksForAnotherKit(t *testing.T) {
	newer := func(c *restoreCase, p *RestoreParams) { p.Key = c.all.MakeKit() }
	inRestore(t, newer, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		c.Settle()
		want(t, "step", c.shown.Step, stepKit)
		want(t, "error", c.shown.KeyError, "This kit does not open the backup. Type the key of the kit that was in use when the backup was made.")
		c.presenter.submitKey(c.kit)
		c.Settle()
		want(t, "step", c.shown.Step, stepPreview)
	})
}

func TestRestoreOfADamagedBackup(t *testing.T) {
	damaged := func(c *restoreCase, p *RestoreParams) {
		withKey(c, p)
		c.damage(c.files[0])
	}
	inRestore(t, damaged, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		c.Settle()
		want(t, "step", c.shown.Step, stepChoose)
		want(t, "error", c.shown.Error, "This backup is damaged. Choose another one.")
		c.presenter.pick(1)
		want(t, "error after another was chosen", c.shown.Error, "")
	})
}

// Each reason has words of its own, and what to do.
func TestRestoreSaysWhyABackupDoesNotOpen(t *testing.T) {
	r := &restore{wanted: wanted{path: "chosen"}}
	for err, says := range map[error]string{
		auth.ErrDamaged:       "This backup is damaged. Choose another one.",
		auth.ErrNewerDatabase: "This backup was made with a newer version of Anteroom. Install that first, or choose another one.",
		auth.ErrOtherPractice: "This backup is of another practice. Choose another one.",
		auth.ErrNotFound:      "This backup is not there any more. Choose another one.",
	} {
		r.failed = signin.FailedAt(evening, fmt.Errorf("open: %w", err))
		want(t, err.Error(), r.openError(evening), says)
	}
	for err, says := range map[error]string{
		auth.ErrKitWrong:  "This kit does not open the backup. Type the key of the kit that was in use when the backup was made.",
		auth.ErrNoKit:     "This backup is from before the practice had a recovery kit. Go back, and choose another one.",
		auth.ErrNotLinked: "This backup does not open with the key of this computer. It opens with the recovery kit.",
	} {
		want(t, err.Error(), restoreKeyError(signin.FailedAt(evening, err), evening), says)
	}
}

func TestRestoreTheNewest(t *testing.T) {
	newest := func(c *restoreCase, p *RestoreParams) { p.Key, p.TryNewest = c.kit, true }
	inRestore(t, newest, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepPreview)
		c.presenter.back() // to choose another one
		c.Pass(0)
		want(t, "step after Back", c.shown.Step, stepChoose)
		want(t, "rows", len(c.shown.Rows), 3)
		c.wantDid(t, "newest "+c.deps.Location.BackupFolder())
	})
	none := func(c *restoreCase, p *RestoreParams) {
		newest(c, p)
		for _, file := range c.files {
			c.damage(file)
		}
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
		c.presenter.submitKey(c.kit)
		c.Pass(0)
		c.wantDid(t, "newest "+c.deps.Location.BackupFolder())
		want(t, "step", c.shown.Step, stepPreview)
	})
}

func TestRestoreOfAPath(t *testing.T) {
	path := func(c *restoreCase, p *RestoreParams) { p.Key, p.Path = c.kit, c.files[1].Path }
	inRestore(t, path, func(t *testing.T, c *restoreCase) {
		want(t, "step", c.shown.Step, stepPreview)
		c.presenter.back()
		c.wantDid(t, c.files[1].Path, "back")
	})
	damaged := func(c *restoreCase, p *RestoreParams) {
		path(c, p)
		c.damage(c.files[1])
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
		want(t, "folder", c.shown.Folder, stick)
		c.presenter.nextFolder()
		c.Pass(0)
		want(t, "folder", c.shown.Folder, c.deps.Location.BackupFolder())

		c.presenter.typedFolder(c.deps.Location.BackupFolder() + "2") // key by key
		want(t, "rows of another folder", len(c.shown.Rows), 0)
		want(t, "empty", c.shown.Empty, "Press Enter to see which backups are in this folder.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.presenter.lookInside()
		c.Pass(0)
		want(t, "error", c.shown.FolderError, "This folder is not there, or can't be read. Connect its drive, or choose another folder.")
		want(t, "can submit", c.shown.CanSubmit, false)

		c.presenter.typedFolder("s")
		c.presenter.typedFolder(stick) // at once: pasted, or browsed for
		c.Pass(0)
		want(t, "rows", len(c.shown.Rows), 3)
		c.presenter.lookInside()
		c.Pass(0)
		c.wantDid(t, onStick(c, c.files[0]))
	})
}

func TestRestoreFolderWithout(t *testing.T) {
	inRestore(t, func(_ *restoreCase, p *RestoreParams) {
		p.Folders = []string{"empty"}
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
		c.presenter.lookInside()
		c.Pass(0)
		c.all.Memory.Fail = func() error { return auth.ErrDiskFull }
		c.presenter.run()
		c.Pass(0)
		want(t, "step", c.shown.Step, stepPreview)
		want(t, "error", c.shown.Error, "The disk is full, so nothing was saved. Make room, then try again.")
		c.all.Memory.Fail = nil
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, c.files[0].Path, "run", "run", "done memory/replaced")
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
		c.damage(c.files[1])
		c.presenter.pick(1)
		c.presenter.lookInside()
		c.Pass(0)
		want(t, "step", c.shown.Step, stepChoose)
		c.wantDid(t, c.files[0].Path, c.files[1].Path)
	})
}

// When only the keyring failed the backup is in place, and is not put there again.
func TestRestoreInPlace(t *testing.T) {
	noAnswer := func(c *restoreCase, p *RestoreParams) {
		withKey(c, p)
		p.Run = func(context.Context) (string, error) {
			c.did = append(c.did, "run")
			return "memory/replaced", errors.Join(keyring.ErrNoAnswer)
		}
	}
	inRestore(t, noAnswer, func(t *testing.T, c *restoreCase) {
		c.presenter.lookInside()
		c.Pass(0)
		c.presenter.run()
		c.Pass(0)
		want(t, "error", c.shown.Error, "The backup is in place, but the keyring of this computer did not take what belongs to it. Restart Anteroom.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.presenter.run()
		c.Pass(0)
		c.wantDid(t, c.files[0].Path, "run")
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

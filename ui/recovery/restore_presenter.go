package recovery

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
)

// restoreStep is how far a restore has come.
type restoreStep int

const (
	stepLooking restoreStep = iota // a backup that is chosen already is being opened
	stepChoose
	stepKit
	stepPreview
)

// restoreView is what the restore page shows.
type restoreView struct {
	Step      restoreStep
	What      string // goes on
	Stage     screen.Stage
	CanSubmit bool
	Error     string // beside no field

	Folder      string
	FolderError string
	Others      bool // there are other folders that may have some
	Rows        [][]string
	Empty       string
	Chosen      int // a row, or -1

	KeyError string
	Preview  preview
}

// wanted is the backup to open.
type wanted struct {
	path   string // "": the newest good one
	folder string // of that
}

// restore decides what the restore page does.
type restore struct {
	p       RestoreParams
	task    *screen.Task
	display *screen.View[restoreView]
	goTo    func(group int) // of the kit; 0: into its field

	step    restoreStep
	what    string
	folder  string
	files   []auth.BackupFile
	listed  bool // files were listed
	stale   bool // but of another folder than this
	chosen  int
	noList  error // why there are no files
	key     string
	wanted  wanted
	content auth.BackupContent
	inPlace bool // it was restored, and something failed after that
	failed  signin.Failure
}

func newRestore(p RestoreParams) *restore {
	r := &restore{p: p, key: p.Key, chosen: -1, step: stepChoose}
	r.task = screen.NewTask(p.Scope, r.refresh)
	if len(p.Folders) > 0 {
		r.folder = p.Folders[0]
	}
	return r
}

// begin shows the page for the first time, and begins with what is known.
func (r *restore) begin(display *screen.View[restoreView], goTo func(group int)) {
	r.display, r.goTo = display, goTo
	switch {
	case r.p.Path != "":
		r.step = stepLooking
		r.want(wanted{path: r.p.Path})
	case r.p.TryNewest:
		r.step = stepLooking
		r.want(wanted{folder: r.folder})
	default:
		r.look(r.folder)
	}
}

// back is one step back, once nothing is under way any more.
func (r *restore) back() { r.task.Leave(r.goBack) }

// goBack is one step back.
func (r *restore) goBack() {
	isFirst := r.step == stepKit && !r.listed || r.step == stepPreview && !r.listed && r.p.Path != ""
	if r.step == stepChoose || r.step == stepLooking || isFirst {
		r.p.OnBack()
		return
	}
	r.failed = signin.Failure{}
	r.choose()
}

// choose shows the backups there are.
func (r *restore) choose() {
	r.step = stepChoose
	if !r.listed {
		r.look(r.folder)
		return
	}
	r.refresh()
}

// look lists the backups of a folder, unless something is under way.
func (r *restore) look(folder string) {
	if r.task.IsBusy() {
		return
	}
	r.setFolder(folder)
	r.stale, r.listed = false, true
	r.what = lang.L("Looking into the folder…")
	var files []auth.BackupFile
	r.task.Start(func(ctx context.Context) (err error) {
		files, err = listBackups(ctx, r.p.Backups, folder)
		return err
	}, func(err error) {
		if r.folder == folder {
			r.files, r.noList = files, err
			r.chosen = min(0, len(files)-1)
		}
		r.refresh()
	})
}

func (r *restore) setFolder(folder string) {
	r.folder, r.files, r.chosen, r.noList, r.stale = folder, nil, -1, nil, true
}

// listBackups waits for a folder no longer than ctx: its drive may hang.
func listBackups(ctx context.Context, list func(string) ([]auth.BackupFile, error), folder string) ([]auth.BackupFile, error) {
	var files []auth.BackupFile
	answer := make(chan error, 1)
	go func() {
		var err error
		files, err = list(folder)
		answer <- err
	}()
	select {
	case err := <-answer:
		return files, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// lookInto is for a folder that the person chose.
func (r *restore) lookInto(folder string) {
	r.failed = signin.Failure{}
	r.look(folder)
}

// typedFolder hears what is typed as a folder. What comes at once, pasted or
// browsed for, is looked into at once.
func (r *restore) typedFolder(folder string) {
	if folder == r.folder {
		return
	}
	added := length(folder) - length(r.folder)
	r.setFolder(folder)
	if added > 1 {
		r.lookInto(folder)
	} else {
		r.refresh()
	}
}

// nextFolder looks into the next of the folders that are known.
func (r *restore) nextFolder() {
	known := r.p.Folders
	r.lookInto(known[(slices.Index(known, r.folder)+1)%len(known)])
}

// pick chooses a row.
func (r *restore) pick(row int) {
	if r.chosen != row {
		r.chosen, r.failed = row, signin.Failure{}
		r.refresh()
	}
}

// lookInside opens the chosen backup, or lists those of another folder first.
func (r *restore) lookInside() {
	switch {
	case r.task.IsBusy():
	case r.stale:
		r.lookInto(r.folder)
	case r.chosen >= 0:
		r.want(wanted{path: r.files[r.chosen].Path})
	}
}

// want opens a backup, once there is a key for it.
func (r *restore) want(w wanted) {
	r.wanted, r.failed = w, signin.Failure{}
	if r.key == "" {
		r.step = stepKit
		r.refresh()
		return
	}
	r.open(r.key)
}

// submitKey is for the key that was typed.
func (r *restore) submitKey(key string) {
	if !r.task.IsBusy() {
		r.failed = signin.Failure{}
		r.open(key)
	}
}

// keyEdited takes the error away, once what it is about changes.
func (r *restore) keyEdited() {
	if r.failed.Err != nil && !r.task.IsBusy() {
		r.failed = signin.Failure{}
		r.refresh()
	}
}

func (r *restore) open(key string) {
	w := r.wanted
	r.what = lang.L("Opening the backup…")
	if w.path == "" {
		r.what = lang.L("Looking for the newest good backup…")
	}
	var content auth.BackupContent
	r.task.Start(func(ctx context.Context) (err error) {
		if w.path == "" {
			content, err = r.p.Newest(ctx, w.folder, key)
		} else {
			content, err = r.p.Open(ctx, w.path, key)
		}
		return err
	}, func(err error) { r.opened(key, content, err) })
}

func (r *restore) opened(key string, content auth.BackupContent, err error) {
	r.failed = signin.FailedAt(r.p.Now(), err)
	var typo auth.TypoError
	switch {
	case err == nil:
		r.key, r.content, r.step = key, content, stepPreview
		r.refresh()
	case needsKit(err):
		r.key, r.step = "", stepKit
		r.refresh()
		errors.As(err, &typo)
		r.goTo(typo.Group)
	case r.step == stepKit && errors.Is(err, context.Canceled):
		r.refresh()
	default:
		r.choose()
	}
}

// needsKit says that another key has to be typed.
func needsKit(err error) bool {
	for _, reason := range []error{auth.ErrPrinted, auth.ErrKitWrong, auth.ErrNoKit, auth.ErrNotLinked} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// run puts the backup in place.
func (r *restore) run() {
	if !r.view().CanSubmit {
		return
	}
	r.failed = signin.Failure{}
	r.what = lang.L("Restoring the backup…")
	var aside string
	r.task.Start(func(ctx context.Context) (err error) {
		aside, err = r.p.Run(ctx)
		return err
	}, func(err error) {
		if err == nil {
			r.p.Done(aside)
			return
		}
		r.inPlace = aside != ""
		r.failed = signin.FailedAt(r.p.Now(), err)
		r.refresh()
	})
}

// forget drops the key.
func (r *restore) forget() { r.key = "" }

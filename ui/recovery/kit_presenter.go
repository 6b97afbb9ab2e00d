package recovery

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// kitStep is what the screen "Recovery kit" asks for now.
type kitStep int

const (
	kitComing kitStep = iota // the key is not there yet
	kitFailed                // it could not be made
	kitShown                 // print it
	kitTyped                 // type its last group: the key is hidden
)

// kitView is what the screen shows.
type kitView struct {
	Step      kitStep
	Groups    []string // the key, as long as it is to be seen
	Number    string
	Said      string // what went well
	Error     string // what did not
	Waiting   string // what goes on
	Done      int    // of Total
	Total     int    // 0: nobody knows
	CanCancel bool
	CanSubmit bool
	Save      screen.SaveView
}

// kitDisplay shows the screen.
type kitDisplay struct {
	View       *screen.View[kitView]
	FocusStep  func(kitStep)      // gives the focus to what a step asks for
	Retype     func()             // empties the field and gives it the focus
	CloseSave  func()             // takes the dialog "Save as PDF" away
	AskToLeave func(leave func()) // says that the page is not valid, and asks
}

// kit decides what the screen does.
type kit struct {
	params  KitParams
	display kitDisplay
	task    *screen.Task
	saver   screen.Saver

	step     kitStep
	key      *auth.Kit // nil while there is none
	hasPage  bool      // somebody may have the page already
	said     string
	failed   error // of the step
	progress progress
	isLeft   bool
}

// progress is how far the re-keying of the practice is.
type progress struct {
	isBegun     bool
	done, total int
}

func newKit(p KitParams) *kit {
	k := &kit{params: p}
	k.task = screen.NewTask(p.Scope, k.refresh)
	k.saver = screen.Saver{
		File: kitFile, OwnDisk: p.OwnDisk, Write: func(path string) error { return p.Save(k.key, path) },
		Run: k.putOnPaper, CanRun: func() bool { return k.step == kitShown && !k.task.IsBusy() },
		Saved: k.saved, Changed: k.refresh,
	}
	return k
}

// begin shows the screen for the first time and makes a kit.
func (k *kit) begin(display kitDisplay) {
	k.display = display
	k.refresh()
	k.start()
}

// start makes a kit, unless that goes on already.
func (k *kit) start() {
	if k.task.IsBusy() {
		return
	}
	k.step, k.failed = kitComing, nil
	var made *auth.Kit
	k.task.Run(func(ctx context.Context) (err error) {
		made, err = k.params.New(ctx)
		return err
	}, func(err error, isLeft bool) {
		k.key = made
		k.finish(err, isLeft, k.started)
	})
}

func (k *kit) started(err error) {
	switch {
	case err == nil:
		k.goTo(kitShown)
	case isCancelled(err) && k.params.OnBack != nil:
		k.params.OnBack()
	default:
		k.goTo(kitFailed)
		k.fail(err)
	}
}

// run does slow work with the key.
func (k *kit) run(slow func(context.Context) error, done func(error)) {
	k.task.Run(slow, func(err error, isLeft bool) { k.finish(err, isLeft, done) })
}

// finish goes where the outcome of slow work leads. A key is wiped only now if
// the screen was left meanwhile: before, the work still read it.
func (k *kit) finish(err error, isLeft bool, done func(error)) {
	switch {
	case isLeft || k.isLeft:
		k.wipe()
	case errors.Is(err, auth.ErrSessionEnded) || signin.IsUntrusted(err):
		k.params.OnEnded(err)
	default:
		done(err)
	}
}

// close wipes the key when the screen is left.
func (k *kit) close() {
	k.isLeft = true
	if !k.task.IsBusy() {
		k.wipe()
	}
}

func (k *kit) wipe() {
	if k.key != nil {
		k.key.Forget()
		k.key = nil
	}
}

func (k *kit) goTo(step kitStep) {
	k.step, k.said, k.failed = step, "", nil
	k.refresh()
	k.display.FocusStep(step)
}

func (k *kit) fail(err error) {
	k.failed = err
	k.refresh()
}

// next hides the key and asks for its last group.
func (k *kit) next() {
	if k.step == kitShown && !k.task.IsBusy() {
		k.goTo(kitTyped)
	}
}

// showAgain shows the key again.
func (k *kit) showAgain() {
	if k.step == kitTyped && !k.task.IsBusy() {
		k.goTo(kitShown)
	}
}

// back is Esc: it ends what is under way, or goes back by a step.
func (k *kit) back() {
	switch {
	case k.step == kitTyped && k.task.IsBusy():
		k.task.Cancel()
	case k.step == kitTyped:
		k.showAgain()
	case k.params.OnBack != nil:
		k.leave(k.params.OnBack)
	}
}

// leave leaves the screen without a valid kit, by one of its ways. Where
// there is a page already it says what that page is worth.
func (k *kit) leave(way func()) {
	if k.hasPage {
		k.display.AskToLeave(way)
		return
	}
	way()
}

// print shows the page in the system's viewer.
func (k *kit) print() {
	if k.step != kitShown || k.task.IsBusy() {
		return
	}
	key := k.key
	k.putOnPaper(func() error { return k.params.Print(key) }, func(err error) {
		if err != nil {
			k.fail(err)
			return
		}
		k.said, k.failed = lang.L("The page is open in the viewer. Print it there."), nil
		k.refresh()
	})
}

func (k *kit) saved(said string) {
	k.said, k.failed = said, nil
	k.display.CloseSave()
}

// putOnPaper remembers from when on there may be a page.
func (k *kit) putOnPaper(slow func() error, done func(error)) {
	before := k.hasPage
	k.hasPage = true
	k.run(func(context.Context) error { return slow() }, func(err error) {
		k.hasPage = before || err == nil
		done(err)
	})
}

// confirm makes the kit valid, unless that goes on already.
func (k *kit) confirm(lastGroup string) {
	if k.step != kitTyped || k.task.IsBusy() {
		return
	}
	if !k.key.LastGroupIs(lastGroup) {
		k.wrong()
		return
	}
	k.said, k.failed, k.progress = "", nil, progress{}
	key, report := k.key, k.report()
	k.run(func(ctx context.Context) error {
		return k.params.Confirm(ctx, key, lastGroup, report)
	}, k.confirmed)
}

func (k *kit) confirmed(err error) {
	var field *auth.FieldError
	switch {
	case err == nil:
		k.wipe()
		k.params.Done()
	case errors.As(err, &field) && field.Field == auth.FieldKit:
		k.wrong()
	case isCancelled(err):
		k.said = lang.L("Cancelled. This kit does not count yet.")
		k.refresh()
	default:
		k.fail(err)
	}
}

// isCancelled says that nothing was done because somebody said so.
func isCancelled(err error) bool {
	return errors.Is(err, context.Canceled) && !errors.Is(err, auth.ErrNotAnchored)
}

func (k *kit) wrong() {
	k.fail(&auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers})
	k.display.Retype()
}

// edited takes what was said from the field.
func (k *kit) edited() {
	if k.said != "" || k.failed != nil {
		k.said, k.failed = "", nil
		k.refresh()
	}
}

// report tells the screen how far the re-keying is, for each percent once.
func (k *kit) report() auth.Progress {
	last := -1
	return func(done, total int) {
		percent := 0
		if total > 0 {
			percent = 100 * done / total
		}
		if percent == last {
			return
		}
		last = percent
		k.params.Runner.Dispatch(func() {
			if k.task.IsBusy() {
				k.progress = progress{true, done, total}
				k.refresh()
			}
		})
	}
}

func (k *kit) refresh() { k.display.View.Show(k.view()) }

func (k *kit) view() kitView {
	v := kitView{
		Step: k.step, Said: k.said, Error: k.errorText(), Save: k.saver.View(),
		Waiting: k.waitingText(), CanSubmit: !k.task.IsBusy(),
	}
	if k.key != nil {
		v.Number = k.key.Number()
		if k.step == kitShown {
			v.Groups = k.key.Groups()
		}
	}
	if k.step == kitComing || k.step == kitTyped {
		v.CanCancel = k.task.Stage() == screen.Stalled || k.isRekeying()
	}
	if k.isRekeying() {
		v.Done, v.Total = k.progress.done, k.progress.total
	}
	return v
}

// isRekeying says that the re-keying is worth a word.
func (k *kit) isRekeying() bool {
	return k.step == kitTyped && k.progress.isBegun && k.task.Stage() >= screen.Lasting
}

func (k *kit) waitingText() string {
	switch {
	case k.task.Stage() < screen.Lasting, k.saver.IsBusy:
		return ""
	case k.isRekeying():
		return lang.L("Sealing everything anew…")
	case k.step == kitTyped && k.task.Stage() == screen.Stalled:
		return lang.L("Waiting for the keyring")
	}
	return lang.L("One moment…")
}

func (k *kit) errorText() string {
	switch {
	case k.failed == nil:
		return ""
	case isCancelled(k.failed):
		return lang.L("There is no kit yet. Try again when you are ready.")
	}
	return words.Error(k.failed)
}

// kitFile is what a saved kit is called.
func kitFile() string { return lang.L("Anteroom recovery kit.pdf") }

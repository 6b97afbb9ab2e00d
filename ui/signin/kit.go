package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
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
	Save      saveView
}

type kitDisplay interface {
	show(kitView)
	focusStep(kitStep) // gives the focus to what a step asks for
	retype()           // empties the field and gives it the focus
	closeSave()        // takes the dialog "Save as PDF" away
	askToLeave(func()) // says that the page does not count, and asks
}

// kit decides what the screen does.
type kit struct {
	params  KitParams
	display kitDisplay
	task    task

	step    kitStep
	key     *auth.Kit // nil while there is none
	onPaper bool      // somebody may have the page already
	said    string
	failed  error // of the step
	saver   saver
	sealing sealing
	left    bool
}

// sealing is how far the re-keying of the practice is.
type sealing struct {
	begun       bool
	done, total int
}

func newKit(p KitParams) *kit {
	k := &kit{params: p}
	k.task = newTask(p.Host, k.refresh)
	k.saver = k.newSaver()
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
	if k.task.waiting != idle {
		return
	}
	k.step, k.failed = kitComing, nil
	var made *auth.Kit
	k.task.run(func(ctx context.Context) (err error) {
		made, err = k.params.New(ctx)
		return err
	}, func(err error, late bool) {
		k.key = made
		k.took(err, late, k.started)
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
	k.task.run(slow, func(err error, late bool) { k.took(err, late, done) })
}

// took goes where the outcome of slow work leads. A key is wiped only now if
// the screen was left meanwhile: before, the work still read it.
func (k *kit) took(err error, late bool, done func(error)) {
	switch {
	case late || k.left:
		k.wipe()
	case errors.Is(err, auth.ErrSessionEnded) || Shuts(err):
		k.params.OnEnded(err)
	default:
		done(err)
	}
}

// close wipes the key when the screen is left.
func (k *kit) close() {
	k.left = true
	if k.task.waiting == idle {
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
	k.display.focusStep(step)
}

func (k *kit) fail(err error) {
	k.failed = err
	k.refresh()
}

// next hides the key and asks for its last group.
func (k *kit) next() {
	if k.step == kitShown && k.task.waiting == idle {
		k.goTo(kitTyped)
	}
}

// showAgain shows the key again.
func (k *kit) showAgain() {
	if k.step == kitTyped && k.task.waiting == idle {
		k.goTo(kitShown)
	}
}

// back is Esc: it ends what is under way, or goes back by a step.
func (k *kit) back() {
	switch {
	case k.step == kitTyped && k.task.waiting != idle:
		k.task.cancel()
	case k.step == kitTyped:
		k.showAgain()
	case k.params.OnBack != nil:
		k.leave(k.params.OnBack)
	}
}

// leave leaves the screen without a kit that counts, by one of its ways. Where
// there is a page already it says what that page is worth.
func (k *kit) leave(way func()) {
	if k.onPaper {
		k.display.askToLeave(way)
		return
	}
	way()
}

// print shows the page in the system's viewer.
func (k *kit) print() {
	if k.step != kitShown || k.task.waiting != idle {
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

// putOnPaper counts the page from when it may be there.
func (k *kit) putOnPaper(slow func() error, done func(error)) {
	before := k.onPaper
	k.onPaper = true
	k.run(func(context.Context) error { return slow() }, func(err error) {
		k.onPaper = before || err == nil
		done(err)
	})
}

// confirm makes the kit count, unless that goes on already.
func (k *kit) confirm(lastGroup string) {
	if k.step != kitTyped || k.task.waiting != idle {
		return
	}
	if !k.key.LastGroupIs(lastGroup) {
		k.wrong()
		return
	}
	k.said, k.failed, k.sealing = "", nil, sealing{}
	key, progress := k.key, k.progress()
	k.run(func(ctx context.Context) error {
		return k.params.Confirm(ctx, key, lastGroup, progress)
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
	k.display.retype()
}

// edited takes what was said from the field.
func (k *kit) edited() {
	if k.said != "" || k.failed != nil {
		k.said, k.failed = "", nil
		k.refresh()
	}
}

// progress tells the screen how far the re-keying is, for each percent once.
func (k *kit) progress() auth.Progress {
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
		k.task.runner.Dispatch(func() {
			if k.task.waiting != idle {
				k.sealing = sealing{true, done, total}
				k.refresh()
			}
		})
	}
}

func (k *kit) refresh() { k.display.show(k.view()) }

func (k *kit) view() kitView {
	v := kitView{
		Step: k.step, Said: k.said, Error: k.errorText(), Save: k.saver.view(),
		Waiting: k.waitingText(), CanSubmit: k.task.waiting == idle,
	}
	if k.key != nil {
		v.Number = k.key.Number()
		if k.step == kitShown {
			v.Groups = k.key.Groups()
		}
	}
	if k.step == kitComing || k.step == kitTyped {
		v.CanCancel = k.task.waiting == stalled || k.isSealing()
	}
	if k.isSealing() {
		v.Done, v.Total = k.sealing.done, k.sealing.total
	}
	return v
}

// isSealing says that the re-keying is worth a word.
func (k *kit) isSealing() bool {
	return k.step == kitTyped && k.sealing.begun && k.task.waiting >= lasting
}

func (k *kit) waitingText() string {
	switch {
	case k.task.waiting < lasting, k.saver.busy:
		return ""
	case k.isSealing():
		return lang.L("Sealing everything anew…")
	case k.step == kitTyped && k.task.waiting == stalled:
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

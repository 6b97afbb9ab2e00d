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

// A printed key is the recovery kit's or a linking code: the screens that ask
// for them differ in their words only.

// keyWords is what such a screen says.
type keyWords struct {
	Heading, Intro string
	Label, Help    string
	Open           string // the button
	Groups         int
	explain        func(error) (string, bool) // about what was typed
}

// kitWords are those of the recovery kit. practice may be "".
func kitWords(practice string) keyWords {
	w := keyWords{
		Heading: lang.L("Use the recovery kit"),
		Intro:   lang.L("Type the key from the practice's page “Recovery kit”. Take your time: nothing is tried before you say so."),
		Label:   lang.L("Key"),
		Help:    lang.L("Eight groups of five letters and digits. Capitals don't matter, nor whether an O is a zero, or an I or L a one."),
		Open:    lang.L("Open"),
		Groups:  8,
		explain: words.Printed,
	}
	if practice != "" {
		w.Intro = lang.L("Type the key from the page “Recovery kit” of {{.Practice}}. Take your time: nothing is tried before you say so.",
			map[string]any{"Practice": practice})
	}
	return w
}

// linkingCodeWords are those of a linking code. practice may be "".
func linkingCodeWords(practice string) keyWords {
	w := keyWords{
		Heading: lang.L("Use a linking code"),
		Intro:   lang.L("A Practice Admin makes the code on a computer that is linked already, under Settings > Computers. It counts for ten minutes, and for one computer."),
		Label:   lang.L("Linking code"),
		Help:    lang.L("Four groups of five letters and digits. Capitals don't matter, nor whether an O is a zero, or an I or L a one."),
		Open:    lang.L("Link this computer"),
		Groups:  4,
		explain: words.LinkingCode,
	}
	if practice != "" {
		w.Intro = lang.L("A Practice Admin of {{.Practice}} makes the code on a computer that is linked already, under Settings > Computers. It counts for ten minutes, and for one computer.",
			map[string]any{"Practice": practice})
	}
	return w
}

// keyView is what a screen for a printed key shows.
type keyView struct {
	Error     string
	Stage     screen.Stage
	CanSubmit bool
}

// keyEntry decides what a screen for a printed key does.
type keyEntry struct {
	params  KeyEntryParams
	words   keyWords
	task    *screen.Task
	display *screen.View[keyView]
	goTo    func(group int) // puts the cursor there; 0: into the field
	failed  signin.Failure
}

func newKeyEntry(p KeyEntryParams, w keyWords) *keyEntry {
	k := &keyEntry{params: p, words: w}
	k.task = screen.NewTask(p.Scope, k.refresh)
	return k
}

// begin shows the screen for the first time.
func (k *keyEntry) begin(display *screen.View[keyView], goTo func(group int)) {
	k.display, k.goTo = display, goTo
	k.refresh()
}

func (k *keyEntry) refresh() { k.display.Show(k.view()) }

func (k *keyEntry) view() keyView {
	return keyView{Error: k.text(), Stage: k.task.Stage(), CanSubmit: !k.task.IsBusy()}
}

func (k *keyEntry) text() string {
	if text, ok := k.words.explain(k.failed.Err); ok {
		return text
	}
	return k.failed.Text(k.params.Now())
}

// submit tries what was typed, unless that goes on already.
func (k *keyEntry) submit(key string) {
	if k.task.IsBusy() {
		return
	}
	k.failed = signin.Failure{}
	k.task.Start(func(ctx context.Context) error { return k.params.Open(ctx, key) }, func(err error) {
		if err == nil {
			k.params.Done()
			return
		}
		k.fail(err)
	})
}

func (k *keyEntry) fail(err error) {
	k.failed = signin.FailedAt(k.params.Now(), err)
	k.refresh()
	var typo auth.TypoError
	if errors.As(err, &typo) {
		k.goTo(typo.Group)
	} else if errors.Is(err, auth.ErrPrinted) {
		k.goTo(0)
	}
}

// back leaves the screen, once nothing is under way any more.
func (k *keyEntry) back() { k.task.Leave(k.params.OnBack) }

// edited takes the error away, once what it is about changes.
func (k *keyEntry) edited() {
	if k.failed.Err != nil && !k.task.IsBusy() {
		k.failed = signin.Failure{}
		k.refresh()
	}
}

package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
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
	refused        func(error) (string, bool) // about what was typed
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
		refused: words.Printed,
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
		refused: words.LinkingCode,
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
	Waiting   waiting
	CanSubmit bool
}

type keyDisplay interface {
	show(keyView)
	goTo(group int) // puts the cursor there; 0: into the field
}

// keyEntry decides what a screen for a printed key does.
type keyEntry struct {
	errand
	words   keyWords
	open    func(ctx context.Context, key string) error
	done    func()
	display keyDisplay
	failed  failure
}

func newKeyEntry(p KitEntryParams, w keyWords) *keyEntry {
	k := &keyEntry{words: w, open: p.Open, done: p.Done}
	k.errand = newErrand(p.Host, k.refresh, p.OnBack)
	return k
}

// begin shows the screen for the first time.
func (k *keyEntry) begin(display keyDisplay) {
	k.display = display
	k.refresh()
}

func (k *keyEntry) refresh() { k.display.show(k.view()) }

func (k *keyEntry) view() keyView {
	return keyView{Error: k.text(), Waiting: k.waiting, CanSubmit: k.waiting == idle}
}

func (k *keyEntry) text() string {
	if text, ok := k.words.refused(k.failed.Err); ok {
		return text
	}
	return k.failed.text(k.runner.Now())
}

// submit tries what was typed, unless that goes on already.
func (k *keyEntry) submit(key string) {
	if k.waiting != idle {
		return
	}
	k.failed = failure{}
	k.start(func(ctx context.Context) error { return k.open(ctx, key) }, func(err error) {
		if err == nil {
			k.done()
			return
		}
		k.fail(err)
	})
}

func (k *keyEntry) fail(err error) {
	k.failed = failedAt(k.runner.Now(), err)
	k.refresh()
	var slip auth.TypoError
	if errors.As(err, &slip) {
		k.display.goTo(slip.Group)
	} else if errors.Is(err, auth.ErrPrinted) {
		k.display.goTo(0)
	}
}

// edited takes the error away, once what it is about changes.
func (k *keyEntry) edited() {
	if k.failed.Err != nil && k.waiting == idle {
		k.failed = failure{}
		k.refresh()
	}
}

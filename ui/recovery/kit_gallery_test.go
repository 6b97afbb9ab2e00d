package recovery

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// kitSamples are the states of "Recovery kit".
func kitSamples() map[string]sample {
	kit := func(show func(*testing.T, *kitDesk), change func(*kitDesk)) sample {
		return func(t *testing.T, w *desk) {
			show(t, newKitDesk(t, w, func(d *kitDesk) {
				d.params.Later = func() {}
				if change != nil {
					change(d)
				}
			}))
		}
	}
	replaces := func(d *kitDesk) { d.params.Replaces = true }
	return map[string]sample{
		"kit-coming": kit(showComingKit, func(d *kitDesk) {
			d.params.New = func(ctx context.Context) (*auth.Kit, error) { return nil, hang(ctx) }
		}),
		"kit":          kit(func(t *testing.T, d *kitDesk) { d.shown(t) }, nil),
		"kit-replaces": kit(func(t *testing.T, d *kitDesk) { d.shown(t) }, replaces),
		"kit-printed":  kit(showPrintedKit, nil),
		"kit-saved":    kit(showSavedKit, nil),
		"kit-failed":   kit(showFailedKit, func(d *kitDesk) { d.fail = auth.ErrBusy }),
		"kit-typed":    kit(func(t *testing.T, d *kitDesk) { d.typing(t) }, nil),
		"kit-wrong":    kit(showWrongGroup, nil),
		"kit-sealing": kit(showRekeying, func(d *kitDesk) {
			replaces(d)
			d.params.Confirm = func(ctx context.Context, _ *auth.Kit, _ string, p auth.Progress) error {
				p(37_000, 100_000)
				return hang(ctx)
			}
		}),
		"kit-save":     kit(func(t *testing.T, d *kitDesk) { d.shown(t); test.Tap(d.screen.save) }, nil),
		"kit-own-disk": kit(showSaveDialog, func(d *kitDesk) { d.params.OwnDisk = func(string) bool { return true } }),
		"kit-exists": kit(showSaveDialog, func(d *kitDesk) {
			d.params.Save = func(*auth.Kit, string) error {
				return &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken}
			}
		}),
		"kit-leave": kit(showLeaving, nil),
	}
}

func showComingKit(_ *testing.T, d *kitDesk) { d.Pass(screen.LastingAfter) }

func showPrintedKit(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.print)
	d.Until(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
}

func showSavedKit(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.save)
	d.Press(fyne.KeyReturn)
	d.Until(t, "the file", func() bool { return d.screen.footer.said.Text() != "" })
}

func showFailedKit(t *testing.T, d *kitDesk) {
	d.Until(t, "an error", func() bool { return d.screen.footer.said.Text() != "" })
}

func showWrongGroup(t *testing.T, d *kitDesk) {
	d.typing(t)
	d.Type("7K2")
	d.screen.presenter.fail(&auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers})
}

func showRekeying(t *testing.T, d *kitDesk) {
	d.typing(t)
	d.Type(d.kit.Groups()[7])
	d.Press(fyne.KeyReturn)
	d.Pass(screen.LastingAfter)
}

// showSaveDialog shows what is wrong with the file that is proposed.
func showSaveDialog(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.save)
	d.Press(fyne.KeyReturn)
}

func showLeaving(t *testing.T, d *kitDesk) {
	showPrintedKit(t, d)
	test.Tap(d.screen.footer.leave)
}

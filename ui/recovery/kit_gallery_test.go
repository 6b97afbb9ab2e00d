package recovery

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/looks"
)

// TestKitGallery renders the screen "Recovery kit" in its states. With
// GALLERY=<folder> it does so in every look, and saves them there.
func TestKitGallery(t *testing.T) {
	variants, scales := []looks.Variant{looks.Light, looks.Dark}, []float32{1, 2}
	if os.Getenv("GALLERY") == "" {
		variants, scales = variants[1:], scales[1:]
	}
	_, session := newTestPractice()
	samples := map[string]func(*testing.T, *kitDesk){
		"kit-coming":   showComingKit,
		"kit":          func(t *testing.T, d *kitDesk) { d.shown(t) },
		"kit-replaces": func(t *testing.T, d *kitDesk) { d.shown(t) },
		"kit-printed":  showPrintedKit,
		"kit-saved":    showSavedKit,
		"kit-failed":   showFailedKit,
		"kit-typed":    func(t *testing.T, d *kitDesk) { d.typing(t) },
		"kit-wrong":    showWrongGroup,
		"kit-sealing":  showSealing,
		"kit-save":     func(t *testing.T, d *kitDesk) { d.shown(t); test.Tap(d.screen.save) },
		"kit-own-disk": showOwnDisk,
		"kit-exists":   showExistingFile,
		"kit-leave":    showLeaving,
	}
	for _, look := range variants {
		for _, scale := range scales {
			for name, show := range samples {
				d := &kitDesk{desk: newDeskIn(t, looks.New(look, scale)), session: session}
				d.params = d.kitParams()
				d.params.Later = func() {}
				d.params.Replaces = name == "kit-replaces" || name == "kit-sealing"
				d.fail = map[string]error{"kit-failed": auth.ErrBusy}[name]
				d.open()
				show(t, d)
				d.run()
				save(t, d.window.Canvas(), fmt.Sprintf("%s-%d-%.0f.png", name, look, 100*scale))
				d.screen.Close()
				d.leave()
			}
		}
	}
}

func showComingKit(_ *testing.T, d *kitDesk) {
	d.params.New = func(ctx context.Context) (*auth.Kit, error) { return nil, hang(ctx) }
	d.open()
	d.screen.presenter.task.become(lasting)
}

func showPrintedKit(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.print)
	d.runUntil(t, "the page", func() bool { return d.screen.footer.said.Text() != "" })
}

func showSavedKit(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.save)
	d.screen.saving.path.SetText(authtest.Path("/media/reception/a stick with a long name/" + kitFileName()))
	test.Tap(d.screen.saving.Primary())
	d.runUntil(t, "the file", func() bool { return d.screen.footer.said.Text() != "" })
}

func showFailedKit(t *testing.T, d *kitDesk) {
	d.runUntil(t, "an error", func() bool { return d.screen.footer.said.Text() != "" })
}

func showWrongGroup(t *testing.T, d *kitDesk) {
	d.typing(t)
	d.typeText("7K2")
	d.screen.presenter.fail(&auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers})
}

func showSealing(t *testing.T, d *kitDesk) {
	d.typing(t)
	d.typeText("7K2M9")
	d.screen.presenter.sealing = sealing{true, 37_000, 100_000}
	d.screen.presenter.task.become(lasting)
}

func showOwnDisk(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.save)
	d.screen.presenter.saver.failed = errOwnDisk
	d.screen.presenter.refresh()
}

func showExistingFile(t *testing.T, d *kitDesk) {
	d.shown(t)
	test.Tap(d.screen.save)
	d.screen.presenter.saver.failed = errors.Join(&auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken})
	d.screen.presenter.refresh()
}

func showLeaving(t *testing.T, d *kitDesk) {
	showPrintedKit(t, d)
	test.Tap(d.screen.footer.leave)
}

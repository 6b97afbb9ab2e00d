package recovery

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/screen/screentest"
)

type restoreDesk struct {
	*desk
	*restoreCase
	screen *RestoreScreen
}

func newRestoreDesk(t *testing.T, w *desk, set func(*restoreCase, *RestoreParams)) *restoreDesk {
	d := &restoreDesk{desk: w, restoreCase: newRestoreCase(t, w.Bubble)}
	p := d.params(w.Scope, w.Window)
	set(d.restoreCase, &p)
	d.screen = NewRestore(p)
	d.Show(d.screen)
	return d
}

func (d *restoreDesk) waitForStep(t *testing.T, step restoreStep) {
	t.Helper()
	d.desk.Until(t, "a step", func() bool { return d.screen.step == step && !d.screen.presenter.task.IsBusy() })
}

func TestRestoreScreenByKeyboard(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, asked)
		d.waitForStep(t, stepChoose)
		list := d.screen.choose.list
		want(t, "focus", d.Focused(), list.Focusable())
		want(t, "chosen", list.Selected(), 0)
		d.Press(fyne.KeyDown)
		d.Press(fyne.KeyReturn)
		want(t, "step", d.screen.step, stepKit)
		want(t, "focus at the kit", d.Focused(), fyne.Focusable(d.screen.key.entry))
		d.Type(strings.ToLower(d.kit))
		d.Press(fyne.KeyReturn)
		d.waitForStep(t, stepPreview)
		d.wantDid(t, d.files[1].Path)

		d.Press(fyne.KeyReturn) // one too many: the focus is on Back
		want(t, "step", d.screen.step, stepChoose)
		want(t, "chosen still", list.Selected(), 1)
		d.Press(fyne.KeyReturn)
		d.waitForStep(t, stepPreview)
		d.Tab()
		d.Press(fyne.KeyReturn)
		d.desk.Until(t, "the end", func() bool { return len(d.did) == 3 })
		d.wantDid(t, d.files[1].Path, "run", "done memory/replaced")
	})
}

func TestRestoreScreenEscapeGoesBackStepByStep(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, asked)
		d.waitForStep(t, stepChoose)
		d.Press(fyne.KeyReturn)
		d.Press(fyne.KeyEscape)
		want(t, "step", d.screen.step, stepChoose)
		d.wantDid(t)
		d.Press(fyne.KeyEscape)
		d.wantDid(t, "back")
	})
}

func TestRestoreScreenFolder(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, withKey)
		d.waitForStep(t, stepChoose)
		card := d.screen.choose
		want(t, "folder", card.folder.Text(), d.deps.Location.BackupFolder())
		d.Window.Canvas().Focus(card.folder.Focusable())
		d.Press(fyne.KeyEnd)
		d.Type("x")
		want(t, "rows of another folder", card.list.Len(), 0)
		d.Press(fyne.KeyReturn)
		d.desk.Until(t, "an error", func() bool { return card.field.Error() != "" })
		card.folder.SetText(stick) // browsed for
		d.waitForStep(t, stepChoose)
		card.folder.SetText(stick + "/and more")
		d.waitForStep(t, stepChoose)
		want(t, "typed text", card.folder.Text(), stick+"/and more")
		want(t, "error", card.field.Error() != "", true)
	})
}

// Where there is nothing to choose from, typing goes to the folder.
func TestRestoreScreenEmptyFolder(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, func(c *restoreCase, p *RestoreParams) {
			asked(c, p)
			p.Folders = []string{"/nowhere"}
		})
		d.desk.Until(t, "an error", func() bool { return d.screen.choose.field.Error() != "" })
		want(t, "focus", d.Focused(), d.screen.choose.folder.Focusable())
	})
}

// The preview of the one backup leaves nothing behind in that of the next.
func TestRestoreScreenPreviewsAnew(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, withKey)
		d.waitForStep(t, stepChoose)
		d.Press(fyne.KeyReturn)
		d.waitForStep(t, stepPreview)
		r := d.screen.presenter
		card := d.screen.cards[stepPreview].(*previewCard)
		r.content = sampleContent() // some of it is damaged
		r.refresh()
		footer := fyne.CurrentApp().Driver().AbsolutePositionForObject(card.footer.Primary)
		want(t, "damage", card.damaged.Visible(), true)

		long := sampleContent()
		long.Damaged, long.Practice = 0, strings.Repeat("Dr. Ärztehaus ", 15)
		r.content = long
		r.refresh()
		want(t, "damage", card.damaged.Visible(), false)
		want(t, "practice", card.practice.Text(), long.Practice)
		if card.practice.Size().Height < card.practice.MinSize().Height {
			t.Error("a long name does not fit")
		}
		if moved := fyne.CurrentApp().Driver().AbsolutePositionForObject(card.footer.Primary); moved == footer {
			t.Error("the card did not grow")
		}
	})
}

func TestRestoreScreenWipesOnClose(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRestoreDesk(t, w, asked)
		d.waitForStep(t, stepChoose)
		d.Press(fyne.KeyReturn)
		d.Type(d.kit)
		d.Press(fyne.KeyReturn)
		d.waitForStep(t, stepPreview)
		d.screen.Close()
		want(t, "typed key", d.screen.key.entry.Text, "")
		want(t, "known key", d.screen.presenter.key, "")
	})
}

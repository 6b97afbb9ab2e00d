package recovery

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

type restoreDesk struct {
	*desk
	*restoreCase
	screen *RestoreScreen
}

func newRestoreDesk(t *testing.T, set func(*restoreCase, *RestoreParams)) *restoreDesk {
	d := &restoreDesk{desk: newDesk(t), restoreCase: newRestoreCase()}
	p := d.params(d.host)
	set(d.restoreCase, &p)
	d.screen = NewRestore(p)
	d.show(d.screen)
	return d
}

func (d *restoreDesk) waitForStep(t *testing.T, step restoreStep) {
	t.Helper()
	d.desk.runUntil(t, "a step", func() bool { return d.screen.step == step && d.screen.presenter.waiting == idle })
}

func (d *restoreDesk) focused() fyne.Focusable { return d.window.Canvas().Focused() }

func TestRestoreScreenByKeyboard(t *testing.T) {
	d := newRestoreDesk(t, asked)
	d.waitForStep(t, stepChoose)
	list := d.screen.choose.list
	want(t, "focus", d.focused(), list.Focusable())
	want(t, "chosen", list.Selected(), 0)
	d.press(fyne.KeyDown)
	d.press(fyne.KeyReturn)
	want(t, "step", d.screen.step, stepKit)
	want(t, "focus at the kit", d.focused(), fyne.Focusable(d.screen.key.entry))
	d.typeText("abcde")
	d.press(fyne.KeyReturn)
	d.waitForStep(t, stepPreview)
	d.wantDid(t, "/backups/1 ABCDE")

	d.press(fyne.KeyReturn) // one too many: the focus is on Back
	want(t, "step", d.screen.step, stepChoose)
	want(t, "chosen still", list.Selected(), 1)
	d.press(fyne.KeyReturn)
	d.waitForStep(t, stepPreview)
	d.window.Canvas().FocusNext()
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "the end", func() bool { return len(d.did) == 3 })
	d.wantDid(t, "/backups/1 ABCDE", "run", "done anteroom-old.db")
}

func TestRestoreScreenEscapeGoesBackStepByStep(t *testing.T) {
	d := newRestoreDesk(t, asked)
	d.waitForStep(t, stepChoose)
	d.press(fyne.KeyReturn)
	d.press(fyne.KeyEscape)
	want(t, "step", d.screen.step, stepChoose)
	d.wantDid(t)
	d.press(fyne.KeyEscape)
	d.wantDid(t, "back")
}

func TestRestoreScreenFolder(t *testing.T) {
	d := newRestoreDesk(t, withKey)
	d.waitForStep(t, stepChoose)
	card := d.screen.choose
	want(t, "folder", card.folder.Text(), "/backups")
	d.window.Canvas().Focus(card.folder.Focusable())
	d.press(fyne.KeyEnd)
	d.typeText("x")
	want(t, "rows of another folder", card.list.Len(), 0)
	d.press(fyne.KeyReturn)
	d.desk.runUntil(t, "an error", func() bool { return card.field.Error() != "" })
	card.folder.SetText("/stick") // browsed for
	d.waitForStep(t, stepChoose)
	card.folder.SetText("/stick/and more")
	d.waitForStep(t, stepChoose)
	want(t, "typed text", card.folder.Text(), "/stick/and more")
	want(t, "error", card.field.Error() != "", true)
}

// Where there is nothing to choose from, typing goes to the folder.
func TestRestoreScreenEmptyFolder(t *testing.T) {
	d := newRestoreDesk(t, func(c *restoreCase, p *RestoreParams) {
		asked(c, p)
		p.Folders = []string{"/nowhere"}
	})
	d.desk.runUntil(t, "an error", func() bool { return d.screen.choose.field.Error() != "" })
	want(t, "focus", d.focused(), d.screen.choose.folder.Focusable())
}

// The preview of the one backup leaves nothing behind in that of the next.
func TestRestoreScreenPreviewsAnew(t *testing.T) {
	d := newRestoreDesk(t, withKey)
	d.waitForStep(t, stepChoose)
	d.press(fyne.KeyReturn)
	d.waitForStep(t, stepPreview)
	r := d.screen.presenter
	card := d.screen.cards[stepPreview].(*previewCard)
	footer := fyne.CurrentApp().Driver().AbsolutePositionForObject(card.footer.primary)
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
	if moved := fyne.CurrentApp().Driver().AbsolutePositionForObject(card.footer.primary); moved == footer {
		t.Error("the card did not grow")
	}
}

func TestRestoreScreenWipesOnClose(t *testing.T) {
	d := newRestoreDesk(t, asked)
	d.waitForStep(t, stepChoose)
	d.press(fyne.KeyReturn)
	d.typeText("ABCDE")
	d.press(fyne.KeyReturn)
	d.waitForStep(t, stepPreview)
	d.screen.Close()
	want(t, "typed key", d.screen.key.entry.Text, "")
	want(t, "known key", d.screen.presenter.key, "")
}

package recovery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// newRestoreFooter is the footer of a card of the restore page.
func newRestoreFooter(r *restore, primary *widgets.Button) *screen.Footer {
	return screen.NewMessageFooter("", widgets.NewButton(lang.L("Back"), r.back), primary, r.task.Cancel)
}

// showFooter says what goes on: here that may take long by itself.
func showFooter(f *screen.Footer, v restoreView) {
	f.Say(v.What)
	f.ShowMessage(v.Error, v.Stage, v.CanSubmit)
}

// lookingCard stands there while a backup that is chosen already is opened.
type lookingCard struct {
	card   fyne.CanvasObject
	footer *screen.Footer
}

func newLookingCard(r *restore) *lookingCard {
	c := &lookingCard{footer: newRestoreFooter(r, nil)}
	c.card = widgets.Centered(widgets.NewCard(
		widgets.Heading(lang.L("Restore a backup")),
		widgets.Paragraph(lang.L("The backup is opened and looked at first. Nothing changes yet.")),
		widgets.NewGap(),
	).Footed(c.footer.Line))
	return c
}

func (c *lookingCard) content() fyne.CanvasObject { return c.card }
func (c *lookingCard) show(v restoreView)         { showFooter(c.footer, v) }
func (c *lookingCard) focus() fyne.Focusable      { return nil }
func (c *lookingCard) enter()                     {}
func (c *lookingCard) wipe()                      { c.footer.Show(screen.Idle, false) }

// chooseCard is the list of the backups in a folder.
type chooseCard struct {
	card   fyne.CanvasObject
	r      *restore
	folder *widgets.PathField
	field  *widgets.Field // around folder
	others *widgets.Button
	list   *widgets.List
	footer *screen.Footer
}

// listLines is how high the list of backups is, in lines of text.
const listLines = 9

func newChooseCard(r *restore, window fyne.Window, view *screen.View[restoreView]) *chooseCard {
	c := &chooseCard{r: r, folder: widgets.NewFolderField(window)}
	c.folder.OnChanged = screen.Edited(view, r.typedFolder)
	c.field = widgets.NewField(lang.L("Folder"), c.folder).Reserve(2)
	c.others = widgets.NewLink(lang.L("Look into another folder for backups"), r.nextFolder)
	c.others.Hide()
	c.list = widgets.NewList(
		widgets.Head{Title: lang.L("Backup"), Width: 180, Grow: true},
		widgets.Head{Title: lang.L("Size"), Width: 100},
	)
	c.list.ID = func(row int) string { return r.files[row].Path }
	c.list.OnSelected = r.pick
	c.list.OnActivated = func(int) { r.lookInside() }
	c.footer = newRestoreFooter(r, widgets.NewPrimaryButton(lang.L("Look inside"), r.lookInside))
	card := widgets.NewCard(
		widgets.Heading(lang.L("Restore a backup")),
		widgets.Paragraph(lang.L("Choose a backup and look inside. Nothing changes before you say so.")),
		widgets.NewGap(),
		widgets.Room(listLines, c.list),
		widgets.NewGap(),
		c.field,
		c.others,
	).Footed(c.footer.Line)
	card.Width = screen.WideCard
	c.card = widgets.Centered(card)
	return c
}

func (c *chooseCard) content() fyne.CanvasObject { return c.card }

func (c *chooseCard) show(v restoreView) {
	if c.folder.Text() != v.Folder {
		c.folder.SetText(v.Folder)
	}
	c.field.SetError(v.FolderError)
	c.others.Hidden = !v.Others
	c.list.SetRows(v.Rows)
	c.list.SetEmpty(v.Empty)
	if v.Chosen >= 0 {
		c.list.Select(v.Chosen)
	} else {
		c.list.Unselect()
	}
	showFooter(c.footer, v)
}

func (c *chooseCard) focus() fyne.Focusable { return c.list.Focusable() }
func (c *chooseCard) enter()                { c.r.lookInside() }
func (c *chooseCard) wipe()                 { c.footer.Show(screen.Idle, false) }

// restoreKitCard asks for the recovery kit.
type restoreKitCard struct {
	card   fyne.CanvasObject
	r      *restore
	key    *keyField
	footer *screen.Footer
}

func newRestoreKitCard(r *restore) *restoreKitCard {
	words := kitWords("")
	c := &restoreKitCard{r: r, key: newKeyField(words, r.keyEdited)}
	c.footer = newRestoreFooter(r, widgets.NewPrimaryButton(lang.L("Look inside"), c.enter))
	c.card = widgets.Centered(widgets.NewCard(
		widgets.Heading(words.Heading),
		widgets.Paragraph(lang.L("A backup opens only with the recovery kit that was in use when it was made. Type the key from that page.")),
		widgets.NewGap(),
		c.key.field,
	).Footed(c.footer.Line))
	return c
}

func (c *restoreKitCard) content() fyne.CanvasObject { return c.card }

func (c *restoreKitCard) show(v restoreView) {
	c.key.field.SetError(v.KeyError)
	showFooter(c.footer, v)
}

func (c *restoreKitCard) focus() fyne.Focusable { return c.key.entry }
func (c *restoreKitCard) enter()                { c.r.submitKey(c.key.text) }

func (c *restoreKitCard) wipe() {
	c.key.wipe()
	c.footer.Show(screen.Idle, false)
}

// previewCard says what is in a backup, and restores it.
type previewCard struct {
	card                         fyne.CanvasObject
	r                            *restore
	practice, date, counts, then *widgets.Text
	file                         *widgets.Text
	damaged                      *widgets.Notice
	footer                       *screen.Footer
}

func newPreviewCard(r *restore) *previewCard {
	c := &previewCard{
		r:        r,
		practice: widgets.Label(""), date: widgets.Paragraph(""), counts: widgets.Paragraph(""),
		file: widgets.Small(""), then: widgets.Paragraph(""),
		damaged: widgets.NewNotice(widgets.Warning, ""),
	}
	c.footer = newRestoreFooter(r, widgets.NewDangerButton(lang.L("Restore"), r.run))
	card := widgets.NewCard(
		widgets.Heading(lang.L("Restore this backup?")),
		widgets.NewGap(),
		c.practice, c.date, c.counts, c.file,
		c.damaged,
		widgets.NewGap(),
		c.then,
	).Footed(c.footer.Line)
	card.Width = screen.WideCard
	c.card = widgets.Centered(card)
	return c
}

func (c *previewCard) content() fyne.CanvasObject { return c.card }

func (c *previewCard) show(v restoreView) {
	c.practice.SetText(v.Preview.Practice)
	c.date.SetText(v.Preview.Date)
	c.counts.SetText(v.Preview.Counts)
	c.file.SetText(v.Preview.File)
	c.then.SetText(v.Preview.Then)
	c.damaged.SetText(v.Preview.Damaged)
	c.damaged.Hidden = v.Preview.Damaged == ""
	showFooter(c.footer, v)
	c.card.Refresh() // its texts may need more room, or less
}

// An Enter too many must not restore: the focus begins on "Back", and only the
// button itself does it.
func (c *previewCard) focus() fyne.Focusable { return nil }
func (c *previewCard) enter()                {}
func (c *previewCard) wipe()                 { c.footer.Show(screen.Idle, false) }

package backup

import (
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// folderSheet is the dialog "Folder for backups".
type folderSheet struct {
	*screen.Dialog
	backups *backups
	task    *screen.Act
	folder  *widgets.PathField
	fields  map[auth.Field]*widgets.Field
}

func openFolder(s *screen.Dialogs, b *backups) {
	d := &folderSheet{backups: b, folder: widgets.NewFolderField(s.Window)}
	d.task = b.newTask(d)
	field := widgets.NewField(lang.L("Folder"), d.folder)
	field.SetHelp(lang.L("It has to be there already. Older backups stay where they are."))
	d.fields = map[auth.Field]*widgets.Field{auth.FieldFolder: field}
	content := widgets.NewColumn(
		widgets.Paragraph(lang.L("A backup on this computer's own disk is lost together with it. A folder on another disk is better.")),
		widgets.NewGap(),
		field,
	)
	if !b.info.IsDefault {
		d.folder.SetText(b.info.Folder)
		content.Add(container.NewHBox(widgets.NewButton(lang.L("Use the folder beside the database"), d.useDefault)))
	}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      lang.L("Folder for backups"),
		Content:    content,
		Primary:    lang.L("Save"),
		OnPrimary:  d.save,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: d.folder,
	}, d.fields, nil)
}

func (d *folderSheet) save() { d.backups.setFolder(d.task, d.folder.Text()) }

func (d *folderSheet) useDefault() { d.backups.setDefaultFolder(d.task) }

// openRestore shows what is in a backup before it is put in place.
func openRestore(s *screen.Dialogs, b *backups, v restoreView) {
	content := widgets.NewColumn(
		widgets.Label(v.Practice),
		widgets.Paragraph(v.Changed),
		widgets.Paragraph(strings.Join(v.Counts, " · ")),
	)
	if v.Damaged != "" {
		content.Add(widgets.NewNotice(widgets.Warning, v.Damaged))
	}
	content.Add(widgets.NewGap())
	for _, text := range v.Then {
		content.Add(widgets.Paragraph(text))
	}
	var d *screen.Dialog
	d = s.Show(widgets.DialogOptions{
		Title:   lang.L("Restore this backup?"),
		Content: content,
		Danger:  true,
		Primary: lang.L("Restore"),
		OnPrimary: func() {
			d.Close()
			b.restore()
		},
		Cancel:   lang.L("Cancel"),
		OnCancel: b.forgetRestore,
	}, nil)
}

// openNeedsKit says that a backup is older than this computer's link.
func openNeedsKit(s *screen.Dialogs, b *backups, path string) {
	var d *screen.Dialog
	d = s.Show(widgets.DialogOptions{
		Title: lang.L("The recovery kit is needed"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("This backup is from before this computer was linked, or before you had your password of now. So only the recovery kit opens it.")),
			widgets.Paragraph(lang.L("If you go on, you are signed out, and Anteroom asks for the key that is on the page.")),
		),
		Careful: true,
		Primary: lang.L("Use the recovery kit"),
		OnPrimary: func() {
			d.Close()
			b.restoreWithKit(path)
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

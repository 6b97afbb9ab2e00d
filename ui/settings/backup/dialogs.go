package backup

import (
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// folderDialog is the dialog "Folder for backups".
type folderDialog struct {
	*screen.Dialog
	presenter *presenter
	act       *screen.Act
	folder    *widgets.PathField
}

func openFolder(s *screen.Dialogs, p *presenter) {
	d := &folderDialog{presenter: p, folder: widgets.NewFolderField(s.Window)}
	d.act = p.newAct(d)
	field := widgets.NewField(lang.L("Folder"), d.folder)
	field.SetHelp(lang.L("It has to be there already. Older backups stay where they are."))
	content := widgets.NewColumn(
		widgets.Paragraph(lang.L("A backup on this computer's own disk is lost together with it. A folder on another disk is better.")),
		widgets.NewGap(),
		field,
	)
	if !p.info.IsDefault {
		d.folder.SetText(p.info.Folder)
		content.Add(container.NewHBox(widgets.NewButton(lang.L("Use the folder beside the database"), d.useDefault)))
	}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      lang.L("Folder for backups"),
		Content:    content,
		Primary:    lang.L("Save"),
		OnPrimary:  d.save,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.act.Cancel,
		FirstFocus: d.folder,
	}, map[auth.Field]*widgets.Field{auth.FieldFolder: field}, nil)
}

func (d *folderDialog) save() { d.presenter.setFolder(d.act, d.folder.Text()) }

func (d *folderDialog) useDefault() { d.presenter.setDefaultFolder(d.act) }

// openRestore shows what is in a backup before it is put in place.
func openRestore(s *screen.Dialogs, p *presenter, v restoreView) {
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
			p.restore()
		},
		Cancel:   lang.L("Cancel"),
		OnCancel: p.forgetRestore,
	}, nil)
}

// openNeedsKit says that a backup is older than this computer's link.
func openNeedsKit(s *screen.Dialogs, p *presenter, path string) {
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
			p.onRestoreWithKit(path)
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

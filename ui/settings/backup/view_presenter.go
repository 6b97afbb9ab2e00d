package backup

import (
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// backupAge is how old the newest backup may get.
const backupAge = 24 * time.Hour

// view is what the pane shows.
type view struct {
	Newest  string
	Folder  string // where this computer's backups go
	Warning string // what an admin should see to

	Rows   []auth.BackupFile
	Chosen int    // number of the chosen row, or -1
	Name   string // the chosen row again
	Path   string // in full
	Empty  string // what the list says while it has no rows

	CanBackUp  bool
	CanChange  bool // the folder
	CanRestore bool
	Elsewhere  string // where a backup can be restored; "": here

	Busy      string
	Done      int // of Total
	Total     int // 0: how far it is can't be told
	CanCancel bool
	Good      string
	Note      string
	Error     string
}

func (p *presenter) show() { p.pane.Show(p.view()) }

func (p *presenter) view() view {
	idle := p.loaded && !p.busy()
	v := view{
		Chosen: p.chosen.Row(p.info.Files), CanBackUp: idle && !p.isDesk(), CanChange: idle, CanRestore: idle && p.chosen.Row(p.info.Files) >= 0 && !p.isDesk(),
		CanCancel: p.work.Stage() >= screen.Long, Good: p.good, Note: p.note, Error: p.message,
	}
	if p.busy() {
		v.Busy = p.doing
		v.Done, v.Total = p.work.Progress()
	}
	if !p.loaded {
		return v
	}
	v.Empty = lang.L("There is no backup in this folder yet. “Back up now” makes one.")
	if p.info.Problem != nil {
		v.Empty = lang.L("Once the folder is there, its backups are listed here.")
	}
	if p.isDesk() {
		v.Elsewhere = words.Error(auth.ErrAtServer)
	}
	v.Newest, v.Warning = p.newestText(), warning(p.info, p.Now())
	v.Folder = p.info.Folder
	if p.info.IsDefault {
		v.Folder = lang.L("{{.Folder}} (beside the database)", map[string]any{"Folder": p.info.Folder})
	}
	v.Rows = p.info.Files
	if row := p.chosen.Row(p.info.Files); row >= 0 {
		chosen := p.info.Files[row]
		v.Name, v.Path = lang.L("Backup of {{.Moment}}", map[string]any{"Moment": pane.DateAndClock(chosen.At)}), auth.CleanText(chosen.Path)
	}
	return v
}

func (p *presenter) newestText() string {
	if p.info.Newest.IsZero() {
		return lang.L("never")
	}
	return words.Moment(p.info.Newest, p.Now())
}

// warning says what an admin should see to.
func warning(info auth.BackupInfo, now time.Time) string {
	folder := map[string]any{"Folder": info.Folder}
	switch {
	case errors.Is(info.Problem, auth.ErrFolder):
		return lang.L("The folder {{.Folder}} is not there. Connect the drive, or choose another folder.", folder)
	case info.Problem != nil:
		return lang.L("The folder {{.Folder}} can't be read. Choose another folder.", folder)
	case info.Newest.IsZero():
		return lang.L("There is no backup yet. Make one now.")
	case now.Sub(info.Newest) > backupAge:
		return lang.L("The newest backup is older than a day. Make one now.")
	}
	return ""
}

// restoreView is what the dialog before a backup is restored says.
type restoreView struct {
	Practice string
	Changed  string   // how new its data is
	Counts   []string // what is in it
	Damaged  string
	Then     []string // what restoring does
}

func newRestoreView(c auth.BackupContent) restoreView {
	moment := map[string]any{"Moment": pane.DateAndClock(c.Changed)}
	v := restoreView{
		Practice: c.Practice,
		Changed:  lang.L("Data of {{.Moment}}", moment),
		Counts: []string{
			lang.N("{{.Count}} people", c.Users, map[string]any{"Count": c.Users}),
			lang.N("{{.Count}} computers", c.Computers, map[string]any{"Count": c.Computers}),
			lang.N("{{.Count}} patients", c.Patients, map[string]any{"Count": c.Patients}),
		},
		Then: []string{
			lang.L("What is here now is set aside, not deleted. Everyone is signed out, and other computers have to be linked again."),
			lang.L("What was entered after {{.Moment}} is not in it.", moment),
		},
	}
	if c.Damaged > 0 {
		v.Damaged = lang.N("{{.Count}} records in it are damaged and won't open.", c.Damaged, map[string]any{"Count": c.Damaged})
	}
	return v
}

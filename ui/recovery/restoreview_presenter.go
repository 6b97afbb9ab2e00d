package recovery

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// preview is what is in a backup, and what restoring it does.
type preview struct {
	File     string
	Practice string
	Date     string
	Counts   string // of what is in it
	Damaged  string // "": nothing is
	Then     string
}

func (r *restore) refresh() { r.display.Show(r.view()) }

func (r *restore) view() restoreView {
	now := r.p.Now()
	v := restoreView{
		Step: r.step, What: r.what, Stage: r.task.Stage(), CanSubmit: !r.task.IsBusy(),
		Folder: r.folder, Others: len(r.p.Folders) > 1, Chosen: r.chosen, Rows: backupRows(r.files, now),
	}
	switch r.step {
	case stepChoose:
		v.CanSubmit = v.CanSubmit && (r.chosen >= 0 || r.stale)
		v.Error = r.openError(now)
		v.FolderError, v.Empty = r.listError(now)
	case stepKit:
		v.KeyError = restoreKeyError(r.failed, now)
	case stepPreview:
		v.Preview = previewOf(r.content)
		v.Error = r.failed.Text(now)
		if r.inPlace {
			v.CanSubmit = false
			v.Error = lang.L("The backup is in place, but the keyring of this computer did not take what belongs to it. Restart Anteroom.")
		}
	}
	return v
}

// backupRows are the backups as the list shows them.
func backupRows(files []auth.BackupFile, now time.Time) [][]string {
	var rows [][]string
	for _, f := range files {
		rows = append(rows, []string{nearMoment(f.At, now), words.Size(f.Size)})
	}
	return rows
}

// nearMoment is a time as people say it: "today 8:02", "3 Nov 2026 at 17:40".
func nearMoment(t, now time.Time) string {
	if near := words.Moment(t, now); near != words.Date(t) {
		return near
	}
	return moment(t)
}

// listError is why there is no list, beside the folder, or else what stands in
// an empty one.
func (r *restore) listError(now time.Time) (beside, empty string) {
	switch {
	case errors.Is(r.noList, auth.ErrFolder):
		return lang.L("This folder is not there, or can't be read. Connect its drive, or choose another folder."), ""
	case r.noList != nil:
		return signin.FailedAt(now, r.noList).Text(now), ""
	case r.stale:
		return "", lang.L("Press Enter to see which backups are in this folder.")
	case r.task.IsBusy() || len(r.files) > 0:
		return "", ""
	}
	return "", lang.L("There are no backups in this folder. Choose another one, or connect the drive they are on.")
}

// openError is why a backup was not opened.
func (r *restore) openError(now time.Time) string {
	err, newest := r.failed.Err, r.wanted.path == ""
	switch {
	case newest && (errors.Is(err, auth.ErrNotFound) || errors.Is(err, auth.ErrFolder)):
		return "" // the list says so
	case newest && errors.Is(err, auth.ErrDamaged):
		return lang.L("None of these backups is good. Choose another folder.")
	case errors.Is(err, auth.ErrDamaged):
		return lang.L("This backup is damaged. Choose another one.")
	case errors.Is(err, auth.ErrNewerDatabase):
		return lang.L("This backup was made with a newer version of Anteroom. Install that first, or choose another one.")
	case errors.Is(err, auth.ErrOtherPractice):
		return lang.L("This backup is of another practice. Choose another one.")
	case errors.Is(err, auth.ErrNotFound), errors.Is(err, auth.ErrDatabaseMissing):
		return lang.L("This backup is not there any more. Choose another one.")
	}
	return r.failed.Text(now)
}

// restoreKeyError is what stands beside the kit's key.
func restoreKeyError(f signin.Failure, now time.Time) string {
	switch {
	case errors.Is(f.Err, auth.ErrKitWrong):
		return lang.L("This kit does not open the backup. Type the key of the kit that was in use when the backup was made.")
	case errors.Is(f.Err, auth.ErrNoKit):
		return lang.L("This backup is from before the practice had a recovery kit. Go back, and choose another one.")
	case errors.Is(f.Err, auth.ErrNotLinked):
		return lang.L("This backup does not open with the key of this computer. It opens with the recovery kit.")
	}
	if text, ok := words.Printed(f.Err); ok {
		return text
	}
	return f.Text(now)
}

func previewOf(c auth.BackupContent) preview {
	date := map[string]any{"Date": moment(c.Changed)}
	p := preview{
		File:     words.FileName(c.Path),
		Practice: c.Practice,
		Date:     lang.L("Data of {{.Date}}", date),
		Counts: strings.Join([]string{
			lang.N("{{.Count}} people", c.Users, map[string]any{"Count": c.Users}),
			lang.N("{{.Count}} computers", c.Computers, map[string]any{"Count": c.Computers}),
			lang.N("{{.Count}} patients", c.Patients, map[string]any{"Count": c.Patients}),
		}, ", "),
		Then: lang.L("What is here now is set aside, not deleted. Everyone signs in again, and other computers have to be linked again. What was entered after {{.Date}} is not in the backup.", date),
	}
	if c.Damaged > 0 {
		p.Damaged = lang.N("{{.Count}} records in it do not open. Each says so by itself.", c.Damaged, map[string]any{"Count": c.Damaged})
	}
	return p
}

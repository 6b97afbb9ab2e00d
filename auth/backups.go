package auth

import (
	"context"
	"errors"
	"path/filepath"
	"time"
)

const (
	// keptDays and keptWeeks are how many backups stay: the newest of each of
	// the last days and weeks that have one.
	keptDays  = 7
	keptWeeks = 4
)

// keepBackups says which backups stay, given their times, the newest first.
// Those with a date in the future, made while the clock was wrong, are counted
// separately, so that they don't displace today's.
func keepBackups(times []time.Time, now time.Time) []bool {
	ahead := 0
	for ahead < len(times) && times[ahead].After(now) {
		ahead++
	}
	return append(keepNewest(times[:ahead]), keepNewest(times[ahead:])...)
}

// keepNewest is keepBackups for times of one clock.
func keepNewest(times []time.Time) []bool {
	keep := make([]bool, len(times))
	days, weeks := map[string]bool{}, map[[2]int]bool{}
	for i, t := range times {
		t = t.Local()
		day := t.Format(time.DateOnly)
		year, number := t.ISOWeek()
		week := [2]int{year, number}
		if !days[day] && len(days) < keptDays {
			days[day], keep[i] = true, true
		}
		if !weeks[week] && len(weeks) < keptWeeks {
			weeks[week], keep[i] = true, true
		}
	}
	return keep
}

// BackUp makes a backup in this computer's backup folder, checks that it opens, and
// removes older ones that are not kept. It can be canceled until it is done. Nobody has
// to be signed in: a backup is sealed like the original.
func (p *Practice) BackUp(ctx context.Context, progress Progress) (BackupFile, error) {
	folder, err := p.backupFolder(ctx)
	if err != nil {
		return BackupFile{}, err
	}
	now := p.now()
	file, err := p.store.Backup(ctx, BackupOrder{
		Folder: folder, Practice: p.id, Now: now, Progress: progress,
		Check: func(s Store) error { return p.checkBackup(ctx, s) },
		Keep:  func(times []time.Time) []bool { return keepBackups(times, now) },
	})
	if err != nil {
		return BackupFile{}, err
	}
	err = p.update(context.WithoutCancel(ctx), func(c *change) error {
		c.Backup = timestamp(now) // a kit that was made meanwhile may not open it
		if c.Kit != nil && c.Kit.ValidFrom.After(c.now) {
			c.Kit.ValidFrom = c.Backup // a date in the future, of a wrong clock: a backup would be due until then
		}
		c.note(Entry{Event: EventBackedUp, Detail: filepath.Base(file.Path)})
		return nil
	})
	return file, p.stored(err)
}

// backupFolder is where this computer's backups go; "": beside the database.
func (p *Practice) backupFolder(ctx context.Context) (folder string, err error) {
	err = p.view(ctx, func(r *register, _ anchor) error {
		if c := r.computer(p.computer); c != nil {
			folder = c.Folder
		}
		return nil
	})
	return folder, err
}

// checkBackup checks that a finished copy opens.
func (p *Practice) checkBackup(ctx context.Context, s Store) error {
	first, err := readFirst(ctx, s)
	if err != nil {
		return err
	}
	key, err := p.currentRecipient().open(first.practice.ID, first.envelopes)
	if err != nil {
		return err
	}
	_, err = first.open(key, p.folder)
	return err
}

// backupDated says whether the newest backup's date is plausible. One that is far in the
// future was made while a clock was wrong.
func (r *register) backupDated(now time.Time) bool { return r.Backup.Sub(now) <= maxClockOffset }

// NoBackupError says that the computer which makes the practice's backups made none for
// more than a day.
type NoBackupError struct {
	Since    time.Time // the newest; zero: there never was one
	Computer string
}

func (e *NoBackupError) Error() string { return "no backup since " + e.Since.Format(time.RFC3339) }

// BackupDue says whether the practice has no backup of today yet, or none that
// its recovery kit opens. Where the practice is on a server, the computer that owns that
// makes the backups: for the others none is due, and a *NoBackupError says that they lack.
func (p *Practice) BackupDue(ctx context.Context) (due bool, err error) {
	err = p.view(ctx, func(r *register, _ anchor) error {
		now := p.now()
		due = !sameDay(r.Backup, now) || !r.backupDated(now) || r.Kit != nil && r.Backup.Before(r.Kit.ValidFrom)
		if due && r.Server != "" && r.Server != p.computer {
			due = false
			if now.Sub(r.Backup) > lateBackup {
				return &NoBackupError{r.Backup, r.computerName(r.Server)}
			}
		}
		return nil
	})
	return due, err
}

// lateBackup is the age from which the newest backup is late.
const lateBackup = 24 * time.Hour

// DataVersion changes whenever any window changed the practice's data.
func (p *Practice) DataVersion(ctx context.Context) (int64, error) { return p.store.DataVersion(ctx) }

// BackupInfo is what an admin sees of the backups.
type BackupInfo struct {
	Folder    string // where this computer's go
	IsDefault bool   // that is beside the database
	Newest    time.Time
	Files     []BackupFile // of this practice, in Folder, the newest first
	Problem   error        // why Files can't be told: ErrFolder
}

// Backups reads it as it is now. For admins.
func (s *Session) Backups(ctx context.Context) (BackupInfo, error) {
	var info BackupInfo
	err := s.adminView(ctx, func(r *register, _ *user) error {
		info.Newest = r.Backup
		if c := r.computer(s.p.computer); c != nil {
			info.Folder = c.Folder
		}
		return nil
	})
	if err != nil {
		return BackupInfo{}, err
	}
	location := s.p.deps.Location
	files, problem := location.Backups(info.Folder)
	info.Problem = problem
	for _, f := range files {
		if f.of(s.p.id) {
			info.Files = append(info.Files, f)
		}
	}
	if info.Folder == "" {
		info.Folder, info.IsDefault = location.BackupFolder(), true
		if errors.Is(problem, ErrFolder) {
			info.Problem = nil // it is made with the first backup
		}
	}
	return info, nil
}

// SetBackupFolder chooses where this computer's backups go; "" is beside the
// database. A folder that is not there is a FieldError. It needs step-up.
func (s *Session) SetBackupFolder(ctx context.Context, folder string) error {
	if folder != "" {
		if !filepath.IsAbs(folder) {
			return &FieldError{FieldFolder, ProblemMissing}
		}
		if _, err := s.p.deps.Location.Backups(folder); err != nil {
			return &FieldError{FieldFolder, ProblemMissing}
		}
	}
	return s.admin(ctx, true, func(c *change, me *user) error {
		k := c.computer(s.p.computer)
		if k == nil {
			return ErrNotLinked // a run that the kit opened has no entry to keep it in
		}
		k.Folder = folder
		c.note(Entry{Event: EventBackupFolder, By: me.ID})
		return nil
	})
}

// BackUp is Practice.BackUp for an admin who asks for it. To another folder than
// the one beside the database it needs step-up: it takes a copy out. Where the practice
// is on a server, only the computer that owns that makes backups: ErrAtServer.
func (s *Session) BackUp(ctx context.Context, progress Progress) (BackupFile, error) {
	err := s.adminView(ctx, func(r *register, _ *user) error {
		if r.Server != "" && r.Server != s.p.computer {
			return ErrAtServer
		}
		if c := r.computer(s.p.computer); c != nil && c.Folder != "" && !s.fresh() {
			return ErrStepUp
		}
		return nil
	})
	if err != nil {
		return BackupFile{}, err
	}
	return s.p.BackUp(ctx, progress)
}

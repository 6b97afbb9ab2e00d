package store

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"anteroom/auth"
)

// A backup's name says of which practice it is and when it was made:
// anteroom-abcd2345-20261124-080000.backup. A second one of the same second
// has -2 after the time. What has another name is none.

const (
	backupStart = "anteroom-"
	backupEnd   = ".backup"
	partMark    = ".part-" // and something random: a backup under way
)

var (
	backupName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^anteroom-([a-z0-9]{1,8})-([0-9]{8}-[0-9]{6})(?:-([0-9]{1,6}))?\.backup$`)
	})
	partName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^anteroom-[a-z0-9]{1,8}-[0-9]{8}-[0-9]{6}\.backup\.part-[A-Z0-9]+(-wal|-journal|-shm)?$`)
	})
)

// shortID is the beginning of a practice's id, as it stands in names of files:
// lower case letters and digits.
func shortID(practice string) string {
	id := strings.ToLower(practice)
	end := strings.IndexFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if end < 0 {
		end = len(id)
	}
	return id[:min(end, 8)]
}

// backup is a backup and its number among those of one second.
type backup struct {
	auth.BackupFile
	number int
}

// parseBackup reads a backup's name.
func parseBackup(name string) (b backup, ok bool) {
	parts := backupName().FindStringSubmatch(name)
	if parts == nil {
		return b, false
	}
	at, err := time.Parse(stampFormat, parts[2])
	if err != nil {
		return b, false
	}
	b.Practice, b.At, b.number = parts[1], at, 1
	if parts[3] != "" {
		b.number, _ = strconv.Atoi(parts[3]) // digits, by the pattern
	}
	return b, true
}

// backupFile is what there is to know of a backup that is there.
func backupFile(path string) (auth.BackupFile, error) {
	b, _ := parseBackup(filepath.Base(path))
	info, err := os.Stat(path)
	if err != nil {
		return auth.BackupFile{}, fmt.Errorf("look for %s: %w", path, translate(err))
	}
	b.Path, b.Size = path, info.Size()
	return b.BackupFile, nil
}

// BackupFolder is where backups go unless told otherwise.
func (f *Folder) BackupFolder() string { return filepath.Join(f.dir, "backups") }

// Backups lists the backups in a folder, the newest first.
func (f *Folder) Backups(folder string) ([]auth.BackupFile, error) {
	if folder == "" {
		folder = f.BackupFolder()
	}
	return listBackups(folder)
}

func listBackups(folder string) ([]auth.BackupFile, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list backups in %s: %w (%w)", folder, auth.ErrFolder, err)
	}
	var found []backup
	for _, e := range entries {
		b, ok := parseBackup(e.Name())
		if !ok {
			continue
		}
		info, err := os.Stat(filepath.Join(folder, e.Name()))
		if err != nil || !info.Mode().IsRegular() { // removed meanwhile, or a pipe that only has such a name
			continue
		}
		b.Path, b.Size = filepath.Join(folder, e.Name()), info.Size()
		found = append(found, b)
	}
	slices.SortFunc(found, func(a, b backup) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.number, a.number), cmp.Compare(a.Practice, b.Practice))
	})
	out := make([]auth.BackupFile, len(found))
	for i, b := range found {
		out[i] = b.BackupFile
	}
	return out, nil
}

// prune removes the backups of a practice that keep does not keep, but never
// the one just made. What can't be removed now is tried again the next time.
func prune(folder string, made auth.BackupFile, keep func([]time.Time) []bool) {
	all, err := listBackups(folder)
	if err != nil {
		slog.Warn("older backups stay", "error", err)
		return
	}
	own := slices.DeleteFunc(all, func(f auth.BackupFile) bool { return f.Practice != made.Practice })
	times := make([]time.Time, len(own))
	for i, f := range own {
		times[i] = f.At
	}
	kept := keep(times)
	for i, f := range own {
		if i >= len(kept) || kept[i] || f.Path == made.Path {
			continue
		}
		if err := remove(f.Path); err != nil {
			slog.Warn("an older backup stays", "error", err)
		}
	}
}

package auth_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// in makes the computer's calendar that of a zone.
func in(t testing.TB, zone string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	was := time.Local
	time.Local = loc
	t.Cleanup(func() { time.Local = was })
	return loc
}

// TestKeepBackups: the newest of each of the newest days and weeks.
func TestKeepBackups(t *testing.T) {
	loc := in(t, "Europe/Berlin")
	for name, c := range map[string]struct {
		times []string // the newest first; kept ones marked
	}{
		"none": {},
		"one":  {[]string{"* 2026-11-24 08:00"}},
		"one day": {[]string{
			"* 2026-11-24 18:00", "  2026-11-24 12:00", "  2026-11-24 00:00",
			"* 2026-11-23 23:59", "  2026-11-23 00:00",
		}},
		"eight days": {[]string{
			"* 2026-11-24 18:00", "* 2026-11-23 18:00", "* 2026-11-22 18:00", "* 2026-11-21 18:00",
			"* 2026-11-20 18:00", "* 2026-11-19 18:00", "* 2026-11-18 18:00", "  2026-11-17 18:00",
			"* 2026-11-15 18:00", "  2026-11-14 18:00", "* 2026-11-08 18:00", "  2026-11-01 18:00",
		}},
		"over new year": {[]string{ // both are days of one ISO week
			"* 2027-01-01 12:00", "* 2026-12-31 12:00", "* 2026-12-27 12:00",
		}},
		"clocks back": {[]string{ // 2026-10-25 has 25 hours
			"* 2026-10-26 00:00", "* 2026-10-25 23:59", "  2026-10-25 02:30", "  2026-10-25 00:00", "* 2026-10-24 23:59",
		}},
		"clocks on": {[]string{ // 2026-03-29 has 23 hours
			"* 2026-03-30 00:00", "* 2026-03-29 23:59", "  2026-03-29 00:00", "* 2026-03-28 23:59",
		}},
		"seldom": {[]string{
			"* 2026-11-24 18:00", "* 2026-10-24 18:00", "* 2026-09-24 18:00", "* 2026-08-24 18:00",
			"* 2026-07-24 18:00", "* 2026-06-24 18:00", "* 2026-05-24 18:00", "  2026-04-24 18:00",
		}},
	} {
		var times []time.Time
		var want []bool
		for _, s := range c.times {
			at, err := time.ParseInLocation("2006-01-02 15:04", s[2:], loc)
			if err != nil {
				t.Fatal(err)
			}
			times, want = append(times, at.UTC()), append(want, s[0] == '*')
		}
		now := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC) // after all of them
		if got := auth.KeepBackups(times, now); !slices.Equal(got, want) {
			t.Errorf("%s: keeps %v, want %v", name, got, want)
		}
	}
}

// TestKeepBackupsAlways: whatever there is, never more than eleven, the newest
// always, and the newest of each of the newest seven days and four weeks.
func TestKeepBackupsAlways(t *testing.T) {
	in(t, "America/New_York")
	rapid.Check(t, func(rt *rapid.T) {
		var times []time.Time
		at := time.Date(2027, 3, 16, 12, 0, 0, 0, time.UTC) // the clocks went on two days before
		if rapid.Bool().Draw(rt, "autumn") {
			at = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC) // and back, two days before
		}
		for range rapid.IntRange(0, 60).Draw(rt, "backups") {
			times = append(times, at)
			at = at.Add(-time.Duration(rapid.SampledFrom([]int{0, 1, 60, 700, 1439, 1440, 1441, 3000, 10080, 50000}).Draw(rt, "minutes")) * time.Minute)
		}
		kept := auth.KeepBackups(times, at.Add(61*50000*time.Minute)) // after all of them
		count := 0
		days, weeks := map[time.Time]bool{}, map[time.Time]bool{}
		for i, at := range times {
			if kept[i] {
				count++
			}
			day := time.Date(at.Local().Year(), at.Local().Month(), at.Local().Day(), 0, 0, 0, 0, time.UTC)
			monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
			first := false
			if !days[day] && len(days) < 7 {
				days[day], first = true, true
			}
			if !weeks[monday] && len(weeks) < 4 {
				weeks[monday], first = true, true
			}
			if kept[i] != first {
				rt.Fatalf("backup %d of %v: kept %v, want %v", i, at.Local(), kept[i], first)
			}
		}
		if count > 11 || len(times) > 0 && !kept[0] || len(kept) != len(times) {
			rt.Fatalf("%d of %d kept: %v", count, len(times), kept)
		}
	})
}

// due fails the test unless a backup is due, or not.
func (w *world) due(want bool) {
	w.t.Helper()
	due, err := w.practice.BackupDue(w.ctx)
	w.must(err)
	if due != want {
		w.t.Fatalf("due: %v, want %v, at %v", due, want, w.clock.Now().Local())
	}
}

// TestBackupDue once on each day of this computer's calendar, whatever the clock
// did; and for the whole practice, not for each computer.
func TestBackupDue(t *testing.T) {
	loc := in(t, "Pacific/Auckland")
	w := newWorld(t)
	midnight := time.Date(2026, 11, 25, 0, 0, 0, 0, loc)
	w.clock.Advance(midnight.Sub(w.clock.Now()) - time.Minute)
	w.due(true)
	w.backUp()
	w.due(false)
	other := w.linkedByCode()
	other.due(false)
	w.clock.Advance(time.Minute - time.Millisecond)
	w.due(false)
	w.clock.Advance(time.Millisecond)
	w.due(true)
	other.due(true)
	w.backUp()
	w.due(false)
	w.clock.Advance(-time.Hour) // back over midnight
	w.due(true)
	w.backUp()
	w.due(false)
	w.clock.Advance(10 * 365 * 24 * time.Hour) // far ahead
	w.due(true)
	w.backUp()
	w.due(false)
	w.clock.Advance(-10 * 365 * 24 * time.Hour) // and right again
	w.due(true)
	w.backUp()
	w.due(false)
}

// TestBackUp: it opens, is listed and noted, and takes its turn among the others.
func TestBackUp(t *testing.T) {
	in(t, "Europe/Berlin")
	w := newWorld(t)
	info, err := w.anna.Backups(w.ctx)
	w.must(err)
	if !info.Newest.IsZero() || len(info.Files) != 0 || !info.IsDefault || info.Folder != w.memory.BackupFolder() || info.Problem != nil {
		t.Fatalf("%+v", info)
	}
	if s, err := w.anna.Settings(w.ctx); err != nil || s.BackedUp {
		t.Errorf("%v, backed up before: %v", err, s.BackedUp)
	}
	w.memory.PutBackup(auth.BackupFile{Path: "memory/backups/foreign", At: w.clock.Now(), Practice: "somebody"}, w.memory.Rows())
	var paths []string
	for range 14 {
		reports := 0
		w.dayOn()
		file, err := w.anna.BackUp(w.ctx, func(done, total int) { reports++ })
		w.must(err)
		if reports == 0 || !file.At.Equal(w.clock.Now()) {
			t.Fatalf("%d reports, %+v", reports, file)
		}
		paths = append([]string{file.Path}, paths...)
		w.clock.Advance(24 * time.Hour)
	}
	w.dayOn()
	if s, err := w.anna.Settings(w.ctx); err != nil || !s.BackedUp {
		t.Errorf("%v, backed up: %v", err, s.BackedUp)
	}
	info, err = w.anna.Backups(w.ctx)
	w.must(err)
	if !info.Newest.Equal(w.clock.Now().Add(-24 * time.Hour)) {
		t.Errorf("%+v", info)
	}
	var listed []string
	for _, f := range info.Files {
		listed = append(listed, f.Path)
		w.withKit(f.Path)
	}
	if want := append(slices.Clone(paths[:7]), paths[8]); !slices.Equal(listed, want) { // and the Sunday before
		t.Errorf("kept %q, want %q", listed, want)
	}
	if _, err := w.memory.OpenBackup(w.ctx, "memory/backups/foreign"); err != nil {
		t.Error("another practice's backup was removed")
	}
	w.logIntact()
}

// TestBackupFolder: each computer has its own; one that is not there is said,
// and nothing is recorded.
func TestBackupFolder(t *testing.T) {
	w := newWorld(t)
	w.memory.Folders = []string{authtest.Path("/drive")}
	other := w.linkedByCode()
	for _, folder := range []string{"drive", authtest.Path("/nowhere"), " "} {
		var field *auth.FieldError
		if err := w.anna.SetBackupFolder(w.ctx, folder); !errors.As(err, &field) || *field != (auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing}) {
			t.Errorf("%q: %v", folder, err)
		}
	}
	w.clock.Advance(5 * time.Minute)
	w.refused(w.anna.SetBackupFolder(w.ctx, authtest.Path("/drive")), auth.ErrStepUp)
	w.stepUp(w.anna, annaPassword, nil)
	w.must(w.anna.SetBackupFolder(w.ctx, authtest.Path("/drive")))
	w.clock.Advance(5 * time.Minute)
	_, err := w.anna.BackUp(w.ctx, nil)
	w.refused(err, auth.ErrStepUp)
	w.stepUp(w.anna, annaPassword, nil)
	file, err := w.anna.BackUp(w.ctx, nil)
	w.must(err)
	info, err := w.anna.Backups(w.ctx)
	w.must(err)
	if info.Folder != authtest.Path("/drive") || info.IsDefault || len(info.Files) != 1 || info.Files[0].Path != file.Path {
		t.Fatalf("%+v", info)
	}
	other.signInAnna(nil)
	info, err = other.anna.Backups(w.ctx)
	w.must(err)
	if !info.IsDefault || len(info.Files) != 0 || info.Newest.IsZero() {
		t.Fatalf("%+v", info)
	}

	w.memory.Folders = nil // the drive is taken out
	w.clock.Advance(24 * time.Hour)
	before := w.memory.Rows()
	_, err = w.practice.BackUp(w.ctx, nil)
	w.refused(err, auth.ErrFolder)
	w.unchanged(before)
	w.due(true)
	w.dayOn()
	info, err = w.anna.Backups(w.ctx)
	w.must(err)
	if !errors.Is(info.Problem, auth.ErrFolder) || info.Folder != authtest.Path("/drive") || len(info.Files) != 0 {
		t.Fatalf("%+v", info)
	}
	w.stepUp(w.anna, annaPassword, nil)
	w.must(w.anna.SetBackupFolder(w.ctx, ""))
	w.backUp()
	w.due(false)
}

// TestBackupChecked: one that would not open is none.
func TestBackupChecked(t *testing.T) {
	w := newWorld(t)
	rows := w.memory.Rows()
	rows.Practice = &auth.PracticeRow{ID: rows.Practice.ID, Name: "Somebody else's"}
	w.memory.Put(rows)
	_, err := w.practice.BackUp(w.ctx, nil)
	w.refused(err, auth.ErrDamaged)
	w.unchanged(rows)
	if files, err := w.memory.Backups(""); err != nil || len(files) != 0 {
		t.Errorf("%v, %v", files, err)
	}
	w.due(true)
}

// TestBackupsAcrossKeys: after new keys a backup is under the new ones, and the
// older ones under theirs.
func TestBackupsAcrossKeys(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	old, first := w.kit, w.backUp()
	w.clock.Advance(24 * time.Hour)
	w.newKit()
	second := w.backUp()
	for key, opens := range map[string]string{old: first, w.kit: second} {
		for _, path := range []string{first, second} {
			_, err := auth.OpenRestore(w.ctx, w.deps(), path, key)
			if path == opens {
				w.must(err)
			} else {
				w.refused(err, auth.ErrKitWrong)
			}
		}
	}
}

// TestBackupsAfterClockAhead: after a clock that ran ahead was put right, the
// backup of today stays.
func TestBackupsAfterClockAhead(t *testing.T) {
	w := newWorld(t)
	w.clock.Advance(365 * 24 * time.Hour)
	for range 30 {
		w.backUp()
		w.clock.Advance(24 * time.Hour)
	}
	w.clock.Advance(-395 * 24 * time.Hour)
	path := w.backUp()
	if _, err := w.memory.OpenBackup(w.ctx, path); err != nil {
		t.Errorf("the backup just made is gone: %v", err)
	}
}

// TestNewKitInARunOfTheKit: a run that the kit opened goes on when another kit
// is made in it.
func TestNewKitInARunOfTheKit(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	w.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
	w.practice = w.rescued(false)
	w.signInAnna(nil)
	w.newKit()
	w.reads("p", "Grete")
	_, err := w.anna.BackUp(w.ctx, nil)
	w.must(err)
	// Nor does it end when another window re-keys after that.
	w.keyring.Fail = nil
	here := *w
	here.practice = here.reopened()
	here.signInAnna(nil)
	here.newKit()
}

// TestBackupDueAfterANewKit: a backup that only an older kit opens, or none, is
// followed by one as soon as may be.
func TestBackupDueAfterANewKit(t *testing.T) {
	w := newWorldWithoutKit(t)
	w.backUp()
	w.due(false)
	for range 2 {
		w.clock.Advance(time.Minute)
		w.newKit()
		w.due(true)
		path := w.backUp()
		w.due(false)
		w.withKit(path)
	}
}

// TestBackupDueAfterClockAhead: what a clock did that ran ahead puts off no
// backup of the days after, nor makes one due for ever.
func TestBackupDueAfterClockAhead(t *testing.T) {
	for _, ahead := range []time.Duration{10 * 365 * 24 * time.Hour, 24 * time.Hour, 10 * time.Hour} {
		w := newWorld(t)
		w.clock.Advance(ahead)
		w.newKit()
		w.backUp()
		w.due(false)
		w.clock.Advance(-ahead)
		for range 40 {
			w.due(true)
			w.backUp()
			w.due(false)
			w.clock.Advance(24 * time.Hour)
		}
	}
	// Computers differ by some minutes.
	w := newWorld(t)
	w.clock.Advance(time.Hour)
	w.backUp()
	w.clock.Advance(-20 * time.Minute)
	w.due(false)
	w.clock.Advance(-11 * time.Minute)
	w.due(true)
}

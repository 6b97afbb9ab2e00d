package authtest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"anteroom/auth"
)

// Memory is a place with a database in memory. Every Store of it is a window
// of its own on the same rows.
type Memory struct {
	mu      sync.Mutex // held through an update
	rows    *Rows
	version int64
	backups map[string]backup // by path
	Fail    func() error      // asked at each commit where set
	Hang    func(row string)  // called before register and envelopes are read, where set: a disk that hangs
	Folders []string          // that there are, beside the default one
	Broken  []string          // what Problems says, of backups too
}

type backup struct {
	file auth.BackupFile
	rows Rows
}

var (
	_ auth.Location = (*Memory)(nil)
	_ auth.Store    = (*Memory)(nil)
)

// Name implements auth.Location.
func (m *Memory) Name() string { return "memory" }

// Exists implements auth.Location.
func (m *Memory) Exists(context.Context) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows != nil, nil
}

// HasTwin implements auth.Location; there is one memory.
func (m *Memory) HasTwin(context.Context, string) (bool, error) { return false, nil }

// Create implements auth.Location.
func (m *Memory) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	if exists, _ := m.Exists(ctx); exists {
		return nil, auth.ErrExists
	}
	unfinished := &Memory{rows: &Rows{}, Fail: m.Fail}
	if err := fill(unfinished); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows = unfinished.rows
	return m, nil
}

// Open implements auth.Location.
func (m *Memory) Open(ctx context.Context) (auth.Store, error) {
	if exists, _ := m.Exists(ctx); !exists {
		return nil, auth.ErrDamaged
	}
	return m, nil
}

// Close implements auth.Store.
func (m *Memory) Close() error { return nil }

// Rows copies what is there.
func (m *Memory) Rows() Rows {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows.clone()
}

// Put replaces what is there, as somebody with the file could.
func (m *Memory) Put(r Rows) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r = r.clone()
	m.rows = &r
	m.version++
}

// View implements auth.Store.
func (m *Memory) View(ctx context.Context, fn func(auth.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	rows := m.Rows()
	return fn(&tx{rows: &rows, hang: m.Hang})
}

// Update implements auth.Store.
func (m *Memory) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows.clone()
	t := &tx{rows: &rows, hang: m.Hang}
	if err := cmp.Or(fn(t), ctx.Err()); err != nil {
		return err
	}
	if t.conflict {
		return auth.ErrConflict
	}
	if m.Fail != nil {
		if err := m.Fail(); err != nil {
			return err
		}
	}
	m.rows = &rows
	m.version++
	return nil
}

// DataVersion implements auth.Store.
func (m *Memory) DataVersion(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.version, nil
}

// Problems implements auth.Store.
func (m *Memory) Problems(context.Context) ([]string, error) { return m.Broken, nil }

// BackupFolder implements auth.Location.
func (m *Memory) BackupFolder() string { return filepath.FromSlash("memory/backups") }

func (m *Memory) hasFolder(folder string) bool {
	return folder == m.BackupFolder() || slices.Contains(m.Folders, folder)
}

// Backups implements auth.Location.
func (m *Memory) Backups(folder string) ([]auth.BackupFile, error) {
	if folder == "" {
		folder = m.BackupFolder()
	}
	if !m.hasFolder(folder) {
		return nil, auth.ErrFolder
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var files []auth.BackupFile
	for path, b := range m.backups {
		if strings.HasPrefix(path, folder+"/") {
			files = append(files, b.file)
		}
	}
	slices.SortFunc(files, func(a, b auth.BackupFile) int { return strings.Compare(b.Path, a.Path) })
	return files, nil
}

// Backup implements auth.Store.
func (m *Memory) Backup(_ context.Context, order auth.BackupOrder) (auth.BackupFile, error) {
	if order.Folder == "" {
		order.Folder = m.BackupFolder()
	}
	if !m.hasFolder(order.Folder) {
		return auth.BackupFile{}, auth.ErrFolder
	}
	rows := m.Rows()
	if err := order.Check(&Memory{rows: &rows}); err != nil {
		return auth.BackupFile{}, err
	}
	path := fmt.Sprintf("%s/%s", order.Folder, order.Now.UTC().Format("20060102-150405"))
	file := auth.BackupFile{Path: path, At: order.Now, Size: 1 << 20, Practice: order.Practice[:8]}
	m.PutBackup(file, rows)
	if order.Progress != nil {
		order.Progress(1, 1)
	}
	files, _ := m.Backups(order.Folder)
	files = slices.DeleteFunc(files, func(f auth.BackupFile) bool { return f.Practice != file.Practice })
	times := make([]time.Time, len(files))
	for i, f := range files {
		times[i] = f.At
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, keep := range order.Keep(times) {
		if !keep {
			delete(m.backups, files[i].Path)
		}
	}
	return file, nil
}

// PutBackup puts a backup there, as somebody with the folder could.
func (m *Memory) PutBackup(file auth.BackupFile, rows Rows) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.backups == nil {
		m.backups = map[string]backup{}
	}
	m.backups[file.Path] = backup{file, rows.clone()}
}

// OpenBackup implements auth.Location.
func (m *Memory) OpenBackup(_ context.Context, path string) (auth.Store, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.backups[path]
	if !ok {
		return nil, auth.ErrDamaged
	}
	rows := b.rows.clone()
	return &Memory{rows: &rows, Broken: m.Broken}, nil
}

// Replace implements auth.Location.
func (m *Memory) Replace(ctx context.Context, path string, fill func(auth.Store) error) (auth.Store, string, error) {
	s, err := m.OpenBackup(ctx, path)
	if err != nil {
		return nil, "", err
	}
	next := s.(*Memory)
	next.Fail = m.Fail
	if err := fill(next); err != nil {
		return nil, "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	aside := ""
	if m.rows != nil {
		aside = "memory/replaced"
		all := maps.Clone(m.backups)
		all[aside] = backup{rows: *m.rows}
		m.backups = all
	}
	m.rows = next.rows
	m.version++
	return m, aside, nil
}

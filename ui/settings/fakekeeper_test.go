package settings

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// rightKey is what stands on the kit's page, as far as fakeSession can tell.
const rightKey = "right"

func (s *fakeSession) Kit(ctx context.Context) (auth.KitInfo, error) {
	err := s.begin(ctx, "Kit", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kit, err
}

func (s *fakeSession) NewKit(ctx context.Context) (*auth.Kit, error) {
	var kit *auth.Kit
	err := s.change(ctx, "NewKit", func() error {
		kit = s.newKit
		return nil
	})
	return kit, err
}

func (s *fakeSession) CheckKit(ctx context.Context, typed string) error {
	if err := s.begin(ctx, "CheckKit", true); err != nil {
		return err
	}
	switch typed {
	case rightKey:
		return nil
	case "slip":
		return auth.TypoError{Group: 4}
	case "short":
		return auth.LengthError{Got: 37, Want: 40}
	}
	return auth.ErrKitWrong
}

func (s *fakeSession) Computers(ctx context.Context) ([]auth.ComputerInfo, error) {
	err := s.begin(ctx, "Computers", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.computers), err
}

func (s *fakeSession) RenameComputer(ctx context.Context, id, name string) error {
	if err := s.begin(ctx, "RenameComputer "+id, true); err != nil {
		return err
	}
	if name == "" {
		return &auth.FieldError{Field: auth.FieldComputer, Problem: auth.ProblemEmpty}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, c := range s.computers {
		if c.ID == id {
			s.computers[i].Name = name
			return nil
		}
	}
	return auth.ErrNotFound
}

// long is work that makes progress.
func (s *fakeSession) long(ctx context.Context, progress auth.Progress) error {
	for i := range s.steps {
		if err := s.wait(ctx, stepTime); err != nil {
			return err
		}
		progress(i+1, s.steps)
	}
	return nil
}

func (s *fakeSession) Unlink(ctx context.Context, id string, progress auth.Progress) error {
	if err := s.change(ctx, "Unlink "+id, func() error { return nil }); err != nil {
		return err
	}
	if err := s.long(ctx, progress); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.computers = slices.DeleteFunc(s.computers, func(c auth.ComputerInfo) bool { return c.ID == id })
	return nil
}

func (s *fakeSession) NewLinkingCode(ctx context.Context) (auth.LinkingCode, error) {
	var code auth.LinkingCode
	err := s.change(ctx, "NewLinkingCode", func() error {
		code = auth.LinkingCode{ID: "code", Groups: []string{"7K2QM", "R9XB4", "0DHVE", "ZT51P"}, Until: time.Now().Add(10 * time.Minute)}
		return nil
	})
	return code, err
}

func (s *fakeSession) IsLinkingCodeValid(ctx context.Context, id string) (bool, error) {
	err := s.begin(ctx, "IsLinkingCodeValid", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return id == "code" && !s.used, err
}

func (s *fakeSession) Backups(ctx context.Context) (auth.BackupInfo, error) {
	err := s.begin(ctx, "Backups", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.backups, err
}

func (s *fakeSession) SetBackupFolder(ctx context.Context, folder string) error {
	if err := s.begin(ctx, "SetBackupFolder "+folder, true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if folder != "" && !slices.Contains(s.folders, folder) {
		return &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing}
	}
	s.backups = auth.BackupInfo{Folder: folder, IsDefault: folder == "", Newest: s.backups.Newest}
	return nil
}

func (s *fakeSession) BackUp(ctx context.Context, progress auth.Progress) (auth.BackupFile, error) {
	if err := s.begin(ctx, "BackUp", true); err != nil {
		return auth.BackupFile{}, err
	}
	if err := errors.Join(s.refused, s.long(ctx, progress)); err != nil {
		return auth.BackupFile{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := auth.BackupFile{Path: s.backups.Folder + "/now.db", At: time.Now(), Size: 48_300_000}
	s.backups.Files = slices.Insert(slices.Clone(s.backups.Files), 0, file)
	s.backups.Newest = file.At
	return file, nil
}

func (s *fakeSession) OpenRestore(ctx context.Context, path string) (*auth.Restore, error) {
	var opened *auth.Restore
	err := s.change(ctx, "OpenRestore "+path, func() error {
		opened = s.restore
		return s.refused
	})
	return opened, err
}

// newPractice is a real practice in memory with an admin signed in, for what
// can't be made up: kits and opened backups.
func newPractice(t *testing.T) (*auth.Session, *authtest.Memory) {
	t.Helper()
	memory := &authtest.Memory{}
	_, session, err := auth.SetUp(t.Context(), auth.Deps{
		Location: memory, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap,
		Computer: auth.Computer{Name: "OFFICE", Account: "anna"},
	}, auth.SetUpForm{Practice: "Brook Street Practice", Name: "Anna Smith", Username: "asmith", Password: rightPassword})
	if err != nil {
		t.Fatal(err)
	}
	return session, memory
}

// newRestore is a real backup with so many patients, opened.
func newRestore(t *testing.T, patients int) *auth.Restore {
	t.Helper()
	session, memory := newPractice(t)
	file, err := session.BackUp(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := memory.Rows()
	for range patients {
		rows.Records = append(rows.Records, auth.RecordRow{Table: auth.TablePatient})
	}
	memory.PutBackup(file, rows)
	if err := session.StepUp(t.Context(), rightPassword, ""); err != nil {
		t.Fatal(err)
	}
	restore, err := session.OpenRestore(t.Context(), file.Path)
	if err != nil {
		t.Fatal(err)
	}
	return restore
}

// newKit is a real kit.
func newKit(t *testing.T) *auth.Kit {
	t.Helper()
	session, _ := newPractice(t)
	kit, err := session.NewKit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return kit
}

// isForgotten says whether a kit's secret was wiped, given what it was.
func isForgotten(k *auth.Kit, groups []string) bool {
	return !k.LastGroupIs(groups[len(groups)-1]) && strings.Join(k.Groups(), "") != strings.Join(groups, "")
}

// manyComputers are as many as a big practice has, one with the longest name.
func manyComputers(n int, long string) []auth.ComputerInfo {
	var all []auth.ComputerInfo
	for i := range n {
		name := "DESK-" + strings.Repeat("0", 3) + string(rune('A'+i%26))
		all = append(all, auth.ComputerInfo{ID: name + string(rune('0'+i/26)), Name: name, Account: "desk", Since: time.Now(), LastUsed: time.Now()})
	}
	all[1].Name, all[1].Account, all[1].This, all[1].SignedIn = long, long, true, []string{long, "Anna Smith"}
	return all
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/desk"
	"anteroom/data/disk"
)

// The people of the demonstration, and the password of both.
const (
	demoAdmin    = "ina"
	demoStaff    = "sam"
	demoPassword = "seven quiet herons"
	demoPractice = "Demo Practice"
)

// aboutDemo is said on every screen.
const aboutDemo = "Demo: everybody here is invented, and nothing is kept. Sign in as " + demoAdmin + " or " + demoStaff + ", password: " + demoPassword

// newDemo makes a practice of invented people, with a keyring that lasts as long
// as the program.
func newDemo(ctx context.Context, d auth.Deps) (auth.Deps, error) {
	d.Keyring = &keyring.Memory{}
	p, s, err := auth.SetUp(ctx, d, auth.SetUpForm{Practice: demoPractice, Name: demo.Users[0], Username: demoAdmin, Password: demoPassword})
	if err != nil {
		return d, err
	}
	return d, errors.Join(fillDemo(ctx, p, s), s.SignOut(ctx), p.Close())
}

func fillDemo(ctx context.Context, p *auth.Practice, s *auth.Session) error {
	if err := makeDemoKit(ctx, s); err != nil {
		return err
	}
	if err := addDemoStaff(ctx, p, s); err != nil {
		return err
	}
	d := desk.NewMemory(time.Now, data.DayFirst).Join(s)
	all := demo.Practice(time.Now())
	return errors.Join(d.Fill(ctx, all.Details, all.Patients, all.Appointments), d.Close(ctx))
}

// makeDemoKit makes the recovery kit, so that nothing asks for it.
func makeDemoKit(ctx context.Context, s *auth.Session) error {
	k, err := s.NewKit(ctx)
	if err != nil {
		return err
	}
	groups := k.Groups()
	return s.ConfirmKit(ctx, k, groups[len(groups)-1], nil)
}

func addDemoStaff(ctx context.Context, p *auth.Practice, s *auth.Session) error {
	if err := s.StepUp(ctx, demoPassword, ""); err != nil {
		return err
	}
	oneTime, err := s.AddUser(ctx, auth.UserForm{Name: demo.Users[1], Username: demoStaff, Role: auth.Staff})
	if err != nil {
		return err
	}
	a := p.NewAttempt()
	if _, err := a.Password(ctx, demoStaff, oneTime); err != nil {
		return err
	}
	state, err := a.NewPassword(ctx, demoPassword)
	if err != nil {
		return err
	}
	return state.Session.SignOut(ctx)
}

// demoFolders are where demonstrations keep their data, and demoLock is what each
// holds a lock on while it runs.
const (
	demoFolders = "anteroom-demo-"
	demoLock    = "demo.lock"
)

var errDemoLock = errors.New("the demonstration's folder can't be locked: start it again")

// demoFolder makes a new folder in dir, which everybody may write to, and removes
// those of demonstrations that were killed. What is in it is gone after remove.
func demoFolder(dir string) (folder string, remove func(), err error) {
	removeOldDemos(dir)
	if folder, err = os.MkdirTemp(dir, demoFolders); err != nil { // 0700, and never one that is there
		return "", nil, fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	lock := disk.Lock(filepath.Join(folder, demoLock))
	if got, err := lock.TryLock(); err != nil || !got { // else another demonstration that begins removes it
		return "", nil, errors.Join(errDemoLock, err, os.RemoveAll(folder))
	}
	return folder, func() {
		// What can't be removed now the next demonstration removes.
		_ = errors.Join(lock.Unlock(), os.RemoveAll(folder))
	}, nil
}

// removeOldDemos looks at folders that are this account's own alone: nobody else can
// change what is in them. Whatever else has such a name is left alone, links too.
func removeOldDemos(dir string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return // then none can be made either, which says so
	}
	defer root.Close()
	entries, _ := fs.ReadDir(root.FS(), ".") // tried again with the next demonstration
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), demoFolders) || !isOldDemo(root, e.Name()) {
			continue
		}
		lock := disk.Lock(filepath.Join(dir, e.Name(), demoLock))
		if got, err := lock.TryLock(); err != nil || !got {
			continue // it runs
		}
		if err := errors.Join(lock.Unlock(), root.RemoveAll(e.Name())); err != nil {
			slog.Warn("an old demonstration is left", "error", err)
		}
	}
}

func isOldDemo(root *os.Root, name string) bool {
	folder, err := root.Lstat(name)
	if err != nil || !folder.IsDir() || !disk.IsOwn(folder) || runtime.GOOS != "windows" && folder.Mode().Perm() != 0o700 {
		return false
	}
	lock, err := root.Lstat(filepath.Join(name, demoLock))
	return err == nil && lock.Mode().IsRegular()
}

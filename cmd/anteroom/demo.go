package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/desk"
	"anteroom/data/disk"
	"anteroom/data/zone"
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
	p, s, err := auth.SetUp(ctx, d, auth.SetUpForm{Practice: demoPractice, Name: demo.Users[0], Username: demoAdmin, Password: demoPassword, Zone: zone.Here(time.Now())})
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
	all := demo.Practice(time.Now().In(d.Zone()))
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
	if err := disk.RemoveOld(dir, demoFolders, isOldDemo); err != nil { // tried again with the next one
		slog.Warn("old demonstrations are left", "error", err)
	}
	if folder, err = os.MkdirTemp(dir, demoFolders); err != nil { // 0700, and never one that is there
		return "", nil, fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	lock := disk.Lock(filepath.Join(folder, demoLock))
	if got, err := lock.TryLock(); err != nil || !got { // else another demonstration that begins removes it
		return "", nil, errors.Join(errDemoLock, err, disk.RemoveAll(folder))
	}
	return folder, func() {
		// What can't be removed now the next demonstration removes.
		_ = errors.Join(lock.Unlock(), disk.RemoveAll(folder))
	}, nil
}

// isOldDemo says that a folder was a demonstration's that runs no more.
func isOldDemo(root *os.Root, folder fs.FileInfo) bool {
	name := filepath.Join(folder.Name(), demoLock)
	if info, err := root.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return false
	}
	lock := disk.Lock(filepath.Join(root.Name(), name))
	got, err := lock.TryLock()
	return err == nil && got && lock.Unlock() == nil
}

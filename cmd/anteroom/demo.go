package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/desk"
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

// demoFolder is a new temporary folder.
func demoFolder() (string, error) {
	dir, err := os.MkdirTemp("", "anteroom-demo-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	return dir, nil
}

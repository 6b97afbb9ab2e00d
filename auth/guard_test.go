package auth_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// guarded is an admin's session at work, and what was begun in it.
type guarded struct {
	*clinic
	kit   *auth.Kit
	move  *auth.Move
	batch *auth.Batch
	back  *auth.Restore
	other string // id of another session of hers
}

// sessionCalls says how each exported method of a session is called so that it
// would do what it is for.
var sessionCalls = map[string]func(g *guarded, s *auth.Session) error{
	"Account": func(g *guarded, s *auth.Session) error { _, err := s.Account(g.ctx); return err },
	"Activity": func(g *guarded, s *auth.Session) error {
		_, err := s.Activity(g.ctx, auth.ActivityFilter{}, 0, 1)
		return err
	},
	"AddUser":        func(g *guarded, s *auth.Session) error { _, err := s.AddUser(g.ctx, dan); return err },
	"BackUp":         func(g *guarded, s *auth.Session) error { _, err := s.BackUp(g.ctx, nil); return err },
	"Backups":        func(g *guarded, s *auth.Session) error { _, err := s.Backups(g.ctx); return err },
	"ChangeName":     func(g *guarded, s *auth.Session) error { return s.ChangeName(g.ctx, "Anna Lind") },
	"ChangePassword": func(g *guarded, s *auth.Session) error { return s.ChangePassword(g.ctx, annaPassword, benPassword) },
	"ChangeRecords": func(g *guarded, s *auth.Session) error {
		return s.ChangeRecords(g.ctx, func(*auth.RecordTx) error { return nil })
	},
	"CheckKit":  func(g *guarded, s *auth.Session) error { return s.CheckKit(g.ctx, g.world.kit) },
	"Computers": func(g *guarded, s *auth.Session) error { _, err := s.Computers(g.ctx); return err },
	"ConfirmKit": func(g *guarded, s *auth.Session) error {
		groups := g.kit.Groups()
		return s.ConfirmKit(g.ctx, g.kit, groups[len(groups)-1], nil)
	},
	"ConfirmMove": func(g *guarded, s *auth.Session) error {
		return s.ConfirmMove(g.ctx, g.move, scan(g.t, g.move.Enrolment).code(g.clock.Now()))
	},
	"Deactivate":  func(g *guarded, s *auth.Session) error { return s.Deactivate(g.ctx, g.benID) },
	"DismissHelp": func(g *guarded, s *auth.Session) error { return s.DismissHelp(g.ctx, g.benID, g.clock.Now()) },
	"EachRecord": func(g *guarded, s *auth.Session) error {
		return s.EachRecord(g.ctx, patient, func(auth.Record) error { return nil })
	},
	"EditUser":   func(g *guarded, s *auth.Session) error { return s.EditUser(g.ctx, g.benID, dan, dan) },
	"EndSession": func(g *guarded, s *auth.Session) error { return s.EndSession(g.ctx, g.other) },
	"ExportActivity": func(g *guarded, s *auth.Session) error {
		_, err := s.ExportActivity(g.ctx, auth.ActivityFilter{}, table(io.Discard), nil)
		return err
	},
	"KeptRecoveryCodes":  func(g *guarded, s *auth.Session) error { return s.KeptRecoveryCodes(g.ctx) },
	"Kit":                func(g *guarded, s *auth.Session) error { _, err := s.Kit(g.ctx); return err },
	"Leave":              func(g *guarded, s *auth.Session) error { return s.Leave(g.ctx, nil) },
	"LiftWait":           func(g *guarded, s *auth.Session) error { return s.LiftWait(g.ctx, g.benID) },
	"IsLinkingCodeValid": func(g *guarded, s *auth.Session) error { _, err := s.IsLinkingCodeValid(g.ctx, "x"); return err },
	"Move": func(g *guarded, s *auth.Session) error {
		return s.Move(g.ctx, false, func(auth.Reader, func(auth.Store) error) error { return nil })
	},
	"MovePhone": func(g *guarded, s *auth.Session) error {
		_, err := s.MovePhone(g.ctx, g.annaPhone.code(g.clock.Now()))
		return err
	},
	"MyActivity":       func(g *guarded, s *auth.Session) error { _, err := s.MyActivity(g.ctx, 1); return err },
	"NewBatch":         func(g *guarded, s *auth.Session) error { _, err := s.NewBatch(g.ctx); return err },
	"NewEnrolment":     func(g *guarded, s *auth.Session) error { _, err := s.NewEnrolment(g.ctx); return err },
	"NewKit":           func(g *guarded, s *auth.Session) error { _, err := s.NewKit(g.ctx); return err },
	"NewLinkingCode":   func(g *guarded, s *auth.Session) error { _, err := s.NewLinkingCode(g.ctx); return err },
	"NewOneTimeCode":   func(g *guarded, s *auth.Session) error { _, err := s.NewOneTimeCode(g.ctx, g.benID); return err },
	"NewRecoveryCodes": func(g *guarded, s *auth.Session) error { _, err := s.NewRecoveryCodes(g.ctx); return err },
	"OpenRestore": func(g *guarded, s *auth.Session) error {
		_, err := s.OpenRestore(g.ctx, g.back.Content().Path)
		return err
	},
	"Others":   func(g *guarded, s *auth.Session) error { _, err := s.Others(g.ctx); return err },
	"Overview": func(g *guarded, s *auth.Session) error { _, err := s.Overview(g.ctx); return err },
	"PutRecord": func(g *guarded, s *auth.Session) error {
		_, err := s.PutRecord(g.ctx, patient, "b", 0, nil)
		return err
	},
	"PutRecords": func(g *guarded, s *auth.Session) error { return s.PutRecords(g.ctx, patient, []auth.Record{{ID: "c"}}) },
	"Reactivate": func(g *guarded, s *auth.Session) error { _, err := s.Reactivate(g.ctx, g.benID); return err },
	"ReadRecords": func(g *guarded, s *auth.Session) error {
		return s.ReadRecords(g.ctx, func(*auth.RecordReader) error { return nil })
	},
	"Record":         func(g *guarded, s *auth.Session) error { _, err := s.Record(g.ctx, patient, "a"); return err },
	"RemoveBroken":   func(g *guarded, s *auth.Session) error { return s.RemoveBroken(g.ctx) },
	"RenameComputer": func(g *guarded, s *auth.Session) error { return s.RenameComputer(g.ctx, "x", "Desk") },
	"ResetPassword":  func(g *guarded, s *auth.Session) error { _, err := s.ResetPassword(g.ctx, g.benID); return err },
	"ResetTwoFactor": func(g *guarded, s *auth.Session) error { _, err := s.ResetTwoFactor(g.ctx, g.benID, "x"); return err },
	"SaveSettings": func(g *guarded, s *auth.Session) error {
		p := auth.Policy{Idle: 5, TwoFactor: true, Frequency: auth.EverySignIn}
		return s.SaveSettings(g.ctx, auth.SettingsForm{Name: "Another", Policy: p, Was: p})
	},
	"MarkNewsSeen":    func(g *guarded, s *auth.Session) error { return s.MarkNewsSeen(g.ctx, 1) },
	"SetBackupFolder": func(g *guarded, s *auth.Session) error { return s.SetBackupFolder(g.ctx, "") },
	"Settings":        func(g *guarded, s *auth.Session) error { _, err := s.Settings(g.ctx); return err },
	"Snapshot":        func(g *guarded, s *auth.Session) error { _, err := s.Snapshot(g.ctx); return err },
	"SecurityStatus":  func(g *guarded, s *auth.Session) error { _, err := s.SecurityStatus(g.ctx); return err },
	"SignOutUser":     func(g *guarded, s *auth.Session) error { return s.SignOutUser(g.ctx, g.benID) },
	"StepUp": func(g *guarded, s *auth.Session) error {
		return s.StepUp(g.ctx, annaPassword, g.annaPhone.code(g.clock.Now()))
	},
	"StepUpNeed": func(g *guarded, s *auth.Session) error { _, err := s.StepUpNeed(g.ctx); return err },
	"ExportPatients": func(g *guarded, s *auth.Session) error {
		return s.ExportPatients(g.ctx, func(auth.Record) error { return nil }, nil)
	},
	"Unlink":         func(g *guarded, s *auth.Session) error { return s.Unlink(g.ctx, "x", nil) },
	"Users":          func(g *guarded, s *auth.Session) error { _, err := s.Users(g.ctx); return err },
	"VerifyActivity": func(g *guarded, s *auth.Session) error { _, err := s.VerifyActivity(g.ctx, nil); return err },
}

// begunCalls are what was begun in a session, and goes on in it: each method with a
// context of what a method of a session gives.
var begunCalls = map[string]func(g *guarded, _ *auth.Session) error{
	"Batch.Add":       func(g *guarded, _ *auth.Session) error { return g.batch.Add(g.ctx, []auth.Record{{ID: "d"}}) },
	"Batch.Commit":    func(g *guarded, _ *auth.Session) error { _, err := g.batch.Commit(g.ctx); return err },
	"Batch.Discard":   func(g *guarded, _ *auth.Session) error { return g.batch.Discard(g.ctx) },
	"Restore.Confirm": func(g *guarded, _ *auth.Session) error { return g.back.Confirm(g.ctx) },
	"Restore.Run":     func(g *guarded, _ *auth.Session) error { _, _, err := g.back.Run(g.ctx); return err },
}

// dan is somebody new.
var dan = auth.UserForm{Name: "Dan Holt", Username: "dholt", Role: auth.Staff}

// opensNothing are the methods of a session that a locked one has, too; all others
// are in sessionCalls.
var opensNothing = []string{"Check", "DataVersion", "Forget", "IsLocked", "Left", "Lock", "Renew", "SignOut", "Unlock", "User", "Zone"}

// TestLockedDoesNothing: a locked session, and one whose sign-in is a day ago, can
// be checked, unlocked, renewed and signed out. Everything else it can't, whatever
// method there is: it reads nothing and changes nothing.
func TestLockedDoesNothing(t *testing.T) {
	methods := reflect.TypeFor[*auth.Session]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		if _, called := sessionCalls[name]; called == slices.Contains(opensNothing, name) {
			t.Errorf("%s: say how it is called, or that it opens nothing", name)
		}
	}
	if given := begunMethods(); !slices.Equal(given, slices.Sorted(maps.Keys(begunCalls))) {
		t.Errorf("say how all of these are called, and no others: %q", given)
	}
	for name, state := range map[string]struct {
		begin func(g *guarded)
		want  error
	}{
		"locked":       {func(g *guarded) { g.anna.Lock() }, auth.ErrLocked},
		"a day old":    {func(g *guarded) { g.clock.Advance(24 * time.Hour) }, auth.ErrFullSignIn},
		"a day stored": {func(g *guarded) { g.ranAhead(24 * time.Hour) }, auth.ErrFullSignIn},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGuarded(t)
			state.begin(g)
			before := g.memory.Rows()
			for _, calls := range []map[string]func(*guarded, *auth.Session) error{sessionCalls, begunCalls} {
				for name, call := range calls {
					if err := call(g, g.anna); !errors.Is(err, state.want) {
						t.Errorf("%s: got %v, want %v", name, err, state.want)
					}
				}
			}
			g.unchanged(before)
			g.must(g.anna.Check(g.ctx))
			g.must(g.anna.SignOut(g.ctx))
			g.refused(g.anna.Check(g.ctx), auth.ErrSessionEnded)
		})
	}
}

// begunMethods are the methods that begunCalls has to call.
func begunMethods() []string {
	var names []string
	sessions, contexts := reflect.TypeFor[*auth.Session](), reflect.TypeFor[context.Context]()
	for i := range sessions.NumMethod() {
		for given := range sessions.Method(i).Type.Outs() {
			if given == sessions {
				continue
			}
			for j := range given.NumMethod() {
				m := given.Method(j)
				if slices.Contains(slices.Collect(m.Type.Ins()), contexts) {
					names = append(names, given.Elem().Name()+"."+m.Name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func newGuarded(t *testing.T) *guarded {
	t.Helper()
	g := &guarded{clinic: newClinic(t)}
	path := g.backUp()
	var err error
	g.batch, err = g.anna.NewBatch(g.ctx)
	g.must(err)
	g.prove()
	g.kit, err = g.anna.NewKit(g.ctx)
	g.must(err)
	g.back, err = g.anna.OpenRestore(g.ctx, path)
	g.must(err)
	g.clock.Advance(totp.Period)
	g.move, err = g.anna.MovePhone(g.ctx, g.annaPhone.code(g.clock.Now()))
	g.must(err)
	g.clock.Advance(totp.Period)
	anna := g.anna
	account, err := g.signInAnna(g.annaPhone).Account(g.ctx)
	g.must(err)
	g.other, g.anna = account.SignedIn[0].ID, anna // the newest
	g.clock.Advance(totp.Period)
	g.prove()
	g.must(g.back.Confirm(g.ctx))
	return g
}

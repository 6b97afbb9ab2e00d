package settings

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

var _ Session = (*auth.Session)(nil)

func TestMain(m *testing.M) { uitest.Main(m) }

// bubble runs a test with a clock and goroutines of its own.
func bubble(t *testing.T, fn func(t *testing.T, b *bubbled)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		b := &bubbled{ctx: ctx, leave: leave, session: newFakeSession()}
		b.runner = work.Runner{Dispatch: b.Dispatch, Now: time.Now}
		defer func() {
			leave()
			time.Sleep(work.CopiedFor)
			b.Settle()
		}()
		fn(t, b)
	})
}

type bubbled struct {
	uitest.Queue
	ctx     context.Context
	leave   func()
	runner  work.Runner
	session *fakeSession
}

// newStepUp asks who is there in dialogs that tests answer.
func newStepUp(b *bubbled) (*screen.StepUp, *screentest.Asker) {
	a := &screentest.Asker{}
	return screen.NewStepUp(b.session, b.runner, a.Open), a
}

const (
	rightPassword = "seven quiet herons wade"
	rightCode     = "123456"
)

// fakeSession is an admin's session that keeps to the rules of *auth.Session
// as far as the settings can tell, and notes what was asked of it.
type fakeSession struct {
	mu       sync.Mutex
	calls    []string
	settings auth.Settings
	users    []auth.UserInfo
	fresh    bool
	need     auth.StepUpNeed
	refuse   error         // the next step-up with this
	fail     error         // everything with this
	last     time.Duration // how long each change takes
	deaf     bool          // a change under way can't be called off
	saved    auth.SettingsForm
	was      auth.UserForm // what an edit began with
	reason   string
	handOver string // that a reset gives
	used     bool   // the linking code
	own      auth.Account
	mine     []auth.ActivityEntry
	lapsed   bool // a move to a new phone
	fakeLog

	kit       auth.KitInfo
	newKit    *auth.Kit
	computers []auth.ComputerInfo
	backups   auth.BackupInfo
	folders   []string // that there are
	restore   *auth.Restore
	refused   error // why the restore, backup or folder is refused
	steps     int   // reports of its progress that long work makes, at every stepTime
}

// stepTime is how long a step of long work takes.
const stepTime = 40 * time.Millisecond

func newFakeSession() *fakeSession {
	enrolled := time.Date(2026, 11, 3, 9, 40, 0, 0, time.Local)
	return &fakeSession{
		fakeLog: newFakeLog(),
		settings: auth.Settings{
			Zone: "Europe/Berlin",
			Name: "Brook Street Practice", Policy: auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.EverySignIn}, People: 7, Enrolled: 5, KitMade: true,
			SignedIn: []auth.SignedIn{
				{User: "b", Name: "Ben Jones", Computer: "RECEPTION-1"},
				{User: "a", Name: "Anna Smith", Computer: "OFFICE", Self: true},
				{User: "b", Name: "Ben Jones", Computer: "RECEPTION-2"},
			},
		},
		users: []auth.UserInfo{
			{ID: "a", Name: "Anna Smith", Username: "asmith", Role: auth.Admin, Active: true, Self: true, LastAdmin: true, LastSignIn: time.Now()},
			{ID: "b", Name: "Ben Jones", Username: "bjones", Role: auth.Staff, Active: true, Enrolled: enrolled, LastSignIn: time.Now().Add(-24 * time.Hour)},
			{ID: "c", Name: "Cleo Marsh", Username: "cmarsh", Role: auth.Staff, Active: true, OneTime: true},
			{ID: "d", Name: "Dan Okafor", Username: "dokafor", Role: auth.Staff, Enrolled: enrolled, Disabled: true, LastSignIn: enrolled},
		},
		own: auth.Account{
			Name: "Anna Smith", Username: "asmith", Role: auth.Admin, TwoFactor: true, Enrolled: enrolled,
			RecoveryLeft: 8, RecoveryMade: enrolled,
			SignedIn: []auth.OwnSession{
				{ID: "1", Computer: "OFFICE", Since: time.Now(), This: true},
				{ID: "2", Computer: "RECEPTION-1", Since: time.Now().Add(-time.Hour)},
			},
		},
		mine: []auth.ActivityEntry{
			{Seq: 9, At: time.Now(), Event: auth.EventSignIn, By: "Anna Smith", Computer: "OFFICE"},
			{Seq: 7, At: enrolled, Event: auth.EventPasswordRefused, Whom: "Anna Smith", Computer: "RECEPTION-1"},
		},
		kit:    auth.KitInfo{Made: enrolled, By: "Anna Smith", Number: "4f2a-91bc"},
		newKit: &auth.Kit{},
		computers: []auth.ComputerInfo{
			{ID: "o", Name: "OFFICE", Account: "anna", Since: enrolled, LastUsed: time.Now(), This: true, SignedIn: []string{"Anna Smith"}},
			{ID: "r", Name: "RECEPTION-1", Account: "desk", Since: enrolled, LastUsed: time.Now().Add(-24 * time.Hour), SignedIn: []string{"Ben Jones", "Cleo Marsh"}},
			{ID: "x", Name: "RECEPTION-2", Account: "desk", Since: enrolled, LastUsed: enrolled},
		},
		backups: auth.BackupInfo{
			Folder: "/mnt/usb/anteroom", Newest: time.Now().Add(-time.Hour),
			Files: []auth.BackupFile{
				{Path: "/mnt/usb/anteroom/new.db", At: time.Now().Add(-time.Hour), Size: 48_200_000},
				{Path: "/mnt/usb/anteroom/old.db", At: enrolled, Size: 912_000},
			},
		},
		folders: []string{"/mnt/usb/anteroom", "/mnt/other"},
	}
}

// begin notes a call; a change takes its time.
func (s *fakeSession) begin(ctx context.Context, call string, change bool) error {
	if change && s.last > 0 {
		if err := s.wait(ctx, s.last); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
	return s.fail
}

// wait lets the bubble's time pass, unless ctx ends before.
func (s *fakeSession) wait(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	deaf := s.deaf
	s.mu.Unlock()
	if deaf {
		ctx = context.Background()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *fakeSession) set(change func(*fakeSession)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// changes are the calls but for those that only read.
func (s *fakeSession) changes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.calls), func(call string) bool {
		return slices.Contains([]string{"Settings", "Users", "StepUpNeed", "Kit", "Computers", "Backups", "Account", "MyActivity", "SecurityStatus", "IsLinkingCodeValid"}, call)
	})
}

func (s *fakeSession) Settings(ctx context.Context) (auth.Settings, error) {
	err := s.begin(ctx, "Settings", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings, err
}

func (s *fakeSession) SaveSettings(ctx context.Context, form auth.SettingsForm) error {
	if err := s.begin(ctx, "SaveSettings", true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.settings.Policy
	weaker := was.TwoFactor && (!form.Policy.TwoFactor || form.Policy.Frequency.Length() > was.Frequency.Length())
	turnsOn := form.Policy.TwoFactor && !was.TwoFactor
	switch {
	case form.Name == "":
		return &auth.FieldError{Field: auth.FieldPractice, Problem: auth.ProblemEmpty}
	case (weaker || turnsOn) && !s.fresh:
		return auth.ErrStepUp
	case turnsOn && !s.settings.KitMade:
		return auth.ErrKitNeeded
	case turnsOn && !s.settings.SelfEnrolled && form.Enrolment == nil:
		return auth.ErrEnrolmentNeeded
	case turnsOn && !s.settings.SelfEnrolled && form.Code != rightCode:
		return &auth.Refusal{Reason: auth.ErrCodeWrong, Now: time.Now()}
	}
	s.saved = form
	s.settings.Name, s.settings.Zone, s.settings.Policy = form.Name, form.Zone, form.Policy
	return nil
}

func (s *fakeSession) NewEnrolment(ctx context.Context) (*auth.Enrolment, error) {
	return &auth.Enrolment{}, s.begin(ctx, "NewEnrolment", false)
}

func (s *fakeSession) StepUpNeed(ctx context.Context) (auth.StepUpNeed, error) {
	err := s.begin(ctx, "StepUpNeed", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	need := s.need
	need.Fresh = s.fresh
	return need, err
}

func (s *fakeSession) StepUp(ctx context.Context, password, code string) error {
	if err := s.begin(ctx, "StepUp", true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.refuse != nil:
		return s.refuse
	case password != rightPassword:
		return &auth.Refusal{Reason: auth.ErrCredentials, Now: time.Now()}
	case s.need.Code && code != rightCode:
		return &auth.Refusal{Reason: auth.ErrCodeWrong, Now: time.Now()}
	}
	s.fresh = true
	return nil
}

func (s *fakeSession) Users(ctx context.Context) ([]auth.UserInfo, error) {
	err := s.begin(ctx, "Users", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.users), err
}

// change is one of the acts that need step-up.
func (s *fakeSession) change(ctx context.Context, call string, fn func() error) error {
	if err := s.begin(ctx, call, true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fresh {
		return auth.ErrStepUp
	}
	return fn()
}

func (s *fakeSession) changeUser(ctx context.Context, call, id string, fn func(*auth.UserInfo)) error {
	return s.change(ctx, call+" "+id, func() error {
		i := slices.IndexFunc(s.users, func(u auth.UserInfo) bool { return u.ID == id })
		if i < 0 {
			return auth.ErrNotFound
		}
		fn(&s.users[i])
		return nil
	})
}

func (s *fakeSession) AddUser(ctx context.Context, form auth.UserForm) (string, error) {
	return "ab12-cd34-ef56-gh78", s.change(ctx, "AddUser "+form.Username, func() error {
		if slices.ContainsFunc(s.users, func(u auth.UserInfo) bool { return u.Username == form.Username }) {
			return &auth.FieldError{Field: auth.FieldUsername, Problem: auth.ProblemTaken}
		}
		u := auth.UserInfo{ID: form.Username, Name: form.Name, Username: form.Username, Role: form.Role, Active: true, OneTime: true}
		s.users = slices.Insert(s.users, 1, u)
		return nil
	})
}

func (s *fakeSession) EditUser(ctx context.Context, id string, was, form auth.UserForm) error {
	s.was = was
	return s.changeUser(ctx, "EditUser", id, func(u *auth.UserInfo) { u.Name, u.Username, u.Role = form.Name, form.Username, form.Role })
}

func (s *fakeSession) ResetTwoFactor(ctx context.Context, id, reason string) (string, error) {
	if reason == "" {
		return "", &auth.FieldError{Field: auth.FieldReason, Problem: auth.ProblemEmpty}
	}
	return s.handOver, s.changeUser(ctx, "ResetTwoFactor", id, func(u *auth.UserInfo) { u.Enrolled, s.reason = time.Time{}, reason })
}

func (s *fakeSession) NewOneTimeCode(ctx context.Context, id string) (auth.OneTimeCode, error) {
	code := auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(10 * time.Minute)}
	return code, s.changeUser(ctx, "NewOneTimeCode", id, func(u *auth.UserInfo) { u.Help = time.Time{} })
}

func (s *fakeSession) LiftWait(ctx context.Context, id string) error {
	return s.changeUser(ctx, "LiftWait", id, func(u *auth.UserInfo) { u.WaitUntil = time.Time{} })
}

func (s *fakeSession) SignOutUser(ctx context.Context, id string) error {
	return s.changeUser(ctx, "SignOutUser", id, func(*auth.UserInfo) {})
}

func (s *fakeSession) ResetPassword(ctx context.Context, id string) (string, error) {
	return "zz99-yy88-xx77-ww66", s.changeUser(ctx, "ResetPassword", id, func(u *auth.UserInfo) { u.OneTime = true })
}

func (s *fakeSession) Deactivate(ctx context.Context, id string) error {
	return s.changeUser(ctx, "Deactivate", id, func(u *auth.UserInfo) { u.Active = false })
}

func (s *fakeSession) Reactivate(ctx context.Context, id string) (string, error) {
	return "vv55-tt44-ss33-rr22", s.changeUser(ctx, "Reactivate", id, func(u *auth.UserInfo) { u.Active, u.OneTime = true, true })
}

func wantChanges(t *testing.T, s *fakeSession, want ...string) {
	t.Helper()
	if got := s.changes(); !slices.Equal(got, want) {
		t.Errorf("asked of the session: %q, want %q", got, want)
	}
}

// manyUsers are as many as a big practice has, one with the longest name.
func manyUsers(n int, long string) []auth.UserInfo {
	var users []auth.UserInfo
	for i := range n {
		users = append(users, auth.UserInfo{ID: fmt.Sprint(i), Name: fmt.Sprintf("Person %03d", i), Username: fmt.Sprintf("p%03d", i), Role: auth.Staff, Active: true})
	}
	users[1].Name, users[1].Username = long, long
	users[1].Enrolled, users[1].Role = time.Now(), auth.Admin
	return users
}

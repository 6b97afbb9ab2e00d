package store

import (
	"bufio"
	"cmp"
	"context"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
	"anteroom/auth/keyring"
	"anteroom/auth/totp"
)

// These tests run real processes on one folder: this binary again, as a child
// that takes a line and answers a line.

const (
	childEnv = "ANTEROOM_TEST_CHILD"
	roleEnv  = "ANTEROOM_TEST_ROLE"
	password = "violet tractor 91 sleeps"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		roles[os.Getenv(roleEnv)](dir, os.Stdin, os.Stdout)
		return
	}
	os.Exit(m.Run())
}

// roles are what a child can be.
var roles = map[string]func(dir string, in io.Reader, out io.Writer){
	"window":   child,
	"writer":   writer,
	"replacer": replacer,
	"backer":   backer,
	"thief":    thief,
	"copier":   copier,
	"unmarked": unmarkedWindow,
	"unlinker": unlinker,
	"rival":    rival,
}

// fileKeyring stands in for an account's keyring that several processes share.
type fileKeyring string

func (k fileKeyring) path(name string) string {
	return filepath.Join(string(k), hex.EncodeToString([]byte(name)))
}

func (k fileKeyring) Get(_ context.Context, name string) (string, error) {
	value, err := os.ReadFile(k.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return "", keyring.ErrNotFound
	}
	return string(value), err
}

func (k fileKeyring) Set(_ context.Context, name, value string) error {
	beside := k.path(name) + strconv.Itoa(os.Getpid())
	if err := os.WriteFile(beside, []byte(value), 0o600); err != nil {
		return err
	}
	return os.Rename(beside, k.path(name))
}

func (k fileKeyring) Delete(_ context.Context, name string) error { return os.Remove(k.path(name)) }

// depsIn are the parts of a practice in a folder, with a clock that a test sets.
func depsIn(dir string, now func() time.Time) (auth.Deps, error) {
	f, err := At(filepath.Join(dir, "data"))
	if err != nil {
		return auth.Deps{}, err
	}
	keys := filepath.Join(dir, "keyring")
	return auth.Deps{Place: f, Keyring: fileKeyring(keys), Now: now, Cost: authtest.Cheap}, os.MkdirAll(keys, 0o700)
}

// child is one window without a window. It is told the time with each command.
func child(dir string, in io.Reader, out io.Writer) {
	var now time.Time
	var attempt *auth.Attempt
	var session *auth.Session
	ctx := context.Background()
	deps, err := depsIn(dir, func() time.Time { return now })
	var p *auth.Practice
	if err == nil {
		p, err = auth.Open(ctx, deps)
	}
	fmt.Fprintln(out, "open", err)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		command, rest, _ := strings.Cut(lines.Text(), " ")
		at, text, _ := strings.Cut(rest, " ")
		ms, _ := strconv.ParseInt(at, 10, 64)
		now = time.UnixMilli(ms)
		var state auth.State
		switch command {
		case "password":
			attempt = p.NewAttempt()
			state, err = attempt.Password(ctx, cmp.Or(text, "asmith"), password)
		case "code":
			state, err = attempt.Code(ctx, text)
		case "other":
			state, err = attempt.OtherCode(ctx, text)
		case "check":
			err = session.Check(ctx)
		case "out":
			err = session.SignOut(ctx)
		}
		if state.Session != nil {
			session = state.Session
		}
		fmt.Fprintln(out, state.Step, err)
	}
}

// process is a running child.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(t *testing.T, dir string) *process {
	t.Helper()
	return startAs(t, "window", dir)
}

func startAs(t *testing.T, role, dir string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	// Under the race detector a process would wait for a second at its end.
	cmd.Env = append(os.Environ(), childEnv+"="+dir, roleEnv+"="+role, "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	p := &process{t, cmd, in, bufio.NewScanner(out)}
	t.Cleanup(func() { in.Close(); cmd.Process.Kill(); cmd.Wait() })
	p.expect("open <nil>")
	return p
}

func (p *process) tell(command string, now time.Time, text string) {
	fmt.Fprintf(p.in, "%s %d %s\n", command, now.UnixMilli(), text)
}

func (p *process) answer() string {
	p.t.Helper()
	if !p.out.Scan() {
		p.t.Fatalf("the child ended: %v", p.out.Err())
	}
	return p.out.Text()
}

func (p *process) expect(want string) {
	p.t.Helper()
	if got := p.answer(); got != want {
		p.t.Fatalf("got %q, want %q", got, want)
	}
}

// twoFactorPractice makes a practice in dir with two-factor on, and its admin's secret.
func twoFactorPractice(t testing.TB, dir string, now time.Time) totp.Secret {
	t.Helper()
	deps, err := depsIn(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	p, s, err := auth.SetUp(t.Context(), deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	return turnOn(t, s, now)
}

func turnOn(t testing.TB, s *auth.Session, now time.Time) totp.Secret {
	t.Helper()
	_, err1 := authtest.MakeKit(t.Context(), s) // asked for before two-factor
	err2 := s.StepUp(t.Context(), password, "")
	e, err3 := s.NewEnrolment(t.Context())
	ends, err4 := authtest.SignedIn(t.Context(), s)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	secret := secretOf(t, e)
	err := s.SaveSettings(t.Context(), auth.SettingsForm{
		Name: "Clinic", Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.EverySignIn}, Was: auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.EverySignIn},
		Ends: ends, Enrolment: e, Code: totp.Code(secret, totp.StepAt(now)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// secretOf is what a phone gets off the barcode.
func secretOf(t testing.TB, e *auth.Enrolment) totp.Secret {
	t.Helper()
	uri, err := url.Parse(e.URI())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// TestOneCodeOneSession: two processes give the same code at the same moment,
// a thousand times (fewer with -short); each time exactly one of them gets a session.
func TestOneCodeOneSession(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	secret := twoFactorPractice(t, dir, now)
	windows := []*process{start(t, dir), start(t, dir)}
	done, code := fmt.Sprint(auth.StepDone, " <nil>"), fmt.Sprint(auth.StepCode, " <nil>")
	wins := make([]int, len(windows))
	for range limits.Rounds(1000) {
		now = now.Add(totp.Period)
		for _, w := range windows {
			w.tell("password", now, "")
			w.expect(code)
		}
		for _, w := range windows {
			w.tell("code", now, totp.Code(secret, totp.StepAt(now)))
		}
		winner := -1
		for i, w := range windows {
			switch got := w.answer(); {
			case got == done && winner < 0:
				winner = i
			case got == done:
				t.Fatal("one code gave two sessions")
			case got != fmt.Sprint(auth.StepCode, " ", auth.ErrCodeUsed):
				t.Fatalf("the other one got %q", got)
			}
		}
		if winner < 0 {
			t.Fatal("one code gave no session")
		}
		wins[winner]++
		windows[winner].tell("out", now, "")
		windows[winner].expect(fmt.Sprint(auth.StepPassword, " <nil>"))
	}
	t.Logf("sessions of the two processes: %v", wins)
}

// TestTurnOnElsewhere: turning two-factor on in one process ends the other's
// session at its next check, which a window makes every second.
func TestTurnOnElsewhere(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	deps, err := depsIn(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	p, s, err := auth.SetUp(t.Context(), deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	other := start(t, dir)
	other.tell("password", now, "")
	other.expect(fmt.Sprint(auth.StepDone, " <nil>"))
	good := fmt.Sprint(auth.StepPassword, " <nil>")
	for range 3 {
		other.tell("check", now, "")
		other.expect(good)
	}
	turnOn(t, s, now)
	other.tell("check", now, "")
	other.expect(fmt.Sprint(auth.StepPassword, " ", auth.ErrSessionEnded))
}

// TestKilled: a process killed at random moments loses no confirmed change,
// leaves no half one, and is not taken for a rollback.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	secret := twoFactorPractice(t, dir, now)
	for range limits.Rounds(20) {
		victim := start(t, dir)
		confirmed := totp.Step(0)
		kill := time.AfterFunc(time.Duration(rand.IntN(40))*time.Millisecond, func() { victim.cmd.Process.Kill() })
		for range 100 {
			now = now.Add(totp.Period)
			step := totp.StepAt(now)
			victim.tell("password", now, "")
			if !victim.out.Scan() {
				break
			}
			victim.tell("code", now, totp.Code(secret, step))
			if !victim.out.Scan() {
				break
			}
			confirmed = step
		}
		kill.Stop()
		victim.cmd.Process.Kill()
		victim.cmd.Wait()

		// The confirmed code is used up, whatever the kill hit. A failure that
		// was charged and never judged may have to be waited for.
		now = now.Add(15 * time.Minute)
		next := start(t, dir)
		next.tell("password", now, "")
		next.expect(fmt.Sprint(auth.StepCode, " <nil>"))
		if confirmed != 0 {
			next.tell("code", confirmed.Start(), totp.Code(secret, confirmed))
			if got := next.answer(); strings.HasPrefix(got, fmt.Sprint(auth.StepDone)) {
				t.Fatalf("a confirmed code counted again: %s", got)
			}
		}
		next.in.Close()
		next.cmd.Wait()
	}
}

// TestCopiedFolder: a copy beside the practice's own folder is refused and
// named; a folder that was moved is not.
func TestCopiedFolder(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	twoFactorPractice(t, dir, now)
	deps, err := depsIn(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	original := deps.Place.Name()
	elsewhere := filepath.Join(dir, "copy")
	if err := os.CopyFS(elsewhere, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	if deps.Place, err = At(elsewhere); err != nil {
		t.Fatal(err)
	}
	var copied *auth.CopyError
	if _, err := auth.Open(t.Context(), deps); !errors.As(err, &copied) || copied.Original != original {
		t.Fatalf("a copy: %v", err)
	}
	if err := os.RemoveAll(original); err != nil {
		t.Fatal(err)
	}
	p, err := auth.Open(t.Context(), deps)
	if err != nil {
		t.Fatalf("a moved folder: %v", err)
	}
	defer p.Close()
}

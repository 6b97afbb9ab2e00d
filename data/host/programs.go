package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"anteroom/data/disk"
	"anteroom/data/sharing"
)

// oldest is the version of PostgreSQL that is needed.
const oldest = 15

// Programs are those of a PostgreSQL that is installed.
type Programs struct {
	Dir     string
	Version int // the first number: 15
}

// Installed finds the programs of a PostgreSQL that is new enough: those that came with
// Anteroom, in the folder "postgresql" beside the program, otherwise the newest that this
// computer has; on Windows only what lies under Program Files. There are none:
// sharing.ErrNotInstalled. sharing.ErrOneAccount: they could not be made a server.
func Installed(ctx context.Context) (Programs, error) {
	if err := mayElevate(); err != nil {
		return Programs{}, err
	}
	all := installed(ctx)
	if len(all) == 0 {
		return Programs{}, fmt.Errorf("version %d or newer is needed: %w", oldest, sharing.ErrNotInstalled)
	}
	return all[0], nil
}

// programs are those of the version that made the cluster: another one can't read it.
func (c *Cluster) programs(ctx context.Context) (Programs, error) {
	text, err := os.ReadFile(c.in("PG_VERSION"))
	if err != nil {
		return Programs{}, failed("look for the server", err)
	}
	made := strings.TrimSpace(string(text))
	for _, p := range installed(ctx) {
		if strconv.Itoa(p.Version) == made {
			return p, nil
		}
	}
	return Programs{}, fmt.Errorf("version %s made the practice's server: %w", made, sharing.ErrNotInstalled)
}

// installed are all that are new enough, the best first.
func installed(ctx context.Context) []Programs {
	var all []Programs
	for _, pattern := range usual {
		dirs, _ := filepath.Glob(pattern) // only a pattern that is none fails
		for _, dir := range dirs {
			all = append(all, ask(ctx, dir)...)
		}
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		all = append(all, ask(ctx, filepath.Dir(disk.Real(path)))...)
	}
	slices.SortStableFunc(all, func(a, b Programs) int { return b.Version - a.Version })
	if dir, err := disk.ProgramDir(); err == nil {
		all = append(ask(ctx, filepath.Join(dir, "postgresql", "bin")), all...)
	}
	return all
}

var versionText = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// ask is what a folder has: one or none.
func ask(ctx context.Context, dir string) []Programs {
	if !isSafe(dir) {
		return nil
	}
	p := Programs{Dir: dir}
	for _, name := range []string{"initdb", "pg_ctl", "postgres"} {
		if _, err := os.Stat(p.path(name)); err != nil {
			return nil
		}
	}
	said, err := p.run(ctx, "", "postgres", "--version")
	if err != nil {
		return nil
	}
	if found := versionText.FindStringSubmatch(said); found != nil {
		p.Version, _ = strconv.Atoi(found[1])
	}
	if p.Version < oldest {
		return nil
	}
	return []Programs{p}
}

func (p Programs) path(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(p.Dir, name)
}

// run runs one of the programs and returns what it said, the end of which an error has.
// What is secret comes by stdin, which nobody else can read.
func (p Programs) run(ctx context.Context, stdin, name string, args ...string) (string, error) {
	as, err := unprivileged()
	if err != nil {
		return "", err
	}
	return run(ctx, as, stdin, p.path(name), args...)
}

func run(ctx context.Context, as *syscall.SysProcAttr, stdin, path string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = filepath.Dir(path)     // where we are may be closed to it
	cmd.WaitDelay = 10 * time.Second // a server that it started may have its output open
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PG") })
	cmd.Env = append(cmd.Env, "LC_ALL=C")
	cmd.Stdin = strings.NewReader(stdin)
	cmd.SysProcAttr = as
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		return said.String(), errors.Join(context.Cause(ctx), fmt.Errorf("%s: %w: %s", filepath.Base(path), err, lastOf(said.String())))
	}
	return said.String(), nil
}

// lastOf is the end of what a program said.
func lastOf(said string) string {
	const most = 600
	said = strings.TrimSpace(said)
	return said[max(0, len(said)-most):]
}

//go:build postgres

package host

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anteroom/auth/authtest/limits"
)

// fakeSystemd is a systemctl that does what a unit says, once, and a loginctl. Both write
// down what they were asked.
const fakeSystemctl = `#!/bin/sh
echo "systemctl $*" >>"$FAKE/asked"
shift 2
unit=$XDG_CONFIG_HOME/systemd/user/$3
case "$*" in
    "show --property=Version") ;;
    "daemon-reload") cp -r "$XDG_CONFIG_HOME/systemd/user/." "$FAKE/loaded" ;;
    "enable --now "*)
        [ ! -e "$FAKE/refuses" ] || exit 1
        touch "$FAKE/enabled"
        eval "setsid $(sed -n 's/^ExecStart=//p' "$FAKE/loaded/$3") </dev/null >/dev/null 2>&1 &" ;;
    "disable --now "*) rm -f "$FAKE/enabled"; kill -INT "$(head -1 "$FAKE/cluster/postmaster.pid")" ;;
    "is-enabled "*) [ -e "$FAKE/enabled" ] ;;
    *) exit 1 ;;
esac
`

const fakeLoginctl = `#!/bin/sh
echo "loginctl $*" >>"$FAKE/asked"
case "$1" in
    enable-linger) [ ! -e "$FAKE/refuses" ] && touch "$FAKE/lingers" ;;
    show-user) [ -e "$FAKE/lingers" ] && echo yes || echo no ;;
esac
`

// TestSystemd: where systemd is there it runs the server, and Lasting says how far that
// goes; where it refuses, the server runs all the same, and nothing of it is left there.
func TestSystemd(t *testing.T) {
	fake := t.TempDir()
	in := func(name string) string { return filepath.Join(fake, name) }
	c := At(in("cluster"))
	must(t, os.Mkdir(in("bin"), 0o700), os.Mkdir(in("loaded"), 0o700),
		os.WriteFile(in("bin/systemctl"), []byte(fakeSystemctl), 0o700), os.WriteFile(in("bin/loginctl"), []byte(fakeLoginctl), 0o700))
	t.Setenv("FAKE", fake)
	t.Setenv("PATH", in("bin")+":"+os.Getenv("PATH"))
	t.Setenv("XDG_CONFIG_HOME", in("config"))
	must(t, os.Rename(made(t).dir, c.dir))
	stopAfter(t, c)

	must(t, os.WriteFile(in("refuses"), nil, 0o600), c.Start(t.Context()))
	path, err := c.unitFile()
	must(t, err)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the unit is left: %v", err)
	}
	if lasts, why := c.Lasting(t.Context()); lasts || why == nil {
		t.Error("nobody starts it again")
	}
	must(t, c.Stop(t.Context()))

	// The account's services may not start with the computer.
	must(t, os.Remove(in("refuses")), os.WriteFile(in("lingers"), nil, 0o600), c.Start(t.Context()))
	if lasts, why := c.Lasting(t.Context()); !lasts || why != nil {
		t.Errorf("it lasts: %v, %v", lasts, why)
	}
	must(t, os.Remove(in("lingers")))
	if lasts, why := c.Lasting(t.Context()); lasts || why == nil || !strings.Contains(why.Error(), "enable-linger") {
		t.Errorf("it lasts: %v, %v", lasts, why)
	}
	asked, err := os.ReadFile(in("asked"))
	must(t, err)
	for _, want := range []string{"loginctl enable-linger " + fmt.Sprint(os.Getuid()), "systemctl --user --no-pager enable --now " + c.service()} {
		if !strings.Contains(string(asked), want) {
			t.Errorf("%q was not asked:\n%s", want, asked)
		}
	}
	aside, err := c.SetAside(t.Context())
	must(t, err)
	if _, err := os.Stat(path); !os.IsNotExist(err) || !At(aside).Exists() {
		t.Errorf("the unit is left: %v", err)
	}
	for end := time.Now().Add(limits.Wait(t)); At(aside).Running(t.Context()); {
		if time.Now().After(end) {
			t.Fatal("it still runs")
		}
	}
}

// TestQuoted: a unit's command names the folder, whatever its name.
func TestQuoted(t *testing.T) {
	if got, want := quoted(`/a b/"c"/100%/$d\e`), `"/a b/\"c\"/100%%/$$d\\e"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

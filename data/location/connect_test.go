//go:build postgres

package location_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/sharing"
)

// TestConnect: a desk is linked by one code, works with the practice of the others, makes no
// codes and no kits itself, and is out as soon as it is unlinked.
func TestConnect(t *testing.T) {
	c, _, anna, _ := moved(t)
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	typed := strings.Join(code.Groups, " ")
	desk := newPC(t, "Back office")
	var steps []sharing.Step
	p, err := desk.Connect(t.Context(), c.address(), typed, func(s sharing.Step) { steps = append(steps, s) })
	c.must(err)
	t.Cleanup(func() { p.Close() })
	if len(steps) != 3 || desk.Where() != (sharing.Where{Kind: sharing.Desk, Address: c.address(), Server: "Front desk"}) {
		t.Errorf("%v, %+v", steps, desk.Where())
	}
	there := desk.signIn(p, "asmith", password)
	if content(t, there) != "Ada" {
		t.Error("another practice")
	}
	if due, err := p.BackupDue(t.Context()); due || err != nil {
		t.Errorf("a backup of the desk's: %v, %v", due, err)
	}
	if _, err := newPC(t, "A third").Connect(t.Context(), c.address(), typed, noStep); !errors.Is(err, auth.ErrLinkCode) {
		t.Errorf("the code again: %v", err)
	}
	if _, err := there.NewLinkingCode(t.Context()); !errors.Is(err, auth.ErrAtServer) {
		t.Errorf("a code made at a desk: %v", err)
	}
	if _, err := there.NewKit(t.Context()); !errors.Is(err, auth.ErrAtServer) {
		t.Errorf("a kit made at a desk: %v", err)
	}
	ids := map[string]string{}
	all, err := there.Computers(t.Context())
	c.must(err)
	for _, one := range all {
		ids[one.Name] = one.ID
	}
	if err := there.Unlink(t.Context(), ids["Front desk"], nil); !errors.Is(err, auth.ErrAtServer) {
		t.Errorf("the server unlinked: %v", err)
	}
	c.must(p.Close())
	p = desk.open() // with what the keyring has
	there = desk.signIn(p, "asmith", password)
	c.must(anna.Unlink(t.Context(), ids["Back office"], nil))
	if err := there.Check(t.Context()); !errors.Is(err, auth.ErrNotLinked) && !errors.Is(err, auth.ErrServer) {
		t.Errorf("unlinked: %v", err)
	}
	if _, err := auth.Open(t.Context(), desk.Deps()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("unlinked, and opened: %v", err)
	}
}

// TestLeave: a desk that leaves has nothing of the practice left, and the others go on.
func TestLeave(t *testing.T) {
	c, _, anna, _ := moved(t)
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	desk := newPC(t, "Back office")
	p, err := desk.Connect(t.Context(), c.address(), strings.Join(code.Groups, " "), noStep)
	c.must(err)
	there := desk.signIn(p, "asmith", password)
	if err := c.Leave(t.Context(), anna); !errors.Is(err, sharing.ErrNotHere) {
		t.Errorf("the owner left: %v", err)
	}
	c.must(desk.Leave(t.Context(), there))
	c.must(p.Close())
	if items := desk.keys.Items(); len(items) != 0 {
		t.Errorf("the keyring has %d items", len(items))
	}
	if _, err := auth.Open(t.Context(), desk.Deps()); !errors.Is(err, auth.ErrNoPractice) {
		t.Errorf("after it: %v", err)
	}
	if content(t, anna) != "Ada" {
		t.Error("the records are others")
	}
}

// TestConnectWithKit: the kit links a desk, any number of times, and only that kit does.
func TestConnectWithKit(t *testing.T) {
	c, _, anna, kit := moved(t)
	for range 2 {
		desk := newPC(t, "Back office")
		rescue, err := desk.ConnectWithKit(t.Context(), c.address(), kit, noStep)
		c.must(err)
		if desk.Where().Kind != sharing.Alone {
			t.Error("a look alone changed something")
		}
		if !rescue.Report().Opens {
			t.Fatalf("%+v", rescue.Report())
		}
		p, err := rescue.Open(t.Context(), false)
		c.must(err)
		c.must(p.Close())
		if content(t, desk.signIn(desk.open(), "asmith", password)) != "Ada" {
			t.Error("another practice")
		}
	}
	c.must(anna.StepUp(t.Context(), password, ""))
	newer, err := authtest.MakeKit(t.Context(), anna)
	c.must(err)
	desk := newPC(t, "Back office")
	if _, err := desk.ConnectWithKit(t.Context(), c.address(), kit, noStep); !errors.Is(err, auth.ErrKitWrong) {
		t.Errorf("an older kit: %v", err)
	}
	rescue, err := desk.ConnectWithKit(t.Context(), c.address(), newer, noStep)
	c.must(err)
	c.must(rescue.Close())
}

// TestConnectRefuses: what is typed wrong, and what does not answer, has errors of its own,
// and leaves nothing.
func TestConnectRefuses(t *testing.T) {
	c, _, anna, _ := moved(t)
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	typed := strings.Join(code.Groups, " ")
	slip := strings.ToUpper(typed[:1]) + "0" + typed[2:]
	if slip == typed {
		slip = typed[:1] + "1" + typed[2:]
	}
	for name, try := range map[string]struct {
		address, code string
		want          error
	}{
		"no address":    {"not an address!", typed, sharing.ErrAddress},
		"a port of 0":   {"127.0.0.1:0", typed, sharing.ErrAddress},
		"nobody there":  {"127.0.0.1:1", typed, auth.ErrServer},
		"a slip":        {c.address(), slip, auth.ErrPrinted},
		"another code":  {c.address(), "5K2QA", auth.ErrPrinted},
		"no such place": {strings.Split(c.address(), "/")[0] + "/nothing", typed, auth.ErrOtherServer},
	} {
		desk := newPC(t, "Back office")
		if _, err := desk.Connect(t.Context(), try.address, try.code, noStep); !errors.Is(err, try.want) {
			t.Errorf("%s: %v", name, err)
		}
		if desk.Where().Kind != sharing.Alone || len(desk.keys.Items()) != 0 {
			t.Errorf("%s: something was kept", name)
		}
	}
}

// TestChangeAddress: the same server is looked for elsewhere, and no other one is taken.
func TestChangeAddress(t *testing.T) {
	c, p, anna, _ := moved(t)
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	desk := newPC(t, "Back office")
	linked, err := desk.Connect(t.Context(), c.address(), strings.Join(code.Groups, " "), noStep)
	c.must(err)
	c.must(linked.Close())
	port := os.Getenv("PGPORT")
	for address, want := range map[string]error{"": sharing.ErrAddress, "127.0.0.1:1": auth.ErrServer} {
		if err := desk.ChangeAddress(t.Context(), address); !errors.Is(err, want) {
			t.Errorf("%q: %v", address, err)
		}
	}
	c.must(desk.ChangeAddress(t.Context(), "localhost:"+port))
	if !strings.HasPrefix(desk.Where().Address, "localhost:"+port) {
		t.Errorf("%+v", desk.Where())
	}
	desk.open()
	c.must(p.Close())
}

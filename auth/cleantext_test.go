package auth_test

import (
	"strings"
	"testing"

	"anteroom/auth"
)

// TestCleanText: what comes from outside is one line that reads as it looks.
func TestCleanText(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "RECEPTION-1": "RECEPTION-1", " a  b ": "a b", "a\nb\r\nc\td": "a b c d", "a\u2028b": "a b",
		"front\u202e1-ksed": "front1-ksed", "a\u200bb\x00c\x1b[31m": "abc[31m", "e\u0301": "é", "a\xffb": "a\ufffdb",
		"\u2066x\u2069": "x", "日本 1": "日本 1",
	} {
		if got := auth.CleanText(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := auth.CleanName(strings.Repeat("ü", 300)); got != strings.Repeat("ü", auth.MaxName) {
		t.Errorf("%q", got)
	}
}

// TestComputerNameIsCleaned: where it is kept, and of what is kept already where it
// is shown.
func TestComputerNameIsCleaned(t *testing.T) {
	w := newWorld(t)
	other := w.desk()
	var err error
	other.practice, err = auth.LinkWithCode(w.ctx, other.depsAs("desk\n\u202ePC"), w.linkingCode())
	w.must(err)
	if got := w.elsewhere().Name; got != "desk PC" {
		t.Errorf("the list says %q", got)
	}
	w.told(auth.NewsLinked, "Anna Smith (asmith)", "desk PC")
	plain, err := auth.OpenedRegister(w.ctx, w.practice)
	w.must(err)
	if strings.Contains(string(plain), `"name":"desk\n`) {
		t.Errorf("%s", plain)
	}
}

// TestOldComputerNameIsCleaned wherever a name is shown or goes on, that a released
// version kept as the OS said it.
func TestOldComputerNameIsCleaned(t *testing.T) {
	c := newClinic(t)
	c.asksForHelp()
	other := c.desk()
	var err error
	other.practice, err = auth.LinkWithCode(c.ctx, other.deps(), c.linkingCode())
	c.must(err)
	c.must(auth.NameComputersAsBefore(c.ctx, c.practice, "desk\n\u202ePC"))
	if got := c.requests()[0].Computer; got != "desk PC" {
		t.Errorf("help is asked for at %q", got)
	}
	settings, err := c.anna.Settings(c.ctx)
	c.must(err)
	if got := settings.SignedIn[0].Computer; got != "desk PC" {
		t.Errorf("signed in at %q", got)
	}
	if got := c.elsewhere().Name; got != "desk PC" {
		t.Errorf("the list says %q", got)
	}
	c.prove()
	c.must(c.anna.Unlink(c.ctx, c.elsewhere().ID, nil))
	plain, err := auth.OpenedRegister(c.ctx, c.practice)
	c.must(err)
	if !strings.Contains(string(plain), `"what":"desk PC"`) {
		t.Errorf("kept is %s", plain)
	}
}

package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
)

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		err           error
		address, want string
	}{
		{sharing.ErrAddress, "", "Type the server's name or number, such as 192.168.1.20."},
		{sharing.ErrAddress, "a b", "This is no address of a computer. Type a name or a number, such as 192.168.1.20."},
		{fmt.Errorf("dial: %w", auth.ErrServer), "10.0.0.9", "10.0.0.9 does not answer. Is the server switched on and in the same network?"},
		{auth.ErrOtherServer, "10.0.0.9", "What answers at 10.0.0.9 is not the practice's server. Nothing was sent to it. Compare the address."},
		{auth.ErrServer, strings.Repeat("a", 200), strings.Repeat("a", 47) + "… does not answer. Is the server switched on and in the same network?"},
		{auth.ErrManyDesks, "10.0.0.9", "The server takes no more computers."},
	} {
		if got, ok := Address(c.err, c.address); !ok || got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
	for _, err := range []error{nil, keyring.ErrLocked, auth.ErrLinkCode, errors.New("other")} {
		if text, ok := Address(err, "10.0.0.9"); ok {
			t.Errorf("%v: %q, which is about something else", err, text)
		}
	}
}

func TestMoveTo(t *testing.T) {
	for err, want := range map[error]string{
		&auth.NotLinkedError{}: "The server refuses this user or password, or the user may not make roles.",
		auth.ErrOtherServer:    "There is no such database there, or it is no PostgreSQL 15 or newer with TLS and SCRAM passwords.",
		auth.ErrExists:         "There is a practice in this database already.",
		auth.ErrServer:         "",
	} {
		if got, ok := MoveTo(fmt.Errorf("move: %w", err)); got != want || ok != (want != "") {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

func TestServerWords(t *testing.T) {
	for got, want := range map[string]string{
		Silent(sharing.Where{Kind: sharing.Host, Address: "127.0.0.1"}): "This computer is the practice's server, but the database on it does not answer. If it stays so, restart this computer. Ask who looks after this computer.",
		Silent(sharing.Where{Kind: sharing.Desk, Address: "10.0.0.9"}):  "10.0.0.9 does not answer. Is the server switched on and in the same network?",
		Step(sharing.Looking):                             "Looking for the server…",
		Step(sharing.Checking):                            "Checking the server…",
		Step(sharing.Linking):                             "Linking this computer…",
		Moving(sharing.Progress{Step: sharing.BackingUp}): "Backing up…",
		Moving(sharing.Progress{Step: sharing.Starting}):  "Setting up the server…",
		Moving(sharing.Progress{Step: sharing.Copying, Done: 12_000, Total: 100_000}):                  "Copying 12,000 of 100,000…",
		Moving(sharing.Progress{Step: sharing.Comparing, Done: 1, Total: 2}):                           "Checking…",
		Moving(sharing.Progress{Step: sharing.Switching}):                                              "Switching over…",
		Answer(400 * time.Microsecond):                                                                 "It answers in less than 1 ms.",
		Answer(1600 * time.Microsecond):                                                                "It answers in 2 ms.",
		Error(fmt.Errorf("move: %w", &auth.SignedInError{Names: []string{"Ben Jones", "Cleo Marsh"}})): "Signed in besides you: Ben Jones, Cleo Marsh. Ask them to sign out first.",
		Error(auth.ErrAtServer):                                                                        "Do this at the computer that is the practice's server.",
		Error(fmt.Errorf("%w: %w", sharing.ErrHost, errors.New("initdb: no locale")))[:38]:             "The server could not be started on thi",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	neutral := Error(errors.New("unforeseen"))
	for _, err := range []error{sharing.ErrNotHere, sharing.ErrNotReady, sharing.ErrNotInstalled, auth.ErrOlderServer} {
		if Error(err) == neutral {
			t.Errorf("%v has no words", err)
		}
	}
}

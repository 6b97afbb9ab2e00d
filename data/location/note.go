package location

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/disk"
	"anteroom/data/host"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// serverPrefix is the prefix of the name of each location on a server.
const serverPrefix = "postgres://"

// note says in the folder that the practice is on a server. It is no secret, and who
// changes it reaches no other server: that has another key.
type note struct {
	Kind     sharing.Kind `json:"kind"`
	Host     string       `json:"host"`
	Port     uint16       `json:"port"`
	Database string       `json:"database"`
	Server   string       `json:"server,omitempty"` // the name of the computer that is the server
}

// access is what this account's keyring has: whom the server lets in, and its key.
type access struct {
	User     string `json:"user"`
	Password string `json:"password"`
	Key      []byte `json:"key"` // SHA-256 of the server's public key
}

// name is the name of the location on the server.
func (n *note) name() string {
	return serverPrefix + net.JoinHostPort(n.Host, strconv.Itoa(int(n.Port))) + "/" + n.Database
}

// typed is the address as people type it.
func (n *note) typed() string {
	text := n.Host
	if n.Port != postgres.DefaultPort {
		text = net.JoinHostPort(n.Host, strconv.Itoa(int(n.Port)))
	}
	if n.Database != host.Database {
		text += "/" + n.Database
	}
	return text
}

// name is a name of a computer, as DNS has it (RFC 1123 §2.1), or a short one.
var name = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$`)

// colon is one with spaces around it, as they come along with what is pasted.
var colon = regexp.MustCompile(`\s*:\s*`)

// bare is an address without what comes along when it is pasted: as of a web page, or out of a
// sentence.
func bare(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/,; \t\r\n")
	for _, scheme := range []string{"http://", "https://"} {
		if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			text = text[len(scheme):]
			break
		}
	}
	return text
}

// readAddress reads what somebody typed or pasted: a name or a number, then a port and a
// database, or what usual has of them. Otherwise it is sharing.ErrAddress.
func readAddress(text string, usual note) (*note, error) {
	n := usual
	typed, database, named := strings.Cut(bare(text), "/")
	typed = colon.ReplaceAllString(typed, ":")
	if n.Host = typed; named {
		n.Database = database
	}
	if h, p, err := net.SplitHostPort(typed); err == nil {
		port, err := strconv.ParseUint(p, 10, 16)
		if err != nil || port == 0 {
			return nil, sharing.ErrAddress
		}
		n.Host, n.Port = h, uint16(port)
	}
	n.Host = strings.TrimSuffix(strings.TrimPrefix(n.Host, "["), "]")
	if !isHost(n.Host) || n.Database == "" {
		return nil, sharing.ErrAddress
	}
	return &n, nil
}

// isHost says that a text is the name or number of a computer: no folder with a socket, to
// which nobody speaks TLS.
func isHost(text string) bool {
	_, err := netip.ParseAddr(text)
	return err == nil || len(text) <= 253 && name.MatchString(text)
}

// ofDesk is what a desk need not type.
var ofDesk = note{Kind: sharing.Desk, Port: postgres.DefaultPort, Database: host.Database}

func (l *Location) notePath() string { return filepath.Join(l.folder.Name(), store.ElsewhereName) }

// mostNote is more than a note has.
const mostNote = 1 << 16

// readNote is nil where the practice is in the folder. A note that can't be read is
// sharing.ErrNote and auth.ErrNoDatabase: nobody can tell.
func (l *Location) readNote() (*note, error) {
	file, err := disk.Open(l.notePath()) // no pipe, at which it would wait
	if errors.Is(err, fs.ErrNotExist) {
		l.see(nil)
		return nil, nil //nolint:nilnil // there is none
	}
	var raw []byte
	if err == nil {
		defer file.Close()
		raw, err = io.ReadAll(io.LimitReader(file, mostNote))
	}
	n := &note{}
	if err == nil {
		err = json.Unmarshal(raw, n)
	}
	if err == nil && (n.Kind <= sharing.Alone || n.Kind > sharing.Managed || !isHost(n.Host) || n.Port == 0 || n.Database == "") {
		err = errors.New("it says nothing of use")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w: %s: %w", sharing.ErrNote, auth.ErrNoDatabase, l.notePath(), err)
	}
	l.see(n)
	return n, nil
}

// noteOf is readNote for what can be done only where the practice is in one of those ways:
// otherwise sharing.ErrNotHere.
func (l *Location) noteOf(kinds ...sharing.Kind) (*note, error) {
	n, err := l.readNote()
	if err != nil {
		return nil, err
	}
	kind := sharing.Alone
	if n != nil {
		kind = n.Kind
	}
	if !slices.Contains(kinds, kind) {
		return nil, sharing.ErrNotHere
	}
	return n, nil
}

// writeNote makes the practice lie where a note says, from now on.
func (l *Location) writeNote(n *note) error {
	raw, err := json.MarshalIndent(n, "", "  ")
	if err == nil {
		err = disk.Shared(l.folder.Name())
	}
	if err == nil {
		err = disk.WriteFile(l.notePath(), append(raw, '\n'))
	}
	if err != nil {
		return fmt.Errorf("note where the practice lies: %w", err)
	}
	l.see(n)
	return nil
}

// removeNote makes the practice lie in the folder, from now on.
func (l *Location) removeNote() error {
	if err := os.Remove(l.notePath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("note where the practice lies: %w", err)
	}
	l.see(nil)
	if err := disk.SyncFolder(l.folder.Name()); err != nil { // it is gone, and only a power cut brings it back
		slog.Warn("it may be forgotten that the practice lies in the folder", "error", err)
	}
	return nil
}

// item is the keyring's with the access.
func (l *Location) item() string { return "server/" + l.folder.Name() }

func (l *Location) readAccess(ctx context.Context) (a access, err error) {
	text, err := l.deps.Keyring.Get(ctx, l.item())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return a, &auth.NotLinkedError{}
	case err != nil:
		return a, fmt.Errorf("read the access to the server: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		slog.Warn("the keyring's access to the server is damaged, so it is of no use")
		return a, &auth.NotLinkedError{}
	}
	return a, nil
}

func (l *Location) writeAccess(ctx context.Context, a access) error {
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write the access to the server: %w", err)
	}
	return l.deps.Keyring.Set(ctx, l.item(), string(text))
}

// forgetAccess removes what the keyring has of a server that is not used any more.
func (l *Location) forgetAccess(ctx context.Context) error {
	err := l.deps.Keyring.Delete(context.WithoutCancel(ctx), l.item())
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return err
}

// stateText is the first 40 bits of a sum, as people compare it: "7F3K-2Q9D".
func stateText(sum []byte) string {
	if len(sum) < 5 {
		return ""
	}
	text := base32.StdEncoding.EncodeToString(sum[:5])
	return text[:4] + "-" + text[4:]
}

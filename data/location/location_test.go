//go:build postgres

package location_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/host"
	"anteroom/data/location"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/data/store/copying"
	"anteroom/data/store/postgres/pgtest"
)

const (
	password     = "spare teapot under oak"
	bensPassword = "seven quiet rivers east"
)

// owner lets the role that owns the tests' databases in over the network.
var owner = sync.OnceValue(func() string { return rand.Text() })

// pc is a computer with an account on it.
type pc struct {
	*testing.T
	*location.Location
	folder string
	keys   *authtest.Keyring
}

func newPC(t *testing.T, name string) *pc {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "anteroom")
	dir, err := store.At(folder)
	if err != nil {
		t.Fatal(err)
	}
	keys := authtest.NewKeyring()
	d := auth.Deps{Keyring: keys, Now: time.Now, Cost: authtest.Cheap, Computer: auth.Computer{Name: name, Account: "reception"}}
	return &pc{t, location.At(dir, host.At(filepath.Join(folder, "server")), d), folder, keys}
}

func (c *pc) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// open opens the practice of this computer.
func (c *pc) open() *auth.Practice {
	c.Helper()
	p, err := auth.Open(c.Context(), c.Deps())
	c.must(err)
	c.Cleanup(func() { p.Close() })
	return p
}

// signIn signs in to a practice, and proves it.
func (c *pc) signIn(p *auth.Practice, username, password string) *auth.Session {
	c.Helper()
	state, err := p.NewAttempt().Password(c.Context(), username, password)
	c.must(err)
	if state.Session == nil {
		c.Fatalf("%+v", state)
	}
	c.must(state.Session.StepUp(c.Context(), password, ""))
	return state.Session
}

// practice is one with two users, a kit, and a patient.
func (c *pc) practice() (p *auth.Practice, anna *auth.Session, kit string) {
	c.Helper()
	p, anna, err := auth.SetUp(c.Context(), c.Deps(), auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	c.must(err)
	c.Cleanup(func() { p.Close() })
	for range 2 { // the second re-keys the practice, and must be known to a server all the same
		kit, err = authtest.MakeKit(c.Context(), anna)
		c.must(err)
		c.must(anna.StepUp(c.Context(), password, ""))
	}
	c.must(anna.ChangeRecords(c.Context(), func(tx *auth.RecordTx) error {
		_, err := tx.Put(auth.TablePatient, auth.Record{ID: "p1", Plain: []byte("Ada")})
		return err
	}))
	return p, anna, kit
}

// target is a new database of the tests' server, as one that IT runs.
func target(t *testing.T) sharing.Target {
	t.Helper()
	name := pgtest.New(t).Name()
	database := name[strings.LastIndex(name, "/")+1:]
	pgtest.Admin(t, "ALTER ROLE keeper PASSWORD '"+owner()+"'")
	return sharing.Target{Address: "127.0.0.1:" + os.Getenv("PGPORT"), Database: database, User: "keeper", Password: owner()}
}

// moved is a practice that lies on a server, and its admin there.
func moved(t *testing.T) (c *pc, p *auth.Practice, anna *auth.Session, kit string) {
	t.Helper()
	c = newPC(t, "Front desk")
	p, anna, kit = c.practice()
	c.must(c.MoveTo(t.Context(), anna, target(t), nothing))
	c.must(p.Close())
	p = c.open()
	return c, p, c.signIn(p, "asmith", password), kit
}

func nothing(sharing.Progress) {}
func noStep(sharing.Step)      {}

// address is what other computers type.
func (c *pc) address() string { return c.Where().Address }

// sum is of all that a practice has which moving leaves as it is.
func (c *pc) records() string {
	c.Helper()
	s, err := c.Open(c.Context())
	c.must(err)
	defer s.Close()
	var sum []byte
	c.must(s.View(c.Context(), func(r auth.Reader) (err error) {
		sum, err = copying.Sum(c.Context(), recordsOnly{r})
		return err
	}))
	return fmt.Sprintf("%x", sum)
}

// recordsOnly leaves out what changes with each sign-in.
type recordsOnly struct{ auth.Reader }

func (recordsOnly) Register() (auth.SealedRow, error)               { return auth.SealedRow{}, nil }
func (recordsOnly) Activity(int64, int) ([]auth.ActivityRow, error) { return nil, nil }

// TestThereAndBack: a practice moves onto a server and back. Nothing of its records
// changes, what was there is set aside, and everybody signs in again with what they had.
func TestThereAndBack(t *testing.T) {
	c := newPC(t, "Front desk")
	p, anna, _ := c.practice()
	other := c.open() // another window
	before := c.records()
	tg := target(t)
	var steps []sharing.MoveStep
	c.must(c.MoveTo(t.Context(), anna, tg, func(p sharing.Progress) { steps = append(steps, p.Step) }))
	if got := fmt.Sprint(steps); got != "[0 3 4]" {
		t.Errorf("steps %s", got)
	}
	for name, p := range map[string]*auth.Practice{"the window": p, "another window": other} {
		if _, err := p.NewAttempt().Password(t.Context(), "asmith", password); !errors.Is(err, auth.ErrReplaced) {
			t.Errorf("%s: %v", name, err)
		}
		c.must(p.Close())
	}
	if w := c.Where(); w.Kind != sharing.Managed || w.Address != tg.Address+"/"+tg.Database {
		t.Errorf("%+v", w)
	}

	there := c.open()
	if after := c.records(); after != before {
		t.Error("the records are others")
	}
	if files, _ := filepath.Glob(filepath.Join(c.folder, "anteroom.db*")); len(files) != 1 || !strings.Contains(files[0], "replaced") {
		t.Errorf("in the folder: %q", files)
	}
	if err := anna.Check(t.Context()); err == nil {
		t.Error("the session goes on")
	}
	anna = c.signIn(there, "asmith", password)
	content := content(t, anna)
	status, err := c.Status(t.Context(), anna)
	if err != nil || status.Computers != 1 || len(status.State) != 9 || status.Change == 0 || status.Answer <= 0 {
		t.Errorf("%+v, %v", status, err)
	}

	c.must(c.WorkAlone(t.Context(), anna, nothing))
	c.must(there.Close())
	if w := c.Where(); w.Kind != sharing.Alone {
		t.Errorf("%+v", w)
	}
	back := c.open()
	if after := c.records(); after != before {
		t.Error("the records are others")
	}
	if again := fmt.Sprint(contentOf(c, back)); again != fmt.Sprint(content) {
		t.Errorf("%s, was %s", again, content)
	}
	for item := range c.keys.Items() {
		if strings.HasPrefix(item, "server/") {
			t.Errorf("the keyring has %s", item)
		}
	}
}

func content(t *testing.T, s *auth.Session) string {
	t.Helper()
	return contentAt(t, s, "p1")
}

func contentAt(t *testing.T, s *auth.Session, id string) string {
	t.Helper()
	var text string
	err := s.ReadRecords(t.Context(), func(r *auth.RecordReader) error {
		one, err := r.Get(auth.TablePatient, id)
		text = string(one.Plain)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func contentOf(c *pc, p *auth.Practice) string { return content(c.T, c.signIn(p, "asmith", password)) }

// TestMoveCalledOff: a move that is canceled, or fails, at any step leaves the practice
// where it was, in use, and nothing of it anywhere else.
func TestMoveCalledOff(t *testing.T) {
	for _, at := range []sharing.MoveStep{sharing.BackingUp, sharing.Comparing, sharing.Switching} {
		c := newPC(t, "Front desk")
		p, anna, _ := c.practice()
		ctx, cancel := context.WithCancel(t.Context())
		tg := target(t)
		err := c.MoveTo(ctx, anna, tg, func(p sharing.Progress) {
			if p.Step == at {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d: %v", at, err)
		}
		if w := c.Where(); w.Kind != sharing.Alone {
			t.Errorf("%d: %+v", at, w)
		}
		if content(t, anna) != "Ada" {
			t.Error("another record")
		}
		for item := range c.keys.Items() {
			if strings.HasPrefix(item, "server/") {
				t.Errorf("%d: the keyring has %s", at, item)
			}
		}
		c.must(c.MoveTo(t.Context(), anna, tg, nothing)) // and it can be done again
		c.must(p.Close())
		contentOf(c, c.open())
	}
}

// TestMoveWhileOthers: nobody is put out of their work by a move, and nobody but an admin
// who proved it moves anything.
func TestMoveWhileOthers(t *testing.T) {
	c := newPC(t, "Front desk")
	_, anna, _ := c.practice()
	oneTime, err := anna.AddUser(t.Context(), auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff})
	c.must(err)
	a := c.open().NewAttempt()
	_, err = a.Password(t.Context(), "bjones", oneTime)
	c.must(err)
	state, err := a.NewPassword(t.Context(), bensPassword)
	c.must(err)
	var others *auth.SignedInError
	if err := c.MoveTo(t.Context(), anna, target(t), nothing); !errors.As(err, &others) || len(others.Names) != 1 || !strings.HasPrefix(others.Names[0], "Ben Jones") {
		t.Errorf("%v", err)
	}
	if err := c.MoveTo(t.Context(), state.Session, target(t), nothing); !errors.Is(err, auth.ErrForbidden) {
		t.Errorf("staff: %v", err)
	}
	if c.Where().Kind != sharing.Alone {
		t.Error("it was moved")
	}
}

// TestWorkAloneKeepsAll: what desks were told is saved is there after the practice moved
// back, and after that they save nothing.
func TestWorkAloneKeepsAll(t *testing.T) {
	c, p, anna, _ := moved(t)
	type outcome struct {
		saved []string
		last  error
	}
	ends := make(chan outcome)
	for n := range 3 {
		code, err := anna.NewLinkingCode(t.Context())
		c.must(err)
		desk := newPC(t, "Back office")
		linked, err := desk.Connect(t.Context(), c.address(), strings.Join(code.Groups, " "), noStep)
		c.must(err)
		t.Cleanup(func() { linked.Close() })
		session := desk.signIn(linked, "asmith", password)
		go func() {
			var o outcome
			for i := 0; o.last == nil || errors.Is(o.last, auth.ErrBusy); i++ {
				id := fmt.Sprintf("d%d-%d", n, i)
				o.last = session.ChangeRecords(t.Context(), func(tx *auth.RecordTx) error {
					_, err := tx.Put(auth.TablePatient, auth.Record{ID: id, Plain: []byte("x")})
					return err
				})
				if o.last == nil {
					o.saved = append(o.saved, id)
				}
			}
			ends <- o
		}()
	}
	c.must(c.WorkAlone(t.Context(), anna, nothing))
	c.must(p.Close())
	back := c.signIn(c.open(), "asmith", password)
	total := 0
	for range 3 {
		o := <-ends
		for _, id := range o.saved {
			err := back.ReadRecords(t.Context(), func(r *auth.RecordReader) error {
				_, err := r.Get(auth.TablePatient, id)
				return err
			})
			if err != nil {
				t.Errorf("%s was saved, and is gone: %v", id, err)
			}
		}
		total += len(o.saved)
	}
	t.Logf("%d were saved", total)
}

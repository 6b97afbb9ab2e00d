//go:build postgres

package postgres_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
	"anteroom/auth/vault"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/desk"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// secrets are what no network may see, by what they are.
type secrets map[string][]byte

// lower makes letters small, and leaves all other bytes as they are.
func lower(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

// forms are how a secret may be written, in lower case where that is text.
func forms(secret []byte) map[string][]byte {
	all := map[string][]byte{"as it is": lower(secret), "hex": []byte(hex.EncodeToString(secret))}
	var little, big []byte
	for _, unit := range utf16.Encode([]rune(string(lower(secret)))) {
		little = append(little, byte(unit), byte(unit>>8))
		big = append(big, byte(unit>>8), byte(unit))
	}
	all["UTF-16, little endian"], all["UTF-16, big endian"] = little, big
	for before := range 3 { // bytes that the same group of base64 has
		for name, encoding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 for URLs": base64.RawURLEncoding} {
			text := encoding.EncodeToString(append(make([]byte, before), secret...))
			whole := text[(before*8+5)/6 : (before+len(secret))*8/6] // of characters that have nothing else
			all[name+", "+string(rune('0'+before))] = lower([]byte(whole))
		}
	}
	return all
}

// in are the secrets that something has in it.
func (s secrets) in(said []byte) (found []string) {
	said = lower(said)
	for what, secret := range s {
		for how, form := range forms(secret) {
			if bytes.Contains(said, form) {
				found = append(found, what+", "+how)
			}
		}
	}
	return found
}

// TestForms: a secret is found in whatever it is written.
func TestForms(t *testing.T) {
	secret := secrets{"name": []byte("Grete Wolkenstein")}
	around := func(b string) []byte { return []byte("before" + b + "after") }
	wide := utf16.Encode([]rune("Grete Wolkenstein"))
	var little []byte
	for _, unit := range wide {
		little = append(little, byte(unit), byte(unit>>8))
	}
	for name, said := range map[string][]byte{
		"as it is":   around("Grete Wolkenstein"),
		"upper case": around("GRETE WOLKENSTEIN"),
		"hex":        around(strings.ToUpper(hex.EncodeToString([]byte("Grete Wolkenstein")))),
		"base64":     []byte(base64.StdEncoding.EncodeToString(around("Grete Wolkenstein"))),
		"base64, 1":  []byte(base64.URLEncoding.EncodeToString(append([]byte("x"), around("Grete Wolkenstein")...))),
		"base64, 2":  []byte(base64.StdEncoding.EncodeToString(append([]byte("xy"), around("Grete Wolkenstein")...))),
		"UTF-16":     around(string(little)),
	} {
		if len(secret.in(said)) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
	key := secrets{"key": vault.NewKey().Bytes()}
	if found := key.in(append([]byte("\xc3before"), key["key"]...)); len(found) != 1 {
		t.Errorf("a key: %v", found)
	}
	if found := secret.in([]byte("Grete Wolkenschein")); len(found) > 0 {
		t.Errorf("another name: %v", found)
	}
}

// TestCapture: who listens to the network while a user signs in, books, exports all
// patients, links a computer and lets it join hears no name, no password, no code and no
// key; nor does the server itself, or who listens inside of TLS.
func TestCapture(t *testing.T) {
	for name, server := range map[string]func(*testing.T, string) postgres.Config{
		"TLS": remote,
		"without": func(t *testing.T, database string) postgres.Config {
			c := pgtest.Config(t, database)
			c.Owner = false
			return c
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			way := server(t, database(c.server))
			network := newProxy(t, way, 0)
			secret := c.work(network.way(way))
			said := network.said()
			for _, found := range secret.in(said) {
				t.Errorf("%s was to be heard", found)
			}
			// What stands in clear shows that this heard something.
			if clear := bytes.Contains(said, []byte("Marigold Clinic")); clear != (name != "TLS") {
				t.Errorf("the practice's name was to be heard: %v", clear)
			}
			if len(said) < 30_000 {
				t.Errorf("only %d bytes were heard", len(said))
			}
			t.Logf("%d secrets, %d bytes", len(secret), len(said))
		})
	}
}

// work does at a desk what has most secrets in it, and gives them.
func (c *clinic) work(way postgres.Config) secrets {
	c.Helper()
	ctx := c.Context()
	all := secrets{"name": []byte(annasName), "username": []byte(annasUsername), "password": []byte(annasPassword), "patient": []byte(c.patient.Name)}
	for p := range demo.Patients(100, 1) {
		_, err := c.desk.SavePatient(ctx, data.Patient{Name: p.Name})
		c.must(err)
		all["patient "+p.Name] = []byte(p.Name)
	}
	// Codes count by a clock that stands still.
	now := time.Now()
	deps := c.deps
	deps.Location, deps.Now = pgtest.OwnTime(c.server), func() time.Time { return now }
	c.must(c.anna.StepUp(ctx, annasPassword, ""))
	kit, err := authtest.MakeKit(ctx, c.anna)
	c.must(err)
	secret := c.turnOn(deps)
	all["kit"], all["kit in one"] = []byte(kit), []byte(strings.ReplaceAll(kit, " ", ""))
	all["secret of the codes"], all["secret as text"] = secret, []byte(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret))
	code := func() string {
		now = now.Add(totp.Period)
		text := totp.Code(totp.Secret(secret), totp.StepAt(now))
		all["code "+text] = []byte(text)
		return text
	}

	deps.Location = pgtest.OwnTime(pgtest.By(c.T, way))
	p, err := auth.Open(ctx, deps)
	c.must(err)
	defer p.Close()
	a := p.NewAttempt()
	_, err = a.Password(ctx, annasUsername, annasPassword)
	c.must(err)
	state, err := a.Code(ctx, code())
	c.must(err)
	d := desk.NewMemory(deps.Now, data.DayFirst).Join(state.Session)
	c.must(d.Sync(ctx))
	_, err = d.Book(ctx, c.visit(0), false)
	c.must(err)
	c.must(state.Session.StepUp(ctx, annasPassword, code()))
	exported := 0
	_, err = d.ExportPatients(ctx, func(data.Patient) error { exported++; return nil }, nil)
	c.must(err)
	if exported != 101 {
		c.Errorf("%d patients were exported", exported)
	}

	linking, err := state.Session.NewLinkingCode(ctx)
	c.must(err)
	all["linking code"], all["linking code in one"] = []byte(strings.Join(linking.Groups, "-")), []byte(strings.Join(linking.Groups, ""))
	other := deps
	other.Keyring = authtest.NewKeyring()
	linked, err := auth.LinkWithCode(ctx, other, strings.Join(linking.Groups, "-"))
	c.must(err)
	c.must(linked.Close())
	_, link := invited(c.T, c.server, time.Hour)
	computer, joining := rand.Text(), way
	joining.User, joining.Password = link.User, link.Password
	password, err := pgtest.By(c.T, joining).Join(ctx, computer)
	c.must(err)
	role := postgres.DeskRole(computer)
	c.Cleanup(func() { pgtest.Admin(c.T, "DROP ROLE "+quoted(role)) })
	joining.User, joining.Password = role, password
	s, err := pgtest.By(c.T, joining).Open(ctx)
	c.must(err)
	c.must(s.Close())
	all["password of the desk"], all["password of the code"] = []byte(password), []byte(link.Password)
	c.keys(kit, all)
	for _, items := range []map[string]string{c.deps.Keyring.(*authtest.Keyring).Items(), other.Keyring.(*authtest.Keyring).Items()} {
		for name, item := range items {
			if raw, err := base64.RawURLEncoding.DecodeString(item); err == nil && !strings.HasSuffix(name, "/mark") && len(raw) > 32 {
				all["half of a computer "+name] = raw[:32]
			}
		}
	}
	return all
}

// turnOn turns two-factor on, and gives the secret.
func (c *clinic) turnOn(deps auth.Deps) []byte {
	c.Helper()
	ctx := c.Context()
	p, err := auth.Open(ctx, deps)
	c.must(err)
	defer p.Close()
	state, err := p.NewAttempt().Password(ctx, annasUsername, annasPassword)
	c.must(err)
	c.must(state.Session.StepUp(ctx, annasPassword, ""))
	e, err1 := state.Session.NewEnrolment(ctx)
	ends, err2 := authtest.SignedIn(ctx, state.Session)
	settings, err3 := state.Session.Settings(ctx)
	c.must(errors.Join(err1, err2, err3))
	uri, err := url.Parse(e.URI())
	c.must(err)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	c.must(err)
	policy := settings.Policy
	policy.TwoFactor, policy.Frequency = true, auth.EverySignIn
	c.must(state.Session.SaveSettings(ctx, auth.SettingsForm{
		Name: p.Name(), Policy: policy, Was: settings.Policy,
		Ends: ends, Enrolment: e, Code: totp.Code(secret, totp.StepAt(deps.Now())),
	}))
	return secret
}

// keys opens the practice's keys with its kit, as an attacker would who has that.
func (c *clinic) keys(kit string, all secrets) {
	c.Helper()
	secret, err := vault.ParseKit(kit)
	c.must(err)
	s, err := c.server.Open(c.Context())
	c.must(err)
	defer s.Close()
	c.must(s.View(c.Context(), func(r auth.Reader) error {
		practice, err1 := r.Practice()
		row, err2 := r.Register()
		envelopes, err3 := r.Envelopes()
		private := secret.DeriveKeyPair(practice.ID)
		all["half of the kit"] = private.Bytes()
		for _, e := range envelopes {
			if e.Kind != auth.RecipientKit {
				continue
			}
			key, err := private.OpenKey(e.Sealed, vault.AAD{Practice: practice.ID, Table: "envelope", Row: e.Recipient, Clear: []string{string(e.Kind)}})
			if err != nil {
				return err
			}
			all["register key"] = key.Bytes()
			plain, err := key.Subkey("register").Open(row.Sealed, vault.AAD{Practice: practice.ID, Table: "register", Row: "1", Version: row.Version})
			if err != nil {
				return err
			}
			var register struct {
				Kit struct{ Records []byte }
			}
			if err := json.Unmarshal(plain, &register); err != nil {
				return err
			}
			key, err = private.OpenKey(register.Kit.Records, vault.AAD{Practice: practice.ID, Table: "records key of the kit", Row: e.Recipient})
			if err != nil {
				return err
			}
			all["records key"] = key.Bytes()
		}
		return errors.Join(err1, err2, err3)
	}))
	if all["records key"] == nil {
		c.Error("the records key is not known")
	}
}

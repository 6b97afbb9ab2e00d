package totp

import (
	"encoding/base32"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pquerna/otp"
)

// rfcSecret is the shared secret of both RFCs' test values.
var rfcSecret = Secret("12345678901234567890")

// TestRFC4226 holds the values of RFC 4226 appendix D.
func TestRFC4226(t *testing.T) {
	want := []string{
		"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489",
	}
	for counter, code := range want {
		if got := Code(rfcSecret, Step(counter)); got != code {
			t.Errorf("count %d: got %s, want %s", counter, got, code)
		}
	}
}

// TestRFC6238 holds the SHA-1 values of RFC 6238 appendix B; theirs have eight
// digits, ours are the last six of them.
func TestRFC6238(t *testing.T) {
	want := map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	}
	for at, code := range want {
		now := time.Unix(at, 0)
		if got := Code(rfcSecret, StepAt(now)); got != code[2:] {
			t.Errorf("at %d: got %s, want %s", at, got, code[2:])
		}
		if v, step := Judge(rfcSecret, code[2:], now, 0); v != Right || step != StepAt(now) {
			t.Errorf("at %d: judged %v, step %d", at, v, step)
		}
	}
}

func TestJudge(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	at := StepAt(now)
	for _, c := range []struct {
		name string
		step Step // whose code is given
		last Step
		want Verdict
	}{
		{"now", at, 0, Right},
		{"the step before", at - 1, 0, Right},
		{"the step after", at + 1, 0, Right},
		{"two after", at + 2, 0, Wrong},
		{"two before", at - 2, 0, Expired},
		{"ten minutes before", at - 20, 0, Expired},
		{"longer before", at - 21, 0, Wrong},
		{"used", at, at, Used},
		{"before the used one", at - 1, at, Used},
		{"after the used one", at + 1, at, Right},
		{"expired and used", at - 2, at, Expired},
	} {
		if got, _ := Judge(rfcSecret, Code(rfcSecret, c.step), now, c.last); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// TestBoundaries: a code is good from one step before it begins to one after it ends.
func TestBoundaries(t *testing.T) {
	step := Step(59_000_000)
	code := Code(rfcSecret, step)
	start, end := step.Start(), (step + 1).Start()
	for now, want := range map[time.Time]Verdict{
		start.Add(-Period):                   Right,
		start.Add(-Period - time.Nanosecond): Wrong,
		end.Add(Period - time.Nanosecond):    Right,
		end.Add(Period):                      Expired,
	} {
		if got, _ := Judge(rfcSecret, code, now, 0); got != want {
			t.Errorf("%v from its start: got %v, want %v", now.Sub(start), got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"123456": "123456", " 123 456 ": "123456", "123-456": "123456", "12 34\u00a056": "123456",
		"１２３４５６": "123456", "000000": "000000", "123\u2013456\n": "123456",
		"": "", "12345": "", "1234567": "", "12345a": "", "+12345": "", "12.456": "", "١٢٣": "",
	} {
		got, err := Parse(text)
		if got != want || (want == "") != errors.Is(err, ErrFormat) {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
}

// TestURI reads the barcode's content back with another implementation, which
// must find the very names.
func TestURI(t *testing.T) {
	secret := NewSecret()
	for _, c := range []struct{ issuer, account string }{
		{"Brook Street Practice", "asmith"},
		{"Smith & Sons: Clinic", "a:b"},
		{"100 % #1 / \"quoted\" 'name' ?x=y&secret=z", "anna+reception@example.org"},
		{"Праксис Müller 診療所 🩺👩🏽‍⚕️", "émile"},
		{"a+b c", "a b"},
		{strings.Repeat("x", 60), strings.Repeat("y", 60)},
	} {
		key := parse(t, URI(secret, c.issuer, c.account))
		if key.Issuer() != c.issuer || key.AccountName() != c.account || key.Secret() != secret.String() {
			t.Errorf("%q, %q became %q, %q", c.issuer, c.account, key.Issuer(), key.AccountName())
		}
	}
}

// TestLongNames: they are shortened, never broken, and the secret stays whole.
func TestLongNames(t *testing.T) {
	secret := NewSecret()
	for _, c := range []struct{ issuer, account string }{
		{strings.Repeat("practice ", 22), "asmith"},
		{"Clinic", strings.Repeat("user", 50)},
		{strings.Repeat("👩🏽‍⚕️", 40), strings.Repeat("診", 200)},
		{strings.Repeat("診", 200), "a:b"},
	} {
		uri := URI(secret, c.issuer, c.account)
		key := parse(t, uri)
		if len(uri) > maxURI || key.Secret() != secret.String() {
			t.Errorf("%d bytes: %s", len(uri), uri)
		}
		for long, short := range map[string]string{c.issuer: key.Issuer(), c.account: key.AccountName()} {
			head := strings.TrimSuffix(short, "…")
			if head == "" || !strings.HasPrefix(long, head) || !utf8.ValidString(short) {
				t.Errorf("%q was shortened to %q", long, short)
			}
		}
	}
}

func parse(t *testing.T, uri string) *otp.Key {
	t.Helper()
	if _, err := url.Parse(uri); err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(uri)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestNewSecret(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if len(a) != secretSize || a.String() == b.String() {
		t.Fatalf("%v, %v", a, b)
	}
	back, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(a.String())
	if err != nil || string(back) != string(a) {
		t.Fatalf("%v: %v", back, err)
	}
}

// TestSharedCode: where neighbouring steps share a code it is right once.
func TestSharedCode(t *testing.T) {
	const step = Step(62075368) // of these two, by search
	code := Code(rfcSecret, step)
	if code != Code(rfcSecret, step+1) {
		t.Fatal("these steps share no code")
	}
	now := step.Start()
	verdict, last := Judge(rfcSecret, code, now, step-1)
	if verdict != Right || last != step+1 {
		t.Fatalf("judged %v, step %d", verdict, last)
	}
	if again, _ := Judge(rfcSecret, code, now.Add(Period), last); again != Used {
		t.Fatalf("the second time: %v", again)
	}
}

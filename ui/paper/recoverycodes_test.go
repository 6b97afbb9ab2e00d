package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func codesOf(practice, name string) RecoveryCodes {
	r := RecoveryCodes{Practice: practice, Name: name, Made: made}
	for i := range 10 {
		r.Codes = append(r.Codes, fmt.Sprintf("7kx2-m0qf-4t9d-wz%02d", i))
	}
	return r
}

func TestRecoveryCodesSayAll(t *testing.T) {
	r := codesOf("Brook Street Practice", "Anna Smith")
	document := readable(t, r)
	checkPage(t, document)
	all := texts(t, document)
	for i, code := range r.Codes {
		at := slices.IndexFunc(all, func(w written) bool { return w.text == code })
		if at < 1 || all[at-1].text != strconv.Itoa(i+1) {
			t.Fatalf("code %d is not on the page with its number", i+1)
		}
		if number := all[at-1]; number.x >= all[at].x || number.y-all[at].y > 1 {
			t.Errorf("the number of code %d is not before it", i+1)
		}
	}
	text := joined(all)
	for _, want := range []string{
		"Anteroom", "Recovery codes", "Brook Street Practice", "Anna Smith", "Made on 24 Nov 2026, 9:40. Older codes count no more.",
		"sign in with your password, then press “Use a recovery code”.", "Each code works once. Cross it out.",
		"Never keep this page at the computer, or together with your password.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}

func TestRecoveryCodesOfAnyName(t *testing.T) {
	for name, want := range map[string]string{
		strings.Repeat("W", 200):                        "WWW",
		strings.Repeat("Praxis Dr. Überall ", 11)[:200]: "Überall Praxis",
		"Smith & Sons (Ćwikła) \\ Ελλάδα":               "Smith & Sons (Ćwikła) \\ Ελλάδα",
		"上海 Clinic":                                     "… Clinic",
		"上海诊所":                                          "Recovery codes",
		"":                                              "Recovery codes",
	} {
		document := readable(t, codesOf(name, name))
		checkPage(t, document)
		if text := joined(texts(t, document)); !strings.Contains(text, want) {
			t.Errorf("%q: %q is not on the page", name, want)
		}
	}
}

func TestRecoveryCodesOfRandomNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(0, 200, -1)
		s, err := codesOf(name.Draw(t, "practice"), name.Draw(t, "name")).draw(nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.pdf.PageCount() != 1 || s.y > bottom {
			t.Errorf("%d pages, down to %.1f", s.pdf.PageCount(), s.y)
		}
		if _, err := s.bytes(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSameRecoveryCodesSameBytes(t *testing.T) {
	r := codesOf("Brook Street Practice", "Anna Smith")
	first, err := r.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Error("two documents of the same codes differ")
	}
}

// What programs show of a file without opening it has no name in it.
func TestRecoveryCodesDescribeNobody(t *testing.T) {
	for _, m := range infoPattern.FindAllSubmatch(readable(t, codesOf("Brook Street Practice", "Anna Smith")), -1) {
		if bytes.HasPrefix(m[2], []byte("D:")) {
			continue
		}
		if text := decode(t, m[2]); strings.Contains(text, "Brook") || strings.Contains(text, "Smith") {
			t.Errorf("%s says %q", m[1], text)
		}
	}
}

package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anteroom/auth"
)

func TestPrinted(t *testing.T) {
	for _, c := range []struct {
		err        error
		page, code string // how they begin
	}{
		{auth.TypoError{Group: 4}, "Group 4 has a slip. Compare it with the page.", "Group 4 has a slip. Compare it with the code."},
		{auth.LengthError{Got: 37, Want: 40}, "The key has eight groups of five characters. 37 ", "The key has eight groups of five characters. 37 "},
		{auth.LengthError{Got: 21, Want: 20}, "The code has four groups of five characters. 21 ", "The code has four groups of five characters. 21 "},
		{auth.ErrChecksum, "The groups do not belong together. ", "The groups do not belong together. "},
		{auth.ErrKitWrong, "This is not the recovery kit of this practice: ", "This is not the recovery kit of this practice: "},
		{auth.ErrNoKit, "This practice has no recovery kit yet. ", "This practice has no recovery kit yet. "},
		{auth.ErrLinkCode, "This linking code does not count: ", "This linking code does not count: "},
	} {
		wrapped := fmt.Errorf("link: %w", c.err)
		if text, ok := Printed(wrapped); !ok || !strings.HasPrefix(text, c.page) {
			t.Errorf("%v: %v, %q, want %q", c.err, ok, text, c.page)
		}
		if text, ok := LinkingCode(wrapped); !ok || !strings.HasPrefix(text, c.code) {
			t.Errorf("%v of a code: %v, %q, want %q", c.err, ok, text, c.code)
		}
	}
}

func TestPrintedKnowsItsErrorsOnly(t *testing.T) {
	for _, err := range []error{nil, errors.New("other"), auth.ErrDamaged, &auth.FieldError{Field: auth.FieldKit, Problem: auth.ProblemDiffers}} {
		if text, ok := Printed(err); ok || text != "" {
			t.Errorf("%v: %v, %q", err, ok, text)
		}
	}
}

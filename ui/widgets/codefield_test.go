package widgets

import (
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestCodeFieldNormalises(t *testing.T) {
	for _, c := range []struct {
		name, before, typed, pasted, want string
		complete                          int
	}{
		{name: "typed", typed: "482913", want: "482913", complete: 1},
		{name: "typed with a space", typed: "482 913", want: "482913", complete: 1},
		{name: "typed with other things", typed: "4a8-2_9.1", want: "48291"},
		{name: "a seventh digit", typed: "4829137", want: "482913", complete: 1},
		{name: "Arabic-Indic", typed: "٤٨٢٩١٣", want: "482913", complete: 1},
		{name: "Devanagari", typed: "४८२९१३", want: "482913", complete: 1},
		{name: "full-width", pasted: "４８２ ９１３", want: "482913", complete: 1},
		{name: "pasted", pasted: "482-913\n", want: "482913", complete: 1},
		{name: "pasted in a sentence", pasted: "Your code is 482 913.", want: "482913", complete: 1},
		{name: "a whole code takes the place of a part", before: "11", pasted: "482913", want: "482913", complete: 1},
		{name: "a part is added", before: "482", pasted: "913", want: "482913", complete: 1},
		{name: "only what fits is added", before: "4829", pasted: "13777", want: "482913", complete: 1},
		{name: "nothing to paste", before: "482", pasted: "none", want: "482"},
		{name: "superscripts are no digits", typed: "¹²³", want: ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := NewCodeField()
			newPlainWindow(t, f)
			completed := 0
			f.OnComplete = func(code string) {
				completed++
				if code != c.want {
					t.Errorf("complete with %q", code)
				}
			}
			test.Type(f.Focusable(), c.before+c.typed)
			if c.pasted != "" {
				paste(f.Focusable(), c.pasted)
			}
			if f.Text() != c.want || completed != c.complete {
				t.Errorf("text %q, completed %d times; want %q, %d", f.Text(), completed, c.want, c.complete)
			}
		})
	}
}

func TestCodeFieldSubmitAndClear(t *testing.T) {
	f := NewCodeField()
	w := newPlainWindow(t, f)
	var got []string
	f.OnSubmit = func(code string) { got = append(got, code) }
	f.Focus()
	test.Type(f.Focusable(), "482")
	press(w, fyne.KeyReturn)
	f.Clear()
	press(w, fyne.KeyEnter)
	if len(got) != 2 || got[0] != "482" || got[1] != "" {
		t.Errorf("submitted %q", got)
	}
}

func TestCodeFieldTakesNothingWhileDisabled(t *testing.T) {
	f := NewCodeField()
	newPlainWindow(t, f)
	f.Disable()
	test.Type(f.Focusable(), "4")
	paste(f.Focusable(), "482913")
	if f.Text() != "" {
		t.Errorf("text %q", f.Text())
	}
}

// asciiDigit needs every range of digits to be made of whole tens.
func TestDigitRangesAreTens(t *testing.T) {
	for _, r := range unicode.Nd.R16 {
		if r.Stride != 1 || (r.Hi-r.Lo+1)%10 != 0 {
			t.Errorf("range %x to %x", r.Lo, r.Hi)
		}
	}
	for _, r := range unicode.Nd.R32 {
		if r.Stride != 1 || (r.Hi-r.Lo+1)%10 != 0 {
			t.Errorf("range %x to %x", r.Lo, r.Hi)
		}
	}
}

package shell

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/fontscan"

	"anteroom/ui/looks"
	"anteroom/ui/paper"
	"anteroom/ui/widgets"
)

// printDay prints the day as it was printed last, with the letters that there is no font for left out.
func (o *office) printDay() {
	o.t.Helper()
	o.desk().PrintDay()
	o.pass(time.Second)
	o.answer("Print the day", fyne.KeyReturn)
	o.answer("Some letters can't be printed", fyne.KeyReturn)
}

// answer presses a key on a dialog.
func (o *office) answer(title string, key fyne.KeyName) {
	o.t.Helper()
	want(o.t, title, o.shows(title), true)
	o.press(key)
	o.pass(time.Second)
}

// viewed are the pages that the viewer was given, for as long as the test runs.
func (o *office) viewed() *[][]byte {
	var pages [][]byte
	o.window.paper = paper.NewFolder(o.window.params.PaperDir, func(path string) error {
		page, err := os.ReadFile(path)
		pages = append(pages, page)
		return err
	})
	return &pages
}

// sheets is how many pages a document has.
func sheets(document []byte) int { return bytes.Count(document, []byte("/Type /Page\n")) }

// TestPrintTheDayAsks for whom, and begins with the answer of the last time, in another window too.
func TestPrintTheDayAsks(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		pages := o.viewed()
		o.fillDesk()
		o.printDay()

		o.desk().PrintDay()
		o.desk().PrintDay() // pressed twice
		o.pass(time.Second)
		want(t, "questions", len(o.window.window.Canvas().Overlays().List()), 1)
		choice := all[*widgets.Select](o)[0]
		want(t, "where typing begins", o.focused() == fyne.Focusable(choice), true)
		if texts := strings.Join(choice.Options, ", "); texts != "One list for everyone, A list for each practitioner, "+
			"Only Dr Ann Example, Only Dr Ola Nordmann, Only Dr Testa Muster, Only Nurse Sam Sample" {
			t.Error(texts)
		}
		o.press(fyne.KeyDown) // opens the choices at the one chosen now
		o.press(fyne.KeyDown)
		o.press(fyne.KeyReturn)
		want(t, "chosen", choice.Selected, "A list for each practitioner")
		o.answer("Print the day", fyne.KeyReturn)
		o.answer("Some letters can't be printed", fyne.KeyReturn)

		o.desk().PrintDay()
		o.pass(time.Second)
		choice = all[*widgets.Select](o)[0]
		want(t, "what was chosen last", choice.Selected, "A list for each practitioner")
		choice.SetSelected("Only Dr Ola Nordmann")
		o.answer("Print the day", fyne.KeyEscape)
		want(t, "pages after Esc", len(*pages), 2)
		want(t, "a question after Esc", o.window.window.Canvas().Overlays().Top() == nil, true)

		o.desk().PrintDay()
		o.pass(time.Second)
		choice = all[*widgets.Select](o)[0]
		want(t, "what was printed last", choice.Selected, "A list for each practitioner")
		choice.SetSelected("Only Dr Ola Nordmann")
		o.answer("Print the day", fyne.KeyReturn)
		o.answer("Some letters can't be printed", fyne.KeyReturn)
		if everyone, each, one := sheets((*pages)[0]), sheets((*pages)[1]), sheets((*pages)[2]); everyone >= each || each < 4 || one > each/2 {
			t.Errorf("%d pages for everyone, %d for each practitioner, %d for one", everyone, each, one)
		}
	})
}

// TestPrintingNamesWhatHasNoFont before anything is shown, and Cancel prints nothing.
func TestPrintingNamesWhatHasNoFont(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		pages := o.viewed()
		o.fillDesk()
		o.desk().PrintDay()
		o.pass(time.Second)
		o.answer("Print the day", fyne.KeyReturn)
		for _, text := range []string{"This computer has no font for:", "0:15 Arabic: فاطمة الافتراضي", "1:15 Chinese: 測試小紅", "and 8 more"} {
			want(t, text, o.shows(text), true)
		}
		want(t, "pages before the answer", len(*pages), 0)
		o.tap("Cancel")
		o.pass(time.Second)
		want(t, "pages after Cancel", len(*pages), 0)
		want(t, "that it is in the viewer", o.shows("The page is open in the viewer. Print it there."), false)
		o.desk().PrintDay()
		o.pass(time.Second)
		o.answer("Print the day", fyne.KeyReturn)
		o.tap("Print anyway")
		o.pass(time.Second)
		want(t, "pages", len(*pages), 1)
		want(t, "that it is in the viewer", o.shows("The page is open in the viewer. Print it there."), true)
	})
}

// TestPrintingOnSlowFonts: it says that it goes on, Cancel ends it, and a page whose fonts never
// answer is made without them.
func TestPrintingOnSlowFonts(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		pages, answers := o.viewed(), make(chan struct{})
		o.window.params.Fonts = func() (*fontscan.FontMap, error) {
			<-answers
			return nil, errors.New("the disk is gone")
		}
		o.fillDesk()
		for _, cancel := range []bool{true, false} {
			o.desk().PrintDay()
			o.pass(time.Second)
			o.answer("Print the day", fyne.KeyReturn)
			want(t, "that it goes on", o.shows("Making the page…"), true)
			if cancel {
				o.tap("Cancel")
				o.pass(time.Minute)
				want(t, "pages after Cancel", len(*pages), 0)
			}
			want(t, "a dialog", o.window.window.Canvas().Overlays().Top() != nil, !cancel)
		}
		o.pass(10 * time.Second)
		want(t, "that it goes on", o.shows("Making the page…"), false)
		o.answer("Some letters can't be printed", fyne.KeyReturn)
		want(t, "pages", len(*pages), 1)
		close(answers)
	})
}

// TestMissingText is short, whatever is missing.
func TestMissingText(t *testing.T) {
	long := strings.Repeat("王", 60)
	for _, c := range []struct {
		missing []string
		want    string
	}{
		{[]string{"9:15 王"}, "9:15 王"},
		{[]string{long, "a\nb"}, long[:48*len("王")] + "…\na b"},
		{slices.Repeat([]string{"王"}, 8), strings.Repeat("王\n", 6) + "and 2 more"},
	} {
		if got := missingText(c.missing); got != c.want {
			t.Errorf("%q", got)
		}
	}
}

// TestPrintGallery renders what is asked before something is printed. With GALLERY=<folder> it does so in
// every look, and saves them there to be looked at.
func TestPrintGallery(t *testing.T) {
	variants, sizes := []looks.Variant{looks.Light, looks.Dark}, []int{normalText, maxText}
	if os.Getenv("GALLERY") == "" {
		variants, sizes = variants[1:], sizes[1:]
	}
	for _, variant := range variants {
		for _, size := range sizes {
			inOffice(t, func(t *testing.T, o *office) {
				save := func(name string) { o.save(fmt.Sprintf("%s-%d-%d.png", name, variant, size)) }
				answers := make(chan struct{})
				o.window.params.Fonts = func() (*fontscan.FontMap, error) {
					<-answers
					return nil, errors.New("none")
				}
				o.window.looks.choose(variant)
				o.window.looks.resize(size)
				o.fillDesk()
				o.desk().PrintDay()
				o.pass(time.Second)
				save("print-day")
				o.answer("Print the day", fyne.KeyReturn)
				save("print-lasts")
				close(answers)
				o.pass(time.Second)
				save("print-missing")
				want(t, "what has no font", o.shows("Some letters can't be printed"), true)
			})
		}
	}
}

package words

import (
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
)

// linkingCodeSize is how many characters a linking code has; the recovery
// kit's key has twice as many.
const linkingCodeSize = 20

// Printed is what a person reads who typed the recovery kit's key, or a linking
// code, and it was refused. ok is false for errors about something else.
func Printed(err error) (text string, ok bool) {
	var length auth.LengthError
	if errors.As(err, &length) {
		return wrongLength(length), true
	}
	var slip auth.TypoError
	if errors.As(err, &slip) {
		return lang.L("Group {{.Group}} has a slip. Compare it with the page.", map[string]any{"Group": slip.Group}), true
	}
	switch {
	case errors.Is(err, auth.ErrChecksum):
		return lang.L("The groups do not belong together. Compare each of them with the page."), true
	case errors.Is(err, auth.ErrKitWrong):
		return lang.L("This is not the recovery kit of this practice: it is an older one, or another practice's. Look for the newest page."), true
	case errors.Is(err, auth.ErrNoKit):
		return lang.L("This practice has no recovery kit yet. A Practice Admin can make one, under Settings > Recovery."), true
	case errors.Is(err, auth.ErrLinkCode):
		return lang.L("This linking code does not count: it was used, is older than ten minutes, or is another practice's. Ask for a new one."), true
	}
	return "", false
}

// LinkingCode is Printed for who typed a linking code: that is on a screen, not
// on a page.
func LinkingCode(err error) (text string, ok bool) {
	var slip auth.TypoError
	if errors.As(err, &slip) {
		return lang.L("Group {{.Group}} has a slip. Compare it with the code.", map[string]any{"Group": slip.Group}), true
	}
	return Printed(err)
}

func wrongLength(e auth.LengthError) string {
	count := map[string]any{"Count": e.Got}
	if e.Want == linkingCodeSize {
		return lang.N("The code has four groups of five characters. {{.Count}} characters are typed.", e.Got, count)
	}
	return lang.N("The key has eight groups of five characters. {{.Count}} characters are typed.", e.Got, count)
}

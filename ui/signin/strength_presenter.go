package signin

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// strengthPause is the pause after the last key before a password is rated.
const strengthPause = 150 * time.Millisecond

// strength says in words how strong a new password is, while it is typed.
type strength struct {
	scope   screen.Scope
	changed func()
	text    string
	stop    context.CancelFunc
}

func newStrength(s screen.Scope, changed func()) strength {
	return strength{scope: s, changed: changed, text: strengthText(""), stop: func() {}}
}

// rate rates a password as it is now.
func (s *strength) rate(password string, names ...string) {
	s.stop()
	var text string
	scope, stop := s.scope.Child()
	s.stop = stop
	scope.After(strengthPause, func() {
		scope.Go(func(context.Context) error {
			text = strengthText(password, names...)
			return nil
		}, func(error) {
			s.text = text
			s.changed()
		})
	})
}

// strengthText is the help below a new password. It takes some milliseconds.
func strengthText(password string, names ...string) string {
	length := utf8.RuneCountInString(password)
	if length == 0 {
		return lang.L("At least {{.Count}} characters, such as four words that nobody would expect together.", map[string]any{"Count": auth.MinPassword})
	}
	if length < auth.MinPassword {
		return lang.L("{{.Typed}} of at least {{.Count}} characters.", map[string]any{"Typed": length, "Count": auth.MinPassword})
	}
	var field *auth.FieldError
	if errors.As(auth.CheckPassword(password, names...), &field) {
		return words.Field(field)
	}
	switch auth.Strength(password, names...) {
	case 4:
		return lang.L("Strength: very good.")
	case 3:
		return lang.L("Strength: good.")
	}
	return lang.L("Strength: fair.")
}

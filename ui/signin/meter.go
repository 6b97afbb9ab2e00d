package signin

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// pause after the last key before a password is judged.
const meterPause = 150 * time.Millisecond

// meter says in words how good a new password is, while it is typed.
type meter struct {
	runner  work.Runner
	ctx     context.Context
	changed func()
	text    string
	stop    context.CancelFunc
}

func newMeter(host Host, changed func()) meter {
	return meter{runner: host.Runner, ctx: host.Ctx, changed: changed, text: strengthText(""), stop: func() {}}
}

// typed judges a password as it is now.
func (m *meter) typed(password string, names ...string) {
	m.stop()
	ctx, stop := context.WithCancel(m.ctx)
	m.stop = stop
	var text string
	judge := func(context.Context) error {
		text = strengthText(password, names...)
		return nil
	}
	m.runner.After(ctx, meterPause, func() {
		m.runner.Go(ctx, judge, func(error) {
			m.text = text
			m.changed()
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

package signin

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// clockTime is how often a screen looks whether the clock is right by now.
const clockTime = 5 * time.Second

// clockWatch names this computer's clock for as long as it is behind: an open
// screen may stand there for hours, and the clock be set meanwhile.
type clockWatch struct {
	behind func() time.Duration // nil: it never is
	ahead  func() time.Duration // of the server's, likewise
	now    func() time.Time
	text   string
}

// newClockWatch begins to look, until the screen is left.
func newClockWatch(s screen.Scope, behind, ahead func() time.Duration, changed func()) *clockWatch {
	w := &clockWatch{behind: behind, ahead: ahead, now: s.Now}
	if behind == nil && ahead == nil {
		return w
	}
	w.look()
	s.Every(clockTime, func() {
		if w.look() {
			changed()
		}
	})
	return w
}

// look says whether there is something else to say than before.
func (w *clockWatch) look() bool {
	before := w.text
	w.text = w.besideServer()
	if w.text == "" && w.behind != nil && w.behind() > 0 {
		now := w.now()
		w.text = lang.L("This computer's clock says {{.Clock}} on {{.Date}}, but Anteroom was last used later than that. Have the clock set right.",
			map[string]any{"Clock": words.Clock(now), "Date": words.Date(now)})
	}
	return w.text != before
}

// besideServer says how far this computer's clock is from the server's; "": not far.
func (w *clockWatch) besideServer() string {
	var ahead time.Duration
	if w.ahead != nil {
		ahead = w.ahead()
	}
	minutes := map[string]any{"Minutes": int(ahead.Abs().Round(time.Minute) / time.Minute)}
	switch {
	case ahead > 0:
		return lang.L("This computer's clock is {{.Minutes}} minutes ahead of the server's. The server's counts.", minutes)
	case ahead < 0:
		return lang.L("This computer's clock is {{.Minutes}} minutes behind the server's. The server's counts.", minutes)
	}
	return ""
}

// errorLines is the room to keep under a field, at least some lines: what is said
// about a clock that is more than a day behind is long.
func errorLines(least int, behind func() time.Duration) int {
	if behind != nil && behind() > 0 {
		return max(least, 4)
	}
	return least
}

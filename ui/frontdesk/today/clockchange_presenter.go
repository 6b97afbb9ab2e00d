package today

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/zone"
	"anteroom/ui/words"
)

// skippedText says why there is no such time on a day.
func skippedText(s *data.SkippedError) string {
	return lang.L("There is no such time on that day: the clock goes from {{.From}} to {{.To}}.", map[string]any{
		"From": minuteText(s.From), "To": minuteText(s.To),
	})
}

// askMoment asks which moment is meant where the clock shows it twice on that day; none is
// called when the person does not answer.
func (d *day) askMoment(t time.Time, chosen func(time.Time), none func()) {
	t = t.In(d.desk.Zone())
	if !data.IsShownTwice(t) {
		chosen(t)
		return
	}
	minute := t.Hour()*60 + t.Minute()
	moments, _ := data.DateOf(t).Moments(minute, t.Location())
	p := pick{
		Title:   lang.L("Which {{.Clock}}?", map[string]any{"Clock": words.TimeOfDay(t)}),
		Text:    lang.L("The clock goes back then, and shows it twice."),
		Primary: lang.L("Choose"),
	}
	for i, text := range []string{lang.L("the first time"), lang.L("the second time")} {
		p.Rows = append(p.Rows, [...]string{words.TimeOfDay(t), text, zone.Offset(moments[i])})
	}
	d.pane.askWhich(p, func(row int) { chosen(moments[row]) }, none)
}

package words

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// StatusSign is what a status of an appointment is drawn as, so that it is not
// told by colour alone.
func StatusSign(s data.Status) string {
	switch s {
	case data.Arrived:
		return "●"
	case data.With:
		return "◐"
	case data.Done:
		return "✓"
	case data.Absent, data.Cancelled:
		return "×"
	}
	return "○"
}

// Status is a status of an appointment in a word or two.
func Status(s data.Status) string {
	switch s {
	case data.Arrived:
		return lang.L("arrived")
	case data.With:
		return lang.L("with practitioner")
	case data.Done:
		return lang.L("done")
	case data.Absent:
		return lang.L("did not attend")
	case data.Cancelled:
		return lang.L("cancelled")
	}
	return lang.L("booked")
}

// StatusWithSign is a status of an appointment as its sign and its words.
func StatusWithSign(s data.Status) string { return StatusSign(s) + " " + Status(s) }

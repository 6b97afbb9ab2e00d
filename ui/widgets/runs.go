package widgets

import (
	"strings"

	"fyne.io/fyne/v2/widget"
)

// Of Fyne's own fonts only the fixed-width one has signs such as ✓ ● ○ ▾ (the emoji font draws some in colours of its
// own). Without this they would come from whatever fonts the computer has.
const firstSign, lastSign = '←', '➿' // Unicode's blocks from Arrows to Dingbats

func isSign(r rune) bool { return firstSign <= r && r <= lastSign }

// runsOf splits text so that its signs are in a font that has them.
func runsOf(text string, style widget.RichTextStyle) []widget.RichTextSegment {
	var runs []widget.RichTextSegment
	for text != "" {
		sign := isSign([]rune(text)[0])
		end := strings.IndexFunc(text, func(r rune) bool { return isSign(r) != sign })
		if end < 0 {
			end = len(text)
		}
		run := style
		run.Inline = end < len(text) // the last one ends the line
		run.TextStyle.Monospace = sign
		run.TextStyle.Bold = style.TextStyle.Bold && !sign
		runs = append(runs, &widget.TextSegment{Text: text[:end], Style: run})
		text = text[end:]
	}
	if runs == nil {
		return []widget.RichTextSegment{&widget.TextSegment{Style: style}}
	}
	return runs
}

package paper

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/words"
)

// RecoveryCodes is a user's page of recovery codes.
type RecoveryCodes struct {
	Practice string // its name
	Name     string // whose they are
	Made     time.Time
	Codes    []string
}

var codeText = style{face: mono, size: 15, ink: black}

// PDF is the page as a document, the same bytes each time.
func (r RecoveryCodes) PDF(ctx context.Context, fonts FontSource) ([]byte, error) {
	d, err := document(ctx, fonts, r.draw)
	return d.Content, err
}

func (r RecoveryCodes) draw(fonts FontSource) (*sheet, error) {
	s, err := newSheet(lang.L("Recovery codes"), r.Made, fonts)
	if err != nil {
		return nil, fmt.Errorf("recovery codes: %w", err)
	}
	s.logo(margin, s.y, 7)
	s.line(margin+9.5, s.y+4.9, style{face: bold, size: 11, ink: teal}, "Anteroom")
	s.y += 11
	s.y = s.text(margin, s.y, width, heading, lang.L("Recovery codes"))
	s.y += 0.6
	r.drawName(s, r.Name, style{face: plain, size: 16, ink: black}, 16, 14, 12, 10)
	r.drawName(s, r.Practice, style{face: plain, size: 12, ink: black}, 12, 10, 8.5)
	s.y = s.text(margin, s.y+1, width, small, lang.L("Made on {{.Date}}, {{.Clock}}. Older codes count no more.",
		map[string]any{"Date": words.Date(r.Made), "Clock": words.Clock(r.Made)}))
	s.y += 4
	r.drawCodes(s)
	s.y = drawList(s, margin, s.y, width, lang.L("How to use them"), "•", []string{
		lang.L("When your phone is not at hand: sign in with your password, then press “Use a recovery code”."),
		lang.L("Each code works once. Cross it out."),
		lang.L("When two are left, make new ones under My account."),
	})
	s.y = drawList(s, margin, s.y, width, lang.L("What never to do"), "×", []string{
		lang.L("Never keep this page at the computer, or together with your password."),
		lang.L("Never read a code out to somebody who calls."),
	})
	return s, nil
}

// drawName writes a name in the largest of the sizes in which it is short enough.
// One without letters that can be printed gets a line, to be written by hand.
func (r RecoveryCodes) drawName(s *sheet, name string, st style, sizes ...float64) {
	const room = 20.0
	known, _ := s.letters.print(name)
	if known == "" {
		s.y += 8
		s.rule(margin, s.y, width/2)
		s.y += 2
		return
	}
	lines, st := s.fit(known, width, room, st, sizes...)
	s.y = s.lines(margin, s.y, st, lines)
}

// drawCodes writes the codes in two columns, each with its number.
func (r RecoveryCodes) drawCodes(s *sheet) {
	const inset, rowHeight = 8.0, 11.0
	half := (len(r.Codes) + 1) / 2
	top := s.y
	for i, code := range r.Codes {
		x := margin + inset + float64(i/half)*width/2
		y := top + 4.5 + float64(i%half)*rowHeight
		s.line(x, y+6, small, fmt.Sprintf("%d", i+1))
		s.line(x+7, y+6.5, codeText, code)
	}
	s.y = top + 7 + float64(half)*rowHeight
	s.box(margin, top, width, s.y-top, edge)
	s.y = s.text(margin, s.y+1, width, small, lang.L("The codes have no letter O, I or L: what looks like one is the digit 0 or 1.")) + 5
}

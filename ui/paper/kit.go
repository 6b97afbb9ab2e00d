// Package paper makes what leaves the program: pages to print, the private
// folder in which a viewer finds them, and files saved where a person says.
package paper

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/words"
)

// ErrGroups says that a key is not eight groups of five characters that a
// person can type.
var ErrGroups = errors.New("not a key to print")

// The shape of a kit's key: as many groups, of as many characters.
const (
	groupCount  = 8
	groupLength = 5
	groupsInRow = 4
)

// Kit is what a recovery kit says: the practice's own key, on paper.
type Kit struct {
	Practice string    // its name
	Number   string    // of this kit
	Made     time.Time // when
	By       string    // who made it, by name
	Groups   []string  // the key: eight groups of five characters
}

var (
	heading = style{face: bold, size: 24, ink: black}
	section = style{face: bold, size: 11, ink: black}
	body    = style{face: plain, size: 10, ink: black}
	small   = style{face: plain, size: 8.5, ink: quiet}
	keyText = style{face: mono, size: 24, ink: black}
)

// PDF is the kit as a document of one page, the same bytes each time.
func (k Kit) PDF(ctx context.Context, fonts FontSource) ([]byte, error) {
	d, err := document(ctx, fonts, k.draw)
	return d.Content, err
}

func (k Kit) draw(fonts FontSource) (*sheet, error) {
	if err := checkGroups(k.Groups); err != nil {
		return nil, err
	}
	s, err := newSheet(lang.L("Recovery kit"), k.Made, fonts)
	if err != nil {
		return nil, fmt.Errorf("recovery kit: %w", err)
	}
	k.drawHead(s)
	k.drawFacts(s)
	k.drawKey(s)
	drawAdvice(s)
	drawEnd(s)
	return s, nil
}

// checkGroups never says what is in a group.
func checkGroups(groups []string) error {
	if len(groups) != groupCount {
		return fmt.Errorf("%w: %d groups", ErrGroups, len(groups))
	}
	for i, group := range groups {
		odd := strings.ContainsFunc(group, func(r rune) bool { return r <= ' ' || r > '~' })
		if len(group) != groupLength || odd {
			return fmt.Errorf("%w: group %d", ErrGroups, i+1)
		}
	}
	return nil
}

// drawHead writes whose kit this is. A name with letters that can't be printed
// gets a line, to be written by hand.
func (k Kit) drawHead(s *sheet) {
	s.logo(margin, s.y, 7)
	s.line(margin+9.5, s.y+4.9, style{face: bold, size: 11, ink: teal}, "Anteroom")
	s.y += 11
	s.y = s.text(margin, s.y, width, heading, lang.L("Recovery kit"))
	s.y += 0.6
	name, whole := s.letters.print(k.Practice)
	room := 23.5 // three lines of the largest letters
	if !whole {
		room = 16
	}
	lines, st := s.fit(name, width, room, style{face: plain, size: 16, ink: black}, 16, 14, 12, 10)
	s.y = s.lines(margin, s.y, st, lines)
	if !whole {
		s.y = s.text(margin, s.y+1, width, small, lang.L("This page can't show every letter of the practice's name. Write it here by hand:"))
		s.y += 8
		s.rule(margin, s.y, width)
	}
	s.y += 4
}

// drawFacts writes which kit this is, in three columns.
func (k Kit) drawFacts(s *sheet) {
	made := lang.L("{{.Date}}, {{.Clock}}", map[string]any{"Date": words.Date(k.Made), "Clock": words.Clock(k.Made)})
	below := s.y
	for _, fact := range []struct {
		x, w         float64
		label, value string
	}{
		{margin, 39, lang.L("Made"), made},
		{margin + 43, 39, lang.L("Kit number"), k.Number},
		{margin + 86, 84, lang.L("Made by"), k.By},
	} {
		y := s.text(fact.x, s.y, fact.w, small, fact.label)
		value, _ := s.letters.print(fact.value)
		if value == "" {
			s.rule(fact.x, y+5, fact.w)
			y += 5
		}
		lines, st := s.fit(value, fact.w, 14.5, body, body.size, small.size, 7.5)
		below = max(below, s.lines(fact.x, y, st, lines))
	}
	s.y = below + 5
}

// drawKey writes the key, each group with its number above it.
func (k Kit) drawKey(s *sheet) {
	const inset, rowHeight, column = 8.0, 19.0, (width - 8.0) / groupsInRow
	top := s.y
	s.y += 5
	for i, group := range k.Groups {
		x := margin + inset + float64(i%groupsInRow)*column
		y := s.y + float64(i/groupsInRow)*rowHeight
		s.line(x+0.4, y+3, small, strconv.Itoa(i+1))
		s.line(x, y+12.5, keyText, group)
	}
	s.y += rowHeight * groupCount / groupsInRow
	if !strings.ContainsAny(strings.ToUpper(strings.Join(k.Groups, "")), "OIL") {
		s.y = s.text(margin+inset+0.4, s.y-1, width-2*inset, small, lang.L("The key has no letter O, I or L: what looks like one is the digit 0 or 1."))
		s.y += 4
	}
	s.box(margin, top, width, s.y-top, edge)
	s.y += 6
}

// drawAdvice writes what the kit is for, in two columns below one sentence.
func drawAdvice(s *sheet) {
	s.y = s.text(margin, s.y, width, body, lang.L("With this key your practice opens its data when nothing else can. Anteroom keeps no copy of it, and nobody can make it again."))
	s.y += 5
	const gap, column = 10.0, (width - 10.0) / 2
	left := drawList(s, margin, s.y, column, lang.L("What to do with it"), "•", []string{
		lang.L("Put it in an envelope, seal it, and lock it away: not beside a computer, and not in the same room as the practice's computers."),
		lang.L("A second copy, sealed and locked away in another place, is good."),
	})
	left = drawList(s, margin, left, column, lang.L("What never to do"), "×", []string{
		lang.L("Never photograph it."),
		lang.L("Never mail or email it."),
		lang.L("Never keep it on this computer."),
		lang.L("Never read it out to somebody who calls."),
	})
	left = s.text(margin, left-2.5, column, style{face: bold, size: body.size, ink: black}, lang.L("Whoever has it and a copy of the data can open everything."))
	right := drawList(s, margin+column+gap, s.y, column, lang.L("When you need it"), "•", []string{
		lang.L("A computer is new, or was lost."),
		lang.L("The keyring of a computer was emptied."),
		lang.L("No Practice Admin can sign in."),
		lang.L("A backup is restored."),
	})
	right = drawList(s, margin+column+gap, right, column, lang.L("How to use it"), "", []string{
		lang.L("Start Anteroom."),
		lang.L("Choose “Use the recovery kit”."),
		lang.L("Type the key, group by group."),
	})
	s.y = max(left, right) + 5
}

// drawList writes a heading and a list below it, with a sign before each entry
// or else its number, and gives the y below it.
func drawList(s *sheet, x, y, w float64, title, sign string, entries []string) float64 {
	const indent = 5.0
	y = s.text(x, y, w, section, title) + 1
	for i, entry := range entries {
		mark := sign
		if mark == "" {
			mark = strconv.Itoa(i+1) + "."
		}
		s.text(x, y, indent, style{face: body.face, size: body.size, ink: quiet}, mark)
		y = s.text(x+indent, y, w-indent, body, entry) + 0.8
	}
	return y + 4
}

// drawEnd writes what makes this kit count.
func drawEnd(s *sheet) {
	const inset = 4.0
	y := s.text(margin+inset, s.y+inset-1, width-2*inset, style{face: bold, size: body.size, ink: teal},
		lang.L("This kit counts only once its last group was typed into Anteroom. If you made a newer kit, destroy this one once there is a newer backup."))
	s.box(margin, s.y, width, y+inset-1-s.y, teal)
	s.y = y + inset - 1
}

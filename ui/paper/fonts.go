package paper

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-text/typesetting/fontscan"
)

// FontSource gives the fonts of a computer, for the letters that the program's own have not; nil
// where there are none. It may read the disk, and is asked off the UI goroutine. A source that is
// nil has no fonts.
type FontSource func() (*fontscan.FontMap, error)

// SystemFonts are the fonts that the OS has. Fyne has looked through them when the program started, so
// this takes a millisecond; the index of them lies where Fyne puts it, in the user's cache.
func SystemFonts() (*fontscan.FontMap, error) {
	fonts := fontscan.NewFontMap(unlogged{})
	if err := fonts.UseSystemFonts(""); err != nil {
		return nil, fmt.Errorf("find the computer's fonts: %w", err)
	}
	return fonts, nil
}

// unlogged keeps go-text from logging each letter that a font lacks: they are a patient's.
type unlogged struct{}

// Printf implements fontscan.Logger.
func (unlogged) Printf(string, ...any) {}

// Document is a paper as PDF.
type Document struct {
	Content []byte
	Missing []string // texts on it of which letters are left out: no font here has them
}

// fontPatience is how long the computer's fonts may take: a font may lie on a disk of the network.
// A full day in five scripts takes a tenth of it.
const fontPatience = 10 * time.Second

// document makes a paper with the computer's fonts. Where they fail, be it that one is damaged so
// that go-text panics or that their disk does not answer, it makes it with the program's own
// alone: a recovery kit has to print. An error of ctx is given back at once. The fonts it holds
// are forgotten afterwards, some have 20 MB.
func document(ctx context.Context, fonts FontSource, draw func(FontSource) (*sheet, error)) (Document, error) {
	if fonts == nil {
		return output(nil, draw)
	}
	type answer struct {
		document Document
		err      error
	}
	answered := make(chan answer, 1)
	go func() {
		defer func() {
			if why := recover(); why != nil {
				answered <- answer{err: fmt.Errorf("a font is damaged: %v", why)}
			}
		}()
		made, err := output(fonts, draw)
		answered <- answer{made, err}
	}()
	patience := time.NewTimer(fontPatience)
	defer patience.Stop()
	select {
	case <-ctx.Done():
		return Document{}, ctx.Err()
	case <-patience.C:
		slog.Warn("the computer's fonts take too long: a page is made without them")
	case a := <-answered:
		if a.err == nil {
			return a.document, nil
		}
		slog.Warn("a page is made without the computer's fonts", "error", a.err)
	}
	return output(nil, draw)
}

func output(fonts FontSource, draw func(FontSource) (*sheet, error)) (Document, error) {
	s, err := draw(fonts)
	if err != nil {
		return Document{}, err
	}
	content, err := s.bytes()
	return Document{content, s.letters.missing}, err
}

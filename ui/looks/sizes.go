package looks

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// textSizes grow with the text scale, and so do the icons that stand in a line of text.
var textSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:           14,
	theme.SizeNameHeadingText:    24,
	theme.SizeNameSubHeadingText: 18,
	theme.SizeNameCaptionText:    12,
	theme.SizeNameInlineIcon:     20,
}

// gaps grow half as fast as text: at 200 % the words need the room more than the gaps between them do.
var gaps = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:      8,
	theme.SizeNameInnerPadding: 8,
	theme.SizeNameLineSpacing:  4,
	theme.SizeNameScrollBar:    12,
}

// fixedSizes are lines and corners, which stay as they are.
var fixedSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        4,
	theme.SizeNameButtonRadius:       4,
	theme.SizeNameSelectionRadius:    4,
	theme.SizeNameMenuRadius:         4,
	theme.SizeNamePopupRadius:        4,
	theme.SizeNameCardRadius:         8,
	theme.SizeNameDialogRadius:       8,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    4,
	theme.SizeNameModalBlurRadius:    0, // what lies under a dialog stays readable, only dimmed
}

// Size answers in Fyne's device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := textSizes[name]; ok {
		return size * t.textScale
	}
	if size, ok := gaps[name]; ok {
		return size * (1 + t.textScale) / 2
	}
	if size, ok := fixedSizes[name]; ok {
		return size
	}
	return theme.DefaultTheme().Size(name)
}

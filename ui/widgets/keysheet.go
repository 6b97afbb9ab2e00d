package widgets

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// KeySize is how large a key is where it is typed, 2 is twice as large as running text.
const KeySize = 1.5

const (
	sheetPad = 16 // around what is on a sheet
	sheetGap = 8  // between its lines
)

// SheetShape is how a sheet lies.
type SheetShape struct {
	Count   int     // of its groups
	Columns int     // they stand in
	Length  int     // of a group, in characters
	Size    float32 // of its characters, 2 is twice that of running text
	Beside  bool    // numbers stand before the groups, which go on below; else above them, and they go on to the right
}

func (s SheetShape) lines() int { return (s.Count + s.Columns - 1) / s.Columns }

// place is the column and the line of a group.
func (s SheetShape) place(i int) (column, line int) {
	if s.Beside {
		return i / s.lines(), i % s.lines()
	}
	return i % s.Columns, i / s.Columns
}

// KeySheet shows a key, or codes, in large letters of one width, each group with
// its number. Empty it keeps its room.
type KeySheet struct {
	widget.BaseWidget
	shape           SheetShape
	numbers, groups []*canvas.Text
	back            *canvas.Rectangle
}

// NewKeySheet makes an empty sheet.
func NewKeySheet(shape SheetShape) *KeySheet {
	k := &KeySheet{shape: shape, back: canvas.NewRectangle(nil)}
	for range shape.Count {
		group := canvas.NewText("", nil)
		group.TextStyle.Monospace = true
		k.numbers, k.groups = append(k.numbers, canvas.NewText("", nil)), append(k.groups, group)
	}
	k.ExtendBaseWidget(k)
	return k
}

// Set shows these groups; none wipe what was shown.
func (k *KeySheet) Set(groups []string) {
	for i := range k.groups {
		k.numbers[i].Text, k.groups[i].Text = "", ""
		if i < len(groups) {
			k.numbers[i].Text, k.groups[i].Text = strconv.Itoa(i+1), groups[i]
		}
	}
	k.Refresh()
}

// Text is what stands there, as it is read out.
func (k *KeySheet) Text() string {
	var groups []string
	for _, g := range k.groups {
		groups = append(groups, g.Text)
	}
	return strings.TrimSpace(strings.Join(groups, " "))
}

// AccessibilityLabel implements fyne.Accessible.
func (k *KeySheet) AccessibilityLabel() string { return k.Text() }

// AccessibilityRole implements fyne.Accessible.
func (k *KeySheet) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (k *KeySheet) CreateRenderer() fyne.WidgetRenderer {
	r := &keySheetRenderer{k}
	r.applyLooks()
	return r
}

type keySheetRenderer struct{ sheet *KeySheet }

func (r *keySheetRenderer) Destroy() {}

func (r *keySheetRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.sheet.back}
	for i := range r.sheet.groups {
		objects = append(objects, r.sheet.numbers[i], r.sheet.groups[i])
	}
	return objects
}

// sizes are those of a number, of a group, and of both, whatever they are.
func (r *keySheetRenderer) sizes() (number, group, both fyne.Size) {
	shape := r.sheet.shape
	number = fyne.MeasureText(strings.Repeat("8", len(strconv.Itoa(shape.Count))), theme.CaptionTextSize(), fyne.TextStyle{})
	group = fyne.MeasureText(strings.Repeat("0", shape.Length), r.textSize(), fyne.TextStyle{Monospace: true})
	if shape.Beside {
		return number, group, fyne.NewSize(number.Width+sheetGap+group.Width, group.Height)
	}
	return number, group, fyne.NewSize(group.Width, number.Height+group.Height)
}

func (r *keySheetRenderer) textSize() float32 { return r.sheet.shape.Size * theme.TextSize() }

func (r *keySheetRenderer) MinSize() fyne.Size {
	_, _, both := r.sizes()
	columns, lines := float32(r.sheet.shape.Columns), float32(r.sheet.shape.lines())
	return fyne.NewSize(columns*both.Width+(columns-1)*2*sheetGap+2*sheetPad, lines*both.Height+(lines-1)*sheetGap+2*sheetPad)
}

func (r *keySheetRenderer) Layout(size fyne.Size) {
	number, group, both := r.sizes()
	shape := r.sheet.shape
	r.sheet.back.Resize(size)
	room := (size.Width - 2*sheetPad - float32(shape.Columns)*both.Width) / float32(shape.Columns-1)
	for i := range r.sheet.groups {
		column, line := shape.place(i)
		at := fyne.NewPos(sheetPad+float32(column)*(both.Width+room), sheetPad+float32(line)*(both.Height+sheetGap))
		offset := fyne.NewDelta(0, number.Height)
		r.sheet.numbers[i].Move(at)
		if shape.Beside {
			offset = fyne.NewDelta(number.Width+sheetGap, 0)
			r.sheet.numbers[i].Move(at.AddXY(0, (group.Height-number.Height)/2))
		}
		r.sheet.numbers[i].Resize(number)
		r.sheet.groups[i].Move(at.Add(offset))
		r.sheet.groups[i].Resize(group)
	}
}

func (r *keySheetRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.sheet.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.sheet)
}

func (r *keySheetRenderer) applyLooks() {
	r.sheet.back.FillColor = theme.Color(theme.ColorNameBackground)
	r.sheet.back.CornerRadius = theme.Size(theme.SizeNameCardRadius)
	for i := range r.sheet.groups {
		r.sheet.numbers[i].Color = theme.Color(theme.ColorNamePlaceHolder)
		r.sheet.numbers[i].TextSize = theme.CaptionTextSize()
		r.sheet.numbers[i].Alignment = fyne.TextAlignLeading
		if r.sheet.shape.Beside {
			r.sheet.numbers[i].Alignment = fyne.TextAlignTrailing
		}
		r.sheet.groups[i].Color = theme.Color(theme.ColorNameForeground)
		r.sheet.groups[i].TextSize = r.textSize()
	}
}

package signin

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	sheetGroups = 8
	sheetPad    = 16 // around the groups
	sheetGap    = 8  // between two lines of groups
)

// keySheet shows a key as it stands on paper: eight groups in two lines, each
// with its number above it. Empty it keeps its room.
type keySheet struct {
	widget.BaseWidget
	numbers, groups [sheetGroups]*canvas.Text
	back            *canvas.Rectangle
}

func newKeySheet() *keySheet {
	k := &keySheet{back: canvas.NewRectangle(nil)}
	for i := range sheetGroups {
		k.numbers[i], k.groups[i] = canvas.NewText("", nil), canvas.NewText("", nil)
		k.groups[i].TextStyle.Monospace = true
	}
	k.ExtendBaseWidget(k)
	return k
}

// set shows these groups; none wipe what was shown.
func (k *keySheet) set(groups []string) {
	for i := range sheetGroups {
		k.numbers[i].Text, k.groups[i].Text = "", ""
		if i < len(groups) {
			k.numbers[i].Text, k.groups[i].Text = strconv.Itoa(i+1), groups[i]
		}
	}
	k.Refresh()
}

// text is the key as it is read out.
func (k *keySheet) text() string {
	var groups []string
	for _, g := range k.groups {
		groups = append(groups, g.Text)
	}
	return strings.TrimSpace(strings.Join(groups, " "))
}

// AccessibilityLabel implements fyne.Accessible.
func (k *keySheet) AccessibilityLabel() string { return k.text() }

// AccessibilityRole implements fyne.Accessible.
func (k *keySheet) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (k *keySheet) CreateRenderer() fyne.WidgetRenderer {
	r := &keySheetRenderer{k}
	r.applyLooks()
	return r
}

type keySheetRenderer struct{ sheet *keySheet }

func (r *keySheetRenderer) Destroy() {}

func (r *keySheetRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.sheet.back}
	for i := range sheetGroups {
		objects = append(objects, r.sheet.numbers[i], r.sheet.groups[i])
	}
	return objects
}

// sizes are those of a number and of a group, whatever they are.
func (r *keySheetRenderer) sizes() (number, group fyne.Size) {
	number = fyne.MeasureText("8", theme.CaptionTextSize(), fyne.TextStyle{})
	group = fyne.MeasureText(strings.Repeat("0", groupLength), groupTextSize(), fyne.TextStyle{Monospace: true})
	return number, group
}

// groupTextSize is the size of a code that is typed too.
func groupTextSize() float32 { return 2 * theme.TextSize() }

func (r *keySheetRenderer) MinSize() fyne.Size {
	number, group := r.sizes()
	const lines = sheetGroups / groupsInLine
	return fyne.NewSize(
		groupsInLine*group.Width+(groupsInLine-1)*2*sheetGap+2*sheetPad,
		lines*(number.Height+group.Height)+(lines-1)*sheetGap+2*sheetPad,
	)
}

func (r *keySheetRenderer) Layout(size fyne.Size) {
	number, group := r.sizes()
	r.sheet.back.Resize(size)
	room := (size.Width - 2*sheetPad - groupsInLine*group.Width) / (groupsInLine - 1)
	for i := range sheetGroups {
		x := sheetPad + float32(i%groupsInLine)*(group.Width+room)
		y := sheetPad + float32(i/groupsInLine)*(number.Height+group.Height+sheetGap)
		r.sheet.numbers[i].Move(fyne.NewPos(x, y))
		r.sheet.numbers[i].Resize(number)
		r.sheet.groups[i].Move(fyne.NewPos(x, y+number.Height))
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
	for i := range sheetGroups {
		r.sheet.numbers[i].Color = theme.Color(theme.ColorNamePlaceHolder)
		r.sheet.numbers[i].TextSize = theme.CaptionTextSize()
		r.sheet.groups[i].Color = theme.Color(theme.ColorNameForeground)
		r.sheet.groups[i].TextSize = groupTextSize()
	}
}

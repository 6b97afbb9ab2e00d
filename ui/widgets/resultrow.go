package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// resultRow is one row of a ResultList.
type resultRow struct {
	widget.BaseWidget
	of     *ResultList
	row    int
	title  *widget.RichText
	more   *widget.RichText
	lead   *widget.RichText
	detail *widget.RichText
	sign   *widget.RichText
	mark   rowMark
}

var (
	_ fyne.Tappable          = (*resultRow)(nil)
	_ fyne.SecondaryTappable = (*resultRow)(nil)
	_ desktop.Mouseable      = (*resultRow)(nil)
)

func newResultRow(of *ResultList) *resultRow {
	r := &resultRow{
		of: of, title: widget.NewRichText(), more: widget.NewRichText(), lead: widget.NewRichText(), detail: widget.NewRichText(), sign: widget.NewRichText(),
		mark: newRowMark(),
	}
	for _, text := range []*widget.RichText{r.title, r.more, r.detail} {
		text.Truncation = fyne.TextTruncateEllipsis
	}
	r.ExtendBaseWidget(r)
	return r
}

var (
	resultTitle  = widget.RichTextStyle{ColorName: theme.ColorNameForeground, TextStyle: fyne.TextStyle{Bold: true}}
	resultMore   = widget.RichTextStyle{ColorName: theme.ColorNamePlaceHolder}
	resultDetail = widget.RichTextStyle{ColorName: theme.ColorNamePlaceHolder, SizeName: theme.SizeNameCaptionText}
	resultLead   = widget.RichTextStyle{ColorName: theme.ColorNameForeground, SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}
	resultWarn   = widget.RichTextStyle{ColorName: theme.ColorNameWarning, TextStyle: fyne.TextStyle{Bold: true}}
)

func (r *resultRow) show(row int) {
	r.row = row
	what := r.of.result(row)
	r.title.Segments = runsOf(what.Title, resultTitle)
	r.more.Segments = runsOf(what.More, resultMore)
	r.more.Hidden = what.More == ""
	r.lead.Segments = runsOf(what.Lead, resultLead)
	r.lead.Hidden = what.Lead == ""
	r.detail.Segments = runsOf(what.Detail, resultDetail)
	style := resultMore
	if what.Warn {
		style = resultWarn
	}
	r.sign.Segments = runsOf(what.Sign, style)
	r.sign.Hidden = what.Sign == ""
	r.mark.show(r.of.list.rows, row)
	r.Refresh()
}

// MouseDown implements desktop.Mouseable. The row opens when the button is let go, so that the focus can go to what it
// opens: Fyne takes it away at the press.
func (r *resultRow) MouseDown(*desktop.MouseEvent) {
	touched()
	r.of.isPressed = true
	if !r.of.list.rows.passive {
		FocusUnderMouse(r.of.list.rows)
	}
	rows := r.of.list.rows
	r.of.pressed = r.of.list.idOf(r.row)
	rows.still(func() { rows.choose(r.row) })
}

// MouseUp implements desktop.Mouseable.
func (r *resultRow) MouseUp(*desktop.MouseEvent) {
	r.of.isPressed = false
	r.of.onRelease()
}

// Tapped opens what the button went down on, if it is still under the mouse.
func (r *resultRow) Tapped(*fyne.PointEvent) {
	touched()
	pressed := r.of.pressed
	r.of.pressed = ""
	if pressed == "" || r.row >= r.of.list.count || r.of.list.idOf(r.row) != pressed {
		return
	}
	rows := r.of.list.rows
	rows.still(func() { rows.choose(r.row) })
	rows.activate()
}

// TappedSecondary implements fyne.SecondaryTappable: the press has chosen the row.
func (r *resultRow) TappedSecondary(e *fyne.PointEvent) { r.of.list.rows.showMenu(r, e.Position) }

// CreateRenderer implements fyne.Widget.
func (r *resultRow) CreateRenderer() fyne.WidgetRenderer {
	return &resultRenderer{r}
}

type resultRenderer struct{ row *resultRow }

func (r *resultRenderer) Destroy() {}

func (r *resultRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.row.title, r.row.more, r.row.lead, r.row.detail, r.row.sign, r.row.mark.bar, r.row.mark.ring}
}

// resultHeight is that of both lines with their padding, and of the line under them.
func resultHeight() float32 {
	return resultInner() + theme.Size(theme.SizeNameSeparatorThickness)
}

func resultInner() float32 {
	title := fyne.MeasureText("X", theme.TextSize(), fyne.TextStyle{Bold: true}).Height
	detail := fyne.MeasureText("X", theme.CaptionTextSize(), fyne.TextStyle{}).Height
	return title + detail + 2*theme.InnerPadding()
}

func (r *resultRenderer) MinSize() fyne.Size {
	return fyne.NewSize(layouts.Scaled(minButtonWidth), resultInner())
}

// leastMore is the least room for the text beside the title, for text at 100 %; with less it is left out.
const leastMore = 64

// Layout gives the sign what it needs, and the lines the rest. Fyne's texts have padding all around, so the second line
// lies into that of the first.
func (r *resultRenderer) Layout(size fyne.Size) {
	width, pad := size.Width, theme.InnerPadding()
	if r.row.sign.Visible() {
		need := r.row.sign.MinSize()
		width -= need.Width
		layouts.Place(r.row.sign, width, (size.Height-need.Height)/2, need.Width, need.Height)
	}
	height, title := r.row.title.MinSize().Height, width
	if what := r.row.of.result(r.row.row); what.More != "" {
		name := fyne.MeasureText(what.Title, theme.TextSize(), resultTitle.TextStyle).Width
		title = min(name+2*pad+1, width)
		r.row.more.Hidden = width-title < layouts.Scaled(leastMore) // or Fyne would not cut it
	}
	layouts.Place(r.row.title, 0, 0, title, height)
	layouts.Place(r.row.more, title-pad, 0, max(0, width-title+pad), height)
	lead := float32(0)
	if what := r.row.of.result(r.row.row); what.Lead != "" {
		need := widthOf(r.row.lead.Segments) + 2*pad + 1
		lead = min(need, width)
		r.row.lead.Truncation = fyne.TextTruncateOff
		if need > width {
			r.row.lead.Truncation = fyne.TextTruncateEllipsis
		}
		r.row.detail.Hidden = width-lead < layouts.Scaled(leastMore)
	}
	layouts.Place(r.row.lead, 0, height-2*pad, lead, size.Height-height+2*pad)
	layouts.Place(r.row.detail, max(0, lead-pad), height-2*pad, width-max(0, lead-pad), size.Height-height+2*pad)
	r.row.mark.place(size)
}

// widthOf is how wide one line of runs is.
func widthOf(runs []widget.RichTextSegment) (width float32) {
	for _, run := range runs {
		text := run.(*widget.TextSegment)
		width += fyne.MeasureText(text.Text, theme.Size(text.Style.SizeName), text.Style.TextStyle).Width
	}
	return width
}

func (r *resultRenderer) Refresh() {
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.row)
}

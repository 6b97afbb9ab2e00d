package signin

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// EnrolmentParams are what the dialog "Set up two-factor authentication" needs.
type EnrolmentParams struct {
	screen.Scope // when it ends, the dialog and its secrets leave the screen

	Copier    *work.Copier
	Enrolment *auth.Enrolment
	Reset     *auth.ResetNote // nil: no authenticator was reset

	// Confirm enrols with the code; slow, so called off the UI goroutine.
	// Refusals are shown in the dialog, which stays open.
	Confirm func(ctx context.Context, code string) error

	// One of these is called at the end, when the dialog is closed. Done comes
	// after Cancelled if it was too late to cancel.
	Done      func()
	Cancelled func()
	Over      func(error) // no code confirms any more: the session or sign-in ended
}

const (
	enrolmentWidth = 640 // lets the barcode and the steps stand side by side: nobody has to scroll for either
	besideBarcode  = 16
)

// Enrolment is the dialog.
type Enrolment struct {
	presenter *enrolment
	stop      context.CancelFunc
	dialog    *widgets.Dialog
	barcode   *widgets.Barcode // nil if there is none
	key       *widget.Label
	copied    *widgets.Text
	code      *widgets.CodeField
	shown     screen.Stage
}

// ShowEnrolment shows the dialog over a window.
func ShowEnrolment(window fyne.Window, p EnrolmentParams) *Enrolment {
	scope, stop := p.Child()
	p.Scope = scope
	e := &Enrolment{stop: stop, code: widgets.NewCodeField(), copied: widgets.Small("")}
	e.presenter = newEnrolment(p)
	e.code.Spoken = lang.L("Auth Code")
	e.code.OnComplete = e.presenter.submit
	e.key = widget.NewLabelWithStyle(keyLines(p.Enrolment.Key(), 4), fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	content := e.content(p)
	e.dialog = widgets.ShowDialog(window, widgets.DialogOptions{
		Title:      lang.L("Set up two-factor authentication"),
		Content:    content,
		Width:      enrolmentWidth,
		Primary:    lang.L("Confirm"),
		OnPrimary:  e.submit,
		KeepOpen:   true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   func() { e.Close(); p.Cancelled() },
		FirstFocus: e.code,
	})
	e.presenter.begin(screen.NewView(e.show), e.retype, e.close)
	context.AfterFunc(p.Ctx, func() { p.Runner.Dispatch(e.close) })
	return e
}

func (e *Enrolment) content(p EnrolmentParams) fyne.CanvasObject {
	key := p.Enrolment.Key()
	steps := widgets.NewColumn(
		widgets.Paragraph(lang.L("1. Install Google Authenticator, or another authenticator app, on your phone")),
		widgets.Paragraph(lang.L("2. In the app tap Begin Set Up, then Scan Barcode")),
		widgets.Small(lang.L("in newer apps: +, then Scan a QR code")),
		widgets.Paragraph(lang.L("3. Enter the code the app shows")),
		e.codeLine(),
	)
	beside := container.New(&layouts.Row{Gap: besideBarcode, Fill: steps, Align: layouts.Top}, steps)
	barcode, err := widgets.NewBarcode(p.Enrolment.URI())
	if err != nil {
		slog.Error("no barcode", "error", err) // unreachable: the URI is kept short enough
	} else {
		e.barcode = barcode
		beside.Objects = []fyne.CanvasObject{barcode, steps}
	}
	byHand := widgets.NewColumn(widgets.Label(lang.L("Can't scan? Enter this key")).OneLine(), widgets.Flush(e.key))
	copyKey := widgets.NewButton(lang.L("Copy key"), func() { e.presenter.copyKey(key) })
	objects := []fyne.CanvasObject{beside, container.New(&layouts.Row{Gap: besideBarcode, Fill: e.copied, Align: layouts.Middle}, byHand, copyKey, e.copied)}
	if reset := resetText(p.Reset); reset != "" {
		objects = append([]fyne.CanvasObject{widgets.NewNotice(widgets.Info, reset)}, objects...)
	}
	return widgets.NewColumn(objects...)
}

// codeLine has the label beside the field, for want of height: the dialog has to
// fit a low window.
func (e *Enrolment) codeLine() fyne.CanvasObject {
	label := container.NewCenter(widgets.Label(lang.L("Auth Code")).OneLine())
	width := func() float32 { return e.code.MinSize().Height * 4 } // of any other field
	return container.NewBorder(nil, nil, label, nil, container.New(layouts.MaxWidth{Width: width}, e.code))
}

// Close takes the dialog and its secrets off the screen. Nobody is told.
func (e *Enrolment) Close() { e.close() }

func (e *Enrolment) close() {
	e.stop()
	if e.barcode != nil {
		e.barcode.Clear()
	}
	e.key.SetText("")
	e.code.Clear()
	e.dialog.Close()
}

func (e *Enrolment) submit() { e.presenter.submit(e.code.Text()) }

func (e *Enrolment) show(v enrolmentView) {
	e.dialog.SetError(v.Error)
	e.copied.SetText(v.Copied)
	e.dialog.EnablePrimary(v.CanSubmit)
	if e.shown == v.Stage {
		return
	}
	e.shown = v.Stage
	switch v.Stage {
	case screen.Lasting, screen.Long:
		e.dialog.SetBusy(lang.L("Checking…"))
	case screen.Stalled:
		e.dialog.SetBusy(lang.L("Waiting for the keyring"))
	default:
		e.dialog.SetBusy("")
	}
}

func (e *Enrolment) retype() {
	e.code.Clear()
	e.code.Focus()
}

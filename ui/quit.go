package ui

import (
	"context"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// Close signs out and closes the window. The program ends with it. While a file is
// being written it asks first, and quits by itself once that is whole.
func (w *Window) Close() {
	if w.ctx.Err() != nil || w.quitting {
		return // under way already
	}
	if paths := w.files.Running(); len(paths) > 0 {
		w.askToQuit(paths)
		return
	}
	w.end()
}

func (w *Window) askToQuit(paths []string) {
	w.quitting = true
	ctx, stop := context.WithCancel(w.ctx)
	answered := func() {
		stop()
		w.quitting = false
	}
	quit := func() {
		answered()
		w.end()
	}
	d := widgets.ShowDialog(w.at.stage, widgets.DialogOptions{
		Title: lang.L("A file is being written"),
		Content: widgets.Paragraph(lang.L("{{.Path}} is not whole yet. Anteroom quits by itself once it is.",
			map[string]any{"Path": auth.CleanText(strings.Join(paths, ", "))})),
		Primary: lang.L("Stop it and quit"), OnPrimary: quit, Danger: true,
		Cancel: lang.L("Don't quit"), OnCancel: answered,
	})
	w.runner.Go(ctx, func(ctx context.Context) error {
		w.files.Wait(ctx)
		return nil
	}, func(error) {
		d.Close()
		quit()
	})
}

// clearUnfinished removes what a program that was killed left of files, and has
// the sign-in say so.
func (w *Window) clearUnfinished() {
	var removed []string
	w.runner.Go(w.ctx, func(context.Context) (err error) {
		removed, err = w.files.ClearUnfinished()
		return err
	}, func(err error) {
		if err != nil {
			slog.Warn("could not remove an unfinished file", "error", err)
		}
		if len(removed) == 0 {
			return
		}
		w.halves = removed
		if w.at.route == routeSignIn { // it is there already
			widgets.ShowDialog(w.at.stage, widgets.DialogOptions{
				Title: lang.L("A file was not finished"), Content: widgets.Paragraph(w.halvesText()), Cancel: lang.L("Close"),
			})
		}
	})
}

// halvesText says what a program that was killed left of files; "": nothing.
func (w *Window) halvesText() string {
	if len(w.halves) == 0 {
		return ""
	}
	return lang.L("Anteroom ended while it wrote a file. What there was of it is removed: {{.Path}}",
		map[string]any{"Path": auth.CleanText(strings.Join(w.halves, ", "))})
}

package settings

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/exchange"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// canExport says that the filters are as the list shows them.
func (a *activity) canExport() bool {
	if a.pause != nil {
		a.judge()
	}
	return !a.wrong()
}

// exportName is what the file is called.
func (a *activity) exportName() string {
	day := a.runner.Now().Local().Format("2006-01-02")
	return lang.L("Anteroom activity {{.Day}}.csv", map[string]any{"Day": day})
}

// exportPath is where the file is proposed to be.
func (a *activity) exportPath() string { return filepath.Join(a.folder, a.exportName()) }

// newExport begins what the dialog "Export CSV" is for.
func (a *activity) newExport(d taskDialog) *task {
	return &task{office: a.office, dialog: d, done: a.refresh, unsure: func() {}, explain: exportFailed}
}

// export writes what the filters let through into a new file.
func (a *activity) export(t *task, typed string) {
	path, err := signin.WholePath(typed, a.exportName())
	if err != nil {
		t.dialog.show(progress{Field: auth.FieldFolder, Error: signin.SaveText(err)})
		return
	}
	filter := a.filter
	var count int64
	t.done = func() {
		a.good, a.result = true, lang.N("Exported {{.Number}} entries as {{.Path}}.", int(count), map[string]any{"Number": words.Number(count), "Path": path})
		a.refresh()
		a.show()
	}
	t.start(func(ctx context.Context) error {
		meter := t.meter(ctx)
		return a.save(path, func(w io.Writer) (err error) {
			count, err = a.session.ExportActivity(ctx, filter, exchange.NewTable(w), meter)
			return err
		})
	})
}

// exportFailed says why there is no file. What is about its place stands beside
// the field.
func exportFailed(err error) progress {
	var field *auth.FieldError
	if errors.As(err, &field) || errors.Is(err, auth.ErrReadOnly) || errors.Is(err, auth.ErrDiskFull) {
		return progress{Field: auth.FieldFolder, Error: signin.SaveText(err)}
	}
	return failed(err)
}

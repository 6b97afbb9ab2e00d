package activity

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/exchange"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
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
	day := a.Runner.Now().Local().Format("2006-01-02")
	return lang.L("Anteroom activity {{.Day}}.csv", map[string]any{"Day": day})
}

// exportPath is where the file is proposed to be.
func (a *activity) exportPath() string { return filepath.Join(a.folder, a.exportName()) }

// newExport begins what the dialog "Export CSV" is for.
func (a *activity) newExport(d screen.Form) *screen.Act {
	act := screen.NewAct(a.Scope, d, a.refresh, nil)
	act.Explain = pane.ExportFailed
	return act
}

// export writes what the filters let through into a new file.
func (a *activity) export(t *screen.Act, typed string) {
	path, err := screen.WholePath(typed, a.exportName())
	if err != nil {
		t.Refuse(screen.Progress{Field: auth.FieldFolder, Error: screen.SaveText(err)})
		return
	}
	filter := a.filter
	var count int64
	t.Done = func() {
		a.good, a.result = true, lang.N("Exported {{.Number}} entries as {{.Path}}.", int(count), map[string]any{"Number": words.Number(count), "Path": path})
		a.refresh()
		a.show()
	}
	t.Start(func(ctx context.Context) error {
		meter := t.Report(ctx)
		return a.save(path, func(w io.Writer) (err error) {
			count, err = a.session.ExportActivity(ctx, filter, exchange.NewTable(w), meter)
			return err
		})
	})
}

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
func (p *presenter) canExport() bool {
	if p.pending != nil {
		p.apply()
	}
	return !p.isWrong()
}

// exportName is what the file is called.
func (p *presenter) exportName() string {
	day := p.Now().Local().Format("2006-01-02")
	return lang.L("Anteroom activity {{.Day}}.csv", map[string]any{"Day": day})
}

// exportPath is where the file is proposed to be.
func (p *presenter) exportPath() string { return filepath.Join(p.folder, p.exportName()) }

// newExport begins what the dialog "Export CSV" is for.
func (p *presenter) newExport(d screen.Form) *screen.Act {
	act := screen.NewAct(p.Scope, d, p.refresh, nil)
	act.Explain = pane.ExportFailed
	return act
}

// export writes what the filters let through into a new file.
func (p *presenter) export(act *screen.Act, typed string) {
	path, err := screen.WholePath(typed, p.exportName())
	if err != nil {
		act.Refuse(screen.Progress{Field: auth.FieldFolder, Error: screen.SaveText(err)})
		return
	}
	filter := p.filter
	var count int64
	act.Done = func() {
		p.isGood, p.result = true, lang.N("Exported {{.Number}} entries as {{.Path}}.", int(count), map[string]any{"Number": words.Number(count), "Path": path})
		p.refresh()
		p.show()
	}
	act.Start(func(ctx context.Context) error {
		meter := act.Report(ctx)
		return p.save(path, func(w io.Writer) (err error) {
			count, err = p.session.ExportActivity(ctx, filter, exchange.NewTable(w), meter)
			return err
		})
	})
}

package exchange

import (
	"context"
	"errors"
	"io"
	"iter"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/exchange"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// exporter decides what the pane "Import and export" does with all patients.
type exporter struct {
	screen.Scope
	desk   *desk.Desk
	say    func(string) // how it went
	save   pane.Saver
	folder string // that exports are proposed for
}

func newExporter(p pane.Params, d *desk.Desk, say func(string)) *exporter {
	return &exporter{Scope: p.Scope, desk: d, say: say, save: p.Save, folder: p.Folder}
}

// name is what the file is called.
func (e *exporter) name() string {
	day := pane.Today(e.Scope, e.desk).ISO()
	return lang.L("Anteroom patients {{.Day}}.csv", map[string]any{"Day": day})
}

// path is where the file is proposed to be.
func (e *exporter) path() string { return filepath.Join(e.folder, e.name()) }

// newAct begins what the dialog "Export all patients" is for.
func (e *exporter) newAct(d screen.Form) *screen.Act {
	e.say("")
	act := screen.NewAct(e.Scope, d, nil, nil)
	act.Explain = pane.ExportFailed
	return act
}

// export writes all patients into a new file.
func (e *exporter) export(act *screen.Act, typed string) {
	path, err := screen.WholePath(typed, e.name())
	if err != nil {
		act.Refuse(screen.Progress{Field: auth.FieldFolder, Error: screen.SaveText(err)})
		return
	}
	count, damaged := 0, 0
	act.Done = func() {
		said := lang.N("Exported {{.Number}} patients as {{.Path}}.", count, map[string]any{"Number": words.Number(int64(count)), "Path": path})
		if damaged > 0 {
			said += " " + lang.N("{{.Number}} damaged records that can't be opened are not in it.", damaged, map[string]any{"Number": words.Number(int64(damaged))})
		}
		e.say(said)
	}
	act.Start(func(ctx context.Context) error {
		progress := act.Report(ctx)
		return e.save(path, func(w io.Writer) (err error) {
			count, err = exchange.Export(ctx, w, e.patients(ctx, progress, &damaged), nil)
			return err
		})
	})
}

// errEnough stops what gives patients, because nobody takes them any more.
var errEnough = errors.New("enough")

// patients are all of them, one after the other; at the end it is known how many
// are damaged.
func (e *exporter) patients(ctx context.Context, progress auth.Progress, damaged *int) iter.Seq2[data.Patient, error] {
	return func(yield func(data.Patient, error) bool) {
		n, err := e.desk.ExportPatients(ctx, func(p data.Patient) error {
			if !yield(p, nil) {
				return errEnough
			}
			return nil
		}, progress)
		*damaged = n
		if err != nil && !errors.Is(err, errEnough) {
			yield(data.Patient{}, err)
		}
	}
}

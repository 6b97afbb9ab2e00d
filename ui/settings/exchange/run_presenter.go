package exchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/exchange"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

const (
	// importBatch is how many patients are taken in at a time.
	importBatch = 1000
	// readyTick is how often is asked whether the practice's patients are in the
	// memory by now, where duplicates are looked for.
	readyTick = 100 * time.Millisecond
)

var rowsSeed = maphash.MakeSeed()

// checked is what becomes of the rows.
type checked struct {
	exchange.Totals
	here     []hereLine // in their order
	possible [][]string // duplicates: the first ones
	sum      uint64     // of all rows
}

// hereLine is a line of somebody who is here already, or may be.
type hereLine struct {
	line int
	is   *exchange.Duplicate
}

// surelyHere is that of all of whom nothing is to be said: there may be many.
var surelyHere = &exchange.Duplicate{}

// add takes a row into account.
func (c *checked) add(out exchange.Outcome, number string) {
	if out.Duplicate == nil {
		return
	}
	is := surelyHere
	if out.Duplicate.IsPossible() {
		is = out.Duplicate
		if len(c.possible) < previewRows {
			c.possible = append(c.possible, possibleCells(out, number))
		}
	}
	if out.Duplicate.Line == 0 {
		c.here = append(c.here, hereLine{out.Row.Line, is})
	}
}

// sameFile says that two were of the same rows: who is here may be more by now.
func (c checked) sameFile(o checked) bool { return c.Rows == o.Rows && c.sum == o.sum }

func addRow(sum *maphash.Hash, row exchange.Row) {
	cells := row.Cells
	if row.Bad != nil {
		cells = []string{row.Bad.Value}
	}
	for _, cell := range cells {
		sum.WriteString(cell)
		sum.WriteByte(0)
	}
}

// failed says why the rows were not gone over or imported, if there is an err. A file that is
// another one by now is to be chosen anew.
func (i *importer) failed(err error) bool {
	switch {
	case errors.Is(err, context.Canceled):
		i.note = lang.L("Stopped. Nothing was imported.")
	case errors.Is(err, words.ErrOther):
		i.step, i.fileError = stepFile, words.ImportFile(err)
	case err != nil:
		i.message = words.ImportFile(err)
	}
	return err != nil
}

// check goes over all rows, to say what an import would do.
func (i *importer) check() {
	if i.step != stepColumns || i.file.missing() != "" {
		return
	}
	var found checked
	i.start(job{what: lang.L("Checking all rows…")}, func(ctx context.Context) (err error) {
		found, err = i.plan(ctx, i.work.Report(ctx), func(data.Patient) error { return nil })
		return err
	}, func(err error) {
		if !i.failed(err) {
			i.step, i.found, i.takesPossible = stepChecked, found, false
		}
	})
}

// plan goes over all rows, once it is known who is here already, and gives do the
// patients who come in. Slow.
func (i *importer) plan(ctx context.Context, progress auth.Progress, do func(data.Patient) error) (found checked, err error) {
	if err := i.waitReady(ctx); err != nil {
		return found, err
	}
	file, err := i.reopen(i.file)
	if err != nil {
		return found, err
	}
	defer file.Close()
	if in, err := exchange.Open(file, i.file.format); err != nil || !slices.Equal(in.Titles(), i.file.titles) {
		return found, cmp.Or(err, words.ErrOther)
	}
	o := i.options(i.file)
	o.Existing, o.Progress = (&finder{desk: i.desk}).exists, bytesRead(progress)
	var sum maphash.Hash
	sum.SetSeed(rowsSeed)
	found.Totals, err = exchange.Plan(ctx, file, o, func(out exchange.Outcome) error {
		addRow(&sum, out.Row)
		found.add(out, i.file.number)
		if comesIn(out, i.takesPossible) {
			return do(out.Patient)
		}
		return nil
	})
	found.sum = sum.Sum64()
	return found, err
}

// waitReady waits until the practice's patients are in the memory.
func (i *importer) waitReady(ctx context.Context) error {
	tick := time.NewTicker(readyTick)
	defer tick.Stop()
	for {
		if _, _, ready := i.desk.Loading(); ready {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// back goes back to the columns.
func (i *importer) back() {
	if i.step == stepChecked && !i.busy() {
		i.clear()
		i.step = stepColumns
		i.show()
	}
}

// ask asks before the import.
func (i *importer) ask() {
	if i.step != stepChecked || i.busy() || i.coming() == 0 {
		return
	}
	text := lang.L("They are added to the patients who are here already, who stay as they are. All of them come in, or none.")
	if n := i.found.Possible; i.takesPossible && n > 0 {
		text += " " + lang.N("{{.Number}} of them may be here already, or twice in the file.", n, map[string]any{"Number": words.Number(int64(n))})
	}
	i.confirm(i.importText(), text)
}

// run imports the rows that are good: all of them, or none.
func (i *importer) run() {
	if i.step != stepChecked {
		return
	}
	added, found := 0, checked{}
	i.start(job{what: lang.L("Importing…"), isImport: true}, func(ctx context.Context) (err error) {
		added, found, err = i.take(ctx, i.work.Report(ctx))
		return err
	}, func(err error) {
		if !i.failed(err) {
			i.step, i.found = stepDone, found
			i.good = lang.N("{{.Number}} patients were imported.", added, map[string]any{"Number": words.Number(int64(added))})
		}
	})
}

// take stages the patients and commits them all at once. Slow.
func (i *importer) take(ctx context.Context, progress auth.Progress) (added int, found checked, err error) {
	in, err := i.desk.NewImport(ctx)
	if err != nil {
		return 0, found, err
	}
	if found, err = i.stage(ctx, in, progress); err == nil {
		added, err = in.Commit(ctx)
	}
	switch {
	case errors.Is(err, auth.ErrNotAnchored): // they are in, only the keyring does not know
		return 0, found, err
	case err != nil:
		if err := in.Discard(context.WithoutCancel(ctx)); err != nil && !errors.Is(err, auth.ErrConflict) { // which is: committed
			slog.Warn("patients on their way in are still staged", "error", err)
		}
		return 0, found, err
	}
	i.remember(context.WithoutCancel(ctx))
	return added, found, nil
}

// stage gives an import its patients, some at a time. A file that is not what was
// agreed to any more is refused. Slow.
func (i *importer) stage(ctx context.Context, in *desk.Import, progress auth.Progress) (checked, error) {
	batch := make([]data.Patient, 0, importBatch)
	add := func() error {
		err := in.Add(ctx, batch)
		batch = make([]data.Patient, 0, importBatch)
		return err
	}
	found, err := i.plan(ctx, progress, func(p data.Patient) error {
		if batch = append(batch, p); len(batch) == importBatch {
			return add()
		}
		return nil
	})
	switch {
	case err != nil:
		return found, err
	case !found.sameFile(i.found):
		return found, words.ErrOther
	case len(batch) > 0:
		return found, add()
	}
	return found, nil
}

// remember keeps what the columns were for the next file of this sort. Slow.
func (i *importer) remember(ctx context.Context) {
	if i.file.own {
		return
	}
	_, err := pane.ChangeDetails(ctx, i.desk, func(d data.Details) (data.Details, error) {
		d.Columns = exchange.Remember(d.Columns, i.file.toRemember(), i.file.targets)
		return d, nil
	})
	if err != nil { // the patients are in; the columns are chosen again next time
		slog.Warn("the columns of the file are not remembered", "error", err)
	}
}

// toRemember are the titles, without those of columns that were left out by themselves: the next
// file may be better.
func (f fileFacts) toRemember() []string {
	titles := slices.Clone(f.titles)
	for c, unfit := range f.unfit {
		if unfit != "" && f.targets[c] == (exchange.Target{}) {
			titles[c] = ""
		}
	}
	return titles
}

// left is how many rows don't come in.
func (i *importer) left() int { return i.found.Rows - i.coming() }

// refusedName is what the file with the refused lines is called.
func (i *importer) refusedName() string {
	name := words.FileName(i.file.path)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	return lang.L("{{.File}} – refused lines.csv", map[string]any{"File": name})
}

// refusedPath is where it is proposed to be.
func (i *importer) refusedPath() string { return filepath.Join(i.folder, i.refusedName()) }

// newRefused begins what the dialog "Save the refused lines" is for.
func (i *importer) newRefused(d screen.Form) *screen.Act {
	act := screen.NewAct(i.Scope, d, i.show, nil)
	act.Explain = refusedFailed
	return act
}

// saveRefused writes the rows that don't come in, each with why.
func (i *importer) saveRefused(act *screen.Act, typed string) {
	path, err := screen.WholePath(typed, i.refusedName())
	if err != nil {
		act.Refuse(screen.Progress{Field: auth.FieldFolder, Error: screen.SaveText(err)})
		return
	}
	written := 0
	act.Done = func() {
		i.clear()
		i.good = lang.N("Saved {{.Number}} lines as {{.Path}}.", written, map[string]any{"Number": words.Number(int64(written)), "Path": path})
		i.show()
	}
	facts, o, here, takesPossible := i.file, i.options(i.file), i.found.here, i.takesPossible
	act.Start(func(ctx context.Context) error {
		o.Progress = bytesRead(act.Report(ctx))
		file, err := i.reopen(facts)
		if err != nil {
			return fmt.Errorf("%w: %w", words.ErrGone, err)
		}
		defer file.Close()
		return i.save(path, func(w io.Writer) (err error) {
			written, err = writeRefused(ctx, w, file, o, facts.titles, here, takesPossible)
			return err
		})
	})
}

// writeRefused writes the rows that are refused or somebody's already. Who was
// here already is known by the lines: after the import all of them are.
func writeRefused(ctx context.Context, w io.Writer, file io.ReadSeeker, o exchange.Options, titles []string, here []hereLine, takesPossible bool) (n int, err error) {
	report := exchange.NewReport(w, titles, o.Format.Delimiter, words.Row)
	_, err = exchange.Plan(ctx, file, o, func(out exchange.Outcome) error {
		if len(here) > 0 && here[0].line == out.Row.Line {
			out.Duplicate, here = here[0].is, here[1:]
		}
		if comesIn(out, takesPossible) {
			return nil
		}
		n++
		return report.Write(out)
	})
	if err != nil {
		return 0, err
	}
	return n, report.Flush()
}

// refusedFailed says why there is no file. What is about its place stands beside
// the field.
func refusedFailed(err error) screen.Progress {
	if errors.Is(err, words.ErrGone) {
		return screen.Progress{Error: words.ImportFile(err), Err: err}
	}
	return pane.ExportFailed(err)
}

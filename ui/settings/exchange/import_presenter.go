package exchange

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/disk"
	"anteroom/data/exchange"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// source is a file that is open.
type source interface {
	io.ReadSeeker
	io.Closer
}

// openSource opens a file to be read.
func openSource(path string) (source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, words.ErrIsFolder
	}
	file, err := disk.Open(path)
	if errors.Is(err, disk.ErrNotFile) {
		err = words.ErrNotFile
	}
	return file, err
}

// held is the source where the rows are in the memory already.
type held struct{ bytes.Reader }

func (*held) Close() error { return nil }

// reopen opens a file that was read. The rows of a spreadsheet were kept: its file may be gone by now.
func (i *importer) reopen(f fileFacts) (source, error) {
	if f.format.Kind != exchange.Text {
		return &held{}, nil
	}
	return i.open(f.path)
}

// step is how far an import is.
type step int

const (
	stepFile    step = iota // a file is chosen
	stepColumns             // it was read: which column is what
	stepChecked             // all its rows were gone over
	stepDone
)

// previewRows is how many rows are shown before all are gone over.
const previewRows = 20

// importer decides what the pane "Import and export" does with a file.
type importer struct {
	screen.Scope
	session *auth.Session
	desk    *desk.Desk
	save    pane.Saver
	folder  string // that the refused lines are proposed for
	ownDate data.DateOrder
	open    func(path string) (source, error)

	shown     *screen.View[view]
	askForKit func()                   // leads to a kit, on another screen
	confirm   func(title, text string) // asks, and leads to run

	step  step
	work  *screen.Task
	doing job
	file  fileFacts
	found checked

	takesPossible bool // duplicates

	fileError string
	message   string // what went wrong
	note      string // what was stopped
	good      string // what went well
}

func newImporter(p pane.Params, d *desk.Desk, v *screen.View[view]) *importer {
	i := &importer{Scope: p.Scope, session: p.Session, desk: d, save: p.Save, folder: p.Folder, ownDate: p.Order, open: openSource, shown: v}
	i.work = screen.NewTask(i.Scope, i.show)
	return i
}

// fileFacts is what is known of the file.
type fileFacts struct {
	path    string
	format  exchange.Format
	titles  []string
	own     bool // Anteroom wrote it
	rows    int
	first   []exchange.Row // of the file
	targets []exchange.Target
	unfit   []string                // by column: exchange.Fit
	picked  map[int]exchange.Target // by column: what the person said
	order   data.DateOrder
	sure    bool // of the order
	chosen  bool // by the person, the order
	births  [3]exchange.Birth
	earlier bool // the century of births
	dated   bool // by the person, the births
	values  []exchange.Value
	answers exchange.Answers // to all of them
	number  string
	preview preview // of all that was chosen
}

// job is what goes on in the pane; one at a time.
type job struct {
	what     string
	isImport bool // the import itself
}

func (i *importer) busy() bool { return i.work.IsBusy() }

func (i *importer) isImporting() bool { return i.busy() && i.doing.isImport }

func (i *importer) show() { i.shown.Show(i.view()) }

// clear takes away what was said of earlier work.
func (i *importer) clear() { i.fileError, i.message, i.note, i.good = "", "", "", "" }

// start runs slow work, unless some is under way already.
func (i *importer) start(doing job, slow func(context.Context) error, done func(error)) {
	if i.busy() {
		return
	}
	i.clear()
	i.doing = doing
	i.work.Start(slow, func(err error) {
		if i.IsOver(err) {
			return
		}
		done(err)
		i.show()
	})
}

// cancel stops what goes on.
func (i *importer) cancel() { i.work.Cancel() }

// bytesRead is progress by how many bytes of the file were read.
func bytesRead(progress auth.Progress) func(done, total int64) {
	return func(done, total int64) { progress(int(done), int(total)) }
}

// edited says that another path is being typed.
func (i *importer) edited() {
	if i.step == stepFile && !i.busy() {
		i.clear()
		i.show()
	}
}

// read looks into the file. A practice without a kit makes one first: what comes
// in would be lost with this computer.
func (i *importer) read(typed string) {
	path, err := importPath(typed)
	if err != nil {
		i.clear()
		i.fileError = words.ImportFile(err)
		i.show()
		return
	}
	i.readAs(path, exchange.Sniff, nil)
}

// chooseEncoding says how the characters of the file are written: it is read anew.
func (i *importer) chooseEncoding(e exchange.Encoding) {
	if i.step != stepColumns || i.busy() || i.file.format.Encoding == e {
		return
	}
	i.readAs(i.file.path, func(ctx context.Context, file io.ReadSeeker) (exchange.Format, error) {
		return exchange.SniffAs(ctx, file, e)
	}, i.file.picked)
}

// chooseSheet says which sheet of a spreadsheet is read: it is read anew.
func (i *importer) chooseSheet(sheet int) {
	if i.step != stepColumns || i.busy() || i.file.format.Sheet == sheet {
		return
	}
	i.readAs(i.file.path, func(ctx context.Context, file io.ReadSeeker) (exchange.Format, error) {
		return exchange.SniffSheet(ctx, file, sheet)
	}, nil)
}

// sniff says how a file is written.
type sniff func(context.Context, io.ReadSeeker) (exchange.Format, error)

// readAs reads a file. Of what its columns are, what was picked before stays.
func (i *importer) readAs(path string, sniff sniff, picked map[int]exchange.Target) {
	var kit auth.KitInfo
	var facts fileFacts
	i.start(job{what: lang.L("Reading the file…")}, func(ctx context.Context) (err error) {
		if kit, err = i.session.Kit(ctx); err != nil || kit.Made.IsZero() {
			return err
		}
		facts, err = i.look(ctx, path, sniff, picked, i.work.Report(ctx))
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			i.note = lang.L("Stopped. The file was not read.")
		case errors.Is(err, exchange.ErrEmptyFile) && i.step == stepColumns:
			i.message = words.ImportFile(words.ErrEmptySheet)
		case err != nil && i.step == stepColumns:
			i.message = words.ImportFile(err)
		case err != nil:
			i.fileError = words.ImportFile(err)
		case kit.Made.IsZero():
			i.askForKit()
		default:
			i.step, i.file = stepColumns, facts
			i.readPreview()
		}
	})
}

func importPath(typed string) (string, error) {
	if inner, ok := strings.CutPrefix(typed, `"`); ok { // as Windows copies a path
		typed = strings.TrimSuffix(inner, `"`)
	}
	switch {
	case typed == "":
		return "", words.ErrNoFile
	case !filepath.IsAbs(typed):
		return "", words.ErrHalfPath
	}
	return filepath.Clean(typed), nil
}

// look reads all of a file once, to say what it is. Slow.
func (i *importer) look(ctx context.Context, path string, sniff sniff, picked map[int]exchange.Target, progress auth.Progress) (f fileFacts, err error) {
	details, err := i.desk.Details(ctx)
	if err != nil {
		return f, err
	}
	f = fileFacts{path: path, number: details.HealthNumber, order: i.ownDate, picked: map[int]exchange.Target{}}
	file, err := i.open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	if f.format, err = sniff(ctx, file); err != nil {
		return f, err
	}
	in, err := exchange.Open(file, f.format)
	if err != nil {
		return f, err
	}
	f.titles, f.own = in.Titles(), in.Own()
	f.targets = exchange.Match(f.titles, details.Columns)
	if f.first, err = in.Preview(previewRows); err != nil {
		return f, err
	}
	f.targets, f.unfit = exchange.Fit(f.targets, f.first, pane.Today(i.Scope, i.desk))
	f.pick(picked)
	if f.rows, err = countRows(ctx, in, f.format.Size, progress); err != nil {
		return f, err
	}
	if f.rows == 0 {
		return f, exchange.ErrEmptyFile
	}
	tooMany, err := i.judge(ctx, file, &f)
	if at := slices.Index(f.targets, exchange.Target{Field: data.FieldState, Part: exchange.Whole}); at >= 0 && tooMany != "" {
		f.targets[at], f.unfit[at] = exchange.Target{}, tooMany
	}
	return f, err
}

// pick takes what the person says that columns are.
func (f *fileFacts) pick(columns map[int]exchange.Target) {
	f.targets = slices.Clone(f.targets)
	for c, target := range columns {
		if c < len(f.targets) {
			f.targets[c], f.picked[c] = target, target
		}
	}
}

// countRows counts what is still to be read.
func countRows(ctx context.Context, in *exchange.Reader, size int64, progress auth.Progress) (n int, err error) {
	for ; ; n++ {
		if n%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return n, err
			}
			progress(int(in.Done()), int(size))
		}
		if _, err := in.Read(); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
	}
}

// judge goes over all rows for what they say together, and what is to be asked. Slow.
func (i *importer) judge(ctx context.Context, file io.ReadSeeker, f *fileFacts) (tooMany string, err error) {
	o := i.options(*f)
	o.Order = i.ownDate
	found, err := exchange.Judge(ctx, file, o)
	if err != nil {
		return "", err
	}
	f.take(found)
	return found.TooMany, nil
}

func (i *importer) options(f fileFacts) exchange.Options {
	return exchange.Options{
		Format: f.format, Targets: f.targets, Order: f.order, Earlier: f.earlier, Answers: f.answers, Today: pane.Today(i.Scope, i.desk),
	}
}

// another begins with another file.
func (i *importer) another() {
	if i.busy() {
		return
	}
	i.clear()
	i.step, i.file, i.found, i.takesPossible = stepFile, fileFacts{}, checked{}, false
	i.show()
}

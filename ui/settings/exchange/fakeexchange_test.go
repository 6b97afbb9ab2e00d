package exchange

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// fakePatients are those of the practice, of which imports make more.
type fakePatients struct {
	patients  []data.Patient
	loading   bool
	fresh     bool  // who is there was proven
	added     []int // patients in each batch
	addTime   time.Duration
	addFails  error
	commits   int
	discards  int
	open      int // imports
	toldOf    int // exports that the activity has
	damaged   int
	exportEnd error
	commitEnd error // of a commit that counts
}

func (d *fakeDesk) Exists(p data.Patient) (who data.Summary, same data.Sameness) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, here := range d.patients {
		if s := p.Identity().Compare(here.Identity()); s > same {
			who, same = here.Summary(), s
		}
	}
	return who, same
}

func (d *fakeDesk) Loading() (done, total int, ready bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return 1, 2, !d.loading
}

func (d *fakeDesk) NewImport(context.Context) (Import, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return nil, d.fail
	}
	d.open++
	return &fakeImport{desk: d}, nil
}

// fakeImport stages patients until Commit.
type fakeImport struct {
	desk   *fakeDesk
	staged []data.Patient
	over   bool
}

func (i *fakeImport) Add(ctx context.Context, patients []data.Patient) error {
	if i.desk.addTime > 0 {
		select {
		case <-time.After(i.desk.addTime):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	i.desk.mu.Lock()
	defer i.desk.mu.Unlock()
	if i.desk.addFails != nil {
		return i.desk.addFails
	}
	i.desk.added = append(i.desk.added, len(patients))
	i.staged = append(i.staged, patients...)
	return nil
}

func (i *fakeImport) Commit(ctx context.Context) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	i.desk.mu.Lock()
	defer i.desk.mu.Unlock()
	i.over = true
	i.desk.open--
	i.desk.commits++
	i.desk.patients = append(i.desk.patients, i.staged...)
	return len(i.staged), i.desk.commitEnd
}

func (i *fakeImport) Discard(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err() // what is staged would stay
	}
	i.desk.mu.Lock()
	defer i.desk.mu.Unlock()
	i.desk.discards++
	if i.over {
		return errors.New("is over")
	}
	i.over = true
	i.desk.open--
	return nil
}

func (d *fakeDesk) ExportPatients(ctx context.Context, each func(data.Patient) error, progress auth.Progress) (damaged int, err error) {
	d.mu.Lock()
	patients, fresh, end, pause := d.patients, d.fresh, d.exportEnd, d.addTime
	d.mu.Unlock()
	if !fresh {
		return 0, auth.ErrStepUp
	}
	for n, p := range patients {
		if pause > 0 {
			time.Sleep(pause)
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := each(p); err != nil {
			return 0, err
		}
		progress(n+1, len(patients))
	}
	if end != nil {
		return 0, end
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.toldOf++
	return d.damaged, nil
}

// fiveRows has one patient of each sort: two new ones, one who is here, one twice
// and one refused.
const fiveRows = "Name;Geburtsdatum;Telefon\r\n" +
	"Ann Marsh;24.12.1981;020 1\r\n" +
	"Bea Okafor;3.4.1990;\r\n" +
	"Cleo Novak;30.1.1999;020 3\r\n" +
	"Ann Marsh;24.12.1981;\r\n" +
	"Dan Lind;31.2.1970;020 5\r\n"

// manyRows are as many new patients.
func manyRows(n int) string {
	var text strings.Builder
	text.WriteString("Name,Date of birth\n")
	for i := range n {
		fmt.Fprintf(&text, "Person %d,%d.5.19%02d\n", i, 13+i%10, i%90)
	}
	return text.String()
}

// csvFile is a file with this content.
func csvFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

package exchange

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/settings/panetest"
)

var (
	longWord = strings.Repeat("Maximiliane ", 5)
	longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]
)

// with is a state of the pane after keys, in a practice with a kit.
func with(begin func(*panetest.Sample), names ...fyne.KeyName) func(*panetest.Sample) {
	return func(s *panetest.Sample) {
		makeKit(s)
		show(s)
		begin(s)
		s.Press(names...)
	}
}

func reads(name, content string) func(*panetest.Sample) {
	return func(s *panetest.Sample) { readFile(s, name, content) }
}

func checks(content string) func(*panetest.Sample) {
	return func(s *panetest.Sample) {
		readFile(s, "patients.csv", content)
		s.TabTo("Check all rows")
		s.Press(fyne.KeyReturn)
	}
}

func opensExport(s *panetest.Sample) {
	s.TabTo("Export all patients…")
	s.Press(fyne.KeyReturn)
}

func TestGallery(t *testing.T) {
	panetest.Gallery(t, records(), map[string]func(*panetest.Sample){
		"exchange": with(func(*panetest.Sample) {}),
		"exchange-kit": func(s *panetest.Sample) {
			show(s)
			readFile(s, "a.csv", fiveRows)
		},
		"exchange-picture":     with(reads("a.csv", "\x89PNG\r\n\x1a\n\x00\x00")),
		"exchange-columns":     with(reads("patients.csv", fiveRows)),
		"exchange-columns-end": with(reads("patients.csv", fiveRows), fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyTab, fyne.KeyTab),
		"exchange-doubt":       with(reads("patients.csv", "Name,Born\nAnn,1/2/1980\nBea,3/4/1990\n")),
		"exchange-questions": with(reads("patients.csv", "Name,Born,Status,Sex\nAnn,14.5.91,married,H\nBea,13.1.81,active,M\nCleo,1.2.90,"+longWord+",M\nDan,1.2.91,left,M\n"),
			fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab),
		"exchange-possible": with(func(s *panetest.Sample) {
			newSample(s).withNumber("70")
			checks(perhapsRows + longName + ",1.2.1990,7\n")(s)
			s.TabTo("Import the possible duplicates too")
		}, fyne.KeySpace),
		"exchange-sheets": with(func(s *panetest.Sample) { readFile(s, "patients.xlsx", workbook(s.T)) }),
		"exchange-wide": with(func(s *panetest.Sample) {
			s.ChangeDetails(func(d *data.Details) { d.HealthNumber = longWord })
			titles := []string{"Vorname", "Nachname", "Geburtsdatum", "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Krankenkasse", longName, "Versichertennummer", "Bemerkung", "Letzter Termin", ""}
			row := strings.Repeat(longName+";", len(titles)-1) + "x\n"
			readFile(s, strings.Repeat("patients ", 20)+".csv", strings.Join(titles, ";")+"\n"+strings.Repeat(row, 25))
		}),
		"exchange-checked": with(checks(fiveRows)),
		"exchange-nothing": with(checks("Name,Email\nAnn,nowhere\n")),
		"exchange-refused": with(func(s *panetest.Sample) {
			checks(fiveRows)(s)
			s.TabTo("Save the refused lines…")
		}, fyne.KeyReturn),
		"exchange-ask": with(checks(manyRows(4812)), fyne.KeyReturn),
		"exchange-importing": with(func(s *panetest.Sample) {
			checks(strings.ReplaceAll(manyRows(6000), "\n", strings.Repeat(" ", 200)+"\n"))(s)
			s.Press(fyne.KeyReturn)
			s.Anna.Delay(time.Second)
			s.Press(fyne.KeyTab, fyne.KeyReturn)
			waitForStaged(s, 3000)
		}),
		"exchange-done": with(checks(fiveRows), fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn),
		"exchange-full": with(func(s *panetest.Sample) {
			checks(fiveRows)(s)
			s.Anna.FailWrites(auth.ErrDiskFull)
		}, fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn),
		"exchange-export": with(opensExport),
		"exchange-exported": with(func(s *panetest.Sample) {
			addPatients(s, 4812, "")
			s.Anna.StepUp()
			opensExport(s)
		}, fyne.KeyReturn),
	})
}

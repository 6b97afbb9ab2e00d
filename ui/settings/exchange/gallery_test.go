package exchange

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data"
)

// readFile goes to the pane and reads a file.
func (s *screenSample) readFile(t *testing.T, name, content string) {
	t.Helper()
	s.enter(rowExchange)
	s.replace(csvFile(t, name, content))
	s.press(fyne.KeyReturn)
}

// exchangeSamples are the gallery's states of "Import and export".
var exchangeSamples = samples{
	"exchange": func(_ *testing.T, s *screenSample) { s.enter(rowExchange) },
	"exchange-kit": func(t *testing.T, s *screenSample) {
		s.session.kit = auth.KitInfo{}
		s.readFile(t, "a.csv", fiveRows)
	},
	"exchange-picture": func(t *testing.T, s *screenSample) { s.readFile(t, "a.csv", "\x89PNG\r\n\x1a\n\x00\x00") },
	"exchange-columns": func(t *testing.T, s *screenSample) { s.readFile(t, "patients.csv", fiveRows) },
	"exchange-columns-end": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", fiveRows)
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyTab, fyne.KeyTab)
	},
	"exchange-doubt": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", "Name,Born\nAnn,1/2/1980\nBea,3/4/1990\n")
	},
	"exchange-questions": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", "Name,Born,Status,Sex\nAnn,14.5.91,married,H\nBea,13.1.81,active,M\nCleo,1.2.90,"+longWord+",M\nDan,1.2.91,left,M\n")
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	},
	"exchange-possible": func(t *testing.T, s *screenSample) {
		s.desk.patients[0].RecordNumber = "70"
		s.readFile(t, "patients.csv", perhapsRows+longName+",1.2.1990,7\n")
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
		s.tabTo(t, "Import the possible duplicates too")
		s.press(fyne.KeySpace)
	},
	"exchange-sheets": func(t *testing.T, s *screenSample) { s.readFile(t, "patients.xlsx", workbook(t)) },
	"exchange-wide": func(t *testing.T, s *screenSample) {
		s.desk.details.HealthNumber = longWord
		titles := []string{"Vorname", "Nachname", "Geburtsdatum", "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Krankenkasse", longName, "Versichertennummer", "Bemerkung", "Letzter Termin", ""}
		row := strings.Repeat(longName+";", len(titles)-1) + "x\n"
		s.readFile(t, strings.Repeat("patients ", 20)+".csv", strings.Join(titles, ";")+"\n"+strings.Repeat(row, 25))
	},
	"exchange-checked": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", fiveRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
	},
	"exchange-nothing": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", "Name,Email\nAnn,nowhere\n")
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
	},
	"exchange-refused": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", fiveRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
		s.tabTo(t, "Save the refused lines…")
		s.press(fyne.KeyReturn)
	},
	"exchange-ask": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", manyRows(4812))
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
	},
	"exchange-importing": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", manyRows(40_000))
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.desk.set(func(d *fakeDesk) { d.addTime = 200 * time.Millisecond })
		s.press(fyne.KeyTab, fyne.KeyReturn)
		time.Sleep(5 * time.Second)
		s.Settle()
	},
	"exchange-done": func(t *testing.T, s *screenSample) {
		s.readFile(t, "patients.csv", fiveRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
	},
	"exchange-full": func(t *testing.T, s *screenSample) {
		s.desk.addFails = auth.ErrDiskFull
		s.readFile(t, "patients.csv", fiveRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
	},
	"exchange-export": func(t *testing.T, s *screenSample) {
		s.enter(rowExchange)
		s.tabTo(t, "Export all patients…")
		s.press(fyne.KeyReturn)
	},
	"exchange-exported": func(t *testing.T, s *screenSample) {
		s.desk.fresh = true
		for i := range 4812 {
			s.desk.patients = append(s.desk.patients, data.Patient{ID: fmt.Sprint(i), Name: "Ann"})
		}
		s.enter(rowExchange)
		s.tabTo(t, "Export all patients…")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
	},
}

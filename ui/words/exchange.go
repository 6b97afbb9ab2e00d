package words

import (
	"errors"
	"io/fs"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/exchange"
)

// What a path leads to that is no file to be imported.
var (
	ErrNoFile     = errors.New("no file was chosen")
	ErrIsFolder   = errors.New("a folder, not a file")
	ErrNotFile    = errors.New("neither a file nor a folder")
	ErrHalfPath   = errors.New("not a whole path")
	ErrEmptySheet = errors.New("nothing is on the sheet")
	ErrOther      = errors.New("the file was changed meanwhile")
	ErrGone       = errors.New("the file can't be read again")
)

// fileSentences are why a whole file is refused, and what to do.
var fileSentences = []struct {
	err  error
	text func() string
}{
	{ErrNoFile, func() string { return lang.L("Choose a file.") }},
	{ErrHalfPath, func() string { return lang.L("Type the whole path, or choose the file with “Browse…”.") }},
	{ErrIsFolder, func() string { return lang.L("This is a folder. Choose a file in it.") }},
	{ErrNotFile, func() string { return lang.L("This is no file that can be read. Choose another one.") }},
	{ErrOther, func() string {
		return lang.L("The file was changed meanwhile, so nothing was imported. Choose it again.")
	}},
	{ErrGone, func() string {
		return lang.L("The file is not as it was any more, so its lines can't be saved.")
	}},
	{fs.ErrNotExist, func() string {
		return lang.L("There is no such file. Look at its name, or choose it with “Browse…”.")
	}},
	{fs.ErrPermission, func() string {
		return lang.L("You may not read this file. Copy it to your own folder, then choose the copy.")
	}},
	{exchange.ErrNotText, func() string {
		return lang.L("This is a picture or a document, not a list of patients. In the other program save the patients as CSV, then choose that file.")
	}},
	{exchange.ErrSpreadsheet, func() string {
		return lang.L("This is a spreadsheet of a kind that can't be read here. Open it in its program, save it there as .xlsx or CSV, then choose that file.")
	}},
	{exchange.ErrOldSpreadsheet, func() string {
		return lang.L("This is a workbook as Excel wrote them before 2007 (.xls). Open it in its program, save it there as .xlsx or CSV, then choose that file.")
	}},
	{exchange.ErrPassword, func() string {
		return lang.L("This spreadsheet has a password. Open it in its program, save a copy without the password, choose the copy, and delete it afterwards.")
	}},
	{exchange.ErrDamaged, func() string {
		return lang.L("This spreadsheet is damaged, or was not copied to its end. Open it in its program, save it anew, then choose that file.")
	}},
	{exchange.ErrSheetTooLarge, func() string {
		return lang.L("This spreadsheet is too large. Open it in its program, save it there as CSV, then choose that file.")
	}},
	{exchange.ErrEmptyFile, func() string {
		return lang.L("Nothing is in the file. Look whether the other program wrote it to the end, then choose it again.")
	}},
	{ErrEmptySheet, func() string { return lang.L("Nothing is on that sheet. Choose another one.") }},
	{exchange.ErrNoHeader, func() string {
		return lang.L("The first line has no titles. Put a line above it that names the columns, such as Name, Date of birth, Phone; then choose the file again.")
	}},
	{exchange.ErrFileTooLarge, func() string {
		return lang.L("The file is over {{.Size}}. Split it in two, with the titles in each, and choose one after the other.", map[string]any{"Size": Size(exchange.MaxFile)})
	}},
	{exchange.ErrTooManyRows, func() string {
		return lang.L("The file has more than {{.Number}} rows. Split it in two, with the titles in each, and choose one after the other.", map[string]any{"Number": Number(exchange.MaxRows)})
	}},
	{exchange.ErrTooManyColumns, func() string {
		return lang.L("The file has too many columns. Take out those that are not needed, then choose it again.")
	}},
}

// ImportFile says why a file can't be imported, and what to do.
func ImportFile(err error) string {
	var at *exchange.LineError
	if errors.As(err, &at) {
		return lang.L("The file can't be read from line {{.Line}}, column {{.Column}} on. {{.Reason}} Mend it there, then choose the file again.",
			map[string]any{"Line": Number(int64(at.Line)), "Column": at.Column, "Reason": Row(at.Reason)})
	}
	for _, known := range fileSentences {
		if errors.Is(err, known.err) {
			return known.text()
		}
	}
	if errors.Is(err, auth.ErrDiskFull) {
		return lang.L("The disk is full, so nothing was imported. Make room, then import again.")
	}
	return Error(err)
}

// rowSentences are why a row is refused.
var rowSentences = []struct {
	err  error
	text func() string
}{
	{exchange.ErrQuote, func() string { return lang.L("A quotation mark does not end, or stands inside a cell.") }},
	{exchange.ErrRowTooLarge, func() string { return lang.L("The row is too large.") }},
	{exchange.ErrTooManyCells, func() string { return lang.L("There are more cells than titles.") }},
	{exchange.ErrCharacters, func() string {
		return lang.L("Some characters can't be read. Try another choice under “Characters are written as”.")
	}},
	{exchange.ErrTwice, func() string { return lang.L("Two columns say different things.") }},
	{exchange.ErrRounded, func() string {
		return lang.L("A spreadsheet has rounded this number, so digits are lost. Export it anew, or type it in.")
	}},
	{exchange.ErrFormula, func() string {
		return lang.L("Here is a formula that was never calculated. Open the file in its program, and save it there.")
	}},
	{exchange.ErrTotal, func() string { return lang.L("This line is a total, not a patient.") }},
	{data.ErrEmpty, func() string { return lang.L("It is empty.") }},
	{data.ErrTooLong, func() string { return lang.L("It is too long.") }},
	{data.ErrControl, func() string { return lang.L("There are invisible characters.") }},
	{data.ErrNotADate, func() string { return lang.L("It is no date.") }},
	{data.ErrNoSuchDay, func() string { return lang.L("There is no such day.") }},
	{data.ErrFuture, func() string { return lang.L("The day is still to come.") }},
	{data.ErrTooLongAgo, func() string { return lang.L("The day is too long ago.") }},
	{data.ErrEndsBefore, func() string { return lang.L("The day is before the birth.") }},
	{data.ErrNotAnEmail, func() string { return lang.L("It is no email address.") }},
	{data.ErrNotAPhone, func() string { return lang.L("It is no phone number.") }},
	{data.ErrUnknownChoice, func() string { return lang.L("It is none of the words for a status: active, left, deceased.") }},
}

// Row says why a row of a file does not come in.
func Row(err error) string {
	var twin *exchange.Duplicate
	if errors.As(err, &twin) {
		return duplicate(twin)
	}
	for _, known := range rowSentences {
		if errors.Is(err, known.err) {
			return known.text()
		}
	}
	return lang.L("It can't be read.")
}

// Refusal says why a row does not come in, and of a word which one it is.
func Refusal(r exchange.Refusal) string {
	if errors.Is(r.Reason, data.ErrUnknownChoice) {
		return lang.L("“{{.Word}}” is none of the words for a status: active, left, deceased.", map[string]any{"Word": auth.CleanText(r.Value)})
	}
	return Row(r.Reason)
}

func duplicate(d *exchange.Duplicate) string {
	args := map[string]any{"Line": Number(int64(d.Line)), "Who": d.Who.Name, "Different": ImportFields(d.Differs, "")}
	switch {
	case d.IsPossible() && d.Line > 0:
		return lang.L("This may be the patient of line {{.Line}}. Different: {{.Different}}.", args)
	case d.IsPossible() && d.Who.Born.IsZero():
		return lang.L("This may be {{.Who}}, who is here already. Different: {{.Different}}.", args)
	case d.IsPossible():
		args["Born"] = d.Who.Born.String()
		return lang.L("This may be {{.Who}}, born {{.Born}}, who is here already. Different: {{.Different}}.", args)
	case d.Line > 0:
		return lang.L("This is the same patient as in line {{.Line}}.", args)
	}
	return lang.L("This patient is here already.")
}

// ImportFields are several fields by their names.
func ImportFields(fields []data.Field, healthNumber string) string {
	var names []string
	for _, f := range fields {
		names = append(names, ImportField(f, healthNumber))
	}
	return strings.Join(names, ", ")
}

// ImportAnswer is what becomes of a value of a column.
func ImportAnswer(a exchange.Answer, of exchange.Target) string {
	switch a {
	case exchange.Refuse:
		return lang.L("Refuse these lines")
	case exchange.Keep:
		return lang.L("As in the file")
	case exchange.BeLeft:
		return PatientState(data.Left)
	case exchange.BeDeceased:
		return PatientState(data.Deceased)
	case exchange.BeMale:
		return lang.L("Male")
	case exchange.BeFemale:
		return lang.L("Female")
	}
	if of.Field == data.FieldState && of.Part == exchange.Whole {
		return lang.L("Leave it out: active")
	}
	return lang.L("Leave it out")
}

// Column is what a column of a file becomes; healthNumber is what the practice
// calls that.
func Column(t exchange.Target, healthNumber string) string {
	switch t.Part {
	case exchange.Ignored:
		return lang.L("Leave out")
	case exchange.Given:
		return lang.L("Given name")
	case exchange.Middle:
		return lang.L("Middle name")
	case exchange.Family:
		return lang.L("Family name")
	case exchange.Street:
		return lang.L("Address: street")
	case exchange.Line:
		return lang.L("Address: a line of its own")
	case exchange.Town:
		return lang.L("Address: town, postcode")
	case exchange.Death:
		return lang.L("Date of death")
	case exchange.Country:
		return lang.L("Address: country")
	case exchange.Further:
		return lang.L("Further phone, or notes")
	case exchange.Titled:
		return lang.L("Notes, with its title")
	}
	return ImportField(t.Field, healthNumber)
}

// ImportField is the name of a patient's field in a file.
func ImportField(f data.Field, healthNumber string) string {
	switch f {
	case data.FieldState:
		return lang.L("Status")
	case data.FieldSince:
		return lang.L("Status since")
	}
	return PatientField(f, healthNumber)
}

var encodings = map[exchange.Encoding]func() string{
	exchange.Windows1252: func() string { return lang.L("Western European (Windows-1252)") },
	exchange.Windows1250: func() string { return lang.L("Central European (Windows-1250)") },
	exchange.Windows1251: func() string { return lang.L("Cyrillic (Windows-1251)") },
	exchange.Windows1253: func() string { return lang.L("Greek (Windows-1253)") },
	exchange.Windows1254: func() string { return lang.L("Turkish (Windows-1254)") },
	exchange.Latin2:      func() string { return lang.L("Central European (ISO 8859-2)") },
	exchange.CyrillicISO: func() string { return lang.L("Cyrillic (ISO 8859-5)") },
	exchange.GreekISO:    func() string { return lang.L("Greek (ISO 8859-7)") },
	exchange.Latin5:      func() string { return lang.L("Turkish (ISO 8859-9)") },
	exchange.Latin9:      func() string { return lang.L("Western European (ISO 8859-15)") },
	exchange.MacRoman:    func() string { return lang.L("Western European (Mac)") },
	exchange.DOS850:      func() string { return lang.L("Western European (DOS 850)") },
	exchange.DOS437:      func() string { return lang.L("Western European (DOS 437)") },
	exchange.DOS852:      func() string { return lang.L("Central European (DOS 852)") },
	exchange.ShiftJIS:    func() string { return lang.L("Japanese (Shift-JIS)") },
	exchange.GBK:         func() string { return lang.L("Chinese, simplified (GBK)") },
	exchange.Big5:        func() string { return lang.L("Chinese, traditional (Big5)") },
}

// Kind is what a spreadsheet is.
func Kind(k exchange.Kind) string {
	if k == exchange.ODS {
		return lang.L("OpenDocument spreadsheet")
	}
	return lang.L("Excel workbook")
}

// Encoding is how a file writes characters.
func Encoding(e exchange.Encoding) string {
	switch e {
	case exchange.UTF16LE:
		return lang.L("Unicode (UTF-16)")
	case exchange.UTF16BE:
		return lang.L("Unicode (UTF-16, high bytes first)")
	}
	if text := encodings[e]; text != nil {
		return text()
	}
	return lang.L("Unicode (UTF-8)")
}

// Delimiter is what stands between the cells of a file.
func Delimiter(b byte) string {
	switch b {
	case ';':
		return lang.L("semicolons")
	case '\t':
		return lang.L("tabs")
	case '|':
		return lang.L("vertical bars")
	}
	return lang.L("commas")
}

// DateOrders are how dates can be written, by data.DateOrder.
func DateOrders() []string {
	return []string{lang.L("Day, month, year"), lang.L("Month, day, year"), lang.L("Year, month, day")}
}

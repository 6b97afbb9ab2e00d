package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zipped is an archive of files.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// xlsxFiles are those of a workbook with sheets of these rows, in the order of their names.
func xlsxFiles(sheets map[string]string) map[string]string {
	files := map[string]string{
		"[Content_Types].xml": "<Types/>",
		"_rels/.rels":         `<Relationships><Relationship Id="r" Type="` + relations + `officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/sharedStrings.xml": `<sst><si><t>Anna</t></si><si><r><t xml:space="preserve">佐藤 </t></r><r><t>花子</t></r>` +
			`<rPh sb="0" eb="2"><t>サトウ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0000\ 000\ 000"/><numFmt numFmtId="165" formatCode="[$-407]DD\.MM\.YYYY;@"/>` +
			`<numFmt numFmtId="166" formatCode="&quot;day &quot;0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="166"/></cellXfs></styleSheet>`,
	}
	names, targets := "", ""
	for i, name := range slices.Sorted(maps.Keys(sheets)) {
		names += fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" r:id="id%d"/>`, name, i+9, map[bool]string{true: "hidden", false: "visible"}[name == "Hidden"], i)
		targets += fmt.Sprintf(`<Relationship Id="id%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i, relations, i)
		files[fmt.Sprintf("xl/worksheets/sheet%d.xml", i)] = `<worksheet><c><v>0</v></c><sheetData>` + sheets[name] + `</sheetData><extLst><row/></extLst></worksheet>`
	}
	files["xl/workbook.xml"] = `<workbook><workbookPr/><sheets>` + names + `</sheets></workbook>`
	files["xl/_rels/workbook.xml.rels"] = `<Relationships>` + targets + `<Relationship Id="s" Type="` + relations + `styles" Target="styles.xml"/>` +
		`<Relationship Id="t" Type="` + relations + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	return files
}

// odsFiles are those of a workbook with these tables.
func odsFiles(tables string) map[string]string {
	return map[string]string{
		"mimetype":              "application/vnd.oasis.opendocument.spreadsheet",
		"META-INF/manifest.xml": `<manifest:manifest/>`,
		"content.xml":           `<office:document-content><office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`,
	}
}

// readRows are the rows of a sheet, each after its number.
func readRows(t testing.TB, file []byte, sheet int) ([]string, Workbook, error) {
	t.Helper()
	var all []string
	book, err := Read(bytes.NewReader(file), int64(len(file)), sheet, func(r Row) error {
		all = append(all, fmt.Sprintf("%d: %s", r.Number, strings.Join(r.Cells, "|")))
		if r.Uncalculated > 0 {
			all = append(all, fmt.Sprint("a formula without its value in ", r.Uncalculated))
		}
		return nil
	})
	return all, book, err
}

func TestXLSX(t *testing.T) {
	file := zipped(t, xlsxFiles(map[string]string{
		"A empty": `<row r="1"><c r="A1" s="1"/></row><row><c t="s"><v>0</v></c></row>`,
		"B": `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="ZZ2" s="3"/></row>` +
			`<row><c t="inlineStr"><is><t>Zo</t><t>ë</t><rPh><t>no</t></rPh></is></c><c t="str"><f>A2&amp;"x"</f><v>Annax</v></c><c t="s"><v>2</v></c></row>` +
			`<row r="9"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>1981-03-04</v></c><c t="d" s="1"><v>1981-03-04T12:00:00</v></c><c t="d" s="4"><v>1981-03-04T12:00:00</v></c><c t="s"><v/></c><c t="str"><f>""</f><v></v></c><c t="e"><f>A1</f><v>#N/A</v></c></row>` +
			`<row r="10"><c s="1"><v>29649</v></c><c s="3"><v>60</v></c><c s="1"><v>59</v></c><c s="4"><v>29649.5</v></c><c s="5"><v>0.354166666666667</v></c><c s="6"><v>5</v></c></row>` +
			`<row r="11"><c><v>61412345678</v></c><c><v>6.1412345678E10</v></c><c><v>123456789012345</v></c><c><v>1234567890123450</v></c><c><v>0.1</v></c><c s="2"><v>412345678</v></c><c><v>12.300000000000001</v></c></row>`,
		"C":      `<row r="1"><c t="s"><v>0</v></c></row><row><c/><c><f>1+1</f></c><c s="1"><f>A1</f><v></v></c></row>`,
		"Hidden": `<row r="1"><c><v>1</v></c></row>`,
	}))
	got, book, err := readRows(t, file, -1)
	want := []string{
		"2: Anna||佐藤 花子",
		"3: Zoë|Annax|a\rb_x0041_",
		"9: TRUE|FALSE||1981-03-04|1981-03-04|1981-03-04T12:00:00",
		"10: 1981-03-04|1900-02-29|1900-02-28|1981-03-04 12:00:00|08:30:00|5",
		"11: 61412345678|61412345678|123456789012345|1.23456789012345E+15|0.1|0412 345 678|12.3",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if diff := cmp.Diff(Workbook{Kind: XLSX, Sheets: []string{"A empty", "B", "C"}, Sheet: 1}, book); diff != "" {
		t.Error(diff)
	}
	if got, book, err := readRows(t, file, 2); err != nil || book.Sheet != 2 || !slices.Equal(got, []string{"1: Anna", "2: ", "a formula without its value in 2"}) {
		t.Error(got, book, err)
	}
}

// TestXLSXOfOthers: what other programs than Excel write otherwise.
func TestXLSXOfOthers(t *testing.T) {
	files := xlsxFiles(map[string]string{"A": `<row r="1"><c r="b1"><v>29649</v></c><c s="1"> <v> 5 </v> </c><c t="s"><v> 0
</v></c><c t="str"><v> a </v></c></row>`})
	files["xl/styles.xml"] = `<styleSheet><cellXfs><xf numFmtId="14"/><xf numFmtId="0"/></cellXfs></styleSheet>`
	if got, _, err := readRows(t, zipped(t, files), 0); err != nil || !slices.Equal(got, []string{"1: |1981-03-04|5|Anna| a "}) {
		t.Errorf("%q, %v", got, err)
	}
}

// Test1904: the days of a workbook that began on a Mac.
func Test1904(t *testing.T) {
	files := xlsxFiles(map[string]string{"A": `<row><c s="1"><v>0</v></c><c s="1"><v>28187</v></c></row>`})
	files["xl/workbook.xml"] = strings.Replace(files["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	if got, _, err := readRows(t, zipped(t, files), 0); err != nil || !slices.Equal(got, []string{"1: 1904-01-01|1981-03-04"}) {
		t.Error(got, err)
	}
}

func TestODS(t *testing.T) {
	const cell = `<table:table-cell office:value-type=`
	file := zipped(t, odsFiles(`<style:style style:name="hid"><style:table-properties table:display="false"/></style:style><style:style style:name="seen"><style:table-properties table:display="true"/></style:style>`+
		`<table:table table:name="Hidden" table:style-name="hid"><table:table-row>`+cell+`"string"><text:p>a</text:p></table:table-cell></table:table-row><table:table-row>`+cell+`"string"><text:p>b</text:p></table:table-cell></table:table-row></table:table>`+
		`<table:tracked-changes><table:change-track-table-cell><text:p>old</text:p></table:change-track-table-cell></table:tracked-changes>`+
		`<table:table table:name="A empty" table:style-name="seen"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>`+cell+`"string"><text:p>a name</text:p></table:table-cell></table:table-row></table:table>`+
		`<table:table table:name="B"><table:table-header-rows><table:table-row>`+cell+`"string"><office:annotation><text:p>a remark</text:p></office:annotation>`+
		`<text:p>Zo<text:span>ë</text:span><text:s text:c="2"/>x</text:p><text:p>second<text:line-break/>line</text:p></table:table-cell>`+
		`<table:covered-table-cell/>`+cell+`"string" table:number-columns-repeated="2"><text:p>twice</text:p></table:table-cell></table:table-row></table:table-header-rows>`+
		`<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>`+
		`<table:table-row table:number-rows-repeated="2">`+cell+`"date" office:date-value="1981-03-04"><text:p>04.03.81</text:p></table:table-cell>`+
		cell+`"date" office:date-value="1981-03-04T23:00:00"><text:p>04.03.81</text:p></table:table-cell>`+
		cell+`"date" office:date-value="1981-03-04T23:00:00"><text:p>04.03.81 23:00</text:p></table:table-cell>`+
		cell+`"boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>`+
		cell+`"float" office:value="61412345678"><text:p>6.14E+10</text:p></table:table-cell>`+
		cell+`"float" office:value="412345678"><text:p>0412 345 678</text:p></table:table-cell>`+
		cell+`"float" office:value="1234"><text:p>1,234.00</text:p></table:table-cell>`+
		cell+`"float" office:value="1234"><text:p>1,234</text:p></table:table-cell>`+
		cell+`"float" office:value="1701234567"><text:p>+49 1701234567</text:p></table:table-cell>`+
		cell+`"float" office:value="12"><text:p>P-0012</text:p></table:table-cell>`+
		cell+`"string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>`+
		`<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>`+
		cell+`"float" office:value="4111111111111110"><text:p>4.11E+15</text:p></table:table-cell></table:table-row></table:table>`+
		`<table:table table:name="C"><table:table-row>`+cell+`"string" table:formula="A1"><text:p>third</text:p></table:table-cell>`+cell+`"string" table:formula="A2"/></table:table-row>`+
		`<table:table-row><table:table-cell/><table:table-cell table:formula="A1"/></table:table-row></table:table>`))
	got, book, err := readRows(t, file, -1)
	row := "1981-03-04|1981-03-04|1981-03-04T23:00:00|TRUE|61412345678|0412 345 678|1234|1234|+49 1701234567|P-0012|||4.11111111111111E+15"
	if diff := cmp.Diff([]string{"1: Zoë  x\nsecond\nline||twice|twice", "5: " + row, "6: " + row}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if diff := cmp.Diff(Workbook{Kind: ODS, Sheets: []string{"A empty", "B", "C"}, Sheet: 1}, book); diff != "" {
		t.Error(diff)
	}
	if got, _, err := readRows(t, file, 2); err != nil || !slices.Equal(got, []string{"1: third", "2: ", "a formula without its value in 2"}) {
		t.Error(got, err)
	}
}

// ole is a compound file whose directory has an entry of a name.
func ole(name string) []byte {
	file := make([]byte, 2048)
	copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	file[30], file[48] = 9, 1 // sectors of 512 bytes; the directory is the second
	copy(file[1024:], utf16(name))
	return file
}

func TestRefused(t *testing.T) {
	broken := xlsxFiles(map[string]string{"A": `<row><c t="s"><v>7</v></c></row>`})
	half := xlsxFiles(map[string]string{"A": `<row>`})
	half["xl/worksheets/sheet0.xml"] = "<worksheet><sheetData><row><c><v>1</v></c></row>"
	entity := xlsxFiles(map[string]string{"A": `<row><c t="str"><v>&a;</v></c></row>`})
	entity["xl/worksheets/sheet0.xml"] = `<!DOCTYPE a [<!ENTITY a "aaaaaaaa">]>` + entity["xl/worksheets/sheet0.xml"]
	binary := xlsxFiles(nil)
	binary["_rels/.rels"] = strings.Replace(binary["_rels/.rels"], "workbook.xml", "workbook.bin", 1)
	letter := odsFiles("")
	letter["mimetype"] = "application/vnd.oasis.opendocument.text"
	secret := odsFiles("")
	secret["META-INF/manifest.xml"] = `<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	locked := odsFiles("")
	locked["encrypted-package"] = ""
	whole := zipped(t, xlsxFiles(map[string]string{"A": `<row><c><v>1</v></c></row>`}))
	spoiled := bytes.Replace(whole, []byte("PK\x01\x02"), []byte("PK\x01\x03"), 1)
	for name, test := range map[string]struct {
		file []byte
		want error
	}{
		"no shared text":    {zipped(t, broken), ErrDamaged},
		"half a sheet":      {zipped(t, half), ErrDamaged},
		"an entity":         {zipped(t, entity), ErrDamaged},
		"a document type":   {zipped(t, odsFiles(`<!DOCTYPE a>`)), ErrDamaged},
		"crossed tags":      {zipped(t, xlsxFiles(map[string]string{"A": `<row><c></row></c>`})), ErrDamaged},
		"a cell in no row":  {zipped(t, xlsxFiles(map[string]string{"A": `<row><row><c><v>1</v></c></row><c><v>2</v></c></row>`})), ErrDamaged},
		"… in ODS":          {zipped(t, odsFiles(`<table:table><table:table-cell/></table:table>`)), ErrDamaged},
		"wholly encrypted":  {zipped(t, locked), ErrPassword},
		"cut":               {whole[:len(whole)-30], ErrDamaged},
		"spoiled":           {spoiled, ErrDamaged},
		"column too far":    {zipped(t, xlsxFiles(map[string]string{"A": `<row><c r="ZZZ1"><v>1</v></c></row>`})), ErrDamaged},
		"row too far":       {zipped(t, xlsxFiles(map[string]string{"A": `<row r="99999999"><c><v>1</v></c></row>`})), ErrTooLarge},
		"half of ODS":       {zipped(t, map[string]string{"mimetype": letter["mimetype"][:30] + ".spreadsheet", "content.xml": "<a/>"}), ErrNone},
		".xlsb":             {zipped(t, binary), ErrUnknown},
		"Numbers":           {zipped(t, map[string]string{"Index/Document.iwa": ""}), ErrUnknown},
		"a letter":          {zipped(t, letter), ErrNone},
		"another archive":   {zipped(t, map[string]string{"a.txt": ""}), ErrNone},
		"a password in ODS": {zipped(t, secret), ErrPassword},
		"a password":        {ole("EncryptedPackage"), ErrPassword},
		".xls":              {ole("Workbook"), ErrOld},
		"an old letter":     {ole("WordDocument"), ErrNone},
	} {
		if _, _, err := readRows(t, test.file, -1); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if _, err := Read(bytes.NewReader(nil), maxFile+1, -1, nil); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

// TestBounds: what unpacks to very much, or never ends, is refused with little in memory.
func TestBounds(t *testing.T) {
	const ceiling = 8 << 20
	long := strings.Repeat("x", 2<<20)
	many := func(format string) (all string) {
		for i := range 6 {
			all += fmt.Sprintf(format, long, i)
		}
		return all
	}
	sheet := func(rows string) map[string]string { return xlsxFiles(map[string]string{"A": rows}) }
	with := func(name, content string) map[string]string {
		files := sheet(`<row><c s="0"><v>1</v></c><c t="s"><v>0</v></c></row>`)
		files[name] = content
		return files
	}
	table := func(cell string) map[string]string {
		return odsFiles(`<table:table><table:table-row><table:table-cell` + cell + `</table:table-cell></table:table-row></table:table>`)
	}
	for name, test := range map[string]struct {
		files func() map[string]string
		want  error
		row   string
	}{
		"a long tag": {func() map[string]string { return sheet(`<row a="` + strings.Repeat(long, 3) + `"/>`) }, ErrTooLarge, ""},
		"a long text": {func() map[string]string {
			return sheet(`<row><c t="str"><v>` + strings.Repeat(long, 3) + `</v></c></row>`)
		}, ErrTooLarge, ""},
		"a long cell": {func() map[string]string { return sheet(`<row><c t="str"><v>` + long + `</v></c></row>`) }, nil, "1 true []"},
		"a long row": {func() map[string]string {
			return table(` table:number-columns-repeated="16000"><text:p>` + long[:1000] + `</text:p>`)
		}, nil, "1 true"},
		"many spaces": {func() map[string]string {
			return table(`><text:p>x` + strings.Repeat(`<text:s text:c="100"/>`, 125_000) + `</text:p>`)
		}, nil, "1 true"},
		"many rows": {func() map[string]string {
			return odsFiles(`<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row>` +
				`<table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row></table:table>`)
		}, ErrTooLarge, ""},
		"all rows": {func() map[string]string {
			return odsFiles(`<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>` +
				`<table:table-row table:number-rows-repeated="16777215"><table:table-cell/></table:table-row></table:table>`)
		}, nil, "1 false"},
		"many columns":         {func() map[string]string { return table(` table:number-columns-repeated="99999"><text:p>x</text:p>`) }, ErrDamaged, ""},
		"long names":           {func() map[string]string { return odsFiles(many("<%s%d>")) }, ErrDamaged, ""},
		"long names of sheets": {func() map[string]string { return odsFiles(many(`<table:table table:name="%s%d"></table:table>`)) }, nil, ""},
		"… in XLSX": {func() map[string]string {
			return with("xl/workbook.xml", `<workbook><sheets><sheet id="id0"/>`+many(`<sheet name="%s%d" id="id0"/>`)+`</sheets></workbook>`)
		}, nil, "1 false"},
		"long targets": {func() map[string]string {
			files := with("", "")
			files["xl/_rels/workbook.xml.rels"] = strings.Replace(files["xl/_rels/workbook.xml.rels"], "<Rel", "<R>"+many(`<Relationship Target="%s" Id="%d"/>`)+"</R><Rel", 2)
			return files
		}, nil, "1 false"},
		"long codes of formats": {func() map[string]string {
			return with("xl/styles.xml", `<styleSheet><numFmt numFmtId="164" formatCode="`+strings.Repeat(`\0`, 1<<20)+`"/><cellXfs>`+strings.Repeat(`<xf numFmtId="164"/>`, 13)+`</cellXfs></styleSheet>`)
		}, nil, "1 false"},
		"a long text that is shared": {func() map[string]string {
			return with("xl/sharedStrings.xml", `<sst><si>`+many(`<t>%s%d</t>`)+`</si></sst>`)
		}, nil, "1 true"},
	} {
		got, in := "", &measured{Reader: bytes.NewReader(zipped(t, test.files()))}
		in.look()
		before := in.most
		book, err := Read(in, in.Size(), 0, func(r Row) error {
			got = fmt.Sprintf("%d %t %.9q", r.Number, r.Large, r.Cells)
			return nil
		})
		in.look()
		if !errors.Is(err, test.want) || !strings.HasPrefix(got, test.row) {
			t.Errorf("%s: %v, %s", name, err, got)
		}
		if in.most > before+ceiling {
			t.Errorf("%s: took %d MB for %d sheets", name, (in.most-before)>>20, len(book.Sheets))
		}
	}
	file := zipped(t, xlsxFiles(map[string]string{"A": `<row><c><v>1</v></c></row>`}))
	a, err := open(&source{ReaderAt: bytes.NewReader(file)}, int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	a.left = 500
	if _, err := a.xlsx(0, &rows{}); !errors.Is(err, ErrTooLarge) {
		t.Error("more than all that may be unpacked:", err)
	}
	shared := sharedTexts{text: make([]byte, maxShared), begun: maxShared, inText: true}
	if err := shared.take(nil, xml.CharData("x")); !errors.Is(err, ErrTooLarge) {
		t.Error("more than all texts that may be shared:", err)
	}
}

// measured looks how much memory is in use, each time that it is read.
type measured struct {
	*bytes.Reader
	most uint64
}

func (m *measured) look() {
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	m.most = max(m.most, now.HeapAlloc)
}

func (m *measured) ReadAt(p []byte, at int64) (int, error) {
	m.look()
	return m.Reader.ReadAt(p, at)
}

// TestErrors: those of the file and of the caller come back as they are.
func TestErrors(t *testing.T) {
	file := zipped(t, xlsxFiles(map[string]string{"A": `<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`}))
	enough, n := errors.New("enough"), 0
	_, err := Read(bytes.NewReader(file), int64(len(file)), -1, func(Row) error { n++; return enough })
	if !errors.Is(err, enough) || n != 1 {
		t.Error(n, err)
	}
	if _, err := Read(failing{}, 1000, -1, nil); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestFormats(t *testing.T) {
	for _, test := range []struct {
		id, code, number, want string
	}{
		{"0", "", "29649", "29649"},
		{"14", "", "29649", "1981-03-04"},
		{"14", "", "2958466", "2958466"},
		{"14", "", "-1", "-1"},
		{"22", "", "29649.999999999", "1981-03-05"},
		{"22", "", "0.5", "0.5"},
		{"14", "", "29648.958333333336", "1981-03-03"},
		{"164", "dd/mm/yyyy", "29648.958333333336", "1981-03-03"},
		{"164", "dd/mm/yyyy hh:mm", "29648.958333333336", "1981-03-03 23:00:00"},
		{"164", `[Red]yyyy"年"m"月"d"日"`, "29649", "1981-03-04"},
		{"164", "mmm", "29649", "1981-03-04"},
		{"164", "h:mm AM/PM", "0.5", "12:00:00"},
		{"164", "General", "5", "5"},
		{"164", `"days: "0`, "5", "5"},
		{"164", "0.00E+00", "1234", "1234"},
		{"164", "00000", "123", "00123"},
		{"164", "00000", "123456", "123456"},
		{"164", `000\-00\-0000`, "12345678", "012-34-5678"},
		{"164", `"+"00 000`, "4412345", "+4412 345"},
		{"164", `#\ 000\ 000;-0`, "12345678", "12 345 678"},
		{"164", `(###)\ 000\-0000`, "12345", "() 001-2345"},
		{"164", "00000", "-5", "-5"},
		{"164", `"P-"0000`, "12", "P-0012"},
		{"164", `0000"/A";[Red]-0`, "12", "0012/A"},
		{"164", `"+49 "0`, "1701234567", "+49 1701234567"},
		{"164", `"+40 "000 0000000`, "17", "+40 000 0000017"},
		{"164", `00\.00\.0000`, "4031981", "04.03.1981"},
		{"164", `0" of 2026"`, "5", "5"},
		{"164", "00.00", "5", "5"},
		{"0", "", "x", "x"},
	} {
		if got := formatOf(test.id, test.code).text(test.number, false); got != test.want {
			t.Errorf("%s as %s %s: %q, want %q", test.number, test.id, test.code, got, test.want)
		}
	}
}

// FuzzSheet: nothing that is in a workbook makes the reading of it panic, or lose its bearings.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{
		`<row r="2"><c r="A2" t="s"><v>0</v></c><c s="1"><v>29649.5</v></c></row>`, `<row><c t="inlineStr"><is><t>_x000D_</t></is></c></row>`, `<row r="-1"><c r="$"/>`, `</sheetData>`, `<t>0</c></row>`,
		`<row><row><c><v>1</v></c></row><c><v>2</v></c></row>`, `<table:table><table:table-row><table:table-row><table:table-cell office:string-value="a"/></table:table-row><table:table-cell office:string-value="b"/></table:table-row></table:table>`,
		`<table:table table:name="a"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"><text:p>01</text:p></table:table-cell></table:table-row></table:table>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		for _, files := range []map[string]string{xlsxFiles(map[string]string{"A": inside}), odsFiles(inside)} {
			file, last, n := zipped(t, files), 0, 0
			_, err := Read(bytes.NewReader(file), int64(len(file)), 0, func(r Row) error {
				if r.Number <= last || r.blank() {
					t.Fatalf("%+v after %d", r, last)
				}
				last = r.Number
				if n++; n > 1000 {
					return io.ErrShortBuffer
				}
				return nil
			})
			if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, io.ErrShortBuffer) {
				t.Fatal(err)
			}
		}
	})
}

package auth

import (
	"bytes"
	"strings"
	"testing"

	"anteroom/auth/vault"
)

// TestFreedPageIsEmpty: nothing of a patient stays in memory that a page grew out of.
func TestFreedPageIsEmpty(t *testing.T) {
	r := &RecordReader{key: newRecordKey("p", vault.NewKey())}
	page, pieces := &Page{}, map[*byte][]byte{}
	for i := range pageSize {
		row := RecordRow{Table: TablePatient, ID: strings.Repeat("x", i+1), Version: 1}
		row.Sealed = r.key.seal(row, []byte("a patient's data"))
		page.add(r, row, committed)
		if err := page.Records[i].Err; err != nil {
			t.Fatal(err)
		}
		whole := page.plain[:cap(page.plain)]
		pieces[&whole[0]] = whole
	}
	if len(pieces) < 2 {
		t.Fatal("the page did not grow")
	}
	for i, record := range page.Records {
		if string(record.Plain) != "a patient's data" {
			t.Fatalf("record %d: %q", i, record.Plain)
		}
	}
	page.Free()
	for _, piece := range pieces {
		if len(bytes.Trim(piece, "\x00")) > 0 {
			t.Errorf("%q is left", piece)
		}
	}
}

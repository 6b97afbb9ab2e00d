package spreadsheet

import (
	"bytes"
	"encoding/binary"
)

// isOLE says that a file is a compound file, as Excel wrote them before 2007, and still does
// where there is a password.
func isOLE(in *source) bool {
	var begin [8]byte
	_, err := in.ReadAt(begin[:], 0)
	return err == nil && string(begin[:]) == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
}

// ofOLE says why a compound file is refused, by the names in its directory ([MS-CFB] 2.2, 2.6).
func ofOLE(in *source) error {
	var header [52]byte
	if _, err := in.ReadAt(header[:], 0); err != nil {
		return ErrDamaged
	}
	shift := binary.LittleEndian.Uint16(header[30:]) // of the size of a sector: 9 or 12
	first := binary.LittleEndian.Uint32(header[48:]) // of the directory's
	directory := make([]byte, 4096)
	n, _ := in.ReadAt(directory, (int64(first)+1)<<min(shift, 12))
	switch directory = directory[:n]; {
	case bytes.Contains(directory, utf16("EncryptedPackage")):
		return ErrPassword
	case bytes.Contains(directory, utf16("Workbook")), bytes.Contains(directory, utf16("Book")):
		return ErrOld
	}
	return ErrNone
}

// utf16 is a name of ASCII as a directory has it.
func utf16(name string) (out []byte) {
	for i := range len(name) {
		out = append(out, name[i], 0)
	}
	return out
}

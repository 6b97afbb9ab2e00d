package disk

import (
	"io/fs"
	"reflect"
	"syscall"
	"testing"
)

// wantKind: of all that is asked of an error, one thing alone is so.
func wantKind(t *testing.T, code syscall.Errno, is func(error) bool) {
	t.Helper()
	err := &fs.PathError{Op: "write", Path: "anteroom.db", Err: code}
	for _, ask := range []func(error) bool{IsFull, IsReadOnly, IsFailing, IsInUse} {
		want := reflect.ValueOf(ask).Pointer() == reflect.ValueOf(is).Pointer()
		if got := ask(err); got != want {
			t.Errorf("%v: got %v, want %v", code, got, want)
		}
	}
}

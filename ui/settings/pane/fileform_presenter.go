package pane

import (
	"errors"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// ExportFailed says why there is no file. What is about its place stands beside
// the field.
func ExportFailed(err error) screen.Progress {
	var field *auth.FieldError
	if errors.As(err, &field) || errors.Is(err, auth.ErrReadOnly) || errors.Is(err, auth.ErrDiskFull) {
		return screen.Progress{Field: auth.FieldFolder, Error: screen.SaveText(err)}
	}
	return screen.Failed(err)
}

//go:build !linux

package paper

import (
	"errors"
	"os"
)

// openNameless says that there are no files without a name. (Windows deletes on
// close what was opened so, and whether it is renamed does not count.)
func openNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func nameFile(*os.File, string) error { return errors.ErrUnsupported }

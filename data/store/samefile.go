package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"anteroom/auth"
)

// inUse are the files that Stores of this process have open, by Store. On Unix
// a file's locks belong to the process, and closing any descriptor of the file
// drops them, SQLite's too. So meanwhile nothing but SQLite opens such a file.
var inUse sync.Map

// usedHere says whether a Store of this process has that file open.
func usedHere(file os.FileInfo) (used bool) {
	inUse.Range(func(_, open any) bool {
		used = os.SameFile(open.(os.FileInfo), file)
		return !used
	})
	return used
}

// recordFile remembers which file was opened, for checkSameFile.
func (s *Store) recordFile() error {
	file, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("look for %s: %w", s.path, translate(err))
	}
	os.SameFile(file, file) // on Windows it reads only now which file it is
	s.file = file
	inUse.Store(s, file)
	return nil
}

// checkSameFile says whether the path still leads to the file that was opened.
func (s *Store) checkSameFile() error {
	if s.file == nil {
		return nil
	}
	if exists(filepath.Join(filepath.Dir(s.path), ElsewhereName)) {
		return fmt.Errorf("%s was moved: %w", s.path, auth.ErrReplaced)
	}
	found, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is gone: %w", s.path, auth.ErrReplaced)
	case err != nil:
		return fmt.Errorf("look for %s: %w", s.path, translate(err))
	case !os.SameFile(s.file, found):
		return fmt.Errorf("%s is another file: %w", s.path, auth.ErrReplaced)
	}
	return nil
}

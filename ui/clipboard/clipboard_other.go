//go:build !windows

package clipboard

import "anteroom/ui/work"

func private(c work.Clipboard) work.Clipboard { return c }

// Package clipboard is for what is copied and must not stay: codes and passwords.
package clipboard

import "anteroom/ui/work"

// Private returns a clipboard whose content the OS's clipboard history leaves out, nor
// sends to other devices: on Windows. Elsewhere it is c itself: Fyne copies text there
// without a mark that says so. Its methods belong on the UI goroutine.
func Private(c work.Clipboard) work.Clipboard { return private(c) }

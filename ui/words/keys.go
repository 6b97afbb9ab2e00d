package words

import "runtime"

// Shortcut is a key with the modifier that shortcuts have on this system: "Ctrl+Z", on macOS "Cmd+Z".
func Shortcut(key string) string {
	if runtime.GOOS == "darwin" {
		return "Cmd+" + key
	}
	return "Ctrl+" + key
}

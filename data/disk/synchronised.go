package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// services are programs that keep a folder the same on several computers, by the name
// that the folder has.
var services = []struct{ folder, name string }{
	{"dropbox", "Dropbox"},
	{"onedrive", "OneDrive"},
	{"google drive", "Google Drive"},
	{"googledrive", "Google Drive"},
	{"my drive", "Google Drive"},
	{"icloud drive", "iCloud Drive"},
	{"iclouddrive", "iCloud Drive"},
	{"mobile documents", "iCloud Drive"}, // in ~/Library
}

// Synchronised is the name of the program that synchronises a folder of that path, as
// far as names tell; "": none is known.
func Synchronised(path string) string {
	path = Real(path)
	for _, variable := range []string{"OneDrive", "OneDriveCommercial", "OneDriveConsumer"} { // set on Windows
		if root := os.Getenv(variable); root != "" {
			if rel, err := filepath.Rel(Real(root), path); err == nil && filepath.IsLocal(rel) {
				return "OneDrive"
			}
		}
	}
	parent := ""
	for part := range strings.SplitSeq(strings.ToLower(filepath.ToSlash(path)), "/") {
		for _, s := range services {
			// "OneDrive - Brook Street", "Dropbox (Old)", and on macOS CloudStorage/OneDrive-Personal
			if part == s.folder || strings.HasPrefix(part, s.folder+" (") || strings.HasPrefix(part, s.folder+" - ") ||
				parent == "cloudstorage" && strings.HasPrefix(part, s.folder+"-") {
				return s.name
			}
		}
		parent = part
	}
	return ""
}

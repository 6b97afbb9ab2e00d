package disk

import (
	"path/filepath"
	"testing"
)

func TestSynchronised(t *testing.T) {
	t.Setenv("OneDrive", "")
	t.Setenv("OneDriveCommercial", "")
	for path, want := range map[string]string{
		"/home/anna/.local/share/anteroom":                              "",
		"/home/anna/Dropbox/anteroom":                                   "Dropbox",
		"/home/anna/Dropbox (Old)/anteroom":                             "Dropbox",
		"/home/anna/dropbox-notes/anteroom":                             "",
		"/home/anna/OneDrive - Brook Street/anteroom":                   "OneDrive",
		"/Users/anna/Library/CloudStorage/OneDrive-Personal/anteroom":   "OneDrive",
		"/Users/anna/Library/CloudStorage/GoogleDrive-a@b.org/My Drive": "Google Drive",
		"/Users/anna/Library/CloudStorage/Dropbox":                      "Dropbox",
		"/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/data": "iCloud Drive",
		"/g/My Drive/anteroom":                                          "Google Drive",
		"/c/Users/anna/iCloudDrive/anteroom":                            "iCloud Drive",
		"/home/anna/my drives/anteroom":                                 "",
	} {
		if got := Synchronised(filepath.FromSlash(path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	root := t.TempDir()
	t.Setenv("OneDriveCommercial", root)
	if got := Synchronised(filepath.Join(root, "anteroom")); got != "OneDrive" {
		t.Errorf("in the folder of the variable: %q", got)
	}
	if got := Synchronised(root + "-2"); got != "" {
		t.Errorf("beside it: %q", got)
	}
}

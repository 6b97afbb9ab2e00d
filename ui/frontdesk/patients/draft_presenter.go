package patients

import (
	"encoding/json"
	"strings"

	"anteroom/data"
)

// draft is what was typed into a form and not saved yet.
type draft struct {
	Version int64            `json:"version"` // of the record that it began with
	Base    data.PatientForm `json:"base"`    // that record's fields
	Form    data.PatientForm `json:"form"`
}

const draftPrefix = "patient/"

// DraftKey is where what is typed about a patient is kept until it is saved; id "" is a new one.
func DraftKey(id string) string {
	if id == "" {
		return draftPrefix + "new"
	}
	return draftPrefix + id
}

// DraftOf is the patient whom a draft is about; id "" is a new one. ok is false
// where it is about something else.
func DraftOf(key string) (id string, ok bool) {
	id, ok = strings.CutPrefix(key, draftPrefix)
	if key == DraftKey("") {
		id = ""
	}
	return id, ok
}

func (d draft) text() string {
	text, err := json.Marshal(d)
	if err != nil {
		return "" // unreachable: numbers and texts
	}
	return string(text)
}

// readDraft reads what text wrote; ok is false for anything else, such as a
// draft of another Anteroom.
func readDraft(text string) (d draft, ok bool) {
	return d, text != "" && json.Unmarshal([]byte(text), &d) == nil
}

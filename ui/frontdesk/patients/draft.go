package patients

import (
	"encoding/json"

	"anteroom/data"
)

// draft is what was typed into a form and not saved yet.
type draft struct {
	Version int64            `json:"version"` // of the record that it began with
	Base    data.PatientForm `json:"base"`    // that record's fields
	Form    data.PatientForm `json:"form"`
}

// draftKey is where a patient's draft is kept; id "" is a new patient's.
func draftKey(id string) string {
	if id == "" {
		return "patient/new"
	}
	return "patient/" + id
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

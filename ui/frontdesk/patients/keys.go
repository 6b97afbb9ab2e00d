package patients

import "strings"

// DraftKey is where what is typed about a patient is kept until it is saved; id
// "" is a new one.
func DraftKey(id string) string { return draftKey(id) }

// DraftOf is the patient whom a draft is about; id "" is a new one. ok is false
// where it is about something else.
func DraftOf(key string) (id string, ok bool) {
	id, ok = strings.CutPrefix(key, draftKey("-")[:len(draftKey("-"))-1])
	if key == draftKey("") {
		id = ""
	}
	return id, ok
}

// ID is the patient's whose page it is.
func (w *PatientPage) ID() string { return w.record.id }

// DraftKey is where what is typed into the form is kept.
func (w *FormPage) DraftKey() string { return draftKey(w.form.id) }

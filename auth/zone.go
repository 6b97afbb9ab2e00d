package auth

import "time"

// checkZone refuses a time zone that this computer does not know. "Local" is none: it is
// another one on each computer.
func checkZone(name string) error {
	if name == "" {
		return nil
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return &FieldError{FieldZone, ProblemUnknown}
	}
	return nil
}

// Zone is the time zone of the practice's days and hours, by its name in the IANA database;
// "": it has none, and each computer's own counts.
func (s *Session) Zone() string {
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	return s.p.zone
}

// Zone is Session.Zone in the state that is read.
func (r *RecordReader) Zone() string { return r.zone }

// IsAdmin says that who reads is a Practice Admin.
func (r *RecordReader) IsAdmin() bool { return r.me.Role == Admin }

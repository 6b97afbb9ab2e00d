package auth

// Zone is the time zone of the practice's days and hours.
type Zone struct {
	Name    string `json:"name"`    // in the IANA time zone database; "": the practice has none, and each computer uses its own
	Changes int    `json:"changes"` // how often the practice got another one
}

// Zone is the practice's.
func (s *Session) Zone() Zone {
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	return s.p.zone
}

// Zone is the practice's in the state that is read.
func (r *RecordReader) Zone() Zone { return r.zone }

// IsAdmin says that who reads is a Practice Admin.
func (r *RecordReader) IsAdmin() bool { return r.me.Role == Admin }

package signin

// Screens on the way back into a practice say whether something is under way
// there that must come to its end, however long nobody touches the computer.

// IsBusy says that the key is being tried.
func (s *KeyEntryScreen) IsBusy() bool { return s.presenter.waiting != idle }

// IsBusy says that the practice is being opened.
func (s *RescueScreen) IsBusy() bool { return s.presenter.waiting != idle }

// IsBusy says that a password is being set.
func (s *RescueAdminScreen) IsBusy() bool { return s.presenter.task.waiting != idle }

// IsBusy says that a backup is being opened or put in place.
func (s *RestoreScreen) IsBusy() bool { return s.presenter.waiting != idle }

// IsBusy says that this computer is being connected to a server.
func (s *ConnectScreen) IsBusy() bool { return s.presenter.waiting != idle }

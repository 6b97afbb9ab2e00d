package settings

// The rows of the list of panes, for a Practice Admin.
const (
	rowGeneral = iota + 1
	rowRecovery
	rowPractitioners
	rowAppointments
	rowServer
	rowUsers
	rowComputers
	rowActivity
	rowBackup
	rowExchange
	rowAccount
)

package data

// Act is what was done to an appointment.
type Act int

// The acts that can be undone.
const (
	ActBooked Act = iota
	ActMoved
	ActBecame
	ActAnnotated
)

// Undone is a step that was undone: what it had been, and the appointment
// as it is again.
type Undone struct {
	Step   int // its number, among those of its session
	Act    Act
	Status Status // of ActBecame: what it had become
	Visit  Visit
}

// Generations count the changes that are known of, by anybody: a number that
// grew means that something there is new.
type Generations struct{ Patients, Appointments, Details int64 }

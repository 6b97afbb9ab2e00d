package desk

import (
	"runtime"
	"slices"
	"testing"

	"anteroom/data"
	"anteroom/data/demo"
)

// allocated is how many bytes and pieces of memory something takes.
func allocated(do func()) (bytes, pieces uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs
}

// TestOpeningMakesLittleGarbage: filling the memory takes little more for each patient
// than what SQLite and the index need.
func TestOpeningMakesLittleGarbage(t *testing.T) {
	const patients = 10_000
	c := newClinic(t, onDisk(t))
	c.must(c.anna.Fill(c.ctx, data.DefaultDetails(), slices.Collect(demo.Patients(patients, 1)), nil))
	d := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	bytes, pieces := allocated(func() { c.must(d.Sync(c.ctx)) })
	// 19 pieces, and some 2 more under the race detector.
	if bytes > 2700*patients || pieces > 25*patients {
		t.Errorf("%d bytes in %d pieces for each patient", bytes/patients, pieces/patients)
	}
}

// TestBookingMakesLittleGarbage: a booking on a full day opens neither the register nor
// the appointments that it does not overlap.
func TestBookingMakesLittleGarbage(t *testing.T) {
	c := newClinic(t, onDisk(t))
	patients := slices.Collect(demo.Patients(200, 1))
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, manyDays(3*perDay, patients)))
	c.sync()
	book := func(i int) {
		_, err := c.anna.Book(c.ctx, inTheEvening(i, patients), false)
		c.must(err)
	}
	for i := range 3 {
		book(i)
	}
	if _, pieces := allocated(func() { book(3) }); pieces > 1000 {
		t.Errorf("%d pieces of memory", pieces)
	}
}

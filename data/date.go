package data

import (
	"encoding/binary"
	"time"
)

// Date is a day of the calendar, of no time zone. The zero Date is none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of a moment in the zone it is given in.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid says that the calendar has such a day, of a year that four digits write.
func (d Date) Valid() bool {
	return !d.IsZero() && d.Year >= 0 && d.Year <= 9999 && DateOf(d.utc()) == d
}

// utc is the day as time reckons with it.
func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// In is the beginning of the day in a zone: midnight, or the first moment after
// it where the clock skips midnight.
func (d Date) In(zone *time.Location) time.Time { return d.At(0, zone) }

// At is the first moment at which the clock shows a minute of the day, or a later
// one: a time that the clock skips is the moment at which it goes on, of one that
// it shows twice the first. (time.Date chooses either side of both.)
func (d Date) At(minute int, zone *time.Location) time.Time {
	moments, change := d.moments(minute, zone)
	if len(moments) == 0 {
		return change
	}
	return moments[0]
}

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Before says that d is earlier than e.
func (d Date) Before(e Date) bool { return d.number() < e.number() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// number is the date as YYYYMMDD.
func (d Date) number() int { return d.Year*10000 + int(d.Month)*100 + d.Day }

// String is the date as people read it without doubt: "4 Mar 1981".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2 Jan 2006")
}

// ISO is the date as "1981-03-04" (ISO 8601), for files.
func (d Date) ISO() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Age is the full years of somebody born on d, on the day today. Who was born
// on 29 February is a year older on 1 March of other years.
func (d Date) Age(today Date) int {
	age := today.Year - d.Year
	if today.Month < d.Month || today.Month == d.Month && today.Day < d.Day {
		age--
	}
	return age
}

// MarshalBinary is the date for a sealed record: YYYYMMDD as four bytes, big endian.
func (d Date) MarshalBinary() ([]byte, error) {
	return binary.BigEndian.AppendUint32(nil, uint32(d.number())), nil
}

// UnmarshalBinary reads what MarshalBinary wrote; ErrNotADate if it did not.
func (d *Date) UnmarshalBinary(b []byte) error {
	if len(b) != 4 {
		return ErrNotADate
	}
	n := int(binary.BigEndian.Uint32(b))
	read := Date{n / 10000, time.Month(n / 100 % 100), n % 100}
	if !read.IsZero() && !read.Valid() {
		return ErrNotADate
	}
	*d = read
	return nil
}

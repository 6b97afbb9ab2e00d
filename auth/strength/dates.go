package strength

import "strconv"

const (
	yearBits = 7.3 // of 1900 to 2059
	dayBits  = 8.6 // of a year
	// separatedBits are for the sign between day, month and year.
	separatedBits = 2
)

// findDates finds years, days of a year and whole dates, with or without signs between their
// numbers: "1987", "2412", "24.12.1987", "871224".
func (s *scan) findDates() {
	for start := range s.chars {
		if n, ok := s.number(start, 4); ok && isYear(n, 4) {
			s.add(start, start+4, yearBits)
		}
		for _, first := range [...]int{1, 2, 4} {
			for _, second := range [...]int{1, 2} {
				s.findDate(start, first, second, 0)
				s.findDate(start, first, second, 1)
			}
		}
	}
}

// findDate finds a date whose first two numbers have so many digits, with so many signs between.
func (s *scan) findDate(start, first, second, signs int) {
	middle := start + first + signs
	end := middle + second
	a, ok := s.number(start, first)
	b, also := s.number(middle, second)
	if !ok || !also {
		return
	}
	separated := float64(signs) * separatedBits
	if signs == 1 && !s.separates(start+first) {
		return
	}
	if isDay(a, b) && first <= 2 {
		s.add(start, end, dayBits+separated)
	}
	if signs == 1 && (end >= len(s.chars) || s.chars[end].plain != s.chars[start+first].plain) {
		return
	}
	for _, third := range [...]int{1, 2, 4} {
		c, ok := s.number(end+signs, third)
		if ok && (isDay(a, b) && first <= 2 && isYear(c, third) || isYear(a, first) && isDay(b, c) && third <= 2) {
			s.add(start, end+signs+third, dayBits+yearBits+separated)
		}
	}
}

// shortestRow is the count of numbers from which they are a row.
const shortestRow = 4

// findRows finds numbers that go on by the same step: "2468101214", "100908070".
func (s *scan) findRows() {
	for start := range s.chars {
		for _, first := range [...]int{1, 2, 3} {
			for _, second := range [...]int{1, 2, 3} {
				s.findRow(start, first, second)
			}
		}
	}
}

// findRow finds the row whose first two numbers have so many digits.
func (s *scan) findRow(start, first, second int) {
	a, ok := s.number(start, first)
	b, also := s.number(start+first, second)
	if !ok || !also || a == b {
		return
	}
	end := start + first + second
	for count, next := 2, 2*b-a; next >= 0; count, next = count+1, next+b-a {
		digits := len(strconv.Itoa(next))
		if n, ok := s.number(end, digits); !ok || n != next {
			break
		}
		end += digits
		if count+1 >= shortestRow {
			s.add(start, end, float64(first)*digitBits+log2(1+max(a-b, b-a))+log2(count))
		}
	}
}

// number is the number of so many digits at a place.
func (s *scan) number(start, digits int) (n int, ok bool) {
	if start+digits > len(s.chars) {
		return 0, false
	}
	for _, c := range s.chars[start : start+digits] {
		if !c.digit() {
			return 0, false
		}
		n = 10*n + int(c.plain-'0')
	}
	return n, true
}

// separates tells whether a character stands between the numbers of a date.
func (s *scan) separates(at int) bool {
	switch s.chars[at].plain {
	case '.', '-', '/', '_', ' ', '\\', ',':
		return true
	}
	return false
}

func isYear(n, digits int) bool {
	return digits == 2 || digits == 4 && n >= 1900 && n < 2060
}

// isDay tells whether two numbers are a day and a month, in whichever order.
func isDay(a, b int) bool {
	return a >= 1 && b >= 1 && min(a, b) <= 12 && max(a, b) <= 31
}

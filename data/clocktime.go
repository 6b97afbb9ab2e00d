package data

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// ParseTime reads a time of the day as people type it: "9:15", "915", "9.15", "9,15",
// "9", "9:15 pm", "21h15", "21 Uhr". It is the minute of the day; the error is
// ErrNotATime. "1:30" is in the afternoon, since nobody comes at night; "01:30" is
// at night.
func ParseTime(text string) (int, error) {
	c, err := readClock(text)
	if err != nil {
		return 0, err
	}
	minute, err := c.minute(false)
	if err == nil && c.isVague() && minute < earliest {
		minute += halfDay
	}
	return minute, err
}

// FormatTime is a minute of the day as a clock shows it: "9:15".
func FormatTime(minute int) string { return fmt.Sprintf("%d:%02d", minute/60, minute%60) }

// EntryTime is a minute of the day as ParseTime reads it: "9:15", and "01:30" at
// night.
func EntryTime(minute int) string {
	if minute < earliest {
		return paddedTime(minute)
	}
	return FormatTime(minute)
}

// paddedTime is a minute of the day that can only be of a clock of 24 hours:
// "09:15".
func paddedTime(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// ParseMinutes reads a length: "15", "15 min", "1:30", "1 h 30", "2h", "1.5 h",
// "1,5 h". Errors are ErrNotADuration, ErrUnclearLength ("1.5"), ErrNoLength and
// ErrTooLongVisit (more than a day).
func ParseMinutes(text string) (int, error) {
	if d := decimalLength.FindStringSubmatch(strings.ToLower(plainDigits(text))); d != nil {
		return decimalHours(d[1], d[2], d[3])
	}
	numbers, words := pieces(text)
	hours, minutes := "0", ""
	switch shape := strings.Join(words, "#"); shape {
	case "#", "#m", "#min", "#mins", "#minute", "#minutes", "#'", "#′":
		minutes = numbers[0]
	case "#h", "#hr", "#hrs", "#hour", "#hours", "#std":
		hours, minutes = numbers[0], "0"
	case "#:#", "#:#h", "#h#", "#h#m", "#h#min", "#hr#", "#hr#min", "#hour#", "#hour#min", "#hour#minutes", "#hours#", "#hours#minutes":
		hours, minutes = numbers[0], numbers[1]
		n, err := strconv.Atoi(minutes)
		if err != nil || n > 59 || strings.HasPrefix(shape, "#:#") && len(minutes) != 2 { // "1:5" may be any
			return 0, ErrNotADuration
		}
	default:
		return 0, ErrNotADuration
	}
	if len(hours) > 4 || len(minutes) > 4 {
		return 0, ErrTooLongVisit
	}
	h, _ := strconv.Atoi(hours) // digits, few: no error
	m, _ := strconv.Atoi(minutes)
	return lengthOf(h*60 + m)
}

func lengthOf(minutes int) (int, error) {
	switch {
	case minutes == 0:
		return 0, ErrNoLength
	case minutes > dayMinutes:
		return 0, ErrTooLongVisit
	}
	return minutes, nil
}

// decimalLength is a number with a point or a comma in it, and its unit.
var decimalLength = regexp.MustCompile(`^[\s\p{Zs}]*(\d*)[\s\p{Zs}]*[.,٫][\s\p{Zs}]*(\d+)[\s\p{Zs}]*(\pL*)\.?[\s\p{Zs}]*$`)

// decimalHours are hours with a fraction. Without a unit they may be minutes or
// hours; of two digits, "1.30 h" may be meant as on a clock, so only quarters are
// read.
func decimalHours(whole, fraction, unit string) (int, error) {
	minutes, known := map[string]int{"00": 0, "25": 15, "50": 30, "75": 45}[fraction]
	switch unit {
	case "":
		return 0, ErrUnclearLength
	case "h", "hr", "hrs", "hour", "hours", "std":
	default:
		return 0, ErrNotADuration
	}
	if len(fraction) == 1 {
		minutes, known = 6*int(fraction[0]-'0'), true
	}
	switch {
	case !known:
		return 0, ErrUnclearLength
	case len(whole) > 2:
		return 0, ErrTooLongVisit
	}
	hours, _ := strconv.Atoi("0" + whole) // digits, few: no error
	return lengthOf(hours*60 + minutes)
}

// clock is a time as it was typed.
type clock struct {
	hour, min int
	half      half
	padded    bool // "09", as on a clock of 24 hours
}

const (
	halfDay  = 12 * 60
	earliest = 6 * 60  // that a practice opens
	latest   = 21 * 60 // that it closes
)

// isVague says that it may be in either half of the day: "9:15".
func (c clock) isVague() bool {
	return c.half == anyHalf && c.hour >= 1 && c.hour <= 9 && !c.padded
}

// half is the half of the day in which a clock of twelve hours is.
type half int

const (
	anyHalf half = iota // a clock of 24 hours
	morning
	afternoon
)

// minute is its minute of the day; 24:00 only where a day may end.
func (c clock) minute(end bool) (int, error) {
	hour := c.hour
	if c.half != anyHalf {
		if hour < 1 || hour > 12 {
			return 0, ErrNotATime
		}
		hour %= 12
		if c.half == afternoon {
			hour += 12
		}
	}
	if c.min > 59 || hour > 23 && !(end && hour == 24 && c.min == 0) {
		return 0, ErrNotATime
	}
	return hour*60 + c.min, nil
}

func readClock(text string) (clock, error) {
	var c clock
	if strings.Contains(text, ", ") { // two of them
		return clock{}, ErrNotATime
	}
	numbers, words := pieces(text)
	last := len(words) - 1
	switch words[last] {
	case "am", "a":
		c.half, words[last] = morning, ""
	case "pm", "p":
		c.half, words[last] = afternoon, ""
	case "h", "hs", "hrs", "uhr", "heures", "horas":
		words[last] = ""
	}
	hour, minute := "", "0"
	switch strings.Join(words, "#") {
	case "#":
		hour = numbers[0]
		if n := len(hour); n == 3 || n == 4 {
			hour, minute = hour[:n-2], hour[n-2:]
		}
	case "#:#", "#,#", "#h#", "#h#min", "#heures#", "#uhr#":
		hour, minute = numbers[0], numbers[1]
		if len(minute) != 2 { // "9:5" may be any
			return clock{}, ErrNotATime
		}
	default:
		return clock{}, ErrNotATime
	}
	if len(hour) > 2 {
		return clock{}, ErrNotATime
	}
	c.padded = strings.HasPrefix(hour, "0")
	c.hour, _ = strconv.Atoi(hour) // digits, few: no error
	c.min, _ = strconv.Atoi(minute)
	return c, nil
}

// pieces are the numbers of a text, and what stands around them: one word more
// than there are numbers. Case, spaces and dots of "p.m." don't count; a dot, a
// space or a colon of another script between numbers is a colon.
func pieces(text string) (numbers, words []string) {
	text = strings.ToLower(plainDigits(strings.TrimSpace(text)))
	words = []string{""}
	spaced := false
	for i, r := range text {
		last := len(words) - 1
		switch {
		case r >= '0' && r <= '9':
			if i == 0 || !isDigit(text[i-1]) {
				if words[last] == "" && len(numbers) > 0 && spaced {
					words[last] = ":"
				}
				numbers, words = append(numbers, ""), append(words, "")
			}
			numbers[len(numbers)-1] += string(r)
			spaced = false
		case unicode.IsSpace(r) || r == '.':
			spaced = true
		case r == '：' || r == '∶':
			words[last] += ":"
		case r == '#': // stands for a number where the words are joined
			words[last] += "?"
		default:
			words[last] += string(r)
		}
	}
	return numbers, words
}

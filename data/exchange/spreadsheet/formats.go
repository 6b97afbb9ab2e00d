package spreadsheet

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// format is how a cell shows its number.
type format struct {
	isDate bool
	isTime bool   // of a date: the time beside it
	mask   string // where digits go, for one that shows more digits than the number has
}

// dateIDs and timeIDs are the formats without a code that show days or times; those over 22 are
// of East Asian languages (ECMA-376, part 1, 18.8.30).
var (
	dateIDs = []string{"14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58"}
	timeIDs = []string{"18", "19", "20", "21", "22", "32", "33", "34", "35", "45", "46", "47", "55", "56"}
)

// literals are what of a code is not about the number: texts, colours, languages, spaces.
var literals = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`) })

// formatOf is the format of an id, with its code where the workbook has one.
func formatOf(id, code string) format {
	if code == "" {
		return format{isDate: slices.Contains(dateIDs, id), isTime: slices.Contains(timeIDs, id)}
	}
	bare := strings.ToLower(literals().ReplaceAllString(code, ""))
	switch {
	case strings.Contains(bare, "general"):
		return format{}
	case strings.ContainsAny(bare, "dy"):
		return format{isDate: true, isTime: strings.ContainsAny(bare, "hs")}
	case strings.ContainsAny(bare, "hs"):
		return format{isTime: true}
	case strings.Contains(bare, "m"):
		return format{isDate: true}
	}
	return format{mask: maskOf(code)}
}

// The places of a mask; no text of XML has these signs.
const (
	zeroPlace  = '\x00' // for a digit, or a zero
	digitPlace = '\x01'
)

// maskOf is the mask of a code such as "P-"0000 or 0000\ 000\ 000; "" if it shows no more than the number.
func maskOf(code string) string {
	code, _, _ = strings.Cut(code, ";") // what follows is for other numbers
	var mask []rune
	quoted, escaped := false, false
	for _, sign := range code {
		switch {
		case escaped:
			escaped = false
			mask = append(mask, sign)
		case sign == '"':
			quoted = !quoted
		case quoted:
			mask = append(mask, sign)
		case sign == '\\':
			escaped = true
		case sign == '0':
			mask = append(mask, zeroPlace)
		case sign == '#':
			mask = append(mask, digitPlace)
		case strings.ContainsRune(" -()/+", sign):
			mask = append(mask, sign)
		default:
			return ""
		}
	}
	if !addsDigits(string(mask)) {
		return ""
	}
	return string(mask)
}

// addsDigits says that a mask shows zeros, or other digits, before a number.
func addsDigits(mask string) bool {
	before := mask[:max(0, strings.IndexAny(mask, string([]rune{zeroPlace, digitPlace})))]
	return strings.Count(mask, string(zeroPlace)) > 1 || strings.ContainsAny(before, "0123456789")
}

// text is a number as a text.
func (f format) text(value string, since1904 bool) string {
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil:
		return value
	case f.isTime && !f.isDate && n >= 0 && n < 1:
		return time.Time{}.Add(time.Duration(math.Round(n*86400)) * time.Second).Format(time.TimeOnly)
	case f.isDate || f.isTime:
		if text := dateText(n, since1904, f.isTime); text != "" {
			return text
		}
	}
	text := numberText(n)
	if f.mask != "" && strings.Trim(text, "0123456789") == "" {
		return masked(f.mask, text)
	}
	return text
}

// dateText is the day of a serial number, timed with the time where it has one; "" if it is none. In 1900
// there is a 29 February, which programs after Lotus 1-2-3 count as it did.
func dateText(serial float64, since1904, timed bool) string {
	const most = 2958465 // 31 December 9999
	if serial < 1 && !since1904 || serial < 0 || serial > most {
		return ""
	}
	days := math.Floor(serial)
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since1904:
		begin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return "1900-02-29"
	case days < 60:
		begin = begin.AddDate(0, 0, 1)
	}
	seconds := math.Round((serial - days) * 86400)
	at := begin.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	if !timed || seconds == 0 || seconds == 86400 {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// dated is a day of ISO 8601, timed with its time.
func dated(text string, timed bool) string {
	if day, _, ok := strings.Cut(text, "T"); ok && !timed {
		return day
	}
	return text
}

// numberText is a number in full. Of one with more digits than programs keep, it is the short form
// with E, as they show it: the last ones are lost.
func numberText(n float64) string {
	const digits = 15
	if math.Abs(n) >= 1e15 {
		return strconv.FormatFloat(n, 'E', -1, 64)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', digits, 64), 64)
	if err != nil {
		rounded = n
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// masked puts digits where a mask has places, and as many zeros before them as it asks for.
func masked(mask, digits string) string {
	zeros := strings.Count(mask, string(zeroPlace))
	digits = strings.Repeat("0", max(0, zeros-len(digits))) + digits
	left := zeros + strings.Count(mask, string(digitPlace))
	var out strings.Builder
	for _, sign := range mask {
		if sign != zeroPlace && sign != digitPlace {
			out.WriteRune(sign)
			continue
		}
		n := max(0, len(digits)-left+1) // the first place takes all that are too many
		out.WriteString(digits[:n])
		digits = digits[n:]
		left--
	}
	return out.String()
}

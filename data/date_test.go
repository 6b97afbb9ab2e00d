package data_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/data"
)

// today is the day on which these tests are.
var today = data.Date{Year: 2026, Month: time.June, Day: 15}

func date(year int, month time.Month, day int) data.Date {
	return data.Date{Year: year, Month: month, Day: day}
}

func zoneNamed(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseDate(t *testing.T) {
	const d, m, y = data.DayFirst, data.MonthFirst, data.YearFirst
	march := date(1981, time.March, 4)
	for _, tc := range []struct {
		text  string
		order data.DateOrder
		want  data.Date
		err   error
	}{
		// Numbers, in each order.
		{"4/3/1981", d, march, nil},
		{"04/03/1981", d, march, nil},
		{"3/4/1981", m, march, nil},
		{"1981/3/4", y, march, nil},
		{"4.3.1981", d, march, nil},
		{"4. 3. 1981", d, march, nil},
		{"1981. 3. 4.", y, march, nil},
		{"4-3-1981", d, march, nil},
		{"4–3–1981", d, march, nil},
		{"4‑3‑1981", d, march, nil}, // hyphens that don't break
		{"4 3 1981", d, march, nil},

		// Months in six languages, and what else is written around them.
		{"14-Mai-81", d, date(1981, time.May, 14), nil},
		{"4. März 1981", d, march, nil},
		{"4. Mrz 81", d, march, nil}, // as spreadsheets write it in German
		{"4. Maerz 1981", d, march, nil},
		{"Mittwoch, den 4. März 1981", d, march, nil},
		{"4 mars 1981", d, march, nil},
		{"mercredi 4 mars 1981", d, march, nil},
		{"1er août 1981", d, date(1981, time.August, 1), nil},
		{"4 de marzo de 1981", d, march, nil},
		{"4 de março de 1981", d, march, nil},
		{"1º gennaio 1981", d, date(1981, time.January, 1), nil},
		{"4-dic-1981", d, date(1981, time.December, 4), nil},
		{"4-out-1981", d, date(1981, time.October, 4), nil},
		{"4 jui 1981", d, data.Date{}, data.ErrNotADate}, // juin or juillet
		{"4 juil. 1981", d, date(1981, time.July, 4), nil},
		{" 4 / 3 / 1981 ", d, march, nil},
		{"1981-03-04", d, march, nil},
		{"1981-03-04", m, march, nil},
		{"1981-03-04", y, march, nil},
		{"4/3/1981", y, march, nil}, // the year is where it can only be
		{"04031981", d, march, nil},
		{"03041981", m, march, nil},
		{"19810304", y, march, nil},
		{"19810304", d, march, nil}, // no other reading is a day
		{"19810304", m, march, nil},
		{"04031981", y, march, nil},
		{"20111981", d, date(1981, time.November, 20), nil},
		{"040381", d, march, nil},
		{"030481", m, march, nil},
		{"810304", y, march, nil},
		{"٤/٣/١٩٨١", d, march, nil},
		{"۱۹۸۱-۰۳-۰۴", d, march, nil},
		{"１９８１／３／４", y, march, nil},
		{"1981年3月4日", y, march, nil},
		{"1981년 3월 4일", y, march, nil},

		// A month by its name.
		{"4 Mar 1981", d, march, nil},
		{"4 Mar 1981", m, march, nil},
		{"4 Mar 1981", y, march, nil},
		{"4 march 1981", d, march, nil},
		{"4 MARCH 1981", d, march, nil},
		{"4. March 1981", d, march, nil},
		{"4-Mar-1981", d, march, nil},
		{"4Mar1981", d, march, nil},
		{"4th March 1981", d, march, nil},
		{"4th of March, 1981", d, march, nil},
		{"March 4, 1981", m, march, nil},
		{"Mar. 4th, 1981", d, march, nil},
		{"1981 March 4", d, march, nil},
		{"1981-Mar-04", y, march, nil},
		{"1981 4 March", d, march, nil},
		{"81 Mar 4", y, march, nil},
		{"4 Mar 81", d, march, nil},
		{"4 Mar '81", d, march, nil},
		{"Wed 4 Mar 1981", d, march, nil},
		{"Wednesday, March 4, 1981", m, march, nil},
		{"1st May 2000", d, date(2000, time.May, 1), nil},
		{"2nd May 2000", d, date(2000, time.May, 2), nil},
		{"3rd Sept 2000", d, date(2000, time.September, 3), nil},
		{"31 Aug 2000", d, date(2000, time.August, 31), nil}, // the "st" is the month's

		// A year of two digits is the last that is not after today.
		{"15/6/26", d, today, nil},
		{"16/6/26", d, date(1926, time.June, 16), nil},
		{"14/6/26", d, date(2026, time.June, 14), nil},
		{"1/1/27", d, date(1927, time.January, 1), nil},
		{"1/1/00", d, date(2000, time.January, 1), nil},
		{"29/2/28", d, date(1928, time.February, 29), nil},
		{"26-06-15", y, today, nil},
		{"26-06-16", y, date(1926, time.June, 16), nil},

		// Days there are and days there are not.
		{"29/2/2024", d, date(2024, time.February, 29), nil},
		{"29/2/2000", d, date(2000, time.February, 29), nil},
		{"29/2/1900", d, data.Date{}, data.ErrNoSuchDay},
		{"29/2/2023", d, data.Date{}, data.ErrNoSuchDay},
		{"29 Feb 23", d, data.Date{}, data.ErrNoSuchDay},
		{"30/2/2024", d, data.Date{}, data.ErrNoSuchDay},
		{"31/4/1981", d, data.Date{}, data.ErrNoSuchDay},
		{"0/3/1981", d, data.Date{}, data.ErrNoSuchDay},
		{"4/0/1981", d, data.Date{}, data.ErrNoSuchDay},
		{"4/13/1981", d, data.Date{}, data.ErrNoSuchDay},
		{"13/4/1981", m, data.Date{}, data.ErrNoSuchDay},
		{"1981-13-04", y, data.Date{}, data.ErrNoSuchDay},
		{"99999999", d, data.Date{}, data.ErrNoSuchDay},
		{"31129999", d, date(9999, time.December, 31), nil},

		{"", d, data.Date{}, data.ErrNotADate},
		{"  ", d, data.Date{}, data.ErrNotADate},
		{"soon", d, data.Date{}, data.ErrNotADate},
		{"4", d, data.Date{}, data.ErrNotADate},
		{"4/3", d, data.Date{}, data.ErrNotADate},
		{"Mar 1981", d, data.Date{}, data.ErrNotADate},
		{"4 Ma 1981", d, data.Date{}, data.ErrNotADate},
		{"4 Marx 1981", d, data.Date{}, data.ErrNotADate},
		{"Mar Mar Mar", d, data.Date{}, data.ErrNotADate},
		{"4/3/981", d, data.Date{}, data.ErrNotADate},
		{"4/3/19811", d, data.Date{}, data.ErrNotADate},
		{"4/3/1", d, data.Date{}, data.ErrNotADate},
		{"4/3/1981/2", d, data.Date{}, data.ErrNotADate},
		{"004/3/1981", d, data.Date{}, data.ErrNotADate},
		{"4/003/1981", d, data.Date{}, data.ErrNotADate},
		{"4/3/1981 12:00", d, data.Date{}, data.ErrNotADate},
		{"4/3/-1981", d, march, nil}, // a slip of the finger between two signs
		{"99999999999999999999/3/4", d, data.Date{}, data.ErrNotADate},
		{"4/99999999999999999999/1981", d, data.Date{}, data.ErrNotADate},
		{"123", d, data.Date{}, data.ErrNotADate},
		{"st 3 1981", d, data.Date{}, data.ErrNotADate},
	} {
		got, err := data.ParseDate(tc.text, tc.order, today)
		if got != tc.want || !errors.Is(err, tc.err) {
			t.Errorf("%q (%d): %v, %v; want %v, %v", tc.text, tc.order, got, err, tc.want, tc.err)
		}
	}
}

// anyDate draws a day of the calendar.
func anyDate() *rapid.Generator[data.Date] {
	return rapid.Custom(func(t *rapid.T) data.Date {
		return date(1800, time.January, 1).AddDays(rapid.IntRange(0, 146_097).Draw(t, "days"))
	})
}

// TestDateReadsBack: what the program writes it reads, in any order.
func TestDateReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "date")
		order := rapid.SampledFrom([]data.DateOrder{data.DayFirst, data.MonthFirst, data.YearFirst}).Draw(t, "order")
		for _, text := range []string{d.String(), d.ISO()} {
			if got, err := data.ParseDate(text, order, today); err != nil || got != d {
				t.Fatalf("%q: %v, %v", text, got, err)
			}
		}
		sealed, _ := d.MarshalBinary()
		var back data.Date
		if err := back.UnmarshalBinary(sealed); err != nil || back != d {
			t.Fatalf("%v sealed: %v, %v", d, back, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"4/3/1981", "4 Mar 81", "1981年3月4日", "٤/٣/١٩٨١", "4th of March"} {
		f.Add(text, 0)
	}
	f.Fuzz(func(t *testing.T, text string, order int) {
		d, err := data.ParseDate(text, data.DateOrder(order%3), today)
		if err == nil && !d.Valid() || err != nil && !d.IsZero() {
			t.Fatalf("%q: %#v, %v", text, d, err)
		}
	})
}

func TestParseNear(t *testing.T) {
	for text, want := range map[string]data.Date{
		"24/12/26":   date(2026, time.December, 24),
		"2 Jan 27":   date(2027, time.January, 2),
		"1/1/99":     date(1999, time.January, 1),
		"1/1/75":     date(2075, time.January, 1),
		"24/12/2026": date(2026, time.December, 24),
		"1/6/26":     date(2026, time.June, 1),
	} {
		if got, err := data.ParseNear(text, data.DayFirst, today); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if _, err := data.ParseNear("30 Feb 27", data.DayFirst, today); !errors.Is(err, data.ErrNoSuchDay) {
		t.Error(err)
	}
}

func TestOrderOf(t *testing.T) {
	for locale, want := range map[string]data.DateOrder{
		"en-GB": data.DayFirst, "en_GB.UTF-8": data.DayFirst, "de_DE@euro": data.DayFirst, "": data.DayFirst, "C": data.DayFirst,
		"en-US": data.MonthFirst, "en_US.UTF-8": data.MonthFirst, "US": data.MonthFirst, "es-US": data.MonthFirst,
		"sv_SE": data.YearFirst, "zh-Hans-CN": data.YearFirst, "hu_HU.UTF-8": data.YearFirst, "fr-CA": data.YearFirst,
		"as-IN": data.DayFirst, // Assamese, not American Samoa
	} {
		if got := data.OrderOf(locale); got != want {
			t.Errorf("%q: %v", locale, got)
		}
	}
}

func TestAge(t *testing.T) {
	leap := date(2004, time.February, 29)
	for _, tc := range []struct {
		born, today data.Date
		want        int
	}{
		{date(1981, time.March, 4), today, 45},
		{date(1981, time.June, 15), today, 45},
		{date(1981, time.June, 16), today, 44},
		{date(1981, time.December, 1), today, 44},
		{today, today, 0},
		{leap, date(2023, time.February, 28), 18},
		{leap, date(2023, time.March, 1), 19},
		{leap, date(2024, time.February, 28), 19},
		{leap, date(2024, time.February, 29), 20},
	} {
		if got := tc.born.Age(tc.today); got != tc.want {
			t.Errorf("born %v, on %v: %d, want %d", tc.born, tc.today, got, tc.want)
		}
	}
}

// TestDateIn: a day begins at the first moment at which the clock shows it.
func TestDateIn(t *testing.T) {
	for _, tc := range []struct {
		zone string
		day  data.Date
		want string
	}{
		{"America/Sao_Paulo", date(2018, time.November, 4), "2018-11-04T01:00:00-02:00"}, // midnight is skipped
		{"America/Sao_Paulo", date(2018, time.November, 5), "2018-11-05T00:00:00-02:00"},
		{"America/Sao_Paulo", date(2018, time.February, 18), "2018-02-18T00:00:00-03:00"}, // an hour before it twice
		{"Asia/Beirut", date(2022, time.March, 27), "2022-03-27T01:00:00+03:00"},
		{"Asia/Beirut", date(2022, time.October, 30), "2022-10-30T00:00:00+02:00"},
		{"Europe/London", date(2026, time.March, 29), "2026-03-29T00:00:00Z"},
		{"Europe/London", date(2026, time.March, 30), "2026-03-30T00:00:00+01:00"},
		{"Europe/London", date(2026, time.October, 25), "2026-10-25T00:00:00+01:00"},
		{"America/Havana", date(2026, time.November, 1), "2026-11-01T00:00:00-04:00"}, // midnight twice: the first
		{"America/Havana", date(2026, time.March, 8), "2026-03-08T01:00:00-04:00"},
		{"Africa/Monrovia", date(1972, time.January, 7), "1972-01-07T00:44:30Z"},     // 44½ minutes are skipped
		{"America/Toronto", date(1919, time.March, 31), "1919-03-31T00:30:00-04:00"}, // from 23:30
		{"Pacific/Apia", date(2011, time.December, 30), "2011-12-31T00:00:00+14:00"}, // the whole day
		{"Pacific/Apia", date(2011, time.December, 31), "2011-12-31T00:00:00+14:00"},
		{"UTC", date(2026, time.June, 15), "2026-06-15T00:00:00Z"},
	} {
		if got := tc.day.In(zoneNamed(t, tc.zone)).Format(time.RFC3339); got != tc.want {
			t.Errorf("%v in %s begins at %s, want %s", tc.day, tc.zone, got, tc.want)
		}
	}
	fixed := time.FixedZone("", 5*3600+45*60)
	if got := today.In(fixed).Format(time.RFC3339); got != "2026-06-15T00:00:00+05:45" {
		t.Error(got)
	}
}

// TestDateAt: a time that the clock skips is the moment at which it goes on; of
// one that it shows twice, the first.
func TestDateAt(t *testing.T) {
	for _, tc := range []struct {
		zone   string
		day    data.Date
		minute int
		want   string
	}{
		{"America/Sao_Paulo", date(2018, time.November, 4), 0, "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", date(2018, time.November, 4), 30, "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", date(2018, time.November, 4), 9 * 60, "2018-11-04T09:00:00-02:00"},
		{"America/Sao_Paulo", date(2018, time.November, 3), 24 * 60, "2018-11-04T01:00:00-02:00"},
		{"Europe/London", date(2026, time.March, 29), 59, "2026-03-29T00:59:00Z"},
		{"Europe/London", date(2026, time.March, 29), 90, "2026-03-29T02:00:00+01:00"},
		{"Europe/London", date(2026, time.March, 29), 120, "2026-03-29T02:00:00+01:00"},
		{"Europe/London", date(2026, time.March, 29), 17 * 60, "2026-03-29T17:00:00+01:00"},
		{"Europe/London", date(2026, time.October, 25), 90, "2026-10-25T01:30:00+01:00"},
		{"Europe/London", date(2026, time.October, 25), 120, "2026-10-25T02:00:00Z"},
		{"Asia/Beirut", date(2022, time.October, 29), 23*60 + 30, "2022-10-29T23:30:00+03:00"},
		{"Asia/Beirut", date(2022, time.March, 27), 15, "2022-03-27T01:00:00+03:00"},
	} {
		if got := tc.day.At(tc.minute, zoneNamed(t, tc.zone)).Format(time.RFC3339); got != tc.want {
			t.Errorf("%v at %d in %s is %s, want %s", tc.day, tc.minute, tc.zone, got, tc.want)
		}
	}
}

// TestDaysMeet: whatever the zone does, a day is over where the next begins, the
// clock shows no earlier day then, and minutes go forward.
func TestDaysMeet(t *testing.T) {
	names := []string{"America/Sao_Paulo", "Europe/London", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe",
		"Pacific/Apia", "Asia/Kathmandu", "Africa/Monrovia", "America/Toronto"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(names).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		day := date(1900, time.January, 1).AddDays(rapid.IntRange(0, 50_000).Draw(t, "day"))
		begin := day.In(zone)
		if data.DateOf(begin).Before(day) || !data.DateOf(begin.Add(-time.Nanosecond)).Before(day) {
			t.Fatalf("%v begins at %v", day, begin)
		}
		if end := day.AddDays(1).In(zone); end.Before(begin) || !end.Equal(day.At(24*60, zone)) {
			t.Fatalf("%v goes from %v to %v", day, begin, end)
		}
		minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		if at, next := day.At(minute, zone), day.At(minute+1, zone); next.Before(at) {
			t.Fatalf("%v: %v before %v", day, next, at)
		}
	})
}

func TestDateIsBare(t *testing.T) {
	var none data.Date
	if !none.IsZero() || none.Valid() || none.String() != "" || none.ISO() != "" {
		t.Error("the zero date is none")
	}
	sealed, _ := none.MarshalBinary()
	back := today
	if err := back.UnmarshalBinary(sealed); err != nil || !back.IsZero() {
		t.Error(back, err)
	}
	for _, b := range [][]byte{nil, {1}, {0, 0, 0, 1}, {1, 0x2e, 0x53, 0x10, 0}, {0xff, 0xff, 0xff, 0xff}} {
		if err := back.UnmarshalBinary(b); !errors.Is(err, data.ErrNotADate) || !back.IsZero() {
			t.Errorf("%v: %v, %v", b, back, err)
		}
	}
	if got := date(981, time.March, 4); got.String() != "4 Mar 0981" || got.ISO() != "0981-03-04" {
		t.Error(got.String(), got.ISO())
	}
	if date(2024, time.February, 28).AddDays(1) != date(2024, time.February, 29) || today.Weekday() != time.Monday {
		t.Error("the calendar is wrong")
	}
}

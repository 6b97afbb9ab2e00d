package words

import (
	"testing"

	"anteroom/data"
)

func TestWeekBeginsOnMonday(t *testing.T) {
	long, short := "", ""
	for _, day := range Week() {
		long, short = long+Weekday(day)+" ", short+ShortWeekday(day)+" "
	}
	if long != "Monday Tuesday Wednesday Thursday Friday Saturday Sunday " || short != "Mon Tue Wed Thu Fri Sat Sun " {
		t.Errorf("%q, %q", long, short)
	}
}

func TestColoursHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range Colours() {
		if name == "" || seen[name] {
			t.Errorf("%q", name)
		}
		seen[name] = true
	}
}

func TestKindName(t *testing.T) {
	if got := KindName(data.AppointmentType{ID: data.Consultation}); got != "Consultation" {
		t.Errorf("%q", got)
	}
	if got := KindName(data.AppointmentType{Name: "Check-up"}); got != "Check-up" {
		t.Errorf("%q", got)
	}
}

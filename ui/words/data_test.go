package words

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"anteroom/data"
)

func TestDataErrorsHaveSentences(t *testing.T) {
	for _, err := range []error{
		data.ErrEmpty, data.ErrTooLong, data.ErrControl, data.ErrNotADate, data.ErrNoSuchDay, data.ErrFuture, data.ErrTooLongAgo,
		data.ErrNotAnEmail, data.ErrNotAPhone, data.ErrNotATime, data.ErrEndsBefore, data.ErrNoLength, data.ErrTooLongVisit, data.ErrOverlap,
		data.ErrNotADuration, data.ErrUnclearLength, data.ErrNameTaken, data.ErrUnknownChoice, data.ErrUnknownType, data.ErrOtherStep, data.ErrStatus, data.ErrMerged, data.ErrSame, data.ErrTooLate,
		data.ErrChanged, data.ErrNothing,
	} {
		text, ok := Data(fmt.Errorf("wrapped: %w", err))
		if !ok || text == "" || Error(err) != text {
			t.Errorf("%v: %q, %v; Error says %q", err, text, ok, Error(err))
		}
	}
	if _, ok := Data(errors.New("other")); ok {
		t.Error("an error of somebody else is taken")
	}
}

func TestPatientFieldsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range data.Fields() {
		name := PatientField(f, "")
		if name == "" || seen[name] {
			t.Errorf("field %d is called %q", f, name)
		}
		seen[name] = true
	}
	if got := PatientField(data.FieldHealthNumber, "NHS number"); got != "NHS number" {
		t.Errorf("%q", got)
	}
}

func TestBorn(t *testing.T) {
	day, today := data.Date{Year: 1981, Month: time.March, Day: 4}, data.Date{Year: 2026, Month: time.November, Day: 24}
	for state, want := range map[data.PatientState]string{data.Active: "4 Mar 1981, 45", data.Left: "4 Mar 1981, 45", data.Deceased: "4 Mar 1981"} {
		if got := Born(day, today, state); got != want {
			t.Errorf("%v: %q, want %q", state, got, want)
		}
	}
	if got := Born(data.Date{}, today, data.Active); got != "" {
		t.Errorf("%q for nobody knows when", got)
	}
}

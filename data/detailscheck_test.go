package data_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/data"
)

func goodDetails() data.Details {
	return data.Details{
		Practitioners: []data.Practitioner{ann(), ben(), gone()},
		Types:         []data.AppointmentType{{ID: data.Consultation, Minutes: 15}, {ID: "long", Name: "Long visit", Minutes: 30}},
		WaitLimit:     20,
	}
}

func TestCheckDetails(t *testing.T) {
	type change func(*data.Details)
	for name, tc := range map[string]struct {
		change     change
		field      data.DetailField
		item, part int
		want       error
	}{
		"no practitioner's name":     {func(d *data.Details) { d.Practitioners[1].Name = "\u00a0 " }, data.PractitionerName, 1, 0, data.ErrEmpty},
		"no name of one gone":        {func(d *data.Details) { d.Practitioners[2].Name = "" }, data.PractitionerName, 2, 0, data.ErrEmpty},
		"a name twice":               {func(d *data.Details) { d.Practitioners[1].Name = " DR ANN EXAMPLE" }, data.PractitionerName, 1, 0, data.ErrNameTaken},
		"a long name":                {func(d *data.Details) { d.Practitioners[0].Name = strings.Repeat("é", 201) }, data.PractitionerName, 0, 0, data.ErrTooLong},
		"a control in a name":        {func(d *data.Details) { d.Practitioners[0].Name = "a\nb" }, data.PractitionerName, 0, 0, data.ErrControl},
		"hours that overlap":         {func(d *data.Details) { d.Practitioners[1].Hours[3] = []data.Span{{From: 1, To: 9}, {From: 8, To: 10}} }, data.PractitionerHours, 1, 3, data.ErrOverlap},
		"hours in the wrong order":   {func(d *data.Details) { d.Practitioners[1].Hours[3] = []data.Span{{From: 8, To: 9}, {From: 1, To: 2}} }, data.PractitionerHours, 1, 3, data.ErrOverlap},
		"hours that end before":      {func(d *data.Details) { d.Practitioners[1].Hours[0] = []data.Span{{From: 8, To: 7}} }, data.PractitionerHours, 1, 0, data.ErrEndsBefore},
		"hours of another day":       {func(d *data.Details) { d.Practitioners[1].Hours[6] = []data.Span{{From: 8, To: 1441}} }, data.PractitionerHours, 1, 6, data.ErrNotATime},
		"days away that end before":  {func(d *data.Details) { d.Practitioners[0].Away[0].To = date(2026, time.June, 16) }, data.PractitionerAway, 0, 0, data.ErrEndsBefore},
		"days away that don't exist": {func(d *data.Details) { d.Practitioners[0].Away[0].To = date(2026, time.June, 31) }, data.PractitionerAway, 0, 0, data.ErrNoSuchDay},
		"no kind's name":             {func(d *data.Details) { d.Types[1].Name = "" }, data.TypeName, 1, 0, data.ErrEmpty},
		"a kind's name twice":        {func(d *data.Details) { d.Types[0].Name = "LONG VISIT" }, data.TypeName, 1, 0, data.ErrNameTaken},
		"a kind too short":           {func(d *data.Details) { d.Types[1].Minutes = 4 }, data.TypeMinutes, 1, 0, data.ErrOutOfRange},
		"a kind too long":            {func(d *data.Details) { d.Types[0].Minutes = 481 }, data.TypeMinutes, 0, 0, data.ErrOutOfRange},
		"a wait of nothing":          {func(d *data.Details) { d.WaitLimit = 0 }, data.WaitLimit, 0, 0, data.ErrOutOfRange},
		"a wait too long":            {func(d *data.Details) { d.WaitLimit = 241 }, data.WaitLimit, 0, 0, data.ErrOutOfRange},
		"a number's name":            {func(d *data.Details) { d.HealthNumber = "a\tb" }, data.HealthNumberName, 0, 0, data.ErrControl},
	} {
		d := goodDetails()
		tc.change(&d)
		err := d.Check()
		var errs data.DetailErrors
		if !errors.As(err, &errs) || len(errs) != 1 || !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if one := errs.Of(tc.field, tc.item); one == nil || one.Part != tc.part || !errors.Is(one, tc.want) {
			t.Errorf("%s: %+v", name, errs[0])
		}
	}
}

func TestCheckGoodDetails(t *testing.T) {
	edges := goodDetails()
	edges.Types[0].Minutes, edges.Types[1].Minutes, edges.WaitLimit = 5, 480, 240
	namesake := goodDetails()
	namesake.Practitioners[2].Name = namesake.Practitioners[0].Name // who is gone does not keep a name
	for _, d := range []data.Details{data.DefaultDetails(), goodDetails(), edges, namesake} {
		if err := d.Check(); err != nil {
			t.Errorf("%v: %+v", err, d)
		}
	}
	both := goodDetails()
	both.Practitioners[1].Name, both.WaitLimit = "", -1
	var errs data.DetailErrors
	if err := both.Check(); !errors.As(err, &errs) || len(errs) != 2 || errs.Of(data.TypeName, 0) != nil {
		t.Error(err)
	}
}

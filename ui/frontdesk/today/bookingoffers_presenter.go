package today

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// offerCount is how many free times are offered at once.
const offerCount = 5

// offer is a free time that was found.
type offer struct {
	Text    string
	IsTaken bool // it is what the form has
}

// find looks for the next free times, and for who is free at a time that was typed. Of several searches only the newest
// counts.
func (b *booking) find() {
	length, err := parseLength(b.form.Length)
	if err != nil || length == 0 || b.saving {
		return
	}
	long, ids, from := time.Duration(length)*time.Minute, b.candidates(), b.offersFrom()
	typed, isTyped := b.typedStart()
	isTyped = isTyped && b.form.Practitioner == ""
	details, without, days := b.day.details, b.visit.ID, lookAhead
	if b.purpose == forWalkIn {
		days = 1
	}
	var offers []data.Slot
	who := ""
	b.looks.Replace(func(ctx context.Context) (err error) {
		if offers, err = b.day.freeTimes(ctx, details, ids, without, from, long, days, offerCount); err != nil || !isTyped {
			return err
		}
		first, err := b.day.freeTimes(ctx, details, ids, without, typed, long, 1, 1)
		if len(first) > 0 && first[0].Start.Equal(typed) {
			who = first[0].Practitioner
		}
		return err
	}, func(err error) { b.found(offers, who, isTyped, err) })
}

// found takes what find found.
func (b *booking) found(offers []data.Slot, who string, isTyped bool, err error) {
	if b.closed || b.saving || err != nil && b.IsOver(err) {
		return
	}
	saves := b.saves
	b.saves = false
	if err != nil {
		b.err = problem(err)
		b.show()
		return
	}
	offers = slices.DeleteFunc(offers, b.isOwn)
	b.offers, b.wasFound = offers, true
	defer func() { b.renews = false }()
	switch {
	case b.renews && b.form.Start != "": // only what is offered is another: the time in the form stays
	case isTyped && b.form.Practitioner == "":
		b.form.Practitioner, b.isWho = who, who != ""
	case b.isFixed:
	case len(offers) > 0:
		b.fill(offers[0])
		b.isOffer = true
	case b.purpose == forWalkIn:
		b.fillNow()
	}
	if saves {
		b.save()
		return
	}
	b.show()
}

// isOwn says that a free time is where the appointment that is moved is now.
func (b *booking) isOwn(s data.Slot) bool {
	return b.purpose == forMove && s.Practitioner == b.visit.Practitioner && s.Start.Equal(b.visit.Start)
}

// candidates are the practitioners among whom a free time is looked for; none: whoever is there.
func (b *booking) candidates() []string {
	if b.form.With == "" {
		return nil
	}
	return strings.Split(b.form.With, withMark)
}

// withMark is between the ids of bookingForm.With.
const withMark = ","

// offersFrom is from when free times are looked for: from now, or from the day on that was asked for or typed, or after those
// that were offered before.
func (b *booking) offersFrom() time.Time {
	from := roundUp(b.now(), quarter)
	if b.purpose == forWalkIn {
		from = b.now().Truncate(time.Minute)
	}
	date := b.opened.Date
	if b.typed {
		date = b.form.Date
	}
	if day, err := parseDay(date, b.order, b.today()); err == nil && b.purpose != forWalkIn {
		if begins := day.At(0, b.desk.Zone()); begins.After(from) {
			from = begins
		}
	}
	if b.later.After(from) {
		from = b.later
	}
	return from
}

// typedStart is the moment that the form has.
func (b *booking) typedStart() (start time.Time, ok bool) {
	day, err := parseDay(b.form.Date, b.order, b.today())
	if err != nil {
		return time.Time{}, false
	}
	minute, err := data.ParseTime(b.form.Start)
	if err != nil {
		return time.Time{}, false
	}
	moments, err := day.Moments(minute, b.desk.Zone())
	if err != nil {
		return time.Time{}, false
	}
	return moments[0], true
}

// takeOffer takes one of the offers, and shows it in the day; the number after the last asks for later ones.
func (b *booking) takeOffer(i int) {
	switch {
	case b.saving || i < 0 || i > len(b.offers):
		return
	case i == len(b.offers):
		b.later = b.offers[i-1].End
		b.find()
		return
	}
	b.isFixed, b.isOffer, b.saves = true, true, false
	b.fill(b.offers[i])
	b.day.showSlot(b.offers[i])
	b.show()
}

// place takes a free time that was pointed at in the day.
func (b *booking) place(r Request) {
	if b.saving || !r.HasMinute {
		return
	}
	b.isFixed, b.typed, b.isOffer, b.saves = true, true, false, false
	if ids := b.candidates(); len(ids) > 0 && !slices.Contains(ids, r.Practitioner) {
		b.setWith([]string{r.Practitioner}) // whom the mouse pointed at
	}
	b.fill(data.Slot{Practitioner: r.Practitioner, Start: r.Date.At(r.Minute, b.desk.Zone())})
	b.find()
	b.show()
}

// toggleWith has a practitioner be among those whose free times are looked for, or no more; the first is whoever is there.
func (b *booking) toggleWith(i int) {
	present := b.choices()
	if b.saving || i < 0 || i > len(present) {
		return
	}
	ids := b.candidates()
	if i == 0 {
		ids = nil
	} else if id := present[i-1].ID; slices.Contains(ids, id) {
		ids = slices.DeleteFunc(ids, func(other string) bool { return other == id })
	} else {
		ids = append(ids, id)
	}
	b.setWith(ids)
	b.keep()
	b.find()
	b.show()
}

// setWith looks among these from now on. Who has the appointment is one of them; where there is but one, that.
func (b *booking) setWith(ids []string) {
	b.form.With, b.later = strings.Join(ids, withMark), time.Time{}
	b.errs[fieldPractitioner] = nil
	b.isWho, b.saves = false, false
	if len(ids) > 0 && !slices.Contains(ids, b.form.Practitioner) {
		b.form.Practitioner = ""
	}
	if len(ids) == 1 {
		b.form.Practitioner = ids[0]
	}
	if b.typed {
		return
	}
	b.isFixed = false // a time that was offered gives way to the first one with them
}

// fill takes a free time.
func (b *booking) fill(s data.Slot) {
	start := s.Start
	b.form.Practitioner, b.isWho = s.Practitioner, false
	b.form.Date, b.form.Start = data.DateOf(start).String(), data.EntryTime(start.Hour()*60+start.Minute())
	b.errs[fieldDate], b.errs[fieldStart], b.errs[fieldPractitioner], b.warning, b.err = nil, nil, nil, "", ""
	if !b.typed {
		b.opened.Practitioner = b.form.Practitioner
	}
	b.keep()
}

// fillNow takes somebody down who came, although nobody is free today any more.
func (b *booking) fillNow() {
	candidates, ids := b.choices(), b.candidates()
	if len(ids) > 0 {
		candidates = slices.DeleteFunc(slices.Clone(candidates), func(c choice) bool { return !slices.Contains(ids, c.ID) })
	}
	if len(candidates) == 0 {
		return
	}
	b.fill(data.Slot{Practitioner: candidates[0].ID, Start: b.now().Truncate(time.Minute)})
	b.warning = lang.L("Nobody has a free time today any more.")
	if len(candidates) == 1 {
		b.warning = lang.L("{{.Name}} has no free time today any more.", map[string]any{"Name": candidates[0].Name})
	}
}

// offered are the offers in words, those of other practitioners than one with their names.
func (b *booking) offered() (offers []offer) {
	present := b.choices()
	start, ok := b.typedStart()
	for _, s := range b.offers {
		text := b.slotText(s.Start)
		if len(present) > 1 && len(b.candidates()) != 1 {
			text += " " + shortName(present, s.Practitioner)
		}
		offers = append(offers, offer{text, ok && s.Start.Equal(start) && s.Practitioner == b.form.Practitioner})
	}
	if len(offers) == offerCount {
		offers = append(offers, offer{Text: lang.L("Later…")})
	}
	return offers
}

// slotText is when a free time is, as short as it can be told without doubt.
func (b *booking) slotText(start time.Time) string {
	switch day, today := data.DateOf(start), b.today(); {
	case day == today:
		return words.TimeOfDay(start)
	case day.Before(today.AddDays(7)):
		return start.Format("Mon ") + words.TimeOfDay(start)
	default:
		return start.Format("2 Jan ") + words.TimeOfDay(start)
	}
}

// shortName is the last word of a practitioner's name, or all of it where others share that.
func shortName(of []choice, id string) string {
	last := func(name string) string {
		parts := strings.Fields(name)
		if len(parts) == 0 {
			return name
		}
		return parts[len(parts)-1]
	}
	for _, c := range of {
		if c.ID != id {
			continue
		}
		if slices.ContainsFunc(of, func(other choice) bool { return other.ID != id && last(other.Name) == last(c.Name) }) {
			return c.Name
		}
		return last(c.Name)
	}
	return ""
}

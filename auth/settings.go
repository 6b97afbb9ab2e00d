package auth

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// adminMe is me where that is a Practice Admin.
func (s *Session) adminMe(r *register) (*user, error) {
	me, err := s.me(r)
	if err == nil && me.Role != Admin {
		return nil, ErrForbidden
	}
	return me, err
}

// steppedUpAdmin is adminMe while a step-up is fresh.
func (s *Session) steppedUpAdmin(r *register) (*user, error) {
	me, err := s.adminMe(r)
	if err == nil && !s.fresh() {
		return nil, ErrStepUp
	}
	return me, err
}

// admin changes the register for a Practice Admin. What gives access or
// weakens the policy asks for stepUp.
func (s *Session) admin(ctx context.Context, stepUp bool, decide func(c *change, me *user) error) error {
	who := s.adminMe
	if stepUp {
		who = s.steppedUpAdmin
	}
	return s.p.stored(s.updateAs(ctx, who, decide))
}

// adminView reads the register for a Practice Admin.
func (s *Session) adminView(ctx context.Context, fn func(r *register, me *user) error) error {
	return s.viewAs(ctx, s.adminMe, fn)
}

// Settings are the practice's details and what an admin needs to decide on them.
type Settings struct {
	Name         string
	Zone         string // as Zone.Name
	Policy       Policy
	People       int      // active users
	Enrolled     int      // of them, those with an authenticator
	NotEnrolled  []string // the names of the others
	SelfEnrolled bool     // the asking admin
	KitMade      bool     // two-factor can be turned on
	BackedUp     bool     // a backup was made, once
	SignedIn     []SignedIn
}

// SignedIn is an open session as an admin sees it.
type SignedIn struct {
	ID       string // of the session
	User     string // id
	Name     string
	Computer string
	Since    time.Time
	Self     bool // the asking admin's own
}

// Settings reads them as they are now. For admins only.
func (s *Session) Settings(ctx context.Context) (Settings, error) {
	var out Settings
	err := s.adminView(ctx, func(r *register, me *user) error {
		out = Settings{Name: r.Name, Zone: r.Zone.Name, Policy: r.Policy, SelfEnrolled: me.Authenticator != nil, KitMade: r.Kit != nil, BackedUp: !r.Backup.IsZero()}
		out.People, out.Enrolled, out.NotEnrolled = r.enrolments()
		slices.SortFunc(out.NotEnrolled, func(a, b string) int { return strings.Compare(usernameKey(a), usernameKey(b)) })
		for _, o := range r.Sessions {
			in := SignedIn{ID: o.ID, User: o.User, Since: o.Since, Computer: r.computerName(o.Computer), Self: o.ID == s.entry()}
			if u := r.userByID(o.User); u != nil {
				in.Name = r.called(u.ID)
			}
			out.SignedIn = append(out.SignedIn, in)
		}
		return nil
	})
	return out, err
}

// NewEnrolment begins to set up the asking admin's own authenticator, for
// SaveSettings to confirm.
func (s *Session) NewEnrolment(ctx context.Context) (*Enrolment, error) {
	var e *Enrolment
	err := s.viewAs(ctx, s.steppedUpAdmin, func(r *register, me *user) error {
		e = newEnrolment(r.Name, me.Username)
		return nil
	})
	return e, err
}

// SettingsForm is what an admin saves.
type SettingsForm struct {
	Name   string
	Zone   string // as Zone.Name; "": as it is
	Policy Policy

	// What the admin saw; ErrConflict if it changed since. A name or zone that is now
	// as in this form is no conflict.
	WasName string
	WasZone string
	Was     Policy

	// Ends are the sessions, besides the admin's own, that were shown as ending when
	// two-factor is turned on; ErrConflict if there are others now.
	Ends []string

	// Turning two-factor on confirms, with it, the authenticator of an admin
	// who has none.
	Enrolment *Enrolment
	Code      string
}

// isOvertaken says that another admin stored something since the form was filled.
func (f SettingsForm) isOvertaken(r *register, name string) bool {
	return f.Was != r.Policy || name != r.Name && f.WasName != r.Name || f.movesClock(r) && f.WasZone != r.Zone.Name
}

// movesClock says that the practice gets another time zone.
func (f SettingsForm) movesClock(r *register) bool {
	return f.Zone != "" && f.Zone != r.Zone.Name
}

// SaveSettings changes the practice's name, time zone and policy. Turning two-factor on
// and a weaker policy need step-up. Turning it on signs everyone out, ends all
// trusts, and needs a recovery kit (ErrKitNeeded) and the admin's own
// authenticator (ErrEnrolmentNeeded).
func (s *Session) SaveSettings(ctx context.Context, form SettingsForm) error {
	name, err := cleanName(FieldPractice, form.Name)
	if err != nil {
		return err
	}
	if err := form.Policy.check(); err != nil {
		return err
	}
	return s.admin(ctx, false, func(c *change, me *user) error {
		was := c.Policy
		if form.isOvertaken(c.register, name) {
			return ErrConflict
		}
		if err := c.rename(name, me); err != nil {
			return err
		}
		c.setZone(form, me)
		if form.Policy == was {
			return nil
		}
		turnsOn := form.Policy.TwoFactor && !was.TwoFactor
		if turnsOn && c.Kit == nil {
			return ErrKitNeeded // without it nobody could manage the practice after the only admin lost a phone
		}
		if (turnsOn || form.Policy.weakerThan(was)) && !s.fresh() {
			return ErrStepUp
		}
		c.Policy = form.Policy
		c.note(Entry{Event: EventPolicy, By: me.ID, Detail: form.Policy.describe()})
		switch {
		case turnsOn:
			return c.turnOn(me, s.entry(), form)
		case was.TwoFactor && !form.Policy.TwoFactor:
			c.Notice = nil
			c.endTrusts()
			c.addNews(NewsTwoFactorOff, me.ID, "", c.now)
		case was.asksLessThan(form.Policy):
			c.endTrusts()
		}
		return nil
	})
}

// turnOn makes two-factor take effect: everyone has to sign in again.
func (c *change) turnOn(me *user, own string, form SettingsForm) error {
	others := func(o openSession) bool { return o.ID != own && !slices.Contains(form.Ends, o.ID) }
	switch {
	case slices.ContainsFunc(c.Sessions, others):
		return ErrConflict
	case me.Authenticator == nil && form.Enrolment == nil:
		return ErrEnrolmentNeeded
	case me.Authenticator != nil && form.Enrolment != nil:
		return ErrConflict // set up elsewhere meanwhile
	case me.Authenticator == nil:
		confirmed, err := form.Enrolment.confirm(form.Code, c.now)
		if err != nil {
			return err
		}
		c.enrol(me, confirmed)
	}
	for _, u := range c.Users {
		c.revoke(u)
	}
	c.Notice = &Notice{At: c.now, By: me.ID}
	return nil
}

func (c *change) endTrusts() {
	for _, u := range c.Users {
		u.Trusts = nil
	}
}

// rename changes the practice's name, in the register and its copy in clear.
func (c *change) rename(name string, me *user) error {
	if name == c.Name {
		return nil
	}
	c.Name = name
	c.note(Entry{Event: EventRenamed, By: me.ID, Detail: name})
	return c.tx.PutPractice(PracticeRow{ID: c.Practice, Name: name})
}

// setZone changes the practice's time zone to that of the form.
func (c *change) setZone(form SettingsForm, me *user) {
	if form.movesClock(c.register) {
		c.Zone = Zone{Name: form.Zone, Changes: c.Zone.Changes + 1}
		c.note(Entry{Event: EventZone, By: me.ID, Detail: form.Zone})
	}
}

// describe is the policy for the activity log: how often a code is asked for,
// the idle minutes, and whether a reset asks for a hand-over code.
func (p Policy) describe() string {
	parts := []string{"off"}
	if p.TwoFactor {
		parts[0] = string(p.Frequency)
	}
	parts = append(parts, strconv.Itoa(p.Idle)+" min")
	if p.HandOver {
		parts = append(parts, "hand-over")
	}
	return strings.Join(parts, ", ")
}

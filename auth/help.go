package auth

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// helpPause is how long after a request for help the next ones of that user
// are dropped.
const helpPause = 10 * time.Minute

// helpRequest says that a user, whose password was right, asks for help with
// the code.
type helpRequest struct {
	User     string    `json:"user"`
	Computer string    `json:"computer"`
	At       time.Time `json:"at"`
	Dropped  int       `json:"dropped"` // requests since that came too soon
}

// HelpRequest is a request as an admin sees it.
type HelpRequest struct {
	User     string // id
	Name     string // and username
	Computer string // its name
	At       time.Time
}

// AskForHelp tells the practice's admins that the attempt's user can't give a
// code. It is possible where one is asked for, so only after the right password.
// One request in ten minutes is kept; since is the time of that one.
func (a *Attempt) AskForHelp(ctx context.Context) (since time.Time, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.check(StepCode); err != nil {
		return time.Time{}, err
	}
	err = a.p.update(ctx, func(c *change) error {
		u, err := a.userNow(c.register)
		if err != nil {
			return err
		}
		since = c.askForHelp(u, a.p.computer)
		return nil
	})
	if err != nil {
		_, err = a.outcome(err, nil)
		return time.Time{}, err
	}
	return since, nil
}

// askForHelp keeps a request, unless there was one a moment ago.
func (c *change) askForHelp(u *user, computer string) time.Time {
	i := slices.IndexFunc(c.Help, func(h helpRequest) bool { return h.User == u.ID })
	if i < 0 {
		c.Help = append(c.Help, helpRequest{User: u.ID})
		i = len(c.Help) - 1
	}
	h := &c.Help[i]
	if !h.At.IsZero() && c.now.Sub(h.At).Abs() < helpPause {
		h.Dropped++
		return h.At
	}
	c.note(Entry{Event: EventHelpAsked, By: u.ID, Detail: droppedDetail(h.Dropped)})
	*h = helpRequest{User: u.ID, Computer: computer, At: c.now}
	return h.At
}

func droppedDetail(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " dropped"
}

// closeHelpRequest removes u's request: somebody helped, or no help is needed.
func (c *change) closeHelpRequest(u *user) {
	c.Help = slices.DeleteFunc(c.Help, func(h helpRequest) bool {
		if h.User == u.ID && h.Dropped > 0 {
			c.note(Entry{Event: EventHelpDone, Whom: u.ID, Detail: droppedDetail(h.Dropped)})
		}
		return h.User == u.ID
	})
}

// DismissHelp removes a user's request of that time; ErrNotFound says that it is gone,
// though there may be a newer one. For admins.
func (s *Session) DismissHelp(ctx context.Context, id string, at time.Time) error {
	return s.admin(ctx, false, func(c *change, me *user) error {
		i := slices.IndexFunc(c.Help, func(h helpRequest) bool { return h.User == id && h.At.Equal(at) })
		if i < 0 {
			return ErrNotFound
		}
		c.note(Entry{Event: EventHelpDone, By: me.ID, Whom: id, Detail: droppedDetail(c.Help[i].Dropped)})
		c.Help = slices.Delete(c.Help, i, i+1)
		return nil
	})
}

// helpAsked is since when u waits for help; zero: not at all.
func (r *register) helpAsked(u *user) time.Time {
	for _, h := range r.Help {
		if h.User == u.ID {
			return h.At
		}
	}
	return time.Time{}
}

// helpRequests lists who waits for help, the longest first.
func (r *register) helpRequests() []HelpRequest {
	var out []HelpRequest
	for _, h := range r.Help {
		u := r.userByID(h.User)
		if u == nil || !u.Active {
			continue
		}
		out = append(out, HelpRequest{User: u.ID, Name: r.called(u.ID), Computer: r.computerName(h.Computer), At: h.At})
	}
	slices.SortStableFunc(out, func(a, b HelpRequest) int { return a.At.Compare(b.At) })
	return out
}

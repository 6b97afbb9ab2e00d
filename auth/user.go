package auth

import (
	"crypto/rand"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Role is what a user may do.
type Role string

// The two roles.
const (
	Admin Role = "admin" // Practice Admin: settings and users too
	Staff Role = "staff"
)

// UserInfo is what an admin sees of a user.
type UserInfo struct {
	ID            string
	Name          string
	Username      string
	Role          Role
	Active        bool
	OneTime       bool      // has a one-time password, not changed yet
	Enrolled      time.Time // since when there is an authenticator; zero: none
	Disabled      bool      // the authenticator, by 100 failed codes
	ResetAgain    bool      // two-factor was reset with a hand-over code, which was not used yet: it can be reset again
	Lapsed        bool      // that reset is a day old, and has to be made again
	Help          time.Time // since when they wait for help with the code; zero: not at all
	GivenPassword bool      // an admin gave them a password within the last day: a one-time code is told to every admin
	GivenCode     bool      // an admin made a one-time code for them within the last day: a new password is told to every admin
	WaitUntil     time.Time // of a wait after failed passwords or codes that is running; else zero
	LastSignIn    time.Time // zero: never
	Self          bool      // the asking admin
	LastAdmin     bool      // must stay
}

func (r *register) info(u *user, self string, now time.Time) UserInfo {
	i := UserInfo{
		ID: u.ID, Name: u.Name, Username: u.Username, Role: u.Role, Active: u.Active,
		OneTime: u.Password.OneTime, Disabled: u.Codes.Count >= maxCodeFailures,
		LastSignIn: u.LastSignIn, Self: u.ID == self, LastAdmin: r.isLastAdmin(u),
	}
	if u.Authenticator != nil {
		i.Enrolled = u.Authenticator.Since
	}
	i.ResetAgain = u.Reset != nil && u.Reset.Code != nil
	i.Lapsed = u.Reset.lapsed(r.newer(now))
	i.Help = r.helpAsked(u)
	i.GivenPassword = letsInWith(u.PasswordReset, now)
	i.GivenCode = u.OneTime != nil && letsInWith(u.OneTime.Since, now)
	if wait := r.waits(u, now); wait > 0 {
		i.WaitUntil = now.Add(wait)
	}
	return i
}

// called is a user's name and username, by id: names alone can be the same. An id that is
// not in the register stays as it is, as does a name that an earlier release stored.
func (r *register) called(id string) string {
	u := r.userByID(id)
	if u == nil {
		return id
	}
	return u.Name + " (" + u.Username + ")"
}

// nameOf is a user's name alone, by id, for readers who are not signed in. An id that is
// not in the register stays as it is, as does a name that an earlier release stored.
func (r *register) nameOf(id string) string {
	if u := r.userByID(id); u != nil {
		return u.Name
	}
	return id
}

// names are all users' names, by id, for the front desk; with the username where two users
// share a name.
func (r *register) names() map[string]string {
	names, count := make(map[string]string, len(r.Users)), map[string]int{}
	for _, u := range r.Users {
		count[usernameKey(u.Name)]++
	}
	for _, u := range r.Users {
		if names[u.ID] = u.Name; count[usernameKey(u.Name)] > 1 {
			names[u.ID] = r.called(u.ID)
		}
	}
	return names
}

// newID makes an id of 128 random bits or more.
func newID() string { return rand.Text() }

// MaxName bounds names, in characters.
const MaxName = 200

// cleanName is a name as it is kept: Unicode NFC, no space at either end.
// It refuses what is empty, longer than 200 characters, or has characters
// that can't be seen and would make one name look like another.
func cleanName(field Field, text string) (string, error) {
	text = strings.TrimSpace(norm.NFC.String(text))
	switch {
	case strings.TrimSpace(visible(text)) == "":
		return "", &FieldError{field, ProblemEmpty}
	case utf8.RuneCountInString(text) > MaxName:
		return "", &FieldError{field, ProblemLong}
	case !utf8.ValidString(text) || strings.ContainsFunc(text, hidden):
		return "", &FieldError{field, ProblemChars}
	}
	return text, nil
}

// CleanText is a text from outside the program (the OS, the file system, another file) as
// it is shown and kept: one line, in Unicode NFC, without characters that are invisible or
// reorder text. It refuses nothing, because nobody typed it.
func CleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")))
	return strings.Join(strings.Fields(text), " ")
}

// CleanName is CleanText of a name, which is no longer than MaxName.
func CleanName(text string) string {
	runes := []rune(CleanText(text))
	return strings.TrimSpace(string(runes[:min(len(runes), MaxName)]))
}

// hidden characters are controls, those that reorder text and those that show
// nothing (Unicode TR #36); but not what joins and selects emoji and letters.
func hidden(r rune) bool {
	return !joins(r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// joins are invisible characters that some scripts and emoji need: joiners, variation
// selectors, tags.
func joins(r rune) bool {
	return r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r) || r >= 0xE0020 && r <= 0xE007F
}

// visible is a text without the characters that only join.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if joins(r) {
			return -1
		}
		return r
	}, text)
}

// cleanUsername is a username as it is kept; one without spaces.
func cleanUsername(text string) (string, error) {
	text, err := cleanName(FieldUsername, text)
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return "", &FieldError{FieldUsername, ProblemChars}
	}
	return text, nil
}

// usernameKey is what two usernames must not share: compatibility forms and
// case folded (as the UsernameCaseMapped profile does, RFC 8265 §3.3).
func usernameKey(username string) string {
	return folded(strings.TrimSpace(visible(username)))
}

// folded is a text in which compatibility forms and case make no difference.
func folded(text string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFKC.String(text)))
}

// checkUser cleans a name, username and role, and sees that nobody but self
// has the username.
func (r *register) checkUser(name, username string, role Role, self string) (string, string, error) {
	name, err := cleanName(FieldName, name)
	if err != nil {
		return "", "", err
	}
	username, err = cleanUsername(username)
	if err != nil {
		return "", "", err
	}
	if other := r.userByName(username); other != nil && other.ID != self {
		return "", "", &FieldError{FieldUsername, ProblemTaken}
	}
	if role != Admin && role != Staff {
		return "", "", &FieldError{FieldRole, ProblemUnknown}
	}
	return name, username, nil
}

package auth

import (
	"slices"
	"time"
)

// News is something every admin is told until they have seen it.
type News struct {
	Seq  int64     `json:"seq"`
	At   time.Time `json:"at"`
	Kind NewsKind  `json:"kind"`
	Who  string    `json:"who"`            // a person: stored as the user's id, shown as an admin knows them (called)
	What string    `json:"what,omitempty"` // a computer's name, where it is about one; of NewsLetIn another person
}

// NewsKind says what the news is.
type NewsKind string

// The kinds of news, by who did what.
const (
	NewsEnrolled      NewsKind = "enrolled"        // set up an authenticator
	NewsTwoFactorOff  NewsKind = "two-factor off"  // turned two-factor off
	NewsKitMade       NewsKind = "kit made"        // made a recovery kit
	NewsLinked        NewsKind = "linked"          // whose linking code linked the computer
	NewsUnlinked      NewsKind = "unlinked"        // unlinked the computer
	NewsKitLinked     NewsKind = "linked with kit" // nobody: the kit linked the computer
	NewsKitOpened     NewsKind = "opened with kit" // nobody: the kit opened the practice for one run
	NewsKitAdmin      NewsKind = "admin by kit"    // was let in again by the kit
	NewsOlderAccepted NewsKind = "older accepted"  // nobody: the kit opened data of another history
	NewsRestored      NewsKind = "restored"        // restored a backup; nobody: with the kit
	NewsMoved         NewsKind = "moved"           // moved to a new phone
	NewsLetIn         NewsKind = "let in"          // got a new password and a one-time code within a day
	NewsClockOffset   NewsKind = "clock offset"    // signed in with two codes at the computer, whose clock is off
	NewsClockReset    NewsKind = "clock reset"     // an admin, who reset the clock reference at the computer
	NewsSignedOut     NewsKind = "signed out"      // an admin, who signed the user out that is told; it has no Seq
)

// maxNews bounds how much unseen news is kept.
const maxNews = 200

// addNews adds news for the admins; who is a user's id. It replaces the same news from
// before: repeating an act must not push out other news.
func (r *register) addNews(kind NewsKind, who, what string, at time.Time) {
	seq := int64(1)
	if n := len(r.News); n > 0 {
		seq = r.News[n-1].Seq + 1
	}
	r.News = slices.DeleteFunc(r.News, func(n News) bool { return n.Kind == kind && n.Who == who && n.What == what })
	r.News = append(r.News, News{Seq: seq, At: at, Kind: kind, Who: who, What: what})
	for len(r.News) > maxNews {
		r.dropNews()
	}
}

// shown is a piece of news as an admin sees it, with the present names.
func (r *register) shown(n News) News {
	n.Who = r.called(n.Who)
	if n.Kind == NewsLetIn {
		n.What = r.called(n.What)
	}
	n.What = CleanText(n.What) // earlier releases kept it as the OS said it
	return n
}

// dropNews removes the oldest news of the most frequent kind: repeating an act under many
// names must not push out other news.
func (r *register) dropNews() {
	count, most := map[NewsKind]int{}, NewsKind("")
	for _, n := range r.News {
		if count[n.Kind]++; count[n.Kind] > count[most] {
			most = n.Kind
		}
	}
	i := slices.IndexFunc(r.News, func(n News) bool { return n.Kind == most })
	r.News = slices.Delete(r.News, i, i+1)
}

// Notice says on the sign-in screen why everyone was signed out.
type Notice struct {
	At time.Time `json:"at"`
	By string    `json:"by"` // the admin: stored as the user's id, shown as the name
}

// shown is the notice with the admin's present name, and without the username: anybody can
// read the sign-in screen.
func (n *Notice) shown(r *register) *Notice {
	if n == nil {
		return nil
	}
	return &Notice{At: n.At, By: r.nameOf(n.By)}
}

// ResetNote says to a user, at the next enrolment, who reset their two-factor.
type ResetNote struct {
	At time.Time
	By string // the admin's name: a password is all that was given so far
}

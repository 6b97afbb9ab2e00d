package auth

import "time"

// ActivityKind groups the events that somebody looks for together.
type ActivityKind string

// The kinds.
const (
	KindSignIns   ActivityKind = "sign-ins"  // signed in and out, unlocked, step-up
	KindRefusals  ActivityKind = "refusals"  // passwords, codes, lost clocks
	KindCodes     ActivityKind = "codes"     // authenticators, recovery and one-time codes, help
	KindUsers     ActivityKind = "users"     // users, roles, passwords
	KindSettings  ActivityKind = "settings"  // the policy and the practice's name
	KindComputers ActivityKind = "computers" // linked and unlinked ones, clocks
	KindData      ActivityKind = "data"      // kits, backups, restores, exports
)

// ActivityKinds are all of them, in the order in which a list shows them.
var ActivityKinds = []ActivityKind{
	KindSignIns, KindRefusals, KindCodes, KindUsers, KindSettings, KindComputers, KindData,
}

// ActivityFilter says which entries of the activity log are wanted; its zero
// value: all.
type ActivityFilter struct {
	Person      string       // user id: who did it, or whom it is about
	Kind        ActivityKind // "": every kind
	From, Until time.Time    // not before From, before Until; zero: no bound
}

// ActivityEntry is an entry of the activity log as a person reads it.
type ActivityEntry struct {
	Seq      int64 // its number, from 1
	At       time.Time
	Event    Event
	By       string // a person's name and username; "": nobody was signed in
	Whom     string // a person's, where it is about somebody else
	Computer string // its name; "": it is not linked any more
	Detail   string // outcome, reason, new value
}

// ActivityPage is a part of the log, the newest entry first.
type ActivityPage struct {
	Entries []ActivityEntry
	Next    int64 // older ones are found before this number; 0: there are none
	Count   int64 // of all entries of the log, whatever the filter
}

// SecurityStatus is an overview of the practice's sign-in for admins.
type SecurityStatus struct {
	People      int // active users
	Enrolled    int // of them, those with an authenticator
	TwoFactor   bool
	Days        []ActivityDay // the last thirty, today last
	Help        []HelpRequest
	Disabled    []string // names and usernames of whose authenticator is disabled
	NotEnrolled []string // names and usernames of who has none, while two-factor is on
	KitMissing  bool
	BackupLate  bool      // the newest backup is over a day old
	Backup      time.Time // the newest; zero: there is none
}

// ActivityDay counts a day of this computer's calendar.
type ActivityDay struct {
	Day      time.Time // its beginning
	SignIns  int
	Refusals int // of passwords and codes
}

package auth

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// register is everything that decides who may come in. It is one row of the
// database, sealed under the register key; a hundred users make some 50 KB.
type register struct {
	Format       int           `json:"format"`
	Practice     string        `json:"practice"`
	Lineage      string        `json:"lineage"`        // new at set-up and at each restore
	Past         []pastLineage `json:"past"`           // lineages that this one goes on from, or takes the place of
	Spent        time.Time     `json:"spent,omitzero"` // what was spent until then is void here, in whatever lineage it was
	Version      int64         `json:"version"`        // one more with each change
	Changed      time.Time     `json:"changed"`        // the newest stored event
	Since        time.Time     `json:"since"`          // when the practice was set up
	Name         string        `json:"name"`
	Zone         Zone          `json:"zone,omitzero"` // of the practice's days and hours
	Policy       Policy        `json:"policy"`
	Users        []*user       `json:"users"`
	Computers    []*computer   `json:"computers"`
	Kit          *kit          `json:"kit,omitempty"`
	Links        []link        `json:"links,omitempty"` // linking codes not used yet
	Help         []helpRequest `json:"help,omitempty"`  // of users whose code is not at hand
	Sessions     []openSession `json:"sessions"`
	Server       string        `json:"server,omitempty"`    // the computer that owns the server's database; "": the practice is on no server
	Guesses      []guesses     `json:"guesses"`             // failed passwords, by slots of usernames
	UnknownNames []unknownName `json:"strangers,omitempty"` // of earlier releases, by their word: takeOldGuesses
	News         []News        `json:"news"`                // the newest last
	Notice       *Notice       `json:"notice,omitempty"`
	Backup       time.Time     `json:"backup"` // when the newest backup was made; zero: never
	Log          logHead       `json:"log"`

	LogKeys         []logKey `json:"logKeys"`      // the newest last
	Keys            [][]byte `json:"keys"`         // of each register key before this one, its key commitment
	UnknownNamesKey []byte   `json:"strangersKey"` // hashes the usernames that are typed
}

// registerFormat is the format of the sealed JSON that this program writes; it reads
// earlier ones too. Raise it where an older program, which drops fields that it does not
// know, would do harm by that (a wait, an access), not for what is only shown. 2 has guesses
// by slots.
const registerFormat = 2

// user is somebody who works in the practice.
type user struct {
	ID            string         `json:"id"`
	Name          string         `json:"name"`
	Username      string         `json:"username"`
	Role          Role           `json:"role"`
	Active        bool           `json:"active"`
	Epoch         int64          `json:"epoch"` // one more whenever sign-ins under way must start again
	Password      password       `json:"password"`
	Public        vault.Public   `json:"public"`  // of the user's key pair
	Private       []byte         `json:"private"` // its secret half, sealed under the password
	Records       []byte         `json:"records"` // the records key, sealed to Public
	Authenticator *authenticator `json:"authenticator,omitempty"`
	Codes         failures       `json:"codes"` // failed second factors in a row
	Recovery      *recoveryCodes `json:"recovery,omitempty"`
	OneTime       *oneTimeCode   `json:"oneTime,omitempty"`
	Offsets       []clockOffset  `json:"offsets,omitempty"` // to clocks that are wrong
	Reset         *reset         `json:"reset,omitempty"`
	PasswordReset time.Time      `json:"passwordReset"` // the newest by an admin
	SignedOut     *signedOut     `json:"signedOut,omitempty"`
	Trusts        []trust        `json:"trusts"`
	LastSignIn    time.Time      `json:"lastSignIn"`
	NewsSeen      int64          `json:"newsSeen"` // Seq of the newest news seen
}

// password proves a user's password without holding it.
type password struct {
	Salt     []byte     `json:"salt"`
	Cost     vault.Cost `json:"cost"`
	Verifier []byte     `json:"verifier"`
	OneTime  bool       `json:"oneTime"`           // an admin made it: must be changed at the next sign-in
	Failures failures   `json:"failures,omitzero"` // of earlier releases: takeOldGuesses
}

// authenticator is a user's enrolled app.
type authenticator struct {
	Secret totp.Secret `json:"secret"`
	Last   totp.Step   `json:"last"` // this step and all before it are used up
	Since  time.Time   `json:"since"`
}

// signedOut says that an admin signed a user out.
type signedOut struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`   // the admin's id
	Told bool      `json:"told"` // the user has seen it
}

// openSession is a session that has not ended. A session is good exactly
// while it is in this list.
type openSession struct {
	ID       string    `json:"id"`
	User     string    `json:"user"`
	Computer string    `json:"computer"`
	Since    time.Time `json:"since"`
}

func (r *register) aad(version int64) vault.AAD {
	return registerAAD(r.Practice, version)
}

func registerAAD(practice string, version int64) vault.AAD {
	return vault.AAD{Practice: practice, Table: "register", Row: "1", Version: version}
}

// seal makes the row of the register as it is now.
func (r *register) seal(key vault.Key) (SealedRow, error) {
	plain, err := json.Marshal(r)
	if err != nil {
		return SealedRow{}, fmt.Errorf("write register: %w", err)
	}
	return SealedRow{Version: r.Version, Sealed: key.Subkey("register").Seal(plain, r.aad(r.Version))}, nil
}

// openRegister opens the row; anything that is not exactly what seal made for
// this practice and version is ErrDamaged.
func openRegister(key vault.Key, practice string, row SealedRow) (*register, error) {
	plain, err := key.Subkey("register").Open(row.Sealed, registerAAD(practice, row.Version))
	if err != nil {
		return nil, fmt.Errorf("open register: %w", ErrDamaged)
	}
	var r register
	err = json.Unmarshal(plain, &r) // a field of another type does not hide the format
	if r.Format > registerFormat {
		return nil, fmt.Errorf("register format %d: %w", r.Format, ErrNewerDatabase)
	}
	if err != nil {
		return nil, fmt.Errorf("read register: %w", ErrDamaged)
	}
	r.Format = registerFormat
	if err := r.takeOldGuesses(); err != nil {
		return nil, err
	}
	return &r, nil
}

// userByID is the user or nil.
func (r *register) userByID(id string) *user {
	for _, u := range r.Users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// userByName is the user of a username as people type it, or nil.
func (r *register) userByName(username string) *user {
	key := usernameKey(username)
	for _, u := range r.Users {
		if usernameKey(u.Username) == key {
			return u
		}
	}
	return nil
}

// isLastAdmin says that without u nobody could manage the practice. An admin who never
// signed in, or can't, is no replacement.
func (r *register) isLastAdmin(u *user) bool {
	return u.Active && u.Role == Admin && !slices.ContainsFunc(r.Users, func(o *user) bool {
		return o != u && o.Active && o.Role == Admin && !o.Password.OneTime && o.Codes.Count < maxCodeFailures &&
			(o.Reset == nil || o.Reset.Code == nil)
	})
}

// session is the open session of that id, or nil.
func (r *register) session(id string) *openSession {
	for i := range r.Sessions {
		if r.Sessions[i].ID == id {
			return &r.Sessions[i]
		}
	}
	return nil
}

// revoke ends all of u's sessions, trusts and sign-ins under way.
func (r *register) revoke(u *user) { r.revokeOthers(u, "") }

// revokeOthers is revoke, except for one session.
func (r *register) revokeOthers(u *user, session string) {
	r.Sessions = slices.DeleteFunc(r.Sessions, func(o openSession) bool { return o.User == u.ID && o.ID != session })
	u.Trusts = nil
	u.Epoch++
}

// sortUsers orders people as a list shows them.
func sortUsers(users []UserInfo) {
	slices.SortFunc(users, func(a, b UserInfo) int {
		return strings.Compare(usernameKey(a.Name), usernameKey(b.Name))
	})
}

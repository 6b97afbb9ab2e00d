// Package sharing is what the window and people know of where a practice's data is:
// on one computer, or on a server that several computers share. Package data/location
// does it.
package sharing

import (
	"context"
	"errors"

	"anteroom/auth"
)

// Kind says where the practice's data is, as this computer has it.
type Kind int

const (
	Alone   Kind = iota // on this computer only
	Host                // on this computer, which is the practice's server
	Desk                // on another computer, which is the practice's server
	Managed             // on a server that somebody else runs; the practice was moved there from this computer
)

// Where says where the practice's data is.
type Where struct {
	Kind    Kind
	Address string // of the server, as people type it: a name or number, with the port if it is not the usual one
	Server  string // the name of the computer that is the server; "": not known
}

// Step is what a computer does while it is connected to a server.
type Step int

const (
	Looking  Step = iota // for the server
	Checking             // that it is the practice's
	Linking              // this computer
)

// MoveStep is what is done while a practice is moved.
type MoveStep int

const (
	BackingUp MoveStep = iota
	Starting           // the server on this computer, which is made first
	Copying            // so many of so many records
	Comparing          // what was copied with what was there
	Switching          // can't be canceled any more
)

// Progress is how far a practice is moved.
type Progress struct {
	Step        MoveStep
	Done, Total int // records, of Copying
}

// CheckKind is something that must be so before a practice is shared.
type CheckKind int

const (
	Installed CheckKind = iota // PostgreSQL is installed
	Room                       // there is room on the disk
	Kit                        // a recovery kit exists, and can connect a computer
	Backup                     // today's backup is good
	Awake                      // this computer stays awake while it is the server
	Nobody                     // nobody else is signed in
)

// Checks are all of them, in the order in which they are shown.
var Checks = []CheckKind{Installed, Room, Kit, Backup, Awake, Nobody}

// Check is what was found about one of them.
type Check struct {
	Kind  CheckKind
	Good  bool
	Room  int64    // bytes that are free, of Room
	Names []string // who is signed in besides, of Nobody
	Err   error    // why it can't be told, or what is wrong; nil where Good says all
}

// Target is a server that somebody else runs.
type Target struct {
	Address  string // with the port, if it is not PostgreSQL's own (5432)
	Database string
	User     string // the owner of the database, who may make roles
	Password string
	Key      []byte // the SHA-256 of the server's public key; nil: the one that answers, which knows the password
}

// Status is how the server does.
type Status struct {
	Where     Where
	Computers int    // that are connected; the server's own counts too
	State     string // of the practice's data, to be compared at two desks: "7F3K-2Q9D"
	Change    int64  // the number of the newest change of the register
	Answer    int64  // how long the server took to answer, in microseconds
}

// Server does what people ask for. Errors are those of auth, and those here.
type Server interface {
	// Where is as it was known last, and asks nobody.
	Where() Where
	// Addresses are what other computers can type to reach this one, the likeliest first.
	Addresses() []string

	// Connect links this computer, which has no practice, to the one on a server, with a
	// linking code that was made at the server: auth.ErrPrinted is a slip in it,
	// auth.ErrLinkCode one that is unknown, used or over, ErrAddress no address,
	// auth.ErrServer says that nothing answers, auth.ErrOtherServer that what answers is
	// not the practice's server. On an error nothing is kept.
	Connect(ctx context.Context, address, code string, at func(Step)) (*auth.Practice, error)
	// ConnectWithKit is Connect with the practice's recovery kit, also for a computer
	// that is a desk and whose server has another key or address. auth.ErrKitWrong is
	// one that this server does not know. What it returns leads on as auth.OpenRescue does.
	ConnectWithKit(ctx context.Context, address, key string, at func(Step)) (*auth.Rescue, error)

	// Check looks at what must be so before Share, and gives each as soon as it is known.
	Check(ctx context.Context, s *auth.Session, each func(Check)) error
	// Share makes this computer the practice's server and moves the practice there: all
	// of it or nothing. Afterwards everybody is signed out, the practice of s is to be
	// closed, and auth.Open opens the new one. It needs step-up.
	Share(ctx context.Context, s *auth.Session, at func(Progress)) error
	// WorkAlone moves the practice from the server, which runs on this computer or is
	// Managed, back onto this computer; the other computers are out. The rest is as with Share.
	WorkAlone(ctx context.Context, s *auth.Session, at func(Progress)) error
	// MoveTo moves the practice to a server that somebody else runs. The rest is as with Share.
	MoveTo(ctx context.Context, s *auth.Session, target Target, at func(Progress)) error
	// ChangeAddress looks for the same server at another address. It needs no practice
	// that is open: afterwards it is to be opened again.
	ChangeAddress(ctx context.Context, address string) error
	// Leave ends this computer's use of the server, and of the practice: afterwards it has
	// none. It needs step-up, and is for desks: ErrNotHere.
	Leave(ctx context.Context, s *auth.Session) error
	// Forget has this computer forget where the practice is, and what lets it in there:
	// for desks that the server does not let in, or whose server is gone, for the server's
	// own computer where the server does not run (it is set aside), and after ErrNote.
	// Otherwise it is ErrNotHere. It asks nobody: the server still lists the computer.
	Forget(ctx context.Context) error
	// Status is for admins.
	Status(ctx context.Context, s *auth.Session) (Status, error)
}

var (
	// ErrAddress says that what was typed is no address.
	ErrAddress = errors.New("no address of a computer")
	// ErrNotHere says that it can't be done on this computer, as the practice is now.
	ErrNotHere = errors.New("not as the practice lies now")
	// ErrNote says that the note in the data folder, on which server the practice is,
	// can't be read.
	ErrNote = errors.New("the note where the practice lies can't be read")
	// ErrNotReady says that what Check looks at is not as it must be.
	ErrNotReady = errors.New("not ready to share")
	// ErrNotInstalled says that PostgreSQL is not installed, or is too old.
	ErrNotInstalled = errors.New("PostgreSQL is not installed")
	// ErrOneAccount says that Anteroom is where an account's other programs could change it:
	// it is not given an administrator's rights then.
	ErrOneAccount = errors.New("not installed under Program Files")
	// ErrHost says that the server could not be made or started on this computer. What it
	// wraps says why, in English.
	ErrHost = errors.New("the server does not run on this computer")
)

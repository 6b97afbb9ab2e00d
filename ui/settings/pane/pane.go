// Package pane is what the panes of the settings share: what each is given, what it gives, and
// how it looks. A pane is a package of its own beside this one.
package pane

import (
	"io"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/work"
)

// Params are what each pane is given.
type Params struct {
	screen.Scope
	Dialogs *screen.Dialogs
	Session *auth.Session
	Order   data.DateOrder
	Copier  *work.Copier
	Save    Saver
	Folder  string // that files to be saved are proposed for
	// LeaveFor leaves the settings for something else, unless somebody stays.
	LeaveFor func(next func())
}

// The names of the panes.
const (
	Account       = "account"
	General       = "general"
	Activity      = "activity"
	Recovery      = "recovery"
	Practitioners = "practitioners"
	Appointments  = "appointments"
	Server        = "server"
	Users         = "users"
	Computers     = "computers"
	Backup        = "backup"
	Exchange      = "exchange"
)

// Saver writes a new file, whole or not at all.
type Saver func(path string, write func(io.Writer) error) error

// Pane is what the right side of the settings shows.
type Pane struct {
	Content fyne.CanvasObject
	Refresh func() // what it shows is read again; what was typed stays
	Focus   func(fyne.Canvas)
	// Unsaved says what leaving the settings would lose; nil: never anything.
	Unsaved func() (title, text string, isUnsaved bool)
}

// LookTime is how often what others change is read again while it is in sight.
const LookTime = 5 * time.Second

// Today is the practice's day.
func Today(s screen.Scope, d *desk.Desk) data.Date { return data.DateOf(s.Now().In(d.Zone())) }

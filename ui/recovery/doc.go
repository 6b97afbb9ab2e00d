// Package recovery has the ways back into a practice: what keeps it from being opened, the
// recovery kit, a linking code, a backup, and the practice's server.
//
// As in ui/signin each screen has a presenter, which decides and knows no widget. A printed key,
// which is long, stays after an error: it is shown as it is typed, for it has to be compared, and
// the window leaves its screen after the idle time.
//
// IsBusy of a screen says whether something is under way there that must come to its end,
// however long nobody touches the computer.
package recovery

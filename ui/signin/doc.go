// Package signin has the screens of signing in: opening the practice, its
// set-up, and a sign-in from the password to the session.
//
// Each screen has a presenter, which decides and knows no widget, and a screen,
// which shows the presenter's view and reports what the user does.
//
// After an error a screen empties what opens something: passwords, and codes but for those that
// only have to wait or are not whole. It keeps what was typed after a try that the person called
// off, and after a slip in a form. At the set-up of a practice passwords stay, hidden: they open
// nothing yet.
package signin

// Package journey drives the built program on a virtual display, as a user would: keys in,
// pictures out. It holds tests only: the journey (tag journey) and the start benchmark (tag bench).
//
// It knows nothing of the program's insides. What it sees, it reads from the screen; what it needs
// from a phone, it gets from the barcode on that screen.
package journey

// Package journey drives the built program on a virtual display, as a user would: keys in,
// pictures out. It holds tests only: the tour and the journeys (tag journey), the start benchmark (tag bench).
//
// It knows nothing of the program's insides. What the program says, it reads off the screen; what a
// person has on the phone, it gets from the barcode on that screen. A picture of every screen goes
// to build/tour.
//
// ANTEROOM_BIN names another binary than bin/anteroom; ANTEROOM_SCREENS names a folder, seen from
// the top of the repository, for a second set of pictures under names that stay: build/screens.
package journey

package main

// capsLock follows the keys of a window, each of which comes with whether Caps Lock is on.
type capsLock struct {
	late bool // it comes as it was before the key: on X11 and Wayland
	was  bool // on when its key was pressed
}

// isOn says whether Caps Lock is on after a key. The key itself turns it on when it is pressed,
// and off when it is let go, or does neither where the keyboard's layout gives it another use:
// so it is taken to be off until another key, or its release, says that it is on.
func (c *capsLock) isOn(isItsKey, pressed, on bool) bool {
	switch {
	case !isItsKey || !c.late:
		return on
	case pressed:
		c.was = on
		return false
	}
	return on && !c.was
}

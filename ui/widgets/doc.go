// Package widgets has the pieces that screens are made of. They show and report, and know nothing of what is shown.
//
// Keys: a focused widget uses the keys it has a use for and passes on the rest with PassKey. They go to the panes
// around it, innermost first: a Page, or the Dialog it is in. So Enter and Esc work wherever the focus is.
//
// Widths are given for text at 100 % and grow with it.
package widgets

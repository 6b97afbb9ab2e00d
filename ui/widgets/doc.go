// Package widgets has the pieces that screens are made of. They show and report, and know nothing of what is shown.
//
// Keys: a focused widget uses the keys it has a use for and passes on the rest with PassKey, and letters with PassRune
// unless they are text to it. They go to the panes around it, innermost first, and to the others in sight: Pages, or the
// Dialog it is in. So Enter and Esc work wherever the focus is, and letters wherever no field has it.
//
// A question is a Dialog that is Careful or a Danger: what its primary button does was decided when it was asked.
//
// Widths are given for text at 100 % and grow with it.
package widgets

package widgets

// Presses are what the last two presses of the mouse's button hit, by their ids. A double click is for what both hit: a
// list may have been read anew between them, and another thing came under the mouse.
type Presses struct{ before, last string }

// Add remembers a press; "" hit nothing.
func (p *Presses) Add(id string) { p.before, p.last = p.last, id }

// Double is what a double click is for: what both presses hit, or "". It counts once.
func (p *Presses) Double() string {
	before, last := p.before, p.last
	*p = Presses{}
	if before != last {
		return ""
	}
	return last
}

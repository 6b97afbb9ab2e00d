package widgets

import (
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/ui/looks"
)

func TestBusyShowsHowMuchIsDone(t *testing.T) {
	for _, c := range []struct {
		done, total int
		shown       bool
		part        float32
	}{
		{0, 0, false, 0}, {3, 0, false, 0}, {0, 4, true, 0}, {1, 4, true, 0.25}, {4, 4, true, 1},
		{9, 4, true, 1}, {-1, 4, true, 0}, {1, -4, false, 0},
	} {
		b := NewBusy()
		newPlainWindow(t, b)
		b.SetProgress("Sealing…", c.done, c.total)
		if b.bar.Visible() != c.shown || b.bar.part != c.part || b.text.Text() != "Sealing…" {
			t.Errorf("%d of %d: shown %v, part %v, %q", c.done, c.total, b.bar.Visible(), b.bar.part, b.text.Text())
		}
		if width := b.bar.fill.Size().Width; c.shown && width != b.bar.Size().Width*c.part {
			t.Errorf("%d of %d: the bar is filled by %v of %v", c.done, c.total, width, b.bar.Size().Width)
		}
		b.Start("Checking…")
		if b.bar.Visible() {
			t.Error("a bar for work that nobody can measure")
		}
		b.SetProgress("Sealing…", 1, 2)
		b.Stop()
		if b.bar.Visible() || b.activity.Visible() || b.text.Text() != "" {
			t.Error("something is left after the work")
		}
	}
}

func TestBusyMovesNothing(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		w := newTestWindow(t, looks.New(looks.Light, scale))
		b, below := NewBusy(), NewPrimaryButton("Save", nil)
		w.SetContent(NewColumn(b, below))
		where := func() [2]fyne.Position { return [2]fyne.Position{b.text.Position(), below.Position()} }
		before, size := where(), b.Size()
		b.SetProgress("Sealing everything anew…", 1, 2)
		w.Content().Refresh()
		if after := where(); after != before || b.Size() != size {
			t.Errorf("scale %v: before %v, after %v", scale, before, after)
		}
		line := b.text.MinSize().Height
		if top, end := b.bar.Position().Y, b.bar.Position().Y+b.bar.Size().Height; top < b.text.Position().Y+line || end > b.Size().Height {
			t.Errorf("scale %v: the bar goes from %v to %v, the text ends at %v, the line at %v",
				scale, top, end, b.text.Position().Y+line, b.Size().Height)
		}
	}
}

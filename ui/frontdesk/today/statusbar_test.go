package today

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// The lines below the day have the room that they need, however high the page is
// and was, and nothing of them lies outside of it.
func TestStatusHasRoom(t *testing.T) {
	r := usualDay()
	r.Patients[2].Alert = strings.Repeat("Violent dog. ", 20)
	onPage(t, r, func(s *sample) {
		s.to("c")
		status := s.page.status
		for _, height := range []float32{644, 250, 644, 300, 900} {
			s.window.Resize(fyne.NewSize(1024, height))
			s.Settle()
			need := status.content.MinSize().Height
			if got := status.content.Size().Height; got < need {
				t.Errorf("at %g the lines have %g, and need %g", height, got, need)
			}
			for _, o := range []fyne.CanvasObject{status.line, status.alert, status.keys} {
				if bottom := o.Position().Y + o.Size().Height; bottom > status.content.Size().Height+1 {
					t.Errorf("at %g one ends at %g of %g", height, bottom, status.content.Size().Height)
				}
			}
		}
	})
}

package widgets

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestToast(t *testing.T) {
	test.NewTempApp(t)
	undone, closed := 0, 0
	toast := NewToast(func() { undone++ }, func() { closed++ })
	test.NewTempWindow(t, toast)
	if toast.Visible() {
		t.Error("a toast that says nothing is shown")
	}
	toast.Set(Good, "Rosa Quill: arrived.", "Undo")
	if !toast.Visible() || toast.Text() != "Rosa Quill: arrived." || !toast.Act().Visible() {
		t.Errorf("the toast says %q, visible: %v, with its link: %v", toast.Text(), toast.Visible(), toast.Act().Visible())
	}
	test.Tap(toast.Act())
	test.Tap(toast.close)
	if undone != 1 || closed != 1 {
		t.Errorf("the link was heard %d times, the close button %d times", undone, closed)
	}
	narrow := toast.Width(100)
	if narrow != 100 || toast.Width(4000) <= narrow || toast.Width(4000) > toastWidth {
		t.Errorf("in 100 it is %v wide, in 4000 %v", narrow, toast.Width(4000))
	}
	toast.Set(Info, "There is nothing to take back.", "")
	if toast.Act().Visible() {
		t.Error("the link stays without words")
	}
	toast.Set(Good, "", "")
	if toast.Visible() {
		t.Error("a toast that says nothing any more stays")
	}
}

// TestToastLeavesNoFocusBehind: Enter does not press what is not to be seen any more.
func TestToastLeavesNoFocusBehind(t *testing.T) {
	test.NewTempApp(t)
	var toast *Toast
	undone := 0
	toast = NewToast(func() {
		undone++
		toast.Set(Good, "Taken back.", "")
	}, func() {})
	c := test.NewTempWindow(t, toast).Canvas()
	toast.Set(Good, "Rosa Quill: arrived.", "Undo")
	test.Tap(toast.Act())
	if undone != 1 || c.Focused() != nil {
		t.Errorf("taken back %d times; the focus is with %v", undone, c.Focused())
	}
	test.Tap(toast.close)
	if toast.Visible() || c.Focused() != nil {
		t.Errorf("it is visible: %v; the focus is with %v", toast.Visible(), c.Focused())
	}
}

package today

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/work"
)

// benchGrid is a day of 10 practitioners with 40 visits each, in a window.
func benchGrid(b *testing.B) *Page {
	records := fullDay(10, 40)
	test.NewTempApp(b).Settings().SetTheme(looks.New(looks.Light, 1))
	w := test.NewTempWindow(b, nil)
	w.Resize(fyne.NewSize(1024, 644))
	now := func() time.Time { return nine20 }
	scope := screen.Scope{Ctx: b.Context(), Runner: work.Runner{Dispatch: func(func()) {}, Now: now}}
	p := New(Params{Scope: scope, Desk: practice.New(b, records).Anna.Desk, Window: w, OnBar: func() {}})
	w.SetContent(p.Content())
	visits := visitsOf(records)
	p.day.setDay(records.Details, tuesday, visits, visits)
	b.Cleanup(p.Close)
	b.ReportAllocs()
	b.ResetTimer()
	return p
}

func BenchmarkOpenDay(b *testing.B) {
	p := benchGrid(b)
	visits, other := p.day.visits, []data.Visit(nil)
	for range b.N {
		p.day.setDay(p.day.details, tuesday, other, other)
		visits, other = other, visits
	}
}

func BenchmarkArrow(b *testing.B) {
	p := benchGrid(b)
	for i := range b.N {
		p.day.vertical(1 - 2*(i/50%2))
	}
}

func BenchmarkScroll(b *testing.B) {
	p := benchGrid(b)
	for i := range b.N {
		p.grid.scroll.Offset.Y = float32(i%60) * 10
		p.grid.scrolled()
	}
}

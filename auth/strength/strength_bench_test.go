package strength

import (
	"strings"
	"testing"
)

// BenchmarkBits measures what the meter below a password takes at each pause, for one of usual length and for
// some of the longest, made of what is found most often.
func BenchmarkBits(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"passphrase", "violet tractor 91 sleeps"},
		{"words", strings.Repeat("everybody wants motherland and ", 5)[:128]},
		{"signs", strings.Repeat("4553+7!1$0", 13)[:128]},
		{"one letter", strings.Repeat("a", 128)},
		{"pieces", strings.Repeat("aab", 43)[:128]},
		{"walks", strings.Repeat("qwedcxzasdfrtgh", 9)[:128]},
		{"dates", strings.Repeat("1.1.2011", 16)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Bits(c.text, "anteroom", "brook", "clinic", "smith")
			}
		})
	}
}

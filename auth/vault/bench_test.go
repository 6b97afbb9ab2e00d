package vault

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkPassword compares one password check with libargon2's own command
// at the same parameters, in turn, and reports the ratio of their medians
// (budget: 1.2). It needs the command argon2.
func BenchmarkPassword(b *testing.B) {
	command, err := exec.LookPath("argon2")
	if err != nil {
		b.Fatalf("%v (run make bench, which installs it)", err)
	}
	salt := NewSalt()
	var ours, theirs []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := Stretch("violet tractor 91 sleeps", salt, DefaultCost); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(start))

		cmd := exec.Command(command, "sixteen bytes...", "-id", "-t", "3", "-k", "65536", "-p", "4", "-l", "64", "-r")
		cmd.Stdin = strings.NewReader("violet tractor 91 sleeps")
		start = time.Now()
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		theirs = append(theirs, time.Since(start))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	our, their := ours[len(ours)/2].Seconds(), theirs[len(theirs)/2].Seconds()
	b.ReportMetric(our*1000, "ours-ms")
	b.ReportMetric(their*1000, "libargon2-ms")
	b.ReportMetric(our/their, "ratio")
}

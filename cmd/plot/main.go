// Plot draws the growth that benchmarks measured: it reads what "go test -bench"
// printed and writes one picture for each benchmark that was run at several sizes,
// both axes logarithmic.
//
//	make bench | tee bench.txt && go run ./cmd/plot docs/performance < bench.txt
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// growth is one measure of one benchmark, by size.
type growth struct {
	name   string
	points [][2]float64 // size, milliseconds
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: plot FOLDER < benchmarks")
		os.Exit(2)
	}
	pictures, err := read(os.Stdin)
	for name, lines := range pictures {
		if err == nil {
			path := filepath.Join(os.Args[1], strings.ToLower(name)+".svg")
			err = os.WriteFile(path, []byte(draw(name, lines)), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

var line = regexp.MustCompile(`^Benchmark(\w+)/(\d+)(?:-\d+)?\s+\d+\s+(.*)$`)

// read collects the times of benchmarks that have a size for a name.
func read(r io.Reader) (map[string][]growth, error) {
	pictures := map[string][]growth{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		m := line.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		size, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			return nil, err
		}
		fields := strings.Fields(m[3])
		for i := 0; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			unit := fields[i+1]
			switch {
			case err != nil:
				return nil, err
			case strings.HasPrefix(unit, "s-"):
				value *= 1000
			case !strings.HasPrefix(unit, "ms"):
				continue
			}
			_, name, _ := strings.Cut(unit, "-")
			pictures[m[1]] = add(pictures[m[1]], name, [2]float64{size, value})
		}
	}
	return pictures, lines.Err()
}

func add(all []growth, name string, point [2]float64) []growth {
	i := slices.IndexFunc(all, func(g growth) bool { return g.name == name })
	if i < 0 {
		return append(all, growth{name, [][2]float64{point}})
	}
	all[i].points = append(all[i].points, point)
	return all
}

const (
	width, height           = 560, 320
	left, top, right, under = 64, 40, 150, 44
)

var colours = []string{"#0B6B6B", "#B3261E", "#835400", "#52606D", "#1B6B3F", "#4A5FC1"}

func draw(title string, all []growth) string {
	x := newAxis(all, 0, left, width-right)
	y := newAxis(all, 1, height-under, top)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#FFFFFF"/><text x="%d" y="24" font-size="16">%s: milliseconds by size</text>`+"\n", width, height, left, title)
	for e := x.from; e <= x.to; e++ {
		at := x.at(math.Pow10(e))
		fmt.Fprintf(&b, `<path d="M%.1f %d V%d" stroke="#D5DCE2"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", at, top, height-under, at, height-under+18, short(e))
	}
	for e := y.from; e <= y.to; e++ {
		at := y.at(math.Pow10(e))
		fmt.Fprintf(&b, `<path d="M%d %.1f H%d" stroke="#D5DCE2"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", left, at, width-right, left-8, at+4, short(e))
	}
	labels := apart(all, y)
	for i, g := range all {
		colour := colours[i%len(colours)]
		var path []string
		for _, p := range g.points {
			path = append(path, fmt.Sprintf("%.1f %.1f", x.at(p[0]), y.at(p[1])))
		}
		last := g.points[len(g.points)-1]
		fmt.Fprintf(&b, `<path d="M%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(path, " L"), colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", x.at(last[0])+8, labels[i]+4, colour, g.name)
	}
	return b.String() + "</svg>\n"
}

// apart are the heights of the names at the ends of the lines, so that none lies
// on another.
func apart(all []growth, y axis) []float64 {
	const least = 14
	heights, order := make([]float64, len(all)), make([]int, len(all))
	for i, g := range all {
		heights[i], order[i] = y.at(g.points[len(g.points)-1][1]), i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(heights[a], heights[b]) })
	for n := 1; n < len(order); n++ {
		heights[order[n]] = max(heights[order[n]], heights[order[n-1]]+least)
	}
	return heights
}

// axis is a logarithmic one, between powers of ten.
type axis struct {
	from, to    int
	start, span float64
}

func newAxis(all []growth, of int, start, end float64) axis {
	least, most := math.Inf(1), math.Inf(-1)
	for _, g := range all {
		for _, p := range g.points {
			least, most = min(least, math.Log10(p[of])), max(most, math.Log10(p[of]))
		}
	}
	a := axis{from: int(math.Floor(least)), to: int(math.Ceil(most)), start: start}
	a.to = max(a.to, a.from+1)
	a.span = end - start
	return a
}

func (a axis) at(v float64) float64 {
	return a.start + a.span*(math.Log10(v)-float64(a.from))/float64(a.to-a.from)
}

// short is a power of ten in few letters.
func short(e int) string {
	switch {
	case e >= 6:
		return fmt.Sprintf("%.0fM", math.Pow10(e-6))
	case e >= 3:
		return fmt.Sprintf("%.0fk", math.Pow10(e-3))
	}
	return strconv.FormatFloat(math.Pow10(e), 'f', -1, 64)
}

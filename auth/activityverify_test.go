package auth_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"anteroom/auth"
)

// TestVerify: in a log of several pages, by somebody with the file, each way to
// change it is found, and the first entry that is broken is named.
func TestVerify(t *testing.T) {
	w := newLongWorld(t, 12_000)
	good := w.memory.Rows()
	n := len(good.Activity)
	type rows = []auth.ActivityRow
	for name, c := range map[string]struct {
		tamper func(rows) rows
		want   int64
	}{
		"nothing": {func(r rows) rows { return r }, 0},
		"changed": {func(r rows) rows {
			r[7000].Sealed = bytes.Clone(r[7000].Sealed)
			r[7000].Sealed[20] ^= 1
			return r
		}, 7001},
		"its link changed": {func(r rows) rows {
			r[4999].Chain = bytes.Clone(r[4999].Chain)
			r[4999].Chain[0] ^= 1
			return r
		}, 5000},
		"removed":            {func(r rows) rows { return slices.Delete(r, 5000, 5001) }, 5001},
		"the first removed":  {func(r rows) rows { return r[1:] }, 1},
		"a page removed":     {func(r rows) rows { return slices.Delete(r, 5000, 10_000) }, 5001},
		"its tail cut":       {func(r rows) rows { return r[:10_000] }, 10_001},
		"the last cut":       {func(r rows) rows { return r[:n-1] }, int64(n)},
		"all of it gone":     {func(rows) rows { return nil }, 1},
		"two exchanged":      {func(r rows) rows { return exchanged(r, 4998, 9000) }, 4999},
		"neighbours":         {func(r rows) rows { return exchanged(r, 4999, 5000) }, 5000},
		"copied over":        {func(r rows) rows { return copied(r, 10, 9999) }, 10_000},
		"copied to the end":  {func(r rows) rows { return copied(append(r, auth.ActivityRow{Seq: int64(n) + 1}), 10, n) }, int64(n) + 1},
		"copied in between":  {func(r rows) rows { return between(r, 4999, r[10]) }, 5000},
		"invented":           {func(r rows) rows { return between(r, 4999, auth.ActivityRow{Sealed: []byte("x")}) }, 5000},
		"put before it all":  {func(r rows) rows { return append(r, auth.ActivityRow{Seq: -3, Sealed: []byte("x")}) }, 1},
		"cut and lengthened": {func(r rows) rows { return append(r[:n-1], auth.ActivityRow{Seq: int64(n) + 7}) }, int64(n)},
	} {
		bad := w.memory.Rows()
		bad.Activity = c.tamper(bad.Activity)
		w.memory.Put(bad)
		got, err := w.anna.VerifyActivity(w.ctx, nil)
		if w.memory.Put(good); err != nil || got != c.want {
			t.Errorf("%s: %d, %v; want %d", name, got, err, c.want)
		}
	}
}

func exchanged(r []auth.ActivityRow, i, j int) []auth.ActivityRow {
	r[i].Sealed, r[j].Sealed = r[j].Sealed, r[i].Sealed
	r[i].Chain, r[j].Chain = r[j].Chain, r[i].Chain
	return r
}

func copied(r []auth.ActivityRow, from, to int) []auth.ActivityRow {
	r[to].Sealed, r[to].Chain = r[from].Sealed, r[from].Chain
	return r
}

// between puts a row among the others and gives those after it the next numbers.
func between(r []auth.ActivityRow, at int, row auth.ActivityRow) []auth.ActivityRow {
	r = slices.Insert(r, at, row)
	for i := range r {
		r[i].Seq = int64(i) + 1
	}
	return r
}

// TestVerifyProgress is told, and it can be canceled.
func TestVerifyProgress(t *testing.T) {
	w := newLongWorld(t, 12_000)
	n := len(w.memory.Rows().Activity)
	var done []int
	_, err := w.anna.VerifyActivity(w.ctx, func(d, total int) {
		if done = append(done, d); total != n {
			t.Errorf("%d of %d", d, total)
		}
	})
	w.must(err)
	if !slices.Equal(done, []int{5000, 10_000, n}) {
		t.Errorf("progress %d", done)
	}
	ctx, cancel := context.WithCancel(w.ctx)
	_, err = w.anna.VerifyActivity(ctx, func(int, int) { cancel() })
	w.refused(err, context.Canceled)
}

package widgets

import (
	"slices"
)

// Column is one column of a Table.
type Column[T any] struct {
	Title string  // "" in every column leaves out the line of titles
	Width float32 // for text at 100 %; the least it has
	Grow  bool    // takes a share of the width left over
	Text  func(T) string
}

// Table is a List of things of one kind, which says for each column what it shows of one.
type Table[T any] struct {
	List
	columns []Column[T]
	at      func(row int) T
	texts   [][]string // of all rows, as SetRows gave them
}

// NewTable returns an empty table; id tells what a row is about, whatever its number by now.
func NewTable[T any](id func(T) string, columns ...Column[T]) *Table[T] {
	t := &Table[T]{columns: columns}
	heads := make([]Head, len(columns))
	for i, c := range columns {
		heads[i] = Head{c.Title, c.Width, c.Grow}
	}
	t.List.setUp(t, heads)
	t.List.ID = func(row int) string { return id(t.at(row)) }
	return t
}

// SetRows shows rows. Where they say what they said before, nothing is drawn; but they may be about
// others.
func (t *Table[T]) SetRows(rows []T) {
	texts := t.textsOfAll(rows)
	t.at = func(row int) T { return rows[row] }
	if slices.EqualFunc(texts, t.texts, slices.Equal[[]string]) {
		t.rows.follow()
		return
	}
	t.texts = texts
	t.SetSource(len(rows), t.at)
}

func (t *Table[T]) textsOfAll(rows []T) (texts [][]string) {
	for _, row := range rows {
		line := make([]string, len(t.columns))
		for i, c := range t.columns {
			line[i] = c.Text(row)
		}
		texts = append(texts, line)
	}
	return texts
}

// SetSource shows count rows and asks for one when it comes into sight, so at and the columns have to be quick.
func (t *Table[T]) SetSource(count int, at func(row int) T) {
	t.at = at
	t.List.SetSource(count, func(row, column int) string { return t.columns[column].Text(at(row)) })
}

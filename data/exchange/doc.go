// Package exchange reads patients from CSV files, whatever wrote them, and
// writes them to CSV files that spreadsheets and this package itself read.
//
// A file is read as a stream, several times over: Sniff judges what it is, Open
// and Preview show its first rows, Match says which column is which field, Judge
// in which order its dates are written and what only people can tell, and Plan goes
// over all its rows. None of them holds the file in memory.
package exchange

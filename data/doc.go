// Package data is what a practice keeps of its patients and appointments, and
// the rules that hold for it: plain values and pure functions of them.
package data

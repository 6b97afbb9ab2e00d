package demo

import "math/rand/v2"

// letters are those of base32 (RFC 4648 §6), as the ids of real records have.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// idLength makes 130 bits.
const idLength = 26

// newID draws an id.
func newID(r *rand.Rand) string {
	var id [idLength]byte
	var bits uint64
	for i := range id {
		if i%12 == 0 { // 60 of its 64 bits were used
			bits = r.Uint64()
		}
		id[i] = letters[bits&31]
		bits >>= 5
	}
	return string(id[:])
}

// What a source of randomness is for: each of them draws by itself, so that a day
// is the same whatever there was before it.
const (
	forPatients uint64 = iota + 1
	forTeam
	forDays
)

// source is that of one thing of many.
func source(seed, what, number uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed^what*0x9e3779b97f4a7c15, number*0xbf58476d1ce4e5b9+what))
}

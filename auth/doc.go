// Package auth decides who may come in: the register of users and policy, how
// they sign in with a password and an Auth Code, their sessions, and what only
// a Practice Admin may do.
//
// Everything that decides lies in one sealed row, the register. Each change
// reads it, decides, and writes it back in one transaction (Practice.update),
// so one code gives one session whatever runs beside it. Slow work (argon2id,
// the keyring) happens between transactions, never inside one; no method here
// belongs on the UI goroutine.
package auth

// Package scram makes what a database server keeps of a password.
package scram

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// iterations are PostgreSQL's own number (RFC 7677 §4).
const iterations = 4096

// Verifier is what a server keeps of a password (SCRAM-SHA-256, RFC 5802 §3 and RFC 7677):
// it can check who knows the password, and can't sign in with it. The password is ASCII,
// which needs no SASLprep.
func Verifier(password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt) // which never fails
	return saltedVerifier(password, salt)
}

func saltedVerifier(password string, salt []byte) (string, error) {
	salted, err := pbkdf2.Key(sha256.New, password, salt, iterations, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("verifier: %w", err)
	}
	stored := sha256.Sum256(mac(salted, "Client Key"))
	text := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", iterations, text(salt), text(stored[:]), text(mac(salted, "Server Key"))), nil
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

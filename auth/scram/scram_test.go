package scram

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
)

// TestVerifier: the exchange of RFC 7677 §3 is right by our verifier, on both sides.
func TestVerifier(t *testing.T) {
	const (
		salt     = "W22ZaJ0SNY7soEsUEjb6gQ=="
		exchange = "n=user,r=rOprNGfwEbeRWgbNEkqO," +
			"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=" + salt + ",i=4096," +
			"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
		proof     = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
		signature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
	)
	bytesOf := func(text string) []byte {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	v, err := saltedVerifier("pencil", bytesOf(salt))
	if err != nil {
		t.Fatal(err)
	}
	keys, found := strings.CutPrefix(v, "SCRAM-SHA-256$4096:"+salt+"$")
	stored, server, both := strings.Cut(keys, ":")
	if !found || !both {
		t.Fatalf("got %s", v)
	}
	if got := mac(bytesOf(server), exchange); !bytes.Equal(got, bytesOf(signature)) {
		t.Errorf("the server signs %x", got)
	}
	key := mac(bytesOf(stored), exchange)
	for i, b := range bytesOf(proof) {
		key[i] ^= b
	}
	if got := sha256.Sum256(key); !bytes.Equal(got[:], bytesOf(stored)) {
		t.Error("the server refuses the client's proof")
	}
	first, err1 := Verifier("pencil")
	second, err2 := Verifier("pencil")
	if err1 != nil || err2 != nil || first == second {
		t.Errorf("two of one password: %s, %s", first, second)
	}
}

package host

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/data/sharing"
)

// TestKey: the key is one that passwords can be bound to, is good for twenty years, and
// nobody else can read it. Key is what a client of TLS sees of it.
func TestKey(t *testing.T) {
	c := At(t.TempDir())
	if err := makeKey(c.dir); err != nil {
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(c.in(certificateFile), c.in(keyFile))
	if err != nil {
		t.Fatal(err)
	}
	public, ok := pair.Leaf.PublicKey.(*ecdsa.PublicKey)
	if !ok || public.Curve != elliptic.P256() || pair.Leaf.SignatureAlgorithm != x509.ECDSAWithSHA256 {
		t.Errorf("it is a %v, signed with %v", pair.Leaf.PublicKeyAlgorithm, pair.Leaf.SignatureAlgorithm)
	}
	if left := time.Until(pair.Leaf.NotAfter); left < 7300*24*time.Hour || left > 7310*24*time.Hour {
		t.Errorf("it is good until %v", pair.Leaf.NotAfter)
	}
	key, err := c.Key()
	if sum := sha256.Sum256(pair.Leaf.RawSubjectPublicKeyInfo); err != nil || !slices.Equal(key, sum[:]) {
		t.Errorf("the key is %x, %v", key, err)
	}
	if info, err := os.Stat(c.in(keyFile)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the key has %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(c.in(certificateFile), []byte("something"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Key(); !errors.Is(err, sharing.ErrHost) {
		t.Errorf("no certificate: %v", err)
	}
}

// TestNothingThere: what was never made does not exist, does not run, and is not started.
func TestNothingThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "server")
	c := At(dir)
	if c.Exists() || c.Running(t.Context()) || c.Port() != 0 {
		t.Error("there is something")
	}
	if err := c.Start(t.Context()); !errors.Is(err, sharing.ErrHost) {
		t.Errorf("started: %v", err)
	}
	if err := c.Stop(t.Context()); err != nil {
		t.Errorf("stopped: %v", err)
	}
	for _, verifier := range []string{"", "a password", "SCRAM-SHA-256$4096:x'; DROP"} {
		if err := c.Make(t.Context(), verifier); !errors.Is(err, sharing.ErrHost) {
			t.Errorf("%q was taken for a verifier: %v", verifier, err)
		}
	}
	if os.Geteuid() == 0 {
		verifier := "SCRAM-SHA-256$4096:" + strings.Repeat("A", 22) + "==$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "="
		if err := c.Make(t.Context(), verifier); !errors.Is(err, sharing.ErrHost) || !strings.Contains(err.Error(), "root") {
			t.Errorf("made as root: %v", err)
		}
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("it was touched: %v", err)
	}
}

// TestRanked: what others can type, and in which order.
func TestRanked(t *testing.T) {
	a := netip.MustParseAddr
	cards := []card{
		{"docker0", []netip.Addr{a("172.17.0.1")}},
		{"wlp2s0", []netip.Addr{a("192.168.1.30"), a("fe80::1")}},
		{"enp3s0", []netip.Addr{a("fd00::2"), a("10.1.2.3")}},
		{"enp4s0", []netip.Addr{a("192.168.7.2"), a("169.254.3.4"), a("8.8.8.8")}},
		{"wg0", []netip.Addr{a("10.9.9.9")}},
		{"vEthernet (WSL)", []netip.Addr{a("172.20.0.1")}},
	}
	for _, c := range []struct {
		outward string
		port    uint16
		want    string
	}{
		{"192.168.7.2", Port, "192.168.7.2 10.1.2.3 192.168.1.30 8.8.8.8"},
		{"192.168.1.30", Port, "192.168.1.30 10.1.2.3 192.168.7.2 8.8.8.8"},
		{"10.9.9.9", 54321, "10.1.2.3:54321 192.168.7.2:54321 192.168.1.30:54321 8.8.8.8:54321"}, // through a VPN
	} {
		if got := strings.Join(ranked(cards, a(c.outward), c.port), " "); got != c.want {
			t.Errorf("the way out is %s: %s, want %s", c.outward, got, c.want)
		}
	}
	if got := ranked(nil, netip.Addr{}, Port); len(got) != 0 {
		t.Errorf("without a network: %v", got)
	}
	for _, address := range At(t.TempDir()).Addresses() {
		if found, err := netip.ParseAddr(address); err != nil || !found.IsGlobalUnicast() {
			t.Errorf("this computer's: %s, %v", address, err)
		}
	}
}

// TestRoom: the folder may come later.
func TestRoom(t *testing.T) {
	dir := t.TempDir()
	here, err := Room(dir)
	later, err2 := Room(filepath.Join(dir, "not", "yet"))
	if err != nil || err2 != nil || here <= 0 || later <= 0 {
		t.Errorf("%d, %v; %d, %v", here, err, later, err2)
	}
}

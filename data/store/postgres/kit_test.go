//go:build postgres

package postgres_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/scram"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// TestKit: the role of the recovery kit lets computers join, as many as there are, and
// does nothing else. It is gone when another kit is admitted.
func TestKit(t *testing.T) {
	p := made(t)
	admit := func() (name string, kit postgres.Config) {
		t.Helper()
		name, password := rand.Text(), rand.Text()
		verifier, err := scram.Verifier(password)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the same one again changes nothing
			if err := p.AdmitKit(t.Context(), auth.KitAccess{Name: name, Verifier: verifier}); err != nil {
				t.Fatal(err)
			}
		}
		return name, pgtest.Role(t, database(p), postgres.KitRole(name), password)
	}
	_, kit := admit()
	expect(t, p, kit.User, []string{"access.join_desk EXECUTE", "access USAGE", "CONNECT", group(t, p, "kit")})
	byKit := session(t, kit)
	for _, query := range []string{"SELECT * FROM practice.register", "SELECT access.admit_kit('k_" + rand.Text() + "', '')", "SELECT access.part_desk('d_" + rand.Text() + "')", "SELECT * FROM access.invitation"} {
		if _, err := byKit.Exec(t.Context(), query); !refused(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
	var computers []string
	var desks []postgres.Config
	for range 2 {
		computer := rand.Text()
		password, err := pgtest.By(t, kit).Join(t.Context(), computer)
		if err != nil {
			t.Fatal(err)
		}
		role := postgres.DeskRole(computer)
		t.Cleanup(func() { pgtest.Admin(t, "DROP ROLE "+quoted(role)) })
		computers = append(computers, computer)
		desks = append(desks, pgtest.Role(t, database(p), role, password))
	}
	first := pgtest.By(t, desks[0])
	if _, err := first.Exists(t.Context()); err != nil {
		t.Fatal(err)
	}

	_, other := admit()
	found, err := pgtest.By(t, desks[1]).Desks(t.Context())
	if slices.Sort(found); err != nil || !slices.Equal(found, slices.Sorted(slices.Values(computers))) {
		t.Errorf("desks %q, %v", found, err)
	}
	if _, err := pgtest.By(t, kit).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a kit that was replaced: %v", err)
	}
	if err := p.AdmitKit(t.Context(), auth.KitAccess{}); err != nil {
		t.Fatal(err)
	}
	if _, err := pgtest.By(t, other).Join(t.Context(), rand.Text()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a kit that is none any more: %v", err)
	}
	if err := pgtest.By(t, desks[1]).AdmitKit(t.Context(), auth.KitAccess{}); err == nil {
		t.Error("a desk admits a kit")
	}
}

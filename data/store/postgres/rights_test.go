//go:build postgres

package postgres_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anteroom/auth"
	"anteroom/data/store/postgres"
	"anteroom/data/store/postgres/pgtest"
)

// onlyListed asks the server's own catalog what a desk may do: to its tables, columns,
// functions and all else.
func onlyListed(t *testing.T, p *postgres.Server, desk postgres.Config) {
	t.Helper()
	want := []string{"practice.pulse SELECT", "practice.pulse.n UPDATE",
		"practice.turns SELECT", "practice.turns INSERT", "practice.turns DELETE", "access.part_desk EXECUTE", "access.desk SELECT", "access USAGE", "practice USAGE", "CONNECT", group(t, p, "desk")}
	for _, table := range tables() {
		for _, right := range []string{"SELECT", "INSERT", "UPDATE", "DELETE"} {
			want = append(want, "practice."+table+" "+right)
		}
	}
	expect(t, p, desk.User, want)
}

// group is what expect says of a role that is in the practice's group of a kind.
func group(t *testing.T, p *postgres.Server, kind string) string {
	t.Helper()
	return "in " + texts(t, p, "SELECT access.group_of('"+kind+"')")[0]
}

func tables() []string {
	all := []string{"practice", "register", "envelope", "activity", "changes"}
	for _, table := range auth.RecordTables {
		all = append(all, string(table))
	}
	return all
}

// expect compares all rights that a role has beyond those that PostgreSQL gives to
// everyone on its own catalog.
func expect(t *testing.T, p *postgres.Server, role string, want []string) {
	t.Helper()
	got := texts(t, p, strings.ReplaceAll(`
		WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'),
		     relations AS (SELECT c.oid, relkind, nspname || '.' || relname AS name FROM pg_class c JOIN ours o ON o.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'f'))
		SELECT name || ' ' || r FROM relations, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) r
			WHERE has_table_privilege('$1', oid, r)
		UNION ALL
		SELECT name || '.' || attname || ' ' || r FROM relations JOIN pg_attribute ON attrelid = oid AND attnum > 0, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) r
			WHERE has_column_privilege('$1', oid, attname, r) AND NOT has_table_privilege('$1', oid, r)
		UNION ALL
		SELECT nspname || '.' || relname || ' ' || r FROM pg_class c JOIN ours o ON o.oid = relnamespace, unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) r
			WHERE relkind = 'S' AND has_sequence_privilege('$1', c.oid, r)
		UNION ALL
		SELECT nspname || '.' || proname || ' EXECUTE' FROM pg_proc f JOIN ours o ON o.oid = pronamespace WHERE has_function_privilege('$1', f.oid, 'EXECUTE')
		UNION ALL
		SELECT nspname || ' ' || r FROM ours, unnest(ARRAY['USAGE', 'CREATE']) r WHERE has_schema_privilege('$1', oid, r)
		UNION ALL
		SELECT r FROM unnest(ARRAY['CONNECT', 'CREATE', 'TEMP']) r WHERE has_database_privilege('$1', current_database(), r)
		UNION ALL
		SELECT 'in ' || rolname FROM pg_roles WHERE pg_has_role('$1', oid, 'MEMBER') AND rolname <> '$1'
		UNION ALL
		SELECT 'attribute of the role' FROM pg_roles WHERE rolname = '$1' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
		UNION ALL
		SELECT 'owns ' || classid::regclass || ' ' || objid FROM pg_shdepend WHERE refobjid = '"$1"'::regrole AND deptype = 'o'
		UNION ALL
		SELECT 'writes ' || c.oid::regclass FROM pg_class c, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) r
			WHERE relkind IN ('r', 'v') AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
			AND has_table_privilege('$1', c.oid, r) AND relname <> 'pg_settings' -- which is SET
		UNION ALL
		SELECT 'runs as another: ' || f.oid::regprocedure FROM pg_proc f WHERE prosecdef AND pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege('$1', f.oid, 'EXECUTE')
		UNION ALL
		SELECT 'tablespace ' || spcname FROM pg_tablespace WHERE spcname <> 'pg_default' AND has_tablespace_privilege('$1', oid, 'CREATE')
		UNION ALL
		SELECT 'reads ' || name FROM unnest(ARRAY['pg_authid', 'pg_shadow', 'pg_statistic', 'pg_largeobject', 'pg_hba_file_rules', 'pg_file_settings', 'pg_subscription', 'pg_user_mapping']) name
			WHERE has_table_privilege('$1', name, 'SELECT')`, "$1", role))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s may\n%s\nand should\n%s", role, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestRights: what a desk and a linking code may do is what is listed, by the server's
// catalog, and by trying.
func TestRights(t *testing.T) {
	p := made(t)
	_, desk := joined(t, p)
	computer, _ := joined(t, p)
	code, link := invited(t, p, time.Hour)
	onlyListed(t, p, desk)
	expect(t, p, link.User, []string{"access.join_desk EXECUTE", "access USAGE", "CONNECT", group(t, p, "link")})

	byDesk, byLink := session(t, desk), session(t, link)
	for _, table := range tables() {
		queries := []string{"SELECT * FROM practice.%s", "INSERT INTO practice.%[1]s SELECT * FROM practice.%[1]s WHERE false", "DELETE FROM practice.%s WHERE false"}
		for _, column := range texts(t, p, "SELECT attname::text FROM pg_attribute WHERE attrelid = 'practice."+table+"'::regclass AND attnum > 0") {
			queries = append(queries, "UPDATE practice.%[1]s SET "+column+" = "+column)
		}
		for _, query := range queries {
			query = fmt.Sprintf(query, table)
			if _, err := byDesk.Exec(t.Context(), query); err != nil {
				t.Errorf("a desk may not %s: %v", query, err)
			}
			if _, err := byLink.Exec(t.Context(), query); !refused(err) {
				t.Errorf("a link %s: %v", query, err)
			}
		}
	}
	id := rand.Text()
	own, other := quoted(desk.User), quoted(postgres.DeskRole(computer))
	queries := []string{
		"UPDATE practice.pulse SET needs = 99", "UPDATE practice.pulse SET era = ''", "INSERT INTO practice.pulse VALUES (2, 1, '', 1, 1)", "DELETE FROM practice.pulse",
		"SELECT * FROM practice.goose_db_version", "DELETE FROM practice.goose_db_version",
		"SELECT * FROM access.practice", "UPDATE access.practice SET id = ''", "SELECT access.keep_out('practice')", "SELECT access.let_in('access')",
		"SELECT * FROM access.invitation", "INSERT INTO access.desk VALUES ('d_' || 'x')", "DELETE FROM access.desk", "INSERT INTO access.invitation VALUES ('" + desk.User + "', 'infinity')", "UPDATE access.invitation SET until = 'infinity'",
		"LOCK TABLE practice.pulse IN ACCESS SHARE MODE; LOCK TABLE access.invitation IN ACCESS SHARE MODE",
		"SELECT access.invite('l_" + id + "', '" + valid(t) + "', now())", "SELECT access.uninvite('" + postgres.LinkRole(code) + "')", "SELECT access.admit_kit('k_" + id + "', '" + valid(t) + "')", "SELECT access.new_role('d_" + id + "', 'desk', '" + valid(t) + "')",
		"CREATE TABLE practice.t (a int)", "CREATE TABLE public.t (a int)", "CREATE TABLE access.t (a int)", "CREATE TEMP TABLE t (a int)", "CREATE SCHEMA mine", "CREATE DATABASE mine",
		"CREATE FUNCTION practice.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE OR REPLACE FUNCTION access.part_desk(name text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
		"ALTER FUNCTION access.part_desk(text) SECURITY INVOKER", "DROP FUNCTION access.part_desk(text)", "CREATE EXTENSION pgcrypto SCHEMA practice", "CREATE VIEW practice.v AS SELECT 1",
		"CREATE TRIGGER t BEFORE UPDATE ON practice.patient FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()", "CREATE RULE r AS ON UPDATE TO practice.patient DO INSTEAD NOTHING",
		"DROP TABLE practice.patient", "TRUNCATE practice.patient", "ALTER TABLE practice.patient ADD COLUMN a int", "CREATE INDEX ON practice.patient (version)",
		"ALTER SCHEMA practice RENAME TO mine", "DROP SCHEMA practice CASCADE", "GRANT SELECT ON practice.goose_db_version TO PUBLIC",
		"SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT pg_read_file('postgresql.conf')", "SELECT pg_ls_dir('.')", "COPY practice.patient TO '/tmp/patient'", "COPY practice.patient FROM PROGRAM 'true'", "SELECT lo_import('/etc/passwd')",
		"CREATE ROLE mine", "ALTER ROLE " + own + " SUPERUSER", "ALTER ROLE " + own + " CREATEROLE", "ALTER ROLE " + own + " VALID UNTIL 'infinity'", "ALTER ROLE " + other + " PASSWORD 'x'",
		"ALTER ROLE keeper PASSWORD 'x'", "DROP ROLE " + other, "GRANT keeper TO " + own, "GRANT pg_read_all_data TO " + own, "SET ROLE keeper", "SET SESSION AUTHORIZATION keeper",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND usename IS NOT NULL", "SELECT pg_reload_conf()", "ALTER SYSTEM SET log_statement = 'all'", "SET log_statement = 'all'",
		"ALTER DATABASE " + database(p) + " SET search_path = ''", "ALTER DEFAULT PRIVILEGES FOR ROLE keeper GRANT ALL ON TABLES TO PUBLIC", "REASSIGN OWNED BY keeper TO " + own,
	}
	for who, conn := range map[string]*pgx.Conn{"a desk": byDesk, "a link": byLink} {
		for _, query := range queries {
			if _, err := conn.Exec(t.Context(), query); !refused(err) {
				t.Errorf("%s: %s: %v", who, query, err)
			}
		}
	}
	if _, err := byDesk.Exec(t.Context(), "SELECT access.join_desk($1, $2)", "d_"+id, valid(t)); !refused(err) {
		t.Errorf("a desk lets another one join: %v", err)
	}
	if _, err := byLink.Exec(t.Context(), "SELECT access.part_desk($1)", postgres.DeskRole(computer)); !refused(err) {
		t.Errorf("a link shuts a desk: %v", err)
	}
	if err := pgtest.By(t, desk).Invite(t.Context(), id, valid(t), time.Now().Add(time.Hour)); err == nil {
		t.Error("a desk invites")
	}
}

// TestTwoPractices: of two practices on one server, no desk comes to the other one's, and
// none shuts the other one's desks.
func TestTwoPractices(t *testing.T) {
	ours, theirs := made(t), made(t)
	_, desk := joined(t, ours)
	computer, other := joined(t, theirs)
	strange := desk
	strange.Database = other.Database
	if _, err := pgtest.By(t, strange).Exists(t.Context()); !errors.Is(err, auth.ErrNotLinked) {
		t.Errorf("a desk at another practice: %v", err)
	}
	for _, who := range []postgres.Config{desk, pgtest.Config(t, database(ours))} {
		if err := pgtest.By(t, who).RevokeRole(t.Context(), computer); err != nil {
			t.Errorf("%s: a computer that is none of ours: %v", who.User, err)
		}
	}
	if there, err := pgtest.By(t, other).Exists(t.Context()); !there || err != nil {
		t.Errorf("a desk of theirs: %v, %v", there, err)
	}
}

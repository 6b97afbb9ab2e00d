-- The roles of a practice's server and what they may do. It runs as who owns the schema
-- (the keeper, who needs CREATEROLE and the database), each time that this program brings
-- the schema up to date; what is there already stays.
--
--   desk_…  what computers of the practice have: a role of its own for each, d_<its id>
--   link_…  what a linking code has: a role of its own, l_<some id>, that ends by itself
--   kit_…   what the recovery kit has: a role of its own, k_<some id>, until there is another
--
-- Functions that run as the keeper lie in a schema of their own, as a restored backup
-- takes the place of the practice's. No name in them is looked for anywhere but in
-- pg_catalog. What they refuse is insufficient_privilege.

CREATE SCHEMA IF NOT EXISTS access;

-- By what the groups of this practice differ from those of others: roles belong to all
-- databases of a server. A copy of the database has the same.
CREATE TABLE IF NOT EXISTS access.practice (
    id text COLLATE "C" NOT NULL PRIMARY KEY
);
INSERT INTO access.practice SELECT left(replace(pg_catalog.gen_random_uuid()::text, '-', ''), 16)
WHERE NOT EXISTS (SELECT FROM access.practice);

-- group_of is the group of a kind of roles.
CREATE OR REPLACE FUNCTION access.group_of(kind text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT kind || '_' || id FROM access.practice
$$;

DO $$
DECLARE
    kind text;
    here text := pg_catalog.current_database();
BEGIN
    EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', here);
    FOREACH kind IN ARRAY ARRAY[access.group_of('desk'), access.group_of('link'), access.group_of('kit')] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = kind) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', kind);
        END IF;
        EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', here, kind);
        EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA access TO %I', kind);
    END LOOP;
    IF pg_catalog.to_regnamespace('public') IS NOT NULL THEN
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
    END IF;
END $$;

-- let_work lets desks read and write the rows of a schema's tables, and take the turn, and
-- do nothing with what the migrations keep for themselves.
CREATE OR REPLACE FUNCTION access.let_work(schema text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', schema, access.group_of('desk'));
    EXECUTE format('REVOKE ALL ON %1$I.pulse, %1$I.goose_db_version FROM %2$I', schema, access.group_of('desk'));
    EXECUTE format('REVOKE UPDATE ON %I.turns FROM %I', schema, access.group_of('desk'));
    EXECUTE format('GRANT SELECT, UPDATE (n) ON %I.pulse TO %I', schema, access.group_of('desk'));
END $$;

-- let_in lets desks into the schema of the practice.
CREATE OR REPLACE FUNCTION access.let_in(schema text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', schema, access.group_of('desk'));
END $$;

-- keep_out takes all of that back.
CREATE OR REPLACE FUNCTION access.keep_out(schema text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', schema, access.group_of('desk'));
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', schema, access.group_of('desk'));
END $$;

-- The linking codes that may still be used, and the recovery kit, for ever; and those of both
-- whose roles are still to be removed.
CREATE TABLE IF NOT EXISTS access.invitation (
    role  text COLLATE "C" NOT NULL PRIMARY KEY,
    until timestamptz      NOT NULL
);

-- The desks that joined this practice, and not another one of this server.
CREATE TABLE IF NOT EXISTS access.desk (
    role text COLLATE "C" NOT NULL PRIMARY KEY
);

-- let_go cuts off each desk, linking code or kit that has held a group of this practice in a
-- transaction for longer than making or shutting a role takes, with all its connections: the next
-- of them would take the group. Since PostgreSQL 16 GRANT and REVOKE of a group hold it until the
-- commit, and all others who join or unlink a computer wait.
CREATE OR REPLACE FUNCTION access.let_go() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usesysid IN (
        SELECT a.usesysid
        FROM pg_locks l JOIN pg_stat_activity a USING (pid) JOIN pg_roles g ON g.oid = l.objid
        WHERE l.locktype = 'object' AND l.classid = 'pg_authid'::regclass AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
        AND g.rolname IN (access.group_of('desk'), access.group_of('link'), access.group_of('kit'))
        AND a.usename <> current_user AND pg_has_role(a.usesysid, 'USAGE')
        AND a.xact_start < clock_timestamp() - interval '3 seconds'
    );
END $$;

-- new_role makes a role that may sign in and do what a kind of roles may. The keeper
-- becomes a member of it, as who ends another role's connections must be. A kit that is
-- there gets the verifier anew: a role may change its own password.
CREATE OR REPLACE FUNCTION access.new_role(name text, kind text, verifier text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Anything else than a verifier would be taken for a password.
    IF name COLLATE "C" !~ ('^' || left(kind, 1) || '_[A-Z2-7]{16,60}$')
    OR verifier COLLATE "C" !~ '^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
        RAISE insufficient_privilege USING MESSAGE = 'no role of the practice, or no verifier';
    END IF;
    IF kind = 'kit' AND EXISTS (SELECT FROM access.invitation i JOIN pg_roles ON rolname = i.role WHERE i.role = name) THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', name, verifier);
        RETURN;
    END IF;
    PERFORM access.let_go();
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 20 PASSWORD %L IN ROLE %I ROLE %I', name, verifier, access.group_of(kind), current_user);
EXCEPTION
    -- Anew, as the server logs the query with an error: the verifier is in it.
    WHEN duplicate_object THEN
        RAISE unique_violation USING MESSAGE = 'there is such a role';
    WHEN OTHERS OR query_canceled THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM;
END $$;

-- uninvite removes the role of a linking code. Its connections are cut first, as one of them
-- might hold the code's row; who comes back waits for that row in turn, so none is waited for.
CREATE OR REPLACE FUNCTION access.uninvite(name text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid) FROM access.invitation i JOIN pg_stat_activity a ON a.usename = i.role WHERE i.role = name;
    DELETE FROM access.invitation WHERE role = name;
    IF FOUND THEN
        EXECUTE format('DROP ROLE IF EXISTS %I', name);
    END IF;
END $$;

-- invite makes the role of a linking code, and removes those that have had their time.
CREATE OR REPLACE FUNCTION access.invite(name text, verifier text, until timestamptz) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.uninvite(i.role) FROM access.invitation i WHERE starts_with(i.role, 'l_') AND i.until <= clock_timestamp();
    PERFORM access.new_role(name, 'link', verifier);
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', name, until);
    INSERT INTO access.invitation VALUES (name, until);
END $$;

-- admit_kit makes the role of the recovery kit, and lets no other kit make desks any more.
-- Once that is committed, end_kits ends what those have under way.
CREATE OR REPLACE FUNCTION access.admit_kit(name text, verifier text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE access.invitation IN SHARE UPDATE EXCLUSIVE MODE; -- one at a time: roles do not wait for each other
    UPDATE access.invitation SET until = '-infinity' WHERE starts_with(role, 'k_') AND role <> name;
    IF verifier <> '' THEN
        PERFORM access.new_role(name, 'kit', verifier);
        INSERT INTO access.invitation VALUES (name, 'infinity') ON CONFLICT (role) DO UPDATE SET until = 'infinity';
    END IF;
END $$;

-- end_kits removes the roles of former kits. False says that a connection of theirs may be
-- left, and what that began may count yet: it is to be asked again.
CREATE OR REPLACE FUNCTION access.end_kits() RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former text;
    cut    boolean;
BEGIN
    FOR former IN SELECT role FROM access.invitation WHERE starts_with(role, 'k_') AND until < 'infinity' LOOP
        SELECT coalesce(bool_and(pg_terminate_backend(pid, 3000)), true) INTO cut FROM pg_stat_activity WHERE usename = former;
        IF NOT cut THEN
            RETURN false;
        END IF;
        DELETE FROM access.invitation WHERE role = former;
        EXECUTE format('DROP ROLE IF EXISTS %I', former);
    END LOOP;
    RETURN true;
EXCEPTION WHEN internal_error THEN
    RETURN false; -- it changes its own role at this moment
END $$;

-- join_desk makes the role of a desk, and ends that of the linking code, if that is who
-- asks. Two that ask at once wait for each other at the code's row. A kit's row is not held,
-- or who has a kit could keep it from being replaced.
CREATE OR REPLACE FUNCTION access.join_desk(name text, verifier text) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM access.invitation WHERE role = session_user AND until = 'infinity') THEN
        PERFORM access.new_role(name, 'desk', verifier);
        INSERT INTO access.desk VALUES (name);
        RETURN;
    END IF;
    UPDATE access.invitation SET until = '-infinity' WHERE role = session_user AND until > clock_timestamp();
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'no linking code, or one that was used';
    END IF;
    PERFORM access.new_role(name, 'desk', verifier);
    INSERT INTO access.desk VALUES (name);
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', session_user);
    EXECUTE format('REVOKE %I FROM %I', access.group_of('link'), session_user);
END $$;

-- part_desk shuts the role of a desk and cuts its connections. True says that it was shut
-- before, and nothing of it is left: who signed in while it was being shut is only seen
-- once that is committed, so it is asked again until then. A connection that escaped all
-- the same may do nothing any more. They are cut first, as one of them might hold the
-- role's row.
CREATE OR REPLACE FUNCTION access.part_desk(name text) RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    shut boolean;
    cut  boolean;
BEGIN
    IF name COLLATE "C" !~ '^d_[A-Z2-7]{16,60}$' THEN
        RAISE insufficient_privilege USING MESSAGE = 'no role of a desk';
    END IF;
    SELECT NOT rolcanlogin INTO shut FROM pg_roles JOIN access.desk d ON rolname = d.role WHERE d.role = name;
    IF NOT FOUND THEN
        RETURN true;
    END IF;
    SELECT coalesce(bool_and(pg_terminate_backend(pid, 3000)), true) INTO cut
    FROM pg_stat_activity WHERE usename = name AND pid <> pg_backend_pid();
    IF NOT shut THEN
        PERFORM access.let_go();
        EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', name);
        EXECUTE format('REVOKE %I FROM %I', access.group_of('desk'), name);
    END IF;
    RETURN shut AND cut;
EXCEPTION WHEN internal_error THEN
    RETURN false; -- another one shuts it at this moment
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
DO $$
BEGIN
    EXECUTE pg_catalog.format('GRANT SELECT ON access.desk TO %I', access.group_of('desk'));
    EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION access.part_desk(text) TO %I', access.group_of('desk'));
    EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION access.join_desk(text, text) TO %I, %I', access.group_of('link'), access.group_of('kit'));
END $$;

-- +goose Up
-- What is sealed is BLOB; everything else stands in clear and is authenticated
-- with what is sealed beside it. In clear are: ids, versions, and the
-- practice's name, whose authentic copy is in the register.

-- "Ante", so that a file is known as ours (PRAGMA application_id).
PRAGMA application_id = 1097757797;

CREATE TABLE practice (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

-- Everything that decides who may come in, in one row.
CREATE TABLE register (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT  NOT NULL,
    sealed  BLOB    NOT NULL
);

-- The register key, sealed to each of its holders.
CREATE TABLE envelope (
    kind   TEXT NOT NULL CHECK (kind IN ('computer', 'kit', 'link')),
    holder TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, holder)
);

-- The activity log, chained: chain is a keyed hash of the entry and of the
-- chain before it; the register has the last one.
CREATE TABLE activity (
    seq    BIGINT NOT NULL PRIMARY KEY,
    sealed BLOB   NOT NULL,
    chain  BLOB   NOT NULL
);

-- Patients, each sealed whole under the records key.
CREATE TABLE patient (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

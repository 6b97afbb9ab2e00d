-- +goose Up
-- The front desk. In clear are, beside ids and versions: the times and the
-- status of appointments, in which import a patient came, and what changed
-- when, which tells other windows what to read again.

-- '' but for what an import brought. It counts once its import does.
ALTER TABLE patient ADD COLUMN batch TEXT NOT NULL DEFAULT '';
CREATE INDEX patient_batch ON patient (batch, id) WHERE batch <> '';

CREATE TABLE batch (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

CREATE TABLE appointment (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    starts  BIGINT NOT NULL, -- Unix milliseconds, as ends
    ends    BIGINT NOT NULL,
    status  TEXT   NOT NULL,
    sealed  BLOB   NOT NULL
);
CREATE INDEX appointment_starts ON appointment (starts, id);

-- Which appointments a patient has, under the patient's id.
CREATE TABLE visits (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

-- How the practice works: its practitioners, their hours, kinds of appointments.
CREATE TABLE detail (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

-- What a user has typed and not saved yet, under the user's id.
CREATE TABLE draft (
    id      TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed  BLOB   NOT NULL
);

CREATE TABLE changes (
    seq        BIGINT NOT NULL PRIMARY KEY,
    table_name TEXT   NOT NULL,
    row_id     TEXT   NOT NULL
);

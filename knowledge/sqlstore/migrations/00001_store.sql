-- Only what SQLite and PostgreSQL share. Times are Unix milliseconds in UTC.
-- Nothing ever updates or deletes a row of revision or event.

-- +goose Up
CREATE TABLE revision (
	doc         TEXT    NOT NULL,
	num         INTEGER NOT NULL CHECK (num > 0),
	base        INTEGER NOT NULL,
	text        TEXT    NOT NULL,
	hash        TEXT    NOT NULL,
	author_id   TEXT    NOT NULL,
	author_name TEXT    NOT NULL,
	at          BIGINT  NOT NULL,
	note        TEXT    NOT NULL,
	PRIMARY KEY (doc, num)
);

CREATE TABLE event (
	seq        INTEGER PRIMARY KEY CHECK (seq > 0),
	at         BIGINT NOT NULL,
	actor_id   TEXT   NOT NULL,
	actor_name TEXT   NOT NULL,
	kind       TEXT   NOT NULL,
	doc        TEXT   NOT NULL, -- a document's name, or a scope
	num        INTEGER,         -- null if it is about no revision
	hash       TEXT   NOT NULL,
	note       TEXT   NOT NULL,
	more       TEXT   NOT NULL,
	FOREIGN KEY (doc, num) REFERENCES revision (doc, num)
);

CREATE TABLE gap (
	id       TEXT    PRIMARY KEY,
	text     TEXT    NOT NULL,
	why      TEXT    NOT NULL,
	snippet  TEXT    NOT NULL,
	count    INTEGER NOT NULL,
	first_at BIGINT  NOT NULL,
	last_at  BIGINT  NOT NULL,
	state    TEXT    NOT NULL
);

CREATE TABLE day_count (
	day BIGINT  NOT NULL,
	key TEXT    NOT NULL,
	n   INTEGER NOT NULL,
	PRIMARY KEY (day, key)
);

CREATE TABLE login (
	hash       TEXT   NOT NULL, -- of the secret; the secret itself is kept nowhere
	use        TEXT   NOT NULL, -- link or session
	actor_id   TEXT   NOT NULL,
	actor_name TEXT   NOT NULL,
	expires    BIGINT NOT NULL,
	PRIMARY KEY (use, hash)
);

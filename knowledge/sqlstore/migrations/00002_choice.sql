-- +goose Up
CREATE TABLE choice (
	person TEXT   PRIMARY KEY, -- a keyed hash of an id; the key stands in no database
	region TEXT   NOT NULL,
	day    BIGINT NOT NULL
);

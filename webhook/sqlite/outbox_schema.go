package sqlite

// outboxTables are the tables of what is to be sent. Times are nanoseconds
// since 1970, 0 where there is none.
func outboxTables() part {
	return part{name: "outbox", steps: []string{`
CREATE TABLE outbox_message (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	id      TEXT NOT NULL UNIQUE,
	event   TEXT NOT NULL,
	action  TEXT NOT NULL,
	body    BLOB NOT NULL,
	created INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_created ON outbox_message (created);

CREATE TABLE outbox_delivery (
	message  INTEGER NOT NULL REFERENCES outbox_message ON DELETE CASCADE,
	endpoint TEXT NOT NULL,
	state    INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	due      INTEGER NOT NULL,
	finished INTEGER NOT NULL,
	status   INTEGER NOT NULL,
	class    TEXT NOT NULL,
	PRIMARY KEY (message, endpoint)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox_delivery (endpoint, due, message) WHERE state = 1;
CREATE INDEX outbox_oldest ON outbox_delivery (endpoint, message) WHERE state = 1;
CREATE INDEX outbox_dead ON outbox_delivery (message, endpoint) WHERE state = 3;

CREATE TABLE outbox_attempt (
	message     INTEGER NOT NULL REFERENCES outbox_message ON DELETE CASCADE,
	endpoint    TEXT NOT NULL,
	number      INTEGER NOT NULL,
	start       INTEGER NOT NULL,
	duration    INTEGER NOT NULL,
	status      INTEGER NOT NULL,
	class       TEXT NOT NULL,
	detail      TEXT NOT NULL,
	retry_after INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_attempts ON outbox_attempt (message);

CREATE TABLE outbox_endpoint (
	id       TEXT PRIMARY KEY,
	failures INTEGER NOT NULL,
	since    INTEGER NOT NULL,
	disabled INTEGER NOT NULL,
	reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`}}
}

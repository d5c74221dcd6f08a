package sqlite

// inboxTables are the tables of what was received. A delivery is one row, from
// when it was taken in until its id may be forgotten. Times are nanoseconds
// since 1970.
//
// due is when a waiting delivery is to be handed out, until when one that is
// being handled is held, until when the id of a handled one is known, and
// since when a dead letter is one. A hold that has ended is therefore just
// another delivery that is due.
func inboxTables() part {
	return part{"inbox", []string{`
CREATE TABLE inbox_delivery (
	box      TEXT    NOT NULL,
	key      TEXT    NOT NULL,
	state    INTEGER NOT NULL, -- 0 waits, 1 is being handled, 2 was handled, 3 is a dead letter
	due      INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	token    INTEGER NOT NULL DEFAULT 0,
	received INTEGER NOT NULL,
	id       TEXT    NOT NULL,
	event    TEXT    NOT NULL,
	action   TEXT    NOT NULL,
	header   TEXT    NOT NULL,
	body     BLOB    NOT NULL,
	cause    TEXT    NOT NULL DEFAULT '',
	UNIQUE (box, key)
) STRICT;
CREATE INDEX inbox_due     ON inbox_delivery (box, due) WHERE state < 2;
CREATE INDEX inbox_handled ON inbox_delivery (box, due) WHERE state = 2;
CREATE INDEX inbox_dead    ON inbox_delivery (box, due) WHERE state = 3;

-- How much waits, so that nobody has to count it for every delivery.
CREATE TABLE inbox_size (box TEXT PRIMARY KEY, waiting INTEGER NOT NULL, bytes INTEGER NOT NULL, dead INTEGER NOT NULL) STRICT;
CREATE TRIGGER inbox_added AFTER INSERT ON inbox_delivery BEGIN
	INSERT INTO inbox_size VALUES (new.box, 1, length(new.body), 0)
		ON CONFLICT (box) DO UPDATE SET waiting = waiting + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER inbox_changed AFTER UPDATE OF state ON inbox_delivery WHEN old.state <> new.state BEGIN
	UPDATE inbox_size SET
		waiting = waiting + (new.state < 2) - (old.state < 2),
		bytes   = bytes + iif(new.state < 2, length(new.body), 0) - iif(old.state < 2, length(old.body), 0),
		dead    = dead + (new.state = 3) - (old.state = 3)
	WHERE box = new.box;
END;
CREATE TRIGGER inbox_removed AFTER DELETE ON inbox_delivery WHEN old.state <> 2 BEGIN
	UPDATE inbox_size SET
		waiting = waiting - (old.state < 2),
		bytes   = bytes - iif(old.state < 2, length(old.body), 0),
		dead    = dead - (old.state = 3)
	WHERE box = old.box;
END;`}}
}

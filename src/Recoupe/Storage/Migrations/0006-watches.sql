-- What people wait for. feed is the secret of its Atom feed; revision is that of the archive up to which it was looked at; opened
-- the number of the last step of stories when it was made: what was opened later is new to it.
CREATE TABLE watches (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    query TEXT,
    story TEXT,
    conditions TEXT NOT NULL,
    outlets TEXT NOT NULL,
    webhook TEXT,
    secret TEXT NOT NULL,
    mail TEXT,
    quiet TEXT,
    zone TEXT,
    cap BIGINT NOT NULL,
    made TEXT NOT NULL,
    feed TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    opened BIGINT NOT NULL
);

CREATE INDEX watches_by_owner ON watches (owner);

-- What is known of each story that it has met.
CREATE TABLE watch_stories (
    watch TEXT NOT NULL REFERENCES watches (id),
    story TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (watch, story)
);

-- What it told. name is the same for the same thing: it is told once.
CREATE TABLE alerts (
    number BIGINT PRIMARY KEY,
    watch TEXT NOT NULL REFERENCES watches (id),
    name TEXT NOT NULL,
    condition TEXT NOT NULL,
    story TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (watch, name)
);

CREATE INDEX alerts_by_watch ON alerts (watch, number);

-- By which ways it is still to be sent; due is NULL where it was sent or given up.
CREATE TABLE deliveries (
    alert BIGINT NOT NULL REFERENCES alerts (number),
    way TEXT NOT NULL,
    due TEXT,
    tries BIGINT NOT NULL,
    sent TEXT,
    failure TEXT,
    PRIMARY KEY (alert, way)
);

CREATE INDEX deliveries_by_due ON deliveries (due);

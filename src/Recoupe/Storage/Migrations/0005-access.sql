-- Who may ask. password and the hashes of tokens and sessions tell nobody the secret; subject is the issuer and the name by which it knows a person.
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT,
    subject TEXT UNIQUE,
    added TEXT NOT NULL,
    disabled TEXT,
    failures BIGINT NOT NULL,
    locked_until TEXT
);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name),
    title TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    made TEXT NOT NULL,
    expires TEXT,
    revoked TEXT
);

CREATE INDEX tokens_by_account ON tokens (account);

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name),
    made TEXT NOT NULL,
    expires TEXT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account);

-- Who saw, changed and exported what.
CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome BIGINT NOT NULL
);

CREATE INDEX audit_by_who ON audit (who, number);
CREATE INDEX stories_by_revision ON stories (revision, id);

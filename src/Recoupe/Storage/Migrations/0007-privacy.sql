-- Who was erased: names as salted hashes alone (the salt is in meta), so that what comes in later loses them too. report is what was done, in numbers.
CREATE TABLE erasures (
    number BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    replacement TEXT NOT NULL,
    report TEXT NOT NULL
);

CREATE TABLE erased_names (
    erasure BIGINT NOT NULL REFERENCES erasures (number),
    hash TEXT NOT NULL,
    words BIGINT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (erasure, hash)
);

-- How long the text of a source's articles is kept; source is an outlet, or the host of an address with what lies beneath it.
CREATE INDEX articles_by_capture ON articles (capture);

CREATE TABLE retention (
    source TEXT PRIMARY KEY,
    days BIGINT NOT NULL,
    who TEXT NOT NULL,
    made TEXT NOT NULL
);

-- When the text was let go; what is known about the article stays.
ALTER TABLE articles ADD COLUMN expired TEXT;

-- What came in, what was read of it, and the stories that it makes. Times are ISO 8601 in UTC; {bytes} is the engine's type for bytes.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The content of documents as it came in, by the SHA-256 of its UTF-8, compressed.
CREATE TABLE captures (
    hash TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    content {bytes} NOT NULL
);

-- seq is the order of arrival. revision is that of the last transaction that changed the row.
CREATE TABLE articles (
    seq BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    own_id TEXT,
    source TEXT NOT NULL,
    address TEXT,
    url TEXT,
    outlet TEXT,
    title TEXT,
    published TEXT,
    sorted TEXT NOT NULL,
    language TEXT,
    ingested TEXT NOT NULL,
    capture TEXT NOT NULL REFERENCES captures (hash),
    document {bytes} NOT NULL,
    reading {bytes} NOT NULL,
    stamp TEXT NOT NULL,
    story TEXT NOT NULL,
    superseded_by TEXT,
    revision BIGINT NOT NULL
);

CREATE INDEX articles_by_story ON articles (story, seq);
CREATE INDEX articles_by_address ON articles (address);
CREATE INDEX articles_by_revision ON articles (revision, seq);
CREATE INDEX articles_by_time ON articles (sorted, id);
CREATE INDEX articles_by_stamp ON articles (stamp);

CREATE TABLE statements (
    article TEXT NOT NULL REFERENCES articles (id),
    number BIGINT NOT NULL,
    speaker TEXT,
    type TEXT,
    act TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (article, number)
);

CREATE INDEX statements_by_speaker ON statements (speaker, article, number);

-- merged_into: the story that has its articles now; old ids resolve by it.
CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    saga TEXT NOT NULL,
    title TEXT,
    articles BIGINT NOT NULL,
    outlets BIGINT NOT NULL,
    languages TEXT NOT NULL,
    began TEXT NOT NULL,
    latest TEXT NOT NULL,
    merged_into TEXT,
    revision BIGINT NOT NULL
);

CREATE INDEX stories_by_latest ON stories (latest, id);
CREATE INDEX stories_by_saga ON stories (saga);

CREATE TABLE story_changes (
    number BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    story TEXT NOT NULL,
    article TEXT,
    other TEXT
);

CREATE INDEX story_changes_by_story ON story_changes (story, number);
CREATE INDEX story_changes_by_other ON story_changes (other, number);

-- The state of grouping after the article seq: what came after it is placed again.
CREATE TABLE desk (
    name TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    stamp TEXT NOT NULL,
    state {bytes} NOT NULL
);

-- Made when asked for, and again when the story or the engine has changed.
CREATE TABLE dossiers (
    story TEXT PRIMARY KEY,
    revision BIGINT NOT NULL,
    stamp TEXT NOT NULL,
    json {bytes} NOT NULL
);

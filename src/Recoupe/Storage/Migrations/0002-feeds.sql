-- The feeds that are followed and how they fare. failures counts since the last success, quiet how often it brought nothing new since it last did;
-- newest is when it last named a page that was not known.
CREATE TABLE feeds (
    address TEXT PRIMARY KEY,
    title TEXT,
    added TEXT NOT NULL,
    due TEXT NOT NULL,
    succeeded TEXT,
    failed TEXT,
    failure TEXT,
    failures BIGINT NOT NULL,
    newest TEXT,
    quiet BIGINT NOT NULL,
    etag TEXT,
    last_modified TEXT
);

-- The pages that they named, by canonical address. due: when it is fetched next, NULL where never again. gone: since when the host says that it is not there.
CREATE TABLE pages (
    address TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    feed TEXT NOT NULL,
    found TEXT NOT NULL,
    due TEXT,
    visits BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    fetched TEXT,
    article TEXT,
    reason TEXT,
    gone TEXT,
    moved_to TEXT,
    etag TEXT,
    last_modified TEXT
);

CREATE INDEX pages_by_due ON pages (due);
CREATE INDEX pages_by_article ON pages (article);
CREATE INDEX pages_by_feed ON pages (feed);

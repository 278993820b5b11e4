-- What people corrected: who, when, what (as docs/archive.md tells), and when it was undone. batch is the number of the first that was made with it.
CREATE TABLE corrections (
    number BIGINT PRIMARY KEY,
    batch BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    made TEXT NOT NULL,
    undone TEXT,
    undone_by TEXT
);

-- The articles that each is about, later versions of their pages among them.
CREATE TABLE correction_articles (
    article TEXT NOT NULL,
    correction BIGINT NOT NULL REFERENCES corrections (number),
    PRIMARY KEY (article, correction)
);

CREATE INDEX correction_articles_by_correction ON correction_articles (correction);

-- The story that grouping found; story is where a person's corrections have it.
ALTER TABLE articles ADD COLUMN grouped TEXT;
UPDATE articles SET grouped = story;
CREATE INDEX articles_by_grouping ON articles (grouped, seq);

-- The batch of corrections that did it; NULL where nobody did.
ALTER TABLE story_changes ADD COLUMN correction BIGINT;

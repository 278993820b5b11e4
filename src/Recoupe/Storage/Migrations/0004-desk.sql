-- What the desk shows of stories without opening their dossiers. summary is that of the dossier of the story's revision, made by the engine of stamp.
CREATE TABLE summaries (
    story TEXT PRIMARY KEY,
    revision BIGINT NOT NULL,
    stamp TEXT NOT NULL,
    grade TEXT,
    summary TEXT NOT NULL
);

-- Pages of dossiers as they were last written, by what they are written in.
CREATE TABLE renderings (
    story TEXT NOT NULL,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    stamp TEXT NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (story, name)
);

CREATE INDEX articles_by_outlet ON articles (outlet, seq);

-- How each outlet worked on the stories whose dossiers were made: characters of its own, copied, and of credited agencies; points told with others, and first.
CREATE TABLE outlet_records (
    story TEXT NOT NULL,
    outlet TEXT NOT NULL,
    own BIGINT NOT NULL,
    copied BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    told BIGINT NOT NULL,
    first BIGINT NOT NULL,
    cites TEXT NOT NULL,
    PRIMARY KEY (story, outlet)
);

CREATE INDEX outlet_records_by_outlet ON outlet_records (outlet, story);

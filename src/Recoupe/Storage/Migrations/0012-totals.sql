-- How many rows there are of what is told in figures: counted with what changes them.
CREATE TABLE totals (
    name TEXT PRIMARY KEY,
    counted BIGINT NOT NULL
);

INSERT INTO totals (name, counted) SELECT 'articles', COUNT(*) FROM articles;
INSERT INTO totals (name, counted) SELECT 'statements', COUNT(*) FROM statements;
INSERT INTO totals (name, counted) SELECT 'captures', COUNT(*) FROM captures;

-- The stories of an outlet without their articles' rows, which are long; the stories that live in the order of their lists.
CREATE INDEX articles_by_outlet_and_story ON articles (outlet, story) WHERE superseded_by IS NULL;
CREATE INDEX stories_that_live ON stories (latest DESC, id) WHERE merged_into IS NULL;

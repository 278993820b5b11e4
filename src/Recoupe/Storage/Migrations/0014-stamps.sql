-- How many articles were read by which engine; the stories that live with what their lists are filtered by.
INSERT INTO totals (name, counted) SELECT 'engine ' || stamp, COUNT(*) FROM articles GROUP BY stamp;
DROP INDEX stories_that_live;
CREATE INDEX stories_that_live ON stories (latest DESC, id, languages, articles) WHERE merged_into IS NULL;

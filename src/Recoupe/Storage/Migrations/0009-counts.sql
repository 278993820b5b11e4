-- What is counted of outlets and speakers, kept by the transactions that change it: of each page the latest version. '' is the unknown one.
-- The columns behind latest are sums of outlet_records over the stories that have one.
CREATE TABLE outlet_counts (
    outlet TEXT PRIMARY KEY,
    articles BIGINT NOT NULL,
    latest TEXT NOT NULL,
    stories BIGINT NOT NULL,
    own BIGINT NOT NULL,
    copied BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    told BIGINT NOT NULL,
    first BIGINT NOT NULL
);

CREATE INDEX outlet_counts_by_articles ON outlet_counts (articles DESC, outlet);

CREATE TABLE speaker_counts (
    speaker TEXT PRIMARY KEY,
    type TEXT,
    statements BIGINT NOT NULL,
    articles BIGINT NOT NULL
);

CREATE INDEX speaker_counts_by_statements ON speaker_counts (statements DESC, speaker);

INSERT INTO outlet_counts (outlet, articles, latest, stories, own, copied, credited, told, first)
SELECT COALESCE(outlet, ''), COUNT(*), MAX(ingested), 0, 0, 0, 0, 0, 0 FROM articles WHERE superseded_by IS NULL GROUP BY COALESCE(outlet, '');

INSERT INTO speaker_counts (speaker, type, statements, articles)
SELECT COALESCE(speaker, ''), MIN(type), COUNT(*), COUNT(DISTINCT article) FROM statements JOIN articles ON id = article WHERE superseded_by IS NULL GROUP BY COALESCE(speaker, '');

-- Of stories that live; the records of others are of no use any more.
DELETE FROM outlet_records WHERE story IN (SELECT id FROM stories WHERE merged_into IS NOT NULL);

INSERT INTO outlet_counts (outlet, articles, latest, stories, own, copied, credited, told, first)
SELECT outlet, 0, '', COUNT(*), SUM(own), SUM(copied), SUM(credited), SUM(told), SUM(first) FROM outlet_records WHERE true GROUP BY outlet
ON CONFLICT (outlet) DO UPDATE SET stories = excluded.stories, own = excluded.own, copied = excluded.copied, credited = excluded.credited, told = excluded.told, first = excluded.first;

-- The place of the statement's article in the order of arrival: what one speaker said is listed by it.
ALTER TABLE statements ADD COLUMN seq BIGINT;
UPDATE statements SET seq = (SELECT a.seq FROM articles a WHERE a.id = statements.article);
DROP INDEX statements_by_speaker;
CREATE INDEX statements_by_speaker ON statements (speaker, seq DESC, number);

-- What is rare is found without looking at all that is not: articles by language, stories by the grade of their main point.
CREATE INDEX articles_by_language ON articles (language, seq);
CREATE INDEX summaries_by_grade ON summaries (grade, story);

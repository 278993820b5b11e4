-- The capture of the bytes as they came over the network or lay in a file, where these are not the UTF-8 of the document's content: its hash, and the type that was stated.
ALTER TABLE articles ADD COLUMN raw TEXT;
ALTER TABLE articles ADD COLUMN raw_type TEXT;
CREATE INDEX articles_by_raw ON articles (raw) WHERE raw IS NOT NULL;

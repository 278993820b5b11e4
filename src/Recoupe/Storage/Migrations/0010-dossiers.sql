-- Rises with each dossier that is written: what is made of dossiers follows them by it.
ALTER TABLE dossiers ADD COLUMN number BIGINT;
UPDATE dossiers SET number = revision;
CREATE INDEX dossiers_by_number ON dossiers (number, story);

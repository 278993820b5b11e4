-- When a dossier was made: until the next one is, it is shown with that.
ALTER TABLE dossiers ADD COLUMN made TEXT;

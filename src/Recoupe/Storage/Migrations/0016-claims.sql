-- A watch may wait for who tells a claim.
ALTER TABLE watches ADD COLUMN claim TEXT;

-- The engine that made the dossier which is kept of a story as it is now; without one it is still to be made. In the order in which they are made.
ALTER TABLE stories ADD COLUMN told TEXT;
UPDATE stories SET told = (SELECT stamp FROM dossiers WHERE dossiers.story = stories.id AND dossiers.revision = stories.revision);
CREATE INDEX stories_by_told ON stories (told, latest DESC, id) WHERE merged_into IS NULL;

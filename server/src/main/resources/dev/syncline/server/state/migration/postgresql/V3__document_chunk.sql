-- Chunks of live documents. A position is never given twice, and a chunk's is higher than those of
-- all chunks that were visible when it was written, whichever server wrote them.
CREATE SEQUENCE document_chunk_position;

CREATE TABLE document_chunk (
  document uuid NOT NULL,
  position bigint NOT NULL,
  -- CRC-32C of the document's 16 bytes and the chunk.
  checksum integer NOT NULL,
  chunk bytea NOT NULL,
  PRIMARY KEY (document, position)
);

-- Compressed by their clients already.
ALTER TABLE document_chunk ALTER COLUMN chunk SET STORAGE EXTERNAL;

-- Chunks whose checksum was wrong when they were read; kept for the operator.
CREATE TABLE document_chunk_damaged (
  document uuid NOT NULL,
  position bigint NOT NULL,
  checksum integer NOT NULL,
  chunk bytea NOT NULL,
  found timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (document, position)
);

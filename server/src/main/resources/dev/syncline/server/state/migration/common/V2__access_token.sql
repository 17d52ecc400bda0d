-- Moments are milliseconds since 1970.
CREATE TABLE access_token (
  id varchar(20) NOT NULL PRIMARY KEY,
  secret_sha256 varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  scope varchar(50) NOT NULL,
  -- 32 hexadecimal digits each, separated by spaces; all documents if empty. In the same row, so
  -- that nobody ever reads a token without its limits.
  documents text NOT NULL,
  created bigint NOT NULL,
  expires bigint,
  last_used bigint
);

-- News that somebody was told we have, and that nothing was made of yet.
CREATE TABLE notice (
  -- Whose they are: a workspace and one of its links.
  workspace VARCHAR(64) NOT NULL,
  link VARCHAR(64) NOT NULL,
  topic VARCHAR(200) NOT NULL,
  who VARCHAR(200) NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (workspace, link, topic, who)
);

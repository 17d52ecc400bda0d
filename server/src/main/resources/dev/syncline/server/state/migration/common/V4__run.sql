-- What links did, for people to read. Moments are milliseconds since 1970.
CREATE TABLE run (
  workspace varchar(64) NOT NULL,
  id varchar(40) NOT NULL,
  link varchar(64) NOT NULL,
  started bigint NOT NULL,
  millis bigint NOT NULL,
  -- A word: equal, again, held, unavailable, denied, invalid, halted.
  outcome varchar(20) NOT NULL,
  reason text NOT NULL,
  -- Of what a held run is held for.
  fingerprint varchar(64) NOT NULL,
  to_ledger bigint NOT NULL,
  to_endpoint bigint NOT NULL,
  version varchar(40) NOT NULL,
  waiting bigint NOT NULL,
  -- A line for each version that was set aside and each file that could not be handled.
  details text NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE INDEX run_by_time ON run (workspace, started);
-- What people let go on that a run was held for.
CREATE TABLE approval (
  workspace varchar(64) NOT NULL,
  link varchar(64) NOT NULL,
  fingerprint varchar(64) NOT NULL,
  approved bigint NOT NULL,
  PRIMARY KEY (workspace, link, fingerprint)
);

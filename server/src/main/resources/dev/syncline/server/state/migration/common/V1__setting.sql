-- What the server has to remember about itself.
CREATE TABLE setting (
  name varchar(100) NOT NULL PRIMARY KEY,
  value text NOT NULL
);

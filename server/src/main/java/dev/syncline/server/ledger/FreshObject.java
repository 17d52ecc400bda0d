package dev.syncline.server.ledger;

/** An object that is not stored yet: its type as JGit counts them, and what is in it. */
record FreshObject(int type, byte[] bytes) {}

package dev.syncline.server.document;

/**
 * How the server calls itself to its clients.
 *
 * @param peerId one name for each server
 * @param storageId UUID of its storage: clients keep what they agreed upon under it
 */
public record ServerIdentity(String peerId, String storageId) {}

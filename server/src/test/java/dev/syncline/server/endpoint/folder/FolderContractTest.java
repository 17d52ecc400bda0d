package dev.syncline.server.endpoint.folder;

/** The contract of endpoints, kept by a folder. */
final class FolderContractTest extends FolderFixture {}

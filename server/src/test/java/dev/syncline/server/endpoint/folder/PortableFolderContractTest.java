package dev.syncline.server.endpoint.folder;

/** The same without what Linux alone can do. */
final class PortableFolderContractTest extends FolderFixture {
  @Override
  Seams seams() {
    return Seams.none().withoutNativeFiles();
  }
}

package dev.syncline.server.forge;

/** The forges that we speak with, by the API that they have. */
public enum ForgeKind {
  /** github.com, and GitHub Enterprise. */
  GITHUB("GitHub"),
  GITLAB("GitLab"),
  /** Gitea and Forgejo, whose APIs are the same as far as we use them. */
  GITEA("Gitea");

  private final String title;

  ForgeKind(String title) {
    this.title = title;
  }

  /** For messages. */
  String title() {
    return title;
  }
}

package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;

/** The dialects that ask alike, since Gitea's API follows GitHub's. */
sealed interface GitHubLike extends Dialect permits GitHubDialect, GiteaDialect {

  RepositoryCalls calls();

  @Override
  default ForgeRepository repository() {
    return calls().repository();
  }

  @Override
  default Call open(String from, String to, Text text) {
    return calls().open(from, to, text);
  }

  @Override
  default Call edit(PullRequest pull, Text text) {
    return calls().edit(pull, text);
  }

  @Override
  default Call close(PullRequest pull) {
    return calls().close(pull);
  }

  @Override
  default Call comment(PullRequest pull, String words) {
    return calls().comment(pull, words);
  }
}

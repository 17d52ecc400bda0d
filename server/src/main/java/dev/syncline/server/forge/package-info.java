/**
 * What hosts of repositories offer beside Git: pull requests on GitHub, GitLab, Gitea and Forgejo,
 * commits that GitHub signs, and how a GitHub App shows who it is.
 */
@NullMarked
package dev.syncline.server.forge;

import org.jspecify.annotations.NullMarked;

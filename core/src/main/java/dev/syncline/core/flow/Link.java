package dev.syncline.core.flow;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.port.Endpoint;

/**
 * Joins one endpoint to a workspace's ledger.
 *
 * @param name its name, unique in the workspace
 * @param mapping which files it sees
 * @param planner how it decides
 * @param endpoint the place
 */
public record Link(LinkName name, PathMapping mapping, Planner planner, Endpoint endpoint) {}

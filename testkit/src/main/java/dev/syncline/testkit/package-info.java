/** What tests share: contracts that every store must keep, fakes, generators, a settable clock. */
@NullMarked
package dev.syncline.testkit;

import org.jspecify.annotations.NullMarked;

package dev.syncline.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.syncline.server.Product.CORE;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds core's part of the table of layers: it is pure, and its layers see inwards only. */
final class CoreArchitectureTest {
  /** From the innermost out: each may see those before it, and none behind it. */
  private static final List<String> LAYERS =
      List.of("model", "text", "json", "csv", "records", "merge", "plan", "port", "flow");

  /** Files, sockets and processes that share a package with what core may use. */
  private static final Set<String> THE_WORLD =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Thread");

  @Test
  void coreSeesTheLanguageAndItselfOnly() {
    Product.mustKeep(
        classes()
            .that(resideInAnyPackage(CORE + ".."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(CORE + "..", "java..", "org.jspecify.annotations..")));
  }

  @Test
  void coreHasNoFileSocketThreadLogOrDatabase() {
    Product.mustKeep(
        noClasses()
            .that(resideInAnyPackage(CORE + ".."))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "java.util.logging..")
                    .or(describe("touch the world", type -> THE_WORLD.contains(type.getName())))));
  }

  @Test
  void coreIsGivenTimeAndRandomness() {
    Product.mustKeep(
        noClasses()
            .that(resideInAnyPackage(CORE + ".."))
            .should()
            .accessTargetWhere(
                describe("reads a clock or rolls dice", CoreArchitectureTest::isTimeOrChance)));
  }

  @TestFactory
  List<DynamicTest> innerLayersDontSeeOuterOnes() {
    return LAYERS.subList(0, LAYERS.size() - 1).stream()
        .map(layer -> DynamicTest.dynamicTest(layer, () -> seesInwardsOnly(layer)))
        .toList();
  }

  @Test
  void everyClassHasALayer() {
    Product.mustKeep(
        classes()
            .that(resideInAnyPackage(CORE + ".."))
            .should()
            .resideInAnyPackage(packagesOf(LAYERS)));
  }

  private static void seesInwardsOnly(String layer) {
    List<String> outside = LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size());
    Product.mustKeep(
        noClasses()
            .that(resideInAnyPackage(packagesOf(List.of(layer))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packagesOf(outside))));
  }

  private static String[] packagesOf(List<String> layers) {
    return layers.stream().map(layer -> CORE + "." + layer + "..").toArray(String[]::new);
  }

  private static boolean isTimeOrChance(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return switch (access.getName()) {
      case "now" -> owner.getPackageName().equals("java.time");
      case "system", "systemUTC", "systemDefaultZone" -> owner.isEquivalentTo(Clock.class);
      case "currentTimeMillis", "nanoTime" -> owner.isEquivalentTo(System.class);
      case "random" -> owner.isEquivalentTo(Math.class);
      case "randomUUID" -> owner.isEquivalentTo(UUID.class);
      case "<init>" -> owner.isAssignableTo(Random.class);
      default -> false;
    };
  }
}

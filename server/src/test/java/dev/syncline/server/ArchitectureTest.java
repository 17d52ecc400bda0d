package dev.syncline.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.syncline.server.Product.CORE;
import static dev.syncline.server.Product.SERVER;
import static dev.syncline.server.Product.TESTKIT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the table of layers. A change of what may see what is a decision page in docs/decisions,
 * not a change of this test alone. Core's part is in {@link CoreArchitectureTest}.
 */
final class ArchitectureTest {

  @Test
  void everyModuleIsLookedAt() {
    for (String module : List.of(CORE + ".model", SERVER + ".view")) {
      assertTrue(
          Product.CLASSES.containPackage(module), module + " not found: the rules prove nothing");
    }
  }

  @Test
  void placesSeeOnlyWhatTheTableAllows() {
    Product.mustKeep(
        classes().that(resideInAnyPackage(SERVER + "..")).should(new SeeOnlyWhatTheTableAllows()));
  }

  @Test
  void chunkStoresAreReachedThroughTheirPort() {
    Product.mustKeep(
        noClasses()
            .that(resideInAnyPackage(SERVER + ".document.."))
            .and(resideOutsideOfPackages(SERVER + ".document.store.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVER + ".document.store..")));
  }

  @Test
  void endpointsAreIslands() {
    Product.mustKeep(slices().matching(SERVER + ".endpoint.(*)..").should().notDependOnEachOther());
  }

  @TestFactory
  List<DynamicTest> librariesStayInThePackageThatWrapsThem() {
    return List.of(
        only(List.of("web", "document.websocket"), "org.eclipse.jetty"),
        only(List.of("state", "document.store"), "java.sql"),
        only(List.of("state", "document.store"), "javax.sql"),
        only(List.of("state", "document.store"), "org.jdbi"),
        only(List.of("state", "document.store"), "com.zaxxer.hikari"),
        only(List.of("state", "document.store"), "org.flywaydb"),
        only(List.of("state", "document.store"), "org.sqlite"),
        only(List.of("state", "document.store"), "org.postgresql"),
        only(List.of("ledger"), "org.eclipse.jgit"),
        only(List.of("ledger"), "org.apache.sshd"),
        only(List.of("ledger.signing"), "org.bouncycastle"),
        only(List.of("config"), "org.snakeyaml"),
        only(List.of("config"), "org.tomlj"),
        only(List.of("app", "cli"), "picocli"),
        only(List.of("app", "log"), "ch.qos.logback"),
        only(List.of("compress"), "com.github.luben"),
        only(List.of("endpoint.sealed"), "com.exceptionfactory.jagged"),
        only(List.of("endpoint.relay"), "tools.jackson.dataformat.cbor"),
        only(List.of("endpoint.jsonapi"), "com.networknt"),
        only(List.of("web"), "io.prometheus"));
  }

  @Test
  void theProductDoesNotLeanOnTests() {
    Product.mustKeep(
        noClasses()
            .that(resideInAnyPackage(CORE + "..", SERVER + ".."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(TESTKIT + "..", "org.junit..")));
  }

  @Test
  void nullDoesNotExist() {
    Product.mustKeep(
        classes()
            .should(
                ArchCondition.from(
                    describe(
                        "be in a package with @NullMarked",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class)))));
  }

  @Test
  void namesAreTheFieldsWords() {
    Product.mustKeep(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Service|Processor)"));
  }

  /** What a place may see beside itself. One that has no line here sees no other of its kind. */
  private static Set<String> seenFrom(String place) {
    return switch (place) {
      case "measure", "compress" -> Set.of(); // leaves
      case "config", "view" -> Set.of("core", "measure");
      case "log" -> Set.of("config");
      case "endpoint" -> Set.of("core", "config", "measure", "yjs");
      case "web", "remote" -> Set.of("core", "config", "view", "measure", "compress");
      default -> Set.of("core", "config", "view", "measure"); // engines, cli
    };
  }

  /** The place of a class in the table: core, or the first package under the server's. */
  private static String placeOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.startsWith(SERVER + ".")) {
      return name.substring(SERVER.length() + 1).split("\\.", 2)[0];
    }
    if (name.startsWith("dev.syncline.yjs")) {
      return "yjs";
    }
    return name.startsWith(CORE) ? "core" : name;
  }

  private static DynamicTest only(List<String> places, String library) {
    String[] homes =
        places.stream().map(place -> SERVER + "." + place + "..").toArray(String[]::new);
    return DynamicTest.dynamicTest(
        library + " in " + String.join(" and ", places),
        () ->
            Product.mustKeep(
                noClasses()
                    .that(resideInAnyPackage(SERVER + ".."))
                    .and(resideOutsideOfPackages(homes))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(library + ".."))));
  }

  private static final class SeeOnlyWhatTheTableAllows extends ArchCondition<JavaClass> {
    SeeOnlyWhatTheTableAllows() {
      super("see only what the table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String place = placeOf(type);
      if (place.equals("app")) {
        return;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        String seen = placeOf(target);
        if (target.getPackageName().startsWith("dev.syncline")
            && !seen.equals(place)
            && !seenFrom(place).contains(seen)) {
          events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
        }
      }
    }
  }
}

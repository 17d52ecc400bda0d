package dev.syncline.server;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** Every compiled class of the project that is no test, for the tests of its architecture. */
final class Product {
  static final String CORE = "dev.syncline.core";
  static final String SERVER = "dev.syncline.server";
  static final String TESTKIT = "dev.syncline.testkit";

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.syncline");

  private Product() {}

  /** A package that is still empty breaks no rule. */
  static void mustKeep(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}

package io.openqpr;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import org.junit.jupiter.api.Test;

/// The shape of the server, held by the build: which room may know what.
class ArchitectureTest {

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.openqpr");

  @Test
  void roomsDependOnEachOtherWithoutCycles() {
    slices()
        .matching("io.openqpr.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(SERVER);
  }

  @Test
  void onlyHttpKnowsTheHttpLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(SERVER);
  }

  @Test
  void onlyStoreKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jooq..", "org.duckdb..", "java.sql..")
        .check(SERVER);
  }

  @Test
  void onlyImageDraws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.nayuki..", "org.apache.pdfbox..", "java.awt..", "javax.imageio..")
        .check(SERVER);
  }

  @Test
  void onlyPlaceReadsPlaceDatabases() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.place..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.maxmind..")
        .check(SERVER);
  }

  @Test
  void onlyVisitorReadsUserAgents() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.visitor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ua_parser..")
        .check(SERVER);
  }

  @Test
  void theClientSpeaksToTheServerOnlyOverHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.openqpr.cli..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.openqpr..").and(not(resideInAPackage("io.openqpr.cli.."))))
        .because("what it can do, any other client can")
        .check(SERVER);
  }

  @Test
  void onlyMainAndTheClientReadCommandLines() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.openqpr", "io.openqpr.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "io.openqpr.cli..")
        .check(SERVER);
  }

  @Test
  void nobodyUsesTheOldDateTypes() {
    noClasses()
        .should()
        .dependOnClassesThat(belongToAnyOf(Date.class, Calendar.class))
        .check(SERVER);
  }

  @Test
  void onlyMainAndAppReadTheSystemClock() {
    noClasses()
        .that(not(belongToAnyOf(Main.class)))
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.App")
        .should()
        .accessTargetWhere(describe("reads the system clock", ArchitectureTest::readsSystemClock))
        .because("a clock is passed in, so that tests can hold it still")
        .check(SERVER);
  }

  /// Calls and method references alike: `Instant.now()` and `Instant::now`, but not `now(clock)`.
  private static boolean readsSystemClock(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    String owner = target.getOwner().getFullName();
    String name = target.getName();
    boolean withoutArguments = target.getRawParameterTypes().isEmpty();
    return (owner.startsWith("java.time.") && name.equals("now") && withoutArguments)
        || (owner.equals(Clock.class.getName()) && name.startsWith("system"))
        || (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"));
  }
}

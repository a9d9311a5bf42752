package io.openqpr;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.openqpr.platform.DurableThread;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// The shape of the server, held by the build: which room may know what.
class ArchitectureTest {

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("openqpr-cli") && !location.contains("/cli/"))
          .importPackages("io.openqpr");

  /// From the ground up. Each may use those below it, never those above.
  private static final List<String> FLOORS =
      List.of(
          "model",
          "platform",
          "storage",
          "web",
          "account",
          "code",
          "conversation",
          "capture",
          "analytics",
          "events",
          "dashboard",
          "operations",
          "demo");

  @Test
  void everyRoomIsOnAFloor() {
    classes()
        .that()
        .resideOutsideOfPackages("io.openqpr", "io.openqpr.cli..")
        .should()
        .resideInAnyPackage(FLOORS.stream().map(ArchitectureTest::floor).toArray(String[]::new))
        .check(SERVER);
  }

  @Test
  void noFloorUsesOneAbove() {
    for (int i = 0; i < FLOORS.size(); i++) {
      var above = new ArrayList<>(FLOORS.subList(i + 1, FLOORS.size()));
      noClasses()
          .that()
          .resideInAPackage(floor(FLOORS.get(i)))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(above.stream().map(ArchitectureTest::floor).toArray(String[]::new))
                  .or(resideInAPackage("io.openqpr")))
          .because("the house is read from the ground up")
          .allowEmptyShould(true)
          .check(SERVER);
    }
  }

  private static String floor(String name) {
    return "io.openqpr." + name + "..";
  }

  @Test
  void roomsDependOnEachOtherWithoutCircles() {
    slices().matching("io.openqpr.(**)").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void roomsOfTheGroundFloorsDoNotKnowHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("io.openqpr.model..", "io.openqpr.capture.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.openqpr.web..")
        .check(SERVER);
  }

  @Test
  void noNameStandsForTwoThings() {
    var homes = new TreeMap<String, List<String>>();
    for (JavaClass type : SERVER) {
      String name = type.getSimpleName();
      if (type.isTopLevelClass() && !name.equals("package-info")) {
        homes.computeIfAbsent(name, _ -> new ArrayList<>()).add(type.getPackageName());
      }
    }
    homes.values().removeIf(packages -> packages.size() == 1);
    assertThat(homes).isEmpty();
  }

  @Test
  void onlyHttpKnowsConnections() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.openqpr.web..", "io.openqpr")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.openqpr.web.wire..")
        .check(SERVER);
  }

  @Test
  void onlyStorageKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.storage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jooq..", "org.duckdb..", "java.sql..")
        .check(SERVER);
  }

  @Test
  void onlyMetricKnowsTheMetricsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.platform.metric..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(SERVER);
  }

  @Test
  void onlyPostKnowsTheHttpClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.events.webhook.post..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "java.net.http..")
        .check(SERVER);
  }

  @Test
  void onlyImageDraws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.code.image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.nayuki..", "org.apache.pdfbox..", "java.awt..", "javax.imageio..")
        .check(SERVER);
  }

  @Test
  void onlyPlaceReadsPlaceDatabases() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.capture.place..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.maxmind..")
        .check(SERVER);
  }

  @Test
  void onlyAgentReadsUserAgents() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.openqpr.capture.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ua_parser..")
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

  /// A thread of any other kind is gone with its first mistake, and nobody knows. Whoever is on the
  /// list has threads whose end is their work's, and tells its failures to somebody who waits.
  @Test
  void whateverGoesOnForLongIsADurableThread() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(DurableThread.class)
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.platform.Background") // for whoever is on the list
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.Main") // at shutdown, for its length
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.storage.memory.Memory") // one question each
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.storage.duckdb.Revival") // until the file is open
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.code.image.Studio") // idle ones end
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.analytics.transfer.ExportRoutes") // idle ones end
        .and()
        .doNotHaveFullyQualifiedName(
            "io.openqpr.analytics.transfer.ImportRoutes") // one import each
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.events.webhook.Requests") // one request each
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.events.webhook.WebhookSender") // while it has one
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.events.webhook.post.Poster") // one deadline each
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.events.webhook.guard.Lookups") // idle ones end
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.web.wire.WireServer") // one connection each
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.web.wire.FirstWait") // one byte
        .and()
        .doNotHaveFullyQualifiedName("io.openqpr.demo.SampleData") // until all is written
        .should()
        .accessTargetWhere(describe("starts threads", ArchitectureTest::startsThreads))
        .because("whatever goes on for as long as the server must outlive its mistakes")
        .check(SERVER);
  }

  private static boolean startsThreads(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
      return false;
    }
    JavaClass owner = target.getOwner();
    String name = target.getName();
    boolean isThread = owner.isEquivalentTo(Thread.class);
    return (isThread && List.of("ofPlatform", "ofVirtual", "startVirtualThread").contains(name))
        || (isThread && name.equals("<init>"))
        || owner.isEquivalentTo(Executors.class)
        || owner.isEquivalentTo(Timer.class)
        || (owner.isAssignableTo(ExecutorService.class) && name.equals("<init>"));
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

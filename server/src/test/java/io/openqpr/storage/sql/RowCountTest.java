package io.openqpr.storage.sql;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// There may be more rows than an int holds.
class RowCountTest {

  @Test
  void isALong() {
    assertThat(RowCount.rows().getType()).isEqualTo(Long.class);
  }

  @Test
  void nobodyCountsRowsInAnotherWay() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.openqpr.storage");
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(RowCount.class.getName())
        .should()
        .callMethodWhere(
            target(nameMatching("count|selectCount"))
                .and(
                    target(
                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                "org.jooq..")))))
        .check(classes);
  }
}

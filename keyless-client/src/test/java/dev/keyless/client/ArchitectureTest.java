package dev.keyless.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.keyless.client");

    @Test
    void needsVertxAndNettyAndNoContainer() {
        classes()
                .that()
                .resideInAPackage("dev.keyless.client")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl",
                        "io.vertx..",
                        "io.netty..",
                        "org.jspecify.annotations",
                        "dev.keyless.protocol",
                        "dev.keyless.client")
                .because("an edge, a service and a load generator use it, each with a framework of its own or none")
                .check(MODULE);
    }

    @Test
    void theLibraryDoesNotKnowItsCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("dev.keyless.client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.keyless.client.cli")
                .because("the command line uses what others use, and shows that it is enough")
                .check(MODULE);
    }
}

package dev.keyless.keyserver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keyless.protocol.Decoded;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.keyless.keyserver");

    private static final String ROOT = "dev.keyless.keyserver";
    private static final String NET = ROOT + ".net";
    private static final String TLS = ROOT + ".tls";
    private static final String OPS = ROOT + ".ops";
    private static final String STARTUP = ROOT + ".startup";

    /** A feature's settings, and what reads and checks the text of one: the only part of a feature that sees a framework. */
    private static final DescribedPredicate<JavaClass> SETTINGS = settings();

    private static DescribedPredicate<JavaClass> settings() {
        DescribedPredicate<JavaClass> whole = simpleNameEndingWith("Config")
                .or(simpleNameEndingWith("Converter"))
                .or(DescribedPredicate.describe(
                        "constraints", type -> type.isAnnotatedWith("jakarta.validation.Constraint")));
        return DescribedPredicate.describe(
                "settings",
                type -> whole.test(type)
                        || type.getEnclosingClass().map(whole::test).orElse(false));
    }

    @Test
    void nettyIsSeenWhereBytesAreCarriedAndNowhereElse() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NET, TLS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("what a key is and who may use it has nothing to do with how bytes arrive")
                .check(MODULE);
    }

    @Test
    void vertxIsSeenWhereConnectionsLiveAndWhereTheServerIsPutTogether() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NET, TLS, OPS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .because("the features return values and completion stages of the JDK")
                .check(MODULE);
    }

    @Test
    void bouncyCastleOnlyReadsFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".keys.file", TLS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because(
                        "it knows every format there is, and its signatures are not the ones that we measured and checked")
                .check(MODULE);
    }

    @Test
    void theFrameworkStaysAtTheRim() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, OPS, STARTUP)
                .and(not(SETTINGS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "jakarta..",
                        "org.eclipse.microprofile..",
                        "io.smallrye..",
                        "io.micrometer..",
                        "io.opentelemetry..",
                        "org.jboss..")
                .because("features are put together by hand in one place, and tested without a container")
                .check(MODULE);
    }

    @Test
    void keysSeeTheJdkAndTheProtocol() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + ".keys", ROOT + ".keys.crypto", ROOT + ".keys.stores")
                .and(not(SETTINGS))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..", "javax.crypto..", "dev.keyless.protocol", "org.jspecify.annotations")
                        .or(resideInAnyPackage(ROOT + ".keys..", ROOT + ".reload"))
                        .or(resideInAPackage("com.amazon.corretto.crypto.provider")))
                .because("who audits how keys are kept should have to read little else")
                .check(MODULE);
    }

    @Test
    void signingSeesTheJdkAndTheProtocolAndTheKeys() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".signing")
                .and(not(SETTINGS))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..", "javax.crypto..", "dev.keyless.protocol", "org.jspecify.annotations")
                        .or(resideInAnyPackage(ROOT + ".signing", ROOT + ".keys", ROOT + ".peers")))
                .because("whether to sign is decided from the request, the peer and the key, and from nothing else")
                .check(MODULE);
    }

    @Test
    void onlyAmazonsProviderIsNamedAndOnlyInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".keys.crypto.Accp")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazon..")
                .because("its library is not there on every platform, and only that class may fail to load")
                .check(MODULE);
    }

    @Test
    void nothingNeedsOperationsToWork() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OPS)
                .should()
                .dependOnClassesThat(resideInAPackage(OPS).and(not(SETTINGS)))
                .because("operations hear of what happens; nobody waits for a metric or a log line to answer a request")
                .check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void packetsAreReadAndWrittenByTheProtocolLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(NET)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(FrameDecoder.class, Decoded.class, ProtocolViolation.class)
                .because("the stream of packets is the listener's")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage(NET)
                .should()
                .callMethodWhere(takesAValueOutOfABuffer())
                .because("a format that is known in two places is two formats")
                .check(MODULE);
    }

    private static DescribedPredicate<JavaMethodCall> takesAValueOutOfABuffer() {
        Pattern values =
                Pattern.compile("(get|read|put|set|write)(Unsigned)?(Byte|Short|Char|Medium|Int|Long)s?(LE)?|get|put");
        return DescribedPredicate.describe("take a value out of a buffer, or put one in", call -> {
            JavaClass owner = call.getTargetOwner();
            return (owner.isAssignableTo(ByteBuf.class) || owner.isAssignableTo(ByteBuffer.class))
                    && values.matcher(call.getName()).matches()
                    && !movesWhatItDoesNotLookAt(call);
        });
    }

    /** From one buffer to another. */
    private static boolean movesWhatItDoesNotLookAt(JavaMethodCall call) {
        return call.getName().equals("writeBytes")
                && call.getTarget().getRawParameterTypes().getFirst().isAssignableTo(ByteBuf.class);
    }
}

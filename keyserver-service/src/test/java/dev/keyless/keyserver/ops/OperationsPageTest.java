package dev.keyless.keyserver.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} lists what operators may see. */
class OperationsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "keyless", "keyserver", "ops");
    private static final Pattern MESSAGE_ROW = Pattern.compile("\\| `KEYLESS\\d{4}` \\| [A-Z]+ \\| ");
    private static final Pattern METER_NAME = Pattern.compile("\"((?:keyless|certificate)_[a-z_]+)\"");
    private static final Pattern METER_ROW = Pattern.compile("(?m)^\\| `((?:keyless|certificate)_[a-z_]+)` \\|");

    @Test
    void listsEveryLogMessageAndNoOther() {
        List<String> rows = read(PAGE)
                .lines()
                .filter(line -> MESSAGE_ROW.matcher(line).lookingAt())
                .map(OperationsPageTest::firstThreeCells)
                .toList();

        assertEquals(String.join("\n", messages()), String.join("\n", rows));
    }

    @Test
    void listsEveryMetricAndNoOther() {
        Set<String> names = Stream.of("Metrics.java", "CertificateExpiry.java")
                .flatMap(file -> matches(METER_NAME, read(SOURCES.resolve(file))))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rows = matches(METER_ROW, read(PAGE))
                .map(name -> name.replaceFirst("_total$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(names.size() > 10, () -> "found only " + names);
        assertEquals(names, rows);
    }

    /** As the table has them, in the order of their ids. */
    private static List<String> messages() {
        Set<JavaMethod> methods = new ClassFileImporter()
                .importClasses(KeyserverLog.class)
                .get(KeyserverLog.class)
                .getMethods();
        return methods.stream()
                .filter(method -> method.isAnnotatedWith(Message.class))
                .map(OperationsPageTest::row)
                .sorted()
                .toList();
    }

    private static String row(JavaMethod method) {
        JavaAnnotation<?> logger = method.getOwner().getAnnotationOfType(MessageLogger.class.getName());
        JavaAnnotation<?> message = method.getAnnotationOfType(Message.class.getName());
        JavaAnnotation<?> log = method.getAnnotationOfType(LogMessage.class.getName());
        String number = ("%0" + value(logger, "length") + "d").formatted(value(message, "id"));
        String text = value(message, "value").toString().replaceAll("(%[sd])+", "...");
        return "| `%s%s` | %s | %s"
                .formatted(value(logger, "projectCode"), number, ((JavaEnumConstant) value(log, "level")).name(), text);
    }

    private static Object value(JavaAnnotation<?> annotation, String property) {
        return annotation.get(property).orElseThrow();
    }

    private static String firstThreeCells(String line) {
        return Arrays.stream(line.split(" \\| ")).limit(3).collect(Collectors.joining(" | "));
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.keyless.keyserver.startup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 2s}, {@code 1m30s}, {@code 500ms}, {@code 1.5h}. */
final class GoDuration {

    private static final String EXPECTED = "a duration such as 500ms, 2s or 1m30s";
    private static final Pattern PART = Pattern.compile("(\\d{1,18}\\.?\\d{0,18}|\\.\\d{1,18})(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000),
            "μs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));

    private GoDuration() {}

    /** @throws IllegalArgumentException saying what was expected, if the text is no duration or a negative one */
    static Duration parse(String text) {
        if (text.equals("0")) return Duration.ZERO;
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            nanos = nanos.add(
                    new BigDecimal(part.group(1)).multiply(NANOS.getOrDefault(part.group(2), BigDecimal.ONE)));
            end = part.end();
        }
        if (end == 0 || end < text.length()) throw new IllegalArgumentException(EXPECTED);
        try {
            return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a duration of less than 292 years", e);
        }
    }
}

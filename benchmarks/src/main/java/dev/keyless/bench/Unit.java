package dev.keyless.bench;

import java.util.Locale;

/** How a figure is written. */
enum Unit {
    MICROSECONDS("us", 1),
    SECONDS("s", 2),
    PER_SECOND("/s", 0),
    RATIO("", 2),
    CORES("cores", 2),
    MEGABYTES("MB", 0),
    KILOBYTES("KB", 1),
    REQUESTS("", 0);

    private final String symbol;
    private final int decimals;

    Unit(String symbol, int decimals) {
        this.symbol = symbol;
        this.decimals = decimals;
    }

    String symbol() {
        return symbol;
    }

    /** With the unit. */
    String format(double value) {
        return number(value) + (symbol.isEmpty() ? "" : " " + symbol);
    }

    /** Without it. */
    String number(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

package dev.keyless.bench;

/** What a figure should reach. */
record Target(Bound bound, double value) {

    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    static Target atMost(double value) {
        return new Target(Bound.AT_MOST, value);
    }

    static Target atLeast(double value) {
        return new Target(Bound.AT_LEAST, value);
    }

    boolean isMetBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= value;
            case AT_LEAST -> measured >= value;
        };
    }

    String format(Unit unit) {
        return switch (bound) {
                    case AT_MOST -> "at most ";
                    case AT_LEAST -> "at least ";
                }
                + unit.format(value);
    }
}

package dev.keyless.keyserver.startup;

import java.util.regex.Pattern;

/** Property names as mappings spell them: {@code *} for the key of a map, {@code [*]} for an index. */
final class PropertyNames {

    private PropertyNames() {}

    static boolean covers(String pattern, String property) {
        String regex =
                Pattern.quote(pattern).replace("[*]", "\\E\\[\\d+]\\Q").replace("*", "\\E(\"[^\"]*\"|[^.\"]+)\\Q");
        return property.matches(regex);
    }
}

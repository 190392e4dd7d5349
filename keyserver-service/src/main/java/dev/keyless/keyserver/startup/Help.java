package dev.keyless.keyserver.startup;

import java.util.stream.Collectors;

/** What {@code --help} and {@code --version} print. */
final class Help {

    private Help() {}

    static String text() {
        return """
                Usage: java -jar quarkus-run.jar [FLAG]...

                Signs TLS handshakes for an edge (the Keyless SSL protocol) with private keys that stay here.
                Takes the place of gokeyless: same file, variables, flags and ports.

                %s

                Flags take their value as --flag value or --flag=value, a dash or an underscore between words alike.
                A flag goes before the variable KEYLESS_NAME, that before the file, that before the default (in brackets).
                The file is gokeyless.yaml (.yml, .json) in the working directory, else in /etc/keyless. It can list
                private_key_stores, which no flag or variable does.

                Accepted without effect, with a warning: %s.

                All other settings are keyserver.* properties, as system properties (-Dkeyserver.limits.connections=512
                before -jar), variables (KEYSERVER_LIMITS_CONNECTIONS=512) or in config/application.properties;
                docs/configuration.md lists them. Health is at http://HOST:2406/q/health, metrics at /metrics.

                Exit codes: 0 done, 1 wrong configuration or failure, 2 wrong command line, 143 stopped by SIGTERM.
                """.formatted(
                Setting.all().filter(s -> !s.help().isEmpty()).map(Help::line).collect(Collectors.joining("\n")),
                Setting.all()
                        .filter(s -> s.hasFlag() && s.use() instanceof Setting.Retired)
                        .map(Setting::flag)
                        .collect(Collectors.joining(" ")));
    }

    private static String line(Setting setting) {
        String letter = setting.shortFlag().map(l -> "-" + l + ", ").orElse("    ");
        return "  %s%-31s %s"
                .formatted(letter, setting.flag() + " " + setting.argument(), setting.help())
                .stripTrailing();
    }

    static String version() {
        String version = Help.class.getPackage().getImplementationVersion();
        return "keyserver " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version();
    }
}

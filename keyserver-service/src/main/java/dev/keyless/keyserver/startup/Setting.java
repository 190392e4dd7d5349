package dev.keyless.keyserver.startup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything that gokeyless can be told ({@code cmd/gokeyless/gokeyless.go}), and what becomes of it here. A setting is a
 * key of the file, a variable {@code KEYLESS_KEY} and a flag {@code --key}, where gokeyless or sense has it so.
 */
enum Setting {
    CONFIG_FILE("config_file", 'c', "FILE", new Control(), "read this file (.yaml, .yml, .json), not the usual ones"),
    CONFIG_ONLY("config_only", "", new Control(), "check the configuration, say what is wrong with it, exit"),
    KEYSTORE_DEBUG(
            "keystore_debug", 'd', "", new Control(), "open the key stores, print the keys and what is wrong, exit"),
    VERSION("version", 'v', "", new Control(), "print the version, exit"),
    HELP("help", 'h', "", new Control(), "print this text, exit"),
    MANUAL_ACTIVATION("manual_activation", "", new Refused("""
            make the key and the request with openssl instead: openssl req -new -newkey ec -pkeyopt \
            ec_paramgen_curve:P-256 -nodes -keyout server-key.pem -out server.csr -subj /CN=HOST -addext \
            subjectAltName=DNS:HOST, and have the request signed in Cloudflare's dashboard""")),
    OUTPUT_CONFIG("output_config", 'o', "", new Refused("""
            use --config-only to check the configuration; it is not printed, since secrets may be in it"""), ""),

    PORT(
            "port",
            "PORT",
            new Mapped("keyserver.port", Setting::port),
            "TCP port for edges (2407); must match Cloudflare's dashboard"),
    METRICS_PORT(
            "metrics_port",
            "PORT",
            new Mapped("quarkus.http.port", Setting::port),
            "HTTP port for metrics and health (2406)"),
    AUTH_CERT(
            "auth_cert",
            "FILE",
            new Mapped("keyserver.tls.certificate"),
            "this server's certificate, PEM (server.pem)"),
    AUTH_KEY("auth_key", "FILE", new Mapped("keyserver.tls.key"), "its private key, PEM (server-key.pem)"),
    CLOUDFLARE_CA_CERT(
            "cloudflare_ca_cert",
            "FILE",
            // by index, so that a comma in the path stays one
            new Mapped("keyserver.tls.client-ca[0]"),
            "the authorities of the clients, PEM (keyless_cacert.pem)"),
    PRIVATE_KEY_DIRS(
            "private_key_dirs", "DIR,...", new Stores("dir"), "folders with *.key files; replaces the file's stores"),
    PRIVATE_KEY_FILES("private_key_files", "FILE,...", new Stores("file"), "key files; replaces the file's stores"),
    LOGLEVEL(
            "loglevel",
            'l',
            "0..5",
            new Mapped("quarkus.log.level", Setting::logLevel),
            "0 debug, 1 info (default), 2 warning, 3 error, 4 and 5 fatal"),
    PID_FILE("pid_file", "FILE", new Mapped("keyserver.pid-file"), "write the process id there while running"),
    SIGN_TIMEOUT("sign_timeout", new Mapped("keyserver.signing.deadline", Setting::deadline)),
    PRIVATE_KEY_STORES("private_key_stores", new StoreList()),

    HOSTNAME("hostname", "NAME", new Retired("""
            it was for enrolment, which is not done here; the name belongs into the certificate that auth_cert names""")),
    ZONE_ID("zone_id", "ID", new Retired("it was for enrolment, which is not done here")),
    ORIGIN_CA_API_KEY("origin_ca_api_key", "KEY", new Retired("""
            it was for enrolment, and Cloudflare ended these keys on 2026-09-30; the key server needs no Cloudflare \
            credential: take it out""")),
    API_TOKEN("api_token", "TOKEN", new Retired("""
            it was for enrolment, which is not done here; the key server needs no Cloudflare credential: take it out""")),
    INIT_ENDPOINT("init_endpoint", "URL", new Retired("it was for enrolment, which is not done here")),
    AUTH_CSR("auth_csr", "FILE", new Retired("it was for enrolment, which is not done here")),
    SIGN_RETRY_COUNT("sign_retry_count", new Retired("""
            a request is tried once and answered within keyserver.signing.deadline; the edge tries again by itself""")),
    CURRENT_TIME("current_time", "TIME", new Retired("certificates are checked against the machine's clock")),
    TRACING_ENABLED("tracing_enabled", "", new Retired("""
            Jaeger's agent protocol is gone; traces are sent by OTLP, see quarkus.otel.* in docs/configuration.md""")),
    TRACING_ADDRESS("tracing_address", "ADDRESS", new Retired("""
            Jaeger's agent protocol is gone; traces are sent by OTLP, see quarkus.otel.* in docs/configuration.md""")),
    TRACING_SAMPLE_RATE("tracing_sample_rate", "RATE", new Retired("""
            Jaeger's agent protocol is gone; traces are sent by OTLP, see quarkus.otel.* in docs/configuration.md"""));

    private static final int NO_FLAG = -1;

    private final String key;
    private final int shortFlag;
    private final String argument;

    @SuppressWarnings("ImmutableEnumChecker") // records of texts and functions without state
    private final Use use;

    private final String help;

    /** A setting without a flag. */
    Setting(String key, Use use) {
        this(key, NO_FLAG, "", use, "");
    }

    Setting(String key, String argument, Use use) {
        this(key, 0, argument, use, "");
    }

    Setting(String key, String argument, Use use, String help) {
        this(key, 0, argument, use, help);
    }

    Setting(String key, int shortFlag, String argument, Use use, String help) {
        this.key = key;
        this.shortFlag = shortFlag;
        this.argument = argument;
        this.use = use;
        this.help = help;
    }

    /** What becomes of a setting. */
    sealed interface Use permits Mapped, Stores, StoreList, Retired, Refused, Control {}

    /**
     * It is one property of ours.
     *
     * @param value turns gokeyless's text into ours; throws {@link IllegalArgumentException} saying what was expected, or
     *     gives nothing ({@code ""}) where the setting stands for our default
     */
    record Mapped(String property, UnaryOperator<String> value) implements Use {
        Mapped(String property) {
            this(property, UnaryOperator.identity());
        }
    }

    /** A list of key stores of one kind, separated by commas. */
    record Stores(String kind) implements Use {}

    /** The file's list of key stores. */
    record StoreList() implements Use {}

    /** It has no effect; a warning says why, or what to use instead. */
    record Retired(String instead) implements Use {}

    /** A flag that asks for something that is not done here. */
    record Refused(String instead) implements Use {}

    /** A flag for the start itself. */
    record Control() implements Use {}

    String key() {
        return key;
    }

    Use use() {
        return use;
    }

    /** What follows the flag; empty for a flag that is on by being there. */
    String argument() {
        return argument;
    }

    /** One line for {@code --help}; empty where there is nothing to offer. */
    String help() {
        return help;
    }

    String flag() {
        return "--" + key.replace('_', '-');
    }

    /** The letter of the short flag. */
    Optional<String> shortFlag() {
        return shortFlag > 0 ? Optional.of(Character.toString(shortFlag)) : Optional.empty();
    }

    String variable() {
        return "KEYLESS_" + key.toUpperCase(Locale.ROOT);
    }

    boolean hasFlag() {
        return shortFlag != NO_FLAG;
    }

    boolean hasVariable() {
        return this == CONFIG_FILE
                || switch (use) {
                    case Mapped _, Stores _, Retired _ -> true;
                    case StoreList _, Refused _, Control _ -> false;
                };
    }

    boolean isFileKey() {
        return switch (use) {
            case Mapped _, StoreList _, Retired _ -> true;
            case Stores _, Refused _, Control _ -> false;
        };
    }

    static Stream<Setting> all() {
        return Arrays.stream(values());
    }

    private static String port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) return text;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a port number, 0 to 65535", e);
        }
        throw new IllegalArgumentException("a port number, 0 to 65535");
    }

    private static String logLevel(String text) {
        return switch (text) {
            case "0" -> "DEBUG";
            case "1" -> "INFO";
            case "2" -> "WARN";
            case "3" -> "ERROR";
            case "4", "5" -> "FATAL";
            default -> throw new IllegalArgumentException("a number from 0 (debug) to 5 (fatal)");
        };
    }

    /** gokeyless takes 0 for no deadline at all; here there always is one. */
    private static String deadline(String text) {
        Duration deadline = GoDuration.parse(text);
        return deadline.isZero() ? "" : deadline.toString();
    }
}

package dev.keyless.sandbox.demo;

import dev.keyless.protocol.Ski;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One way of asking for the page with curl.
 *
 * @param tls {@code 1.2} or {@code 1.3}
 * @param http {@code 1.1} or {@code 2}
 * @param rsaOnly whether the visitor knows no ECDSA
 */
record Fetch(String tls, String http, boolean rsaOnly) {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final int SECONDS = 15;

    /** All eight. */
    static List<Fetch> all() {
        List<Fetch> all = new ArrayList<>();
        for (String tls : List.of("1.2", "1.3")) {
            for (boolean rsaOnly : List.of(false, true)) {
                for (String http : List.of("1.1", "2")) all.add(new Fetch(tls, http, rsaOnly));
            }
        }
        return List.copyOf(all);
    }

    /**
     * What came of it.
     *
     * @param shown the SKI in the certificate that curl was shown; older versions of curl do not tell
     * @param problem why it did not work
     */
    record Result(Optional<String> problem, Optional<Ski> shown, long milliseconds, String page) {}

    /** The command as a person would type it. */
    List<String> command(Props props, int port) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
        command.addAll(List.of("--cacert", props.siteCa().toString()));
        command.addAll(List.of("--resolve", Props.HOST + ":" + port + ":127.0.0.1"));
        command.addAll(List.of("--tlsv" + tls, "--tls-max", tls, http.equals("2") ? "--http2" : "--http1.1"));
        command.add("https://" + Props.HOST + ":" + port + "/");
        return command;
    }

    /** The same as a line for a shell. */
    String line(Props props, int port) {
        String command = String.join(
                " ", command(props, port).stream().map(Fetch::quoted).toList());
        return rsaOnly ? "OPENSSL_CONF=" + quoted(props.rsaOnly().toString()) + " " + command : command;
    }

    Result run(Props props, int port) throws IOException, InterruptedException {
        Path page = Files.createTempFile(props.folder(), "page", ".txt");
        Path out = Files.createTempFile(props.folder(), "curl", ".out");
        try {
            List<String> command = new ArrayList<>(command(props, port));
            command.addAll(List.of("--max-time", String.valueOf(SECONDS), "--fail", "--output", page.toString()));
            command.addAll(List.of("--write-out", "%{http_version}\\n%{certs}"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
            if (rsaOnly)
                builder.environment().put("OPENSSL_CONF", props.rsaOnly().toString());
            long began = System.nanoTime();
            Process curl = builder.start();
            if (!curl.waitFor(2L * SECONDS, TimeUnit.SECONDS))
                curl.destroyForcibly().waitFor();
            long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            return judge(props, curl.exitValue(), Files.readString(out), Files.readString(page), milliseconds);
        } finally {
            Files.deleteIfExists(page);
            Files.deleteIfExists(out);
        }
    }

    private Result judge(Props props, int exit, String said, String page, long milliseconds) {
        Optional<Ski> shown = ski(said);
        Ski expected = (rsaOnly ? props.rsa() : props.ecdsa()).ski();
        Optional<String> problem = Optional.empty();
        if (exit != 0) {
            problem = Optional.of("curl ended with exit code " + exit + ": " + said.strip());
        } else if (!page.contains("Hello from the origin")) {
            problem = Optional.of("the page is not the origin's: " + page.strip());
        } else if (!said.startsWith(http)) {
            problem = Optional.of("expected HTTP/" + http + ", curl spoke HTTP/"
                    + said.lines().findFirst().orElse("?"));
        } else if (!shown.map(expected::equals).orElseGet(() -> page.contains(expected.hex()))) {
            problem = Optional.of("expected the certificate with the key " + expected + ", curl was shown "
                    + shown.map(Ski::hex).orElse("another"));
        }
        return new Result(problem, shown, milliseconds, page);
    }

    private static Optional<Ski> ski(String said) {
        int from = said.indexOf(BEGIN);
        if (from < 0) return Optional.empty();
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(said.substring(from).getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(Ski.of(certificate.getPublicKey()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** As long for every one. */
    @Override
    public String toString() {
        return "TLS %s  HTTP/%-3s  %-13s".formatted(tls, http, rsaOnly ? "RSA only" : "ECDSA and RSA");
    }
}

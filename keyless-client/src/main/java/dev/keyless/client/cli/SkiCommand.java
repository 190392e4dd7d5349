package dev.keyless.client.cli;

import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.Ski;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "ski",
        description = "Prints SKI, certificate digest ('-' if the kind of key has none), kind of key and file name"
                + " for each certificate or public key.")
@SuppressWarnings("NullAway.Init") // picocli sets them
final class SkiCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Certificates or public keys (SubjectPublicKeyInfo), PEM or DER.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (Path file : files) {
            for (PublicKey key : PublicKeys.read(file)) {
                String digest = CertificateDigest.of(key).map(Object::toString).orElse("-");
                spec.commandLine().getOut().println(Ski.of(key) + " " + digest + " " + key.getAlgorithm() + " " + file);
            }
        }
        return ExitCode.OK;
    }
}

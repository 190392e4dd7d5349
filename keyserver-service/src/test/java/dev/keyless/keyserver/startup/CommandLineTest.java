package dev.keyless.keyserver.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static CommandLine parse(String line) {
        return CommandLine.parse(List.of(line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--auth-cert a.pem",
                "--auth-cert=a.pem",
                "--auth_cert a.pem",
                "--auth_cert=a.pem",
                "--auth-cert b --auth-cert a.pem"
            })
    void readsAFlagHoweverItIsSpelled(String line) {
        CommandLine parsed = parse(line);

        assertEquals(List.of(), parsed.problems());
        assertEquals(
                new Given("a.pem", "flag --auth-cert"),
                parsed.value(Setting.AUTH_CERT).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-l 3", "-l3", "-l=3", "-dl3", "-dl 3", "--loglevel=3"})
    void readsShortFlagsTogetherAndWithTheirValue(String line) {
        assertEquals("3", parse(line).value(Setting.LOGLEVEL).orElseThrow().value());
    }

    @Test
    void takesASwitchBackThatIsSetToFalse() {
        CommandLine parsed = parse("--config-only --keystore-debug=false --version=1");

        assertTrue(parsed.is(Setting.CONFIG_ONLY));
        assertTrue(parsed.is(Setting.VERSION));
        assertFalse(parsed.is(Setting.KEYSTORE_DEBUG));
    }

    @Test
    void reportsAllThatItDoesNotUnderstand() {
        List<Problem> problems = parse("--prot 24 -x --help=maybe stray --port").problems();

        assertEquals(
                List.of(
                        "the unknown flag --prot",
                        "\"24\"",
                        "the unknown flag -x",
                        "\"maybe\"",
                        "\"stray\"",
                        "nothing after it"),
                problems.stream().map(Problem::found).toList());
        assertTrue(
                problems.getFirst().remedy().contains("Did you mean --port?"),
                problems.getFirst().toString());
        assertTrue(problems.stream().allMatch(p -> p.kind() == Problem.Kind.USAGE));
    }

    @Test
    void doesNotRepeatTheValueOfAnUnknownFlag() {
        assertFalse(parse("--api-tokne=topsecret").problems().toString().contains("topsecret"));
    }

    @Test
    void saysWhereSystemPropertiesGo() {
        assertTrue(parse("-Dkeyserver.port=1").problems().getFirst().remedy().contains("-jar"));
    }

    @Test
    void hasNoFlagWhereGokeylessHasNone() {
        assertEquals(
                2, parse("--sign-timeout=2s --private-key-stores=x").problems().size());
    }
}

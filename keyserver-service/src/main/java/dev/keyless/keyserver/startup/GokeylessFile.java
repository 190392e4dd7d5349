package dev.keyless.keyserver.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.scanner.ScannerException;

/**
 * A {@code gokeyless.yaml}: YAML, or JSON, which is YAML too. Only the tree of nodes is built, never an object, and only
 * the few places that can hold a setting are looked at. Error messages name a line and quote nothing, since the file may
 * hold a token.
 */
final class GokeylessFile {

    /** In the order in which gokeyless's library looks for them. */
    private static final List<String> ENDINGS = List.of("json", "yaml", "yml");

    /** Formats that gokeyless's library reads besides. */
    private static final List<String> FOREIGN_ENDINGS = List.of("toml", "properties", "hcl", "ini", "env");

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 20;
    private static final List<String> STORE_KEYS = List.of("dir", "file", "uri");

    private final Path path;
    private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);
    private final List<Map<String, Given>> stores = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private GokeylessFile(Path path) {
        this.path = path;
    }

    /** A file that somebody named: it must be there. */
    static GokeylessFile named(Given name, Path directory) {
        GokeylessFile file = new GokeylessFile(Path.of(name.value()));
        String lower = name.value().toLowerCase(Locale.ROOT);
        if (ENDINGS.stream().noneMatch(e -> lower.endsWith("." + e))) {
            file.problems.add(Problem.configuration(
                    name.where(),
                    Secrets.shown(name.value()),
                    "a file whose name ends in .yaml, .yml or .json",
                    "Rename the file, or convert it: no other format is read."));
        } else {
            file.read(directory.resolve(file.path), name.where());
        }
        return file;
    }

    /** The file in the first of these folders that has one; without any it is as if it were empty. */
    static GokeylessFile find(List<Path> folders) {
        for (Path folder : folders) {
            for (String ending : ENDINGS) {
                Path candidate = folder.resolve("gokeyless." + ending);
                if (Files.exists(candidate)) {
                    GokeylessFile file = new GokeylessFile(candidate);
                    file.read(candidate, "configuration file");
                    return file;
                }
            }
        }
        GokeylessFile none = new GokeylessFile(Path.of(""));
        for (Path folder : folders) {
            for (String ending : FOREIGN_ENDINGS) {
                Path candidate = folder.resolve("gokeyless." + ending);
                if (Files.exists(candidate)) {
                    none.warnings.add(
                            candidate + " is not read: of gokeyless's formats only YAML and JSON are; convert it to "
                                    + folder.resolve("gokeyless.yaml"));
                }
            }
        }
        return none;
    }

    Optional<Given> value(Setting setting) {
        return Optional.ofNullable(settings.get(setting));
    }

    /** The entries of {@code private_key_stores}, each from its keys ({@code dir}, {@code file}, {@code uri}) to values. */
    List<Map<String, Given>> stores() {
        return List.copyOf(stores);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void read(Path absolute, String where) {
        try (InputStream in = Files.newInputStream(absolute)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                wrong(where, "more than " + LARGEST + " bytes", "a short YAML file", "Is it the right file?");
                return;
            }
            parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (NoSuchFileException e) {
            wrong(where, "no such file", "a readable file", "Create it, or correct the path.");
        } catch (CharacterCodingException e) {
            wrong(where, "bytes that are not UTF-8", "YAML or JSON in UTF-8", "Is it the right file?");
        } catch (IOException e) {
            String found = Files.isDirectory(absolute) ? "a folder" : "a file that cannot be read (" + reason(e) + ")";
            wrong(where, found, "a readable file", "Correct the path or the file's permissions.");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    private void wrong(String where, String found, String expected, String remedy) {
        problems.add(Problem.configuration(where + ", " + path, found, expected, remedy));
    }

    private void parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(DEEPEST);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null || root.getTag().equals(Tag.NULL)) return;
            if (root instanceof MappingNode mapping) {
                readTop(mapping);
            } else {
                wrong(
                        "line " + line(root),
                        "something that is not a list of keys and values",
                        "lines such as port: 2407",
                        "Is it the right file?");
            }
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : ", line " + (e.getProblemMark().getLine() + 1);
            // Other kinds of exception quote names from the file.
            String reason = e instanceof ScannerException ? " (" + e.getProblem() + ")" : "";
            problems.add(Problem.configuration(
                    path + line,
                    "text that is not YAML" + reason,
                    "YAML",
                    "Correct it; indentation and colons count."));
        } catch (YAMLException e) {
            problems.add(Problem.configuration(path.toString(), "text that is not YAML", "YAML", "Correct the file."));
        }
    }

    private void readTop(MappingNode root) {
        Map<String, Node> seen = new HashMap<>();
        for (NodeTuple entry : root.getValue()) {
            String key = key(entry);
            if (seen.put(key, entry.getKeyNode()) != null) {
                problems.add(Problem.configuration(
                        where(entry.getKeyNode(), key),
                        "the key a second time",
                        "each key once",
                        "Remove one of them."));
                continue;
            }
            Optional<Setting> setting = Setting.all()
                    .filter(s -> s.isFileKey() && s.key().equals(key))
                    .findFirst();
            if (setting.isEmpty()) {
                unknown(entry.getKeyNode(), key);
            } else if (setting.get() == Setting.PRIVATE_KEY_STORES) {
                readStores(entry.getValueNode());
            } else {
                readScalar(key, entry.getValueNode()).ifPresent(g -> settings.put(setting.get(), g));
            }
        }
    }

    private void unknown(Node node, String key) {
        boolean override = Setting.all()
                .anyMatch(s -> s.use() instanceof Setting.Stores && s.key().equals(key));
        List<String> known =
                Setting.all().filter(Setting::isFileKey).map(Setting::key).toList();
        warnings.add(where(node, Secrets.printable(key)) + " is no setting of gokeyless and has no effect."
                + (override ? " Use private_key_stores." : Suggestion.sentence(key, known)));
    }

    private void readStores(Node node) {
        if (node.getTag().equals(Tag.NULL)) return;
        if (!(node instanceof SequenceNode list)) {
            problems.add(Problem.configuration(
                    where(node, "private_key_stores"),
                    "something that is not a list",
                    "a list of entries such as - dir: /etc/keyless/keys",
                    "Put a dash before each entry."));
            return;
        }
        for (Node entry : list.getValue()) {
            if (entry instanceof MappingNode store) {
                readStore(store);
            } else {
                badStore(entry, "an entry without a key", "");
            }
        }
    }

    private void readStore(MappingNode node) {
        Map<String, Given> store = new LinkedHashMap<>();
        String hint = "";
        for (NodeTuple entry : node.getValue()) {
            String key = key(entry);
            if (STORE_KEYS.contains(key)) {
                readScalar("private_key_stores, " + key, entry.getValueNode()).ifPresent(g -> store.put(key, g));
            } else {
                hint = " The key " + Secrets.shown(key) + " is unknown." + Suggestion.sentence(key, STORE_KEYS);
            }
        }
        if (store.isEmpty()) {
            badStore(node, "an entry with none of dir, file and uri", hint);
        } else {
            if (!hint.isEmpty()) warnings.add(where(node, "private_key_stores") + ":" + hint);
            stores.add(store);
        }
    }

    private void badStore(Node node, String found, String hint) {
        problems.add(Problem.configuration(
                where(node, "private_key_stores"),
                found,
                "exactly one of dir, file and uri",
                "Write for example - dir: /etc/keyless/keys." + hint));
    }

    /** The text of a value; nothing for an empty one, which gokeyless takes for absent as well. */
    private Optional<Given> readScalar(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isEmpty()) return Optional.empty();
            return Optional.of(new Given(scalar.getValue(), where(node, key)));
        }
        problems.add(Problem.configuration(
                where(node, key), "a list or a map", "a single value", "Write it as " + key + ": value."));
        return Optional.empty();
    }

    /** Keys count in any case, as for gokeyless. */
    private static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar
                ? scalar.getValue().toLowerCase(Locale.ROOT)
                : "(a key that is no text)";
    }

    private String where(Node node, String key) {
        return path + ", line " + line(node) + ", " + key;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gathers keys and values from {@code --from-literal}, {@code --from-file} and {@code --from-env-file}. */
final class KeyedData {
    /** Takes one key with its value, complaining where the key is none or is there already. */
    interface Sink {
        void put(String key, byte[] value);
    }

    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private final Invocation call;
    private final String what;
    private final Sink sink;

    /** {@code what}: {@code config} or {@code secret}, for a message. */
    KeyedData(Invocation call, String what, Sink sink) {
        this.call = call;
        this.what = what;
        this.sink = sink;
    }

    void literals(List<String> sources) {
        for (String source : sources) {
            int equals = source.indexOf('=');
            if (equals < 1) {
                throw new CliError("invalid literal source " + source + ", expected key=value");
            }
            sink.put(source.substring(0, equals), source.substring(equals + 1).getBytes(StandardCharsets.UTF_8));
        }
    }

    void files(List<String> sources) {
        for (String source : sources) {
            String[] keyed = keyed(source);
            Path path = call.session().path(keyed[1]);
            exists(path, keyed[1]);
            if (!Files.isDirectory(path)) {
                sink.put(keyed[0], read(path, keyed[1]));
            } else if (source.contains("=")) {
                throw new CliError("cannot give a key name for a directory path");
            } else {
                folder(path, keyed[1]);
            }
        }
    }

    private void folder(Path folder, String name) {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        } catch (IOException e) {
            throw new CliError("error listing files in " + name + ": open " + name + ": " + Disk.reason(e));
        }
        for (Path entry : entries) {
            if (Files.isRegularFile(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                String file = entry.getFileName().toString();
                sink.put(file, read(entry, name + "/" + file));
            }
        }
    }

    private static String[] keyed(String source) {
        long equals = source.chars().filter(c -> c == '=').count();
        if (equals == 0) {
            return new String[] {source.substring(source.lastIndexOf('/') + 1), source};
        }
        if (equals == 1 && source.startsWith("=")) {
            throw new CliError("key name for file path " + source.substring(1) + " missing");
        }
        if (equals == 1 && source.endsWith("=")) {
            throw new CliError("file path for key name " + source.substring(0, source.length() - 1) + " missing");
        }
        if (equals > 1) {
            throw new CliError("key names or file paths cannot contain '='");
        }
        return source.split("=");
    }

    private static void exists(Path path, String shown) {
        if (!Files.exists(path)) {
            throw new CliError("error reading " + shown + ": no such file or directory");
        }
    }

    static byte[] read(Path path, String shown) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new CliError("open " + shown + ": " + Disk.reason(e));
        }
    }

    void environments(List<String> sources) {
        for (String source : sources) {
            Path path = call.session().path(source);
            exists(path, source);
            if (Files.isDirectory(path)) {
                throw new CliError("env " + what + " file cannot be a directory");
            }
            int number = 0;
            for (byte[] line : lines(read(path, source))) {
                variable(utf8(line, source, ++number), number == 1);
            }
        }
    }

    private static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            int kept = end > start && content[end - 1] == '\r' ? end - 1 : end;
            lines.add(Arrays.copyOfRange(content, start, kept));
            start = end + 1;
        }
        return lines;
    }

    private static String utf8(byte[] line, String source, int number) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            StringJoiner bytes = new StringJoiner(" ", "[", "]");
            for (byte each : line) {
                bytes.add(Integer.toString(each & 0xff));
            }
            throw new CliError("env file " + source + " contains invalid utf8 bytes at line " + number + ": " + bytes);
        }
    }

    private void variable(String written, boolean first) {
        String line = first && written.startsWith("\uFEFF") ? written.substring(1) : written;
        line = line.stripLeading();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals);
        checkVariable(key);
        String value = equals < 0 ? call.session().environment(key) : line.substring(equals + 1);
        sink.put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkVariable(String key) {
        if (!VARIABLE.matcher(key).matches()) {
            throw new CliError(
                    Go.quote(key) + " is not a valid key name: a valid environment variable name must consist"
                            + " of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g."
                            + " 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is"
                            + " '[-._a-zA-Z][-._a-zA-Z0-9]*')");
        }
    }

    /** What is wrong with the key of a ConfigMap or Secret; empty where nothing is. */
    static List<String> keyFaults(String key) {
        List<String> faults = new ArrayList<>();
        if (key.length() > 253) {
            faults.add("must be no more than 253 bytes");
        }
        if (!key.matches("[-._a-zA-Z0-9]+")) {
            faults.add(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                            + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        }
        if (key.equals(".")) {
            faults.add("must not be '.'");
        } else if (key.equals("..")) {
            faults.add("must not be '..'");
        } else if (key.startsWith("..")) {
            faults.add("must not start with '..'");
        }
        return faults;
    }
}

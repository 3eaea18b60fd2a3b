package dev.kubejar.build;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The protocol buffer messages of {@code client-java-proto}, read off the Javadoc that protoc put into the generated
 * sources: names, types, order and the comments of the Go types.
 */
final class ProtoSources {
    private static final Pattern INTERFACE = Pattern.compile(".*@@protoc_insertion_point\\(interface_extends:(.*)\\)");
    private static final Pattern TYPE = Pattern.compile(" *\\* Protobuf type \\{@code (.*)}");
    private static final Pattern FIELD =
            Pattern.compile("(optional |repeated )?(map<string, (\\S+)>|\\S+) (\\w+) = \\d+.*");
    private static final Pattern CODE = Pattern.compile(" *\\* <code>(.*)</code>");

    /** How often a field's value occurs. */
    enum Shape {
        SINGLE,
        REPEATED,
        MAP
    }

    /** A field; {@code type} is a scalar's name or a message's full name with a dot in front. */
    record Field(String name, Shape shape, String type, Comment comment) {}

    /** A message under its full name, such as {@code k8s.io.api.core.v1.Container}; fields in the order of the Go struct. */
    static final class Message {
        final String name;
        final Map<String, Field> fields = new LinkedHashMap<>();
        Comment comment = Comment.NONE;

        Message(String name) {
            this.name = name;
        }

        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        String packageName() {
            return name.substring(0, name.lastIndexOf('.'));
        }
    }

    final Map<String, Message> messages = new TreeMap<>();

    private Message open;
    private List<String> doc;

    ProtoSources(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().endsWith(".java")) {
                    BufferedReader lines = new BufferedReader(
                            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8));
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        read(line);
                    }
                }
            }
        }
    }

    private void read(String line) {
        String text = line.stripLeading();
        if (text.startsWith("/**")) {
            doc = new ArrayList<>();
        } else if (doc != null && text.equals("*/")) {
            finishDoc();
            doc = null;
        } else if (doc != null) {
            doc.add(line);
        } else if (text.startsWith("// @@protoc_insertion_point(interface_extends:")) {
            Matcher matcher = INTERFACE.matcher(line);
            open = matcher.matches() ? messages.computeIfAbsent(matcher.group(1), Message::new) : null;
        } else if (text.startsWith("public static final class ") || text.startsWith("public static final  class ")) {
            open = null;
        }
    }

    private void finishDoc() {
        String last = doc.isEmpty() ? "" : doc.get(doc.size() - 1);
        Matcher type = TYPE.matcher(last);
        if (type.matches()) {
            messages.computeIfAbsent(type.group(1), Message::new).comment = comment();
            open = null;
            return;
        }
        Matcher code = CODE.matcher(last);
        if (open != null && code.matches()) {
            Matcher field = FIELD.matcher(unescape(code.group(1)));
            if (!field.matches()) {
                throw new IllegalStateException("field of " + open.name + " not understood: " + code.group(1));
            }
            Shape shape = field.group(3) != null
                    ? Shape.MAP
                    : "repeated ".equals(field.group(1)) ? Shape.REPEATED : Shape.SINGLE;
            String of = field.group(3) != null ? field.group(3) : field.group(2);
            open.fields.putIfAbsent(field.group(4), new Field(field.group(4), shape, of, comment()));
        }
    }

    private Comment comment() {
        int from = -1;
        for (int i = 0; i < doc.size(); i++) {
            String text = doc.get(i).strip();
            if (text.equals("* <pre>")) {
                from = i + 1;
            } else if (text.equals("* </pre>") && from >= 0) {
                return new Comment(
                        doc.subList(from, i).stream().map(ProtoSources::plain).toList());
            }
        }
        return Comment.NONE;
    }

    /** A line of Javadoc without the star, and without the space that protoc puts before the text. */
    private static String plain(String line) {
        String text = line.substring(line.indexOf('*') + 1);
        return unescape(text.startsWith(" ") ? text.substring(1) : text);
    }

    private static String unescape(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&#42;", "*")
                        .replace("&#47;", "/")
                        .replace("&#64;", "@")
                        .replace("&#92;", "\\")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&");
    }
}

package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.KubeConfigFiles;
import dev.kubejar.object.Obj;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value in a kubeconfig named by its path: {@code contexts.NAME.namespace}; names may hold dots themselves. */
final class Property {
    private static final Map<String, String> PARTS =
            Map.of("clusters", "cluster", "users", "user", "contexts", "context");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "clusters",
            Set.of(
                    "server",
                    "tls-server-name",
                    "insecure-skip-tls-verify",
                    "certificate-authority",
                    "certificate-authority-data",
                    "proxy-url",
                    "disable-compression"),
            "users",
            Set.of(
                    "client-certificate",
                    "client-certificate-data",
                    "client-key",
                    "client-key-data",
                    "token",
                    "tokenFile",
                    "as",
                    "as-uid",
                    "username",
                    "password"),
            "contexts",
            Set.of("cluster", "user", "namespace"));

    final String list;
    final String name;
    final String field;

    private Property(String list, String name, String field) {
        this.list = list;
        this.name = name;
        this.field = field;
    }

    static Property parse(String path, Obj merged) {
        if (path.equals("current-context")) {
            return new Property("", "", path);
        }
        int dot = path.indexOf('.');
        String list = dot < 0 ? path : path.substring(0, dot);
        if (!PARTS.containsKey(list)) {
            throw unknown(path);
        }
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        String name = "";
        for (Obj entry : merged.list(list)) {
            String known = entry.text("name");
            boolean fits = rest.equals(known) || rest.startsWith(known + ".");
            name = fits && known.length() > name.length() ? known : name;
        }
        if (name.isEmpty()) {
            int last = rest.lastIndexOf('.');
            name = last < 0 ? rest : rest.substring(0, last);
        }
        return new Property(list, name, rest.length() > name.length() ? rest.substring(name.length() + 1) : "");
    }

    private static CliError unknown(String path) {
        return new CliError("unable to locate path " + path + " under the configuration");
    }

    boolean current() {
        return list.isEmpty();
    }

    String part() {
        return PARTS.get(list);
    }

    /** Checks the field and puts a value of its type. */
    void put(Obj body, String value, boolean rawBytes) {
        if (!FIELDS.get(list).contains(field)) {
            throw unknown(list + "." + name + "." + field);
        }
        if (field.equals("insecure-skip-tls-verify") || field.equals("disable-compression")) {
            boolean on = Go.bool(value);
            if (on) {
                body.set(field, true);
            } else {
                body.remove(field);
            }
        } else if (field.endsWith("-data")) {
            body.set(field, bytes(value, rawBytes));
        } else {
            body.set(field, value);
        }
    }

    private static String bytes(String value, boolean raw) {
        if (raw) {
            return Base64.getEncoder().encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            Base64.getDecoder().decode(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new CliError("error decoding input value: illegal base64 data at input byte 0");
        }
    }

    /** Takes the value, or the whole entry, out. */
    void remove(KubeConfigFiles files, List<Obj> contents) {
        if (field.isEmpty()) {
            contents.forEach(content -> ConfigCommand.remove(content, list, name));
            return;
        }
        Obj entry = KubeConfigFiles.entry(files.content(files.fileOf(list, name)), list, name);
        if (entry == null) {
            throw new CliError("current map key `" + name + "` is invalid");
        }
        if (!FIELDS.get(list).contains(field)) {
            throw unknown(list + "." + name + "." + field);
        }
        entry.child(part()).remove(field);
    }
}

package dev.kubejar.kubelet;

import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The registries as nodes see them: which references pull, what a failed pull says, and what a node already has. The
 * closed catalogue (profile bare) knows the repositories and tags that the design lists; the open one lets any valid
 * reference pull, except unknown tags of catalogue repositories.
 */
final class Images {
    private static final String HAVE = "/machine/image/";
    private static final String DOCKER_HUB = "docker.io/";
    private static final Set<String> CATALOGUE = Set.of(
            "docker.io/library/busybox",
            "docker.io/library/alpine",
            "docker.io/library/ubuntu",
            "docker.io/library/debian",
            "docker.io/library/perl",
            "docker.io/library/bash",
            "docker.io/library/nginx",
            "docker.io/library/httpd",
            "registry.k8s.io/nginx-slim",
            "docker.io/library/redis",
            "docker.io/library/mysql",
            "docker.io/library/postgres",
            "docker.io/library/mongo",
            "docker.io/rainbow/mc-user",
            "registry.k8s.io/pause");
    private static final Set<String> TAGS =
            Set.of("latest", "stable", "alpine", "slim", "bookworm", "bullseye", "jammy", "noble");

    private final Memory memory;
    private final java.util.function.BooleanSupplier open;

    Images(Memory memory, java.util.function.BooleanSupplier open) {
        this.memory = memory;
        this.open = open;
    }

    /** A reference in its full form, or what is wrong with it. */
    record Reference(String repository, String tag, String digest, String fault) {
        /** {@code docker.io/library/nginx:1.27}. */
        String full() {
            return repository + (digest.isEmpty() ? ":" + tag : "@" + digest);
        }

        boolean valid() {
            return fault.isEmpty();
        }
    }

    /** Reads a reference as containers' tools do: {@code nginx} is {@code docker.io/library/nginx:latest}. */
    static Reference parse(String image) {
        String rest = image;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        String repository = qualified(rest);
        String path = repository.substring(repository.indexOf('/') + 1);
        String fault = fault(path, tag, digest, image);
        return new Reference(repository, tag.isEmpty() ? "latest" : tag, digest, fault);
    }

    private static String qualified(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (host) {
            return first.equals("index.docker.io") ? DOCKER_HUB + name.substring(slash + 1) : name;
        }
        return DOCKER_HUB + (slash < 0 ? "library/" + name : name);
    }

    private static String fault(String path, String tag, String digest, String image) {
        if (!path.equals(path.toLowerCase(java.util.Locale.ROOT))) {
            return "invalid reference format: repository name (" + path + ") must be lowercase";
        }
        boolean wellFormed = path.matches("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*")
                && (tag.isEmpty() ? !image.endsWith(":") : tag.matches("\\w[\\w.-]{0,127}"))
                && (digest.isEmpty() || digest.matches("[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,}"));
        return wellFormed ? "" : "invalid reference format";
    }

    boolean present(String node, Reference image) {
        return memory.get(HAVE + node + "/" + image.full()) != null;
    }

    /** Pulls onto a node: null when it worked, else the runtime's words. */
    String pull(String node, Reference image) {
        String refusal = refusal(image);
        if (refusal == null && !present(node, image)) {
            memory.put(HAVE + node + "/" + image.full(), "1".getBytes(StandardCharsets.US_ASCII));
        }
        return refusal;
    }

    private String refusal(Reference image) {
        String full = image.full();
        boolean known = CATALOGUE.contains(image.repository());
        boolean pulls = known ? goodTag(image) : open.getAsBoolean() && !unpublished(image);
        if (pulls) {
            return null;
        }
        String head =
                "failed to pull and unpack image \"" + full + "\": failed to resolve reference \"" + full + "\": ";
        if (!known && image.repository().startsWith(DOCKER_HUB)) {
            return "rpc error: code = Unknown desc = " + head
                    + "pull access denied, repository does not exist or may require authorization: server message: "
                    + "insufficient_scope: authorization failed";
        }
        return "rpc error: code = NotFound desc = " + head + full + ": not found";
    }

    /** The version that the tutorial on updates asks for, to show what then happens: there is none. */
    private static boolean unpublished(Reference image) {
        return program(image).equals("kubernetes-bootcamp")
                && !Set.of("v1", "v2", "latest").contains(image.tag())
                && image.digest().isEmpty();
    }

    private static boolean goodTag(Reference image) {
        String tag = image.tag();
        return !image.digest().isEmpty() || TAGS.contains(tag) || tag.matches("v?[0-9].*");
    }

    /** The image ID that a container's status shows: the repository with the image's digest. */
    static String id(Reference image) {
        return image.repository() + "@" + digest(image);
    }

    static String digest(Reference image) {
        return image.digest().isEmpty() ? "sha256:" + sha256(image.full()) : image.digest();
    }

    /** A digest of text, in hexadecimal: for identities that only have to be stable. */
    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What programs an image holds, by its repository's last name: {@code busybox}, {@code nginx}, {@code mc-user} … */
    static String program(Reference image) {
        String repository = image.repository();
        if (repository.equals("registry.k8s.io/ingress-nginx/controller")) {
            return "ingress-nginx-controller";
        }
        return repository.substring(repository.lastIndexOf('/') + 1);
    }
}

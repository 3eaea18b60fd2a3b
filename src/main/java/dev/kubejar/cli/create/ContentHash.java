package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Trees;
import dev.kubejar.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The suffix that {@code --append-hash} and kustomize give the names of ConfigMaps and Secrets: ten characters of a SHA-256. */
public final class ContentHash {
    private ContentHash() {}

    /** The hash of what counts of an object, its keys in order, as JSON. */
    public static String of(ObjectNode counted) {
        try {
            byte[] json = Json.text(Trees.sorted(counted)).getBytes(StandardCharsets.UTF_8);
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json));
            return hex.substring(0, 10)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

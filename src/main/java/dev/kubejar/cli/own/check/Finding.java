package dev.kubejar.cli.own.check;

import java.util.ArrayList;
import java.util.List;

/** One root cause: what it is in a word, where it is written, whom it stops, and in what words. */
final class Finding {
    final String cause;
    final Place place;
    final Manifest manifest;
    final String field;
    final String message;
    /** Further places that the same cause stops. */
    final List<Place> also = new ArrayList<>();

    Finding(String cause, Place place, Manifest manifest, String field, String message) {
        this.cause = cause;
        this.place = place;
        this.manifest = manifest;
        this.field = field;
        this.message = message;
    }

    /** {@code Deployment prod/web}; empty where no object could be read. */
    String object() {
        return manifest == null ? "" : manifest.title();
    }
}

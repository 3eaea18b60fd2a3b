package dev.kubejar.cli;

import java.util.List;

/** Names of output formats, in the order in which help and completion tell them. */
public final class OutputFormats {
    /** What {@code get} can print. */
    public static final List<String> OF_GET = List.of(
            "json",
            "yaml",
            "kyaml",
            "name",
            "go-template",
            "go-template-file",
            "template",
            "templatefile",
            "jsonpath",
            "jsonpath-as-json",
            "jsonpath-file",
            "custom-columns",
            "custom-columns-file",
            "wide");

    private OutputFormats() {}
}

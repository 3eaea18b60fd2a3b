package dev.kubejar.repl;

import java.util.List;

/**
 * One command of a pipe.
 *
 * @param raw as it was typed, for the host's shell
 * @param words unquoted
 * @param documents the documents that it reads, as they were typed
 */
record Stage(String raw, List<String> words, List<Redirect> redirects, String documents) {}

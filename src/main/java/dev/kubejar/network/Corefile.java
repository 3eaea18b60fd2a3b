package dev.kubejar.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of CoreDNS' configuration that decides what names mean: the zones of its kubernetes plugin, its hosts, and names
 * rewritten whole or by their end.
 */
record Corefile(List<String> zones, Map<String, List<String>> fixed, List<String[]> rewrites) {
    static final Corefile STANDARD = new Corefile(List.of("cluster.local"), Map.of(), List.of());

    static Corefile parse(String text) {
        List<String> zones = new ArrayList<>();
        Map<String, List<String>> hosts = new TreeMap<>();
        List<String[]> rewrites = new ArrayList<>();
        boolean inHosts = false;
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("[ \t]+");
            if (inHosts && words[0].equals("}")) {
                inHosts = false;
            } else if (inHosts && !words[0].isEmpty() && Character.isDigit(words[0].charAt(0))) {
                for (int i = 1; i < words.length; i++) {
                    hosts.computeIfAbsent(words[i], key -> new ArrayList<>()).add(words[0]);
                }
            } else if (words[0].equals("hosts") && line.endsWith("{")) {
                inHosts = true;
            } else if (words[0].equals("kubernetes")) {
                for (int i = 1; i < words.length; i++) {
                    if (!words[i].equals("{") && !words[i].endsWith(".arpa")) {
                        zones.add(words[i]);
                    }
                }
            } else if (words[0].equals("rewrite") && words.length >= 4) {
                rewrites.add(words);
            }
        }
        return new Corefile(zones.isEmpty() ? STANDARD.zones : zones, hosts, rewrites);
    }

    List<String> hosts(String name) {
        return fixed.getOrDefault(name, List.of());
    }

    /** The zone that a name lies in, or null. */
    String zone(String name) {
        for (String zone : zones) {
            if (name.equals(zone) || name.endsWith("." + zone)) {
                return zone;
            }
        }
        return null;
    }

    /** {@code rewrite [stop] name [exact|suffix] FROM TO}. */
    String rewritten(String name) {
        for (String[] words : rewrites) {
            String from = words[words.length - 2];
            String to = words[words.length - 1];
            if (name.equals(from)) {
                return to;
            }
            boolean suffix = List.of(words).contains("suffix");
            if (suffix && name.endsWith(from)) {
                return name.substring(0, name.length() - from.length()) + to;
            }
        }
        return name;
    }
}

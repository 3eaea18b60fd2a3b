package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Finds the resource a user means: by plural, singular, short name or kind, with group, or version and group, behind
 * dots. client-go's discovery mapper and shortcut expander are the source of the rules.
 */
public final class ResourceMapper {
    private final Discovery discovery;

    public ResourceMapper(Discovery discovery) {
        this.discovery = discovery;
    }

    public List<ApiResource> all() {
        return discovery.resources();
    }

    /** The resource an argument names; throws when the server has none. */
    public ApiResource resource(String argument) {
        String lower = argument.toLowerCase(Locale.ROOT);
        ApiResource found = fullySpecified(lower, true);
        if (found == null) {
            found = groupResource(before(lower), behind(lower));
        }
        if (found == null) {
            found = fullySpecified(argument, false);
        }
        if (found == null) {
            found = ofKind(behind(argument), null, before(argument));
        }
        if (found == null) {
            throw new CliError("the server doesn't have a resource type " + Go.quote(before(argument)));
        }
        return found;
    }

    /** {@code resource.version.group}, or {@code Kind.version.group}; the core group leaves a dot at the end. */
    private ApiResource fullySpecified(String argument, boolean resource) {
        String rest = behind(argument);
        if (argument.indexOf('.') < 0 || rest.indexOf('.') < 0) {
            return null;
        }
        String version = before(rest);
        String group = behind(rest);
        return resource
                ? named(before(argument), candidate -> candidate.group().equals(group) && version(candidate, version))
                : ofKind(group, version, before(argument));
    }

    private static boolean version(ApiResource candidate, String version) {
        return candidate.resource().version().equals(version);
    }

    private static String before(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    private static String behind(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? "" : text.substring(dot + 1);
    }

    private ApiResource groupResource(String name, String group) {
        if (group.isEmpty()) {
            return named(name, candidate -> true);
        }
        ApiResource exact = named(name, candidate -> candidate.group().equals(group));
        return exact != null
                ? exact
                : named(name, candidate -> candidate.group().startsWith(group));
    }

    /** By plural or singular first, by short name otherwise; in discovery's order. */
    private ApiResource named(String name, Predicate<ApiResource> where) {
        ApiResource bySingular = null;
        ApiResource byShort = null;
        for (ApiResource candidate : discovery.resources()) {
            if (!where.test(candidate)) {
                continue;
            }
            if (candidate.name().equals(name)) {
                return candidate;
            }
            if (bySingular == null && singular(candidate, name)) {
                bySingular = candidate;
            }
            if (byShort == null && candidate.shortNames().contains(name)) {
                byShort = candidate;
            }
        }
        return bySingular != null ? bySingular : byShort;
    }

    private static boolean singular(ApiResource candidate, String name) {
        return candidate.singular().equals(name)
                || candidate.kind().length() == name.length()
                        && candidate.kind().equalsIgnoreCase(name);
    }

    /** The resource of a kind; {@code version} null: any; null where there is none. */
    private ApiResource ofKind(String group, String version, String kind) {
        for (ApiResource candidate : discovery.resources()) {
            if (candidate.kind().equals(kind)
                    && candidate.group().equals(group)
                    && (version == null || version(candidate, version))) {
                return candidate;
            }
        }
        return null;
    }

    /** The resource of an object's apiVersion and kind; null where the server has none. */
    public ApiResource find(String apiVersion, String kind) {
        ApiResource lower = null;
        for (ApiResource candidate : discovery.resources()) {
            if (candidate.groupVersion().equals(apiVersion)) {
                if (candidate.kind().equals(kind)) {
                    return candidate;
                }
                // kubectl's mapper knows every kind in small letters too
                if (lower == null
                        && candidate.kind().equalsIgnoreCase(kind)
                        && kind.equals(kind.toLowerCase(java.util.Locale.ROOT))) {
                    lower = candidate;
                }
            }
        }
        return lower;
    }

    /** The resource of a group and kind in its preferred version; null where the server has none. */
    public ApiResource findKind(String group, String kind) {
        return ofKind(group, null, kind);
    }

    /** A type argument with categories such as {@code all} replaced by their resources, comma-separated. */
    public String expandCategories(String argument) {
        List<String> parts = new ArrayList<>();
        for (String part : argument.split(",", -1)) {
            int before = parts.size();
            for (ApiResource candidate : discovery.resources()) {
                String name = candidate.resource().groupResource();
                if (candidate.categories().contains(part) && !parts.contains(name)) {
                    parts.add(name);
                }
            }
            if (parts.size() == before) {
                parts.add(part);
            }
        }
        return String.join(",", parts);
    }
}

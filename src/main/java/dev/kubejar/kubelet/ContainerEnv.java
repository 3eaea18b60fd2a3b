package dev.kubejar.kubelet;

import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A container's environment from every source a pod spec knows: kubelet_pods.go's makeEnvironmentVariables. */
final class ContainerEnv {
    /** An environment that cannot be made; the message is the kubelet's. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message);
        }
    }

    private final Client client;
    private final Obj pod;
    private final Obj container;
    private final DownwardApi downward;
    private final Map<String, Obj> sources = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> services;

    private ContainerEnv(Client client, Obj pod, Obj container, String podIp, String hostIp, Obj node) {
        this.client = client;
        this.pod = pod;
        this.container = container;
        this.downward = new DownwardApi(pod, podIp, hostIp, node);
        this.services = serviceVariables(client, pod);
    }

    /** The variables a container is started with, without what its image sets. */
    static Map<String, String> of(Client client, Obj pod, Obj container, String podIp, String hostIp, Obj node)
            throws Fault {
        return new ContainerEnv(client, pod, container, podIp, hostIp, node).variables();
    }

    private Map<String, String> variables() throws Fault {
        for (Obj from : container.list("envFrom")) {
            all(from);
        }
        Map<String, String> out = new LinkedHashMap<>();
        for (Obj variable : container.list("env")) {
            String value = value(variable);
            if (value != null) {
                values.put(variable.text("name"), value);
                out.put(variable.text("name"), value);
            }
        }
        values.forEach(out::putIfAbsent);
        services.forEach(out::putIfAbsent);
        return out;
    }

    private void all(Obj from) throws Fault {
        boolean secret = from.has("secretRef");
        Obj ref = from.obj(secret ? "secretRef" : "configMapRef");
        Obj source = source(secret, ref.text("name"), ref.bool("optional"));
        if (source != null) {
            for (String key : source.map("data").keySet()) {
                values.put(from.text("prefix") + key, data(secret, source, key));
            }
        }
    }

    private String value(Obj variable) throws Fault {
        if (!variable.text("value").isEmpty()) {
            return expand(variable.text("value"), this::lookup);
        }
        Obj from = variable.obj("valueFrom");
        if (from.has("fieldRef")) {
            return downward.field(from.text("fieldRef.fieldPath"));
        }
        if (from.has("resourceFieldRef")) {
            return downward.resource(from.obj("resourceFieldRef"), container);
        }
        if (from.has("configMapKeyRef")) {
            return key(false, from.obj("configMapKeyRef"));
        }
        return from.has("secretKeyRef") ? key(true, from.obj("secretKeyRef")) : "";
    }

    private String key(boolean secret, Obj ref) throws Fault {
        Obj source = source(secret, ref.text("name"), ref.bool("optional"));
        if (source == null) {
            return null;
        }
        if (!source.obj("data").node().has(ref.text("key"))) {
            if (ref.bool("optional")) {
                return null;
            }
            String kind = secret ? "Secret" : "ConfigMap";
            throw new Fault("couldn't find key " + ref.text("key") + " in " + kind + " " + pod.namespace() + "/"
                    + ref.text("name"));
        }
        return data(secret, source, ref.text("key"));
    }

    private Obj source(boolean secret, String name, boolean optional) throws Fault {
        GroupVersionResource resource = secret ? Resources.SECRETS : Resources.CONFIGMAPS;
        String key = resource.resource() + "/" + name;
        if (!sources.containsKey(key)) {
            sources.put(
                    key, client.find(new Ref(resource, pod.namespace(), name)).orElse(null));
        }
        Obj found = sources.get(key);
        if (found == null && !optional) {
            throw new Fault((secret ? "secret" : "configmap") + " \"" + name + "\" not found");
        }
        return found;
    }

    private static String data(boolean secret, Obj source, String key) {
        String text = source.obj("data").node().path(key).asText("");
        return secret ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8) : text;
    }

    private String lookup(String name) {
        String value = values.get(name);
        return value != null ? value : services.get(name);
    }

    /** Replaces {@code $(NAME)}; {@code $$(NAME)} escapes; an unknown name stays as it is. */
    static String expand(String text, java.util.function.UnaryOperator<String> lookup) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '$' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(i + 1);
            int end = next == '(' ? text.indexOf(')', i) : -1;
            if (next == '$') {
                out.append('$');
                i++;
            } else if (end < 0) {
                out.append(c);
            } else {
                String name = text.substring(i + 2, end);
                String value = lookup.apply(name);
                out.append(value == null ? "$(" + name + ")" : value);
                i = end;
            }
        }
        return out.toString();
    }

    private static Map<String, String> serviceVariables(Client client, Obj pod) {
        Map<String, String> out = new TreeMap<>();
        client.find(Resources.SERVICES, "default", "kubernetes").ifPresent(service -> variables(service, out));
        if (pod.bool("spec.enableServiceLinks", true)) {
            for (Obj service : client.list(Resources.SERVICES, pod.namespace())) {
                variables(service, out);
            }
        }
        return out;
    }

    private static void variables(Obj service, Map<String, String> out) {
        String ip = service.text("spec.clusterIP");
        if (ip.isEmpty() || ip.equals("None")) {
            return;
        }
        String prefix = service.name().toUpperCase(Locale.ROOT).replace('-', '_');
        boolean first = true;
        out.put(prefix + "_SERVICE_HOST", ip);
        for (Obj port : service.list("spec.ports")) {
            String number = port.text("port");
            String protocol = port.text("protocol", "TCP");
            if (first) {
                out.put(prefix + "_SERVICE_PORT", number);
                out.put(prefix + "_PORT", protocol.toLowerCase(Locale.ROOT) + "://" + ip + ":" + number);
                first = false;
            }
            if (!port.text("name").isEmpty()) {
                out.put(
                        prefix + "_SERVICE_PORT_"
                                + port.text("name").toUpperCase(Locale.ROOT).replace('-', '_'),
                        number);
            }
            String portPrefix = prefix + "_PORT_" + number + "_" + protocol;
            out.put(portPrefix, protocol.toLowerCase(Locale.ROOT) + "://" + ip + ":" + number);
            out.put(portPrefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            out.put(portPrefix + "_PORT", number);
            out.put(portPrefix + "_ADDR", ip);
        }
    }
}

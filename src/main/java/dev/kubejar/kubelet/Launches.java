package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.shell.Launch;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container's processes are started with: the spec over the image's own configuration. */
final class Launches {
    /** Where a running container's variables are kept, for a later exec. */
    static final String KEY = "/machine/variables/";

    private Launches() {}

    /** The container's own process. */
    static Launch of(Obj pod, Obj container, Map<String, String> variables) {
        ImageConfig image = ImageConfig.of(container);
        List<String> argv = new ArrayList<>();
        List<String> command = expanded(container.texts("command"), variables);
        List<String> args = expanded(container.texts("args"), variables);
        argv.addAll(command.isEmpty() ? image.entrypoint() : command);
        if (!args.isEmpty()) {
            argv.addAll(args);
        } else if (command.isEmpty()) {
            argv.addAll(image.command());
        }
        byte[] input = container.bool("stdin") ? new byte[0] : null;
        return new Launch(
                argv,
                environment(pod, image, variables),
                cwd(container, image),
                user(pod, container),
                input,
                container.bool("tty"));
    }

    /** A further command in a running container. */
    static Launch exec(Obj pod, String name, Memory memory, List<String> command, byte[] in, boolean tty) {
        Obj container = Containers.byName(pod, name);
        ImageConfig image = ImageConfig.of(container);
        Map<String, String> variables = new LinkedHashMap<>();
        byte[] kept = memory.get(KEY + pod.uid() + "/" + name);
        if (kept != null) {
            variables.putAll(Obj.of((ObjectNode) Json.read(kept)).map("env"));
        }
        return new Launch(
                command, environment(pod, image, variables), cwd(container, image), user(pod, container), in, tty);
    }

    static byte[] env(Map<String, String> variables) {
        return Json.bytes(Obj.create().set("env", variables).node());
    }

    private static List<String> expanded(List<String> words, Map<String, String> variables) {
        List<String> out = new ArrayList<>();
        words.forEach(word -> out.add(ContainerEnv.expand(word, variables::get)));
        return out;
    }

    private static Map<String, String> environment(Obj pod, ImageConfig image, Map<String, String> variables) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", ImageConfig.PATH);
        env.put("HOSTNAME", PodFiles.hostname(pod));
        env.putAll(image.env());
        env.putAll(variables);
        env.putIfAbsent("HOME", "/root");
        return env;
    }

    private static String cwd(Obj container, ImageConfig image) {
        return container.text("workingDir", image.workingDir());
    }

    static Credentials user(Obj pod, Obj container) {
        int uid = (int) number(pod, container, "runAsUser");
        int gid = (int) number(pod, container, "runAsGroup");
        List<Integer> groups = new ArrayList<>();
        groups.add(gid);
        if (pod.has("spec.securityContext.fsGroup")) {
            groups.add((int) pod.number("spec.securityContext.fsGroup"));
        }
        pod.at("spec.securityContext.supplementalGroups").forEach(group -> groups.add(group.asInt()));
        return new Credentials(uid, gid, groups.stream().distinct().toList());
    }

    private static long number(Obj pod, Obj container, String field) {
        return container.number("securityContext." + field, pod.number("spec.securityContext." + field, 0));
    }
}

package dev.kubejar.kubelet;

import dev.kubejar.kubelet.fs.Image;
import dev.kubejar.kubelet.shell.Servers;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image says of how it is run, with its files.
 *
 * @param entrypoint what {@code command} replaces
 * @param command what {@code args} replaces
 */
record ImageConfig(
        Image files, List<String> entrypoint, List<String> command, Map<String, String> env, String workingDir) {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static ImageConfig of(Obj container) {
        Images.Reference reference = Images.parse(container.text("image"));
        String program = Images.program(reference);
        Servers.Defaults defaults = Servers.defaults(program);
        Map<String, String> env = new TreeMap<>(defaults.env());
        String tag = reference.tag();
        if (program.equals("nginx") && Character.isDigit(tag.charAt(0))) {
            env.put("NGINX_VERSION", tag);
        }
        if (program.equals("hello-app") && Character.isDigit(tag.charAt(0))) {
            env.put("HELLO_APP_VERSION", tag + ".0");
        }
        return new ImageConfig(
                dev.kubejar.kubelet.shell.Images.root(program + version(program, tag)),
                defaults.entrypoint(),
                defaults.command(),
                env,
                defaults.directory());
    }

    /** Which of the versions of an image that differ in what they do. */
    private static String version(String program, String tag) {
        if (program.equals("busybox") && tag.startsWith("1.28")) {
            return "-1.28";
        }
        return program.equals("kubernetes-bootcamp") && tag.equals("v2") ? "-2" : "";
    }
}

package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** env: prints the environment, or runs a program in a changed one. */
public final class Env implements Applet {
    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "+iu:0");
        Map<String, String> env = new LinkedHashMap<>();
        List<String> rest = flags.rest();
        if (!flags.has("i") && !(!rest.isEmpty() && rest.get(0).equals("-"))) {
            env.putAll(task.env());
        }
        flags.values("u").forEach(env::remove);
        int i = !rest.isEmpty() && rest.get(0).equals("-") ? 1 : 0;
        while (i < rest.size() && rest.get(i).indexOf('=') > 0) {
            String[] pair = rest.get(i++).split("=", 2);
            env.put(pair[0], pair[1]);
        }
        if (i < rest.size()) {
            return task.become(rest.subList(i, rest.size()), env);
        }
        StringBuilder out = new StringBuilder();
        env.forEach((name, value) -> out.append(name).append('=').append(value).append(flags.has("0") ? '\0' : '\n'));
        task.out(out.toString());
        return 0;
    }
}

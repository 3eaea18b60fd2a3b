package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.List;

/** id. */
public final class Id implements Applet {
    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "ugGnr");
        Credentials who = task.files().who();
        boolean names = flags.has("n");
        if (flags.has("u")) {
            task.out((names ? Users.name(task, who.uid()) : Integer.toString(who.uid())) + "\n");
        } else if (flags.has("g")) {
            task.out((names ? Users.group(task, who.gid()) : Integer.toString(who.gid())) + "\n");
        } else if (flags.has("G")) {
            List<String> groups = new ArrayList<>();
            for (int group : Users.all(who)) {
                groups.add(names ? Users.group(task, group) : Integer.toString(group));
            }
            task.out(String.join(" ", groups) + "\n");
        } else {
            List<String> groups = new ArrayList<>();
            for (int group : Users.all(who)) {
                groups.add(named(group, Users.group(task, group)));
            }
            task.out("uid=" + named(who.uid(), Users.name(task, who.uid())) + " gid="
                    + named(who.gid(), Users.group(task, who.gid())) + " groups=" + String.join(",", groups) + "\n");
        }
        return 0;
    }

    private static String named(int id, String name) {
        return name.equals(Integer.toString(id)) ? name : id + "(" + name + ")";
    }
}

package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** Names and numbers of users and groups, from /etc/passwd and /etc/group. */
final class Users {
    private Users() {}

    private static String find(Task task, String file, int column, String wanted, int answer) {
        try {
            for (String line : Text.of(task.files().read(file)).split("\n")) {
                String[] fields = line.split(":", -1);
                if (fields.length > Math.max(column, answer) && fields[column].equals(wanted)) {
                    return fields[answer];
                }
            }
        } catch (FsError e) {
            return null;
        }
        return null;
    }

    /** A user's name, or the number where it has none. */
    static String name(Task task, int uid) {
        String name = find(task, "/etc/passwd", 2, Integer.toString(uid), 0);
        return name == null ? Integer.toString(uid) : name;
    }

    static String group(Task task, int gid) {
        String name = find(task, "/etc/group", 2, Integer.toString(gid), 0);
        return name == null ? Integer.toString(gid) : name;
    }

    /** A user's number by name or number, -1 where there is none. */
    static int uid(Task task, String name) {
        String found = find(task, "/etc/passwd", 0, name, 2);
        return (int) Text.number(found == null ? name : found, -1);
    }

    static int gid(Task task, String name) {
        String found = find(task, "/etc/group", 0, name, 2);
        return (int) Text.number(found == null ? name : found, -1);
    }

    /** The primary group of a user, -1 where it is not known. */
    static int primary(Task task, int uid) {
        String found = find(task, "/etc/passwd", 2, Integer.toString(uid), 3);
        return found == null ? -1 : (int) Text.number(found, -1);
    }

    /** All group numbers of the present user, its own first. */
    static List<Integer> all(Credentials who) {
        List<Integer> groups = new ArrayList<>();
        groups.add(who.gid());
        for (int group : who.groups()) {
            if (!groups.contains(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    static String groups(Task task) {
        List<String> names = new ArrayList<>();
        for (int group : all(task.files().who())) {
            names.add(group(task, group));
        }
        return String.join(" ", names);
    }
}

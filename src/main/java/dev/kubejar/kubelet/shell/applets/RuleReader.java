package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.List;

/** iptables-save, nft, ipvsadm and their kin: what kube-proxy has written on the node, in the form that each reads. */
public final class RuleReader implements Applet {
    @Override
    public int run(Task task) {
        List<String> command = new ArrayList<>(List.of(task.name()));
        command.addAll(task.args());
        task.out(task.host().network().rules(command));
        return 0;
    }
}

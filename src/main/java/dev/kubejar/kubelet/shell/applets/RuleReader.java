package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;

/** iptables-save, nft, ipvsadm and their kin: what kube-proxy has written on the node, in the form that each reads. */
public final class RuleReader implements Applet {
    @Override
    public int run(Task task) {
        String table = "";
        for (int i = 0; i + 1 < task.args().size(); i++) {
            if (task.args().get(i).equals("-t")) {
                table = task.args().get(i + 1);
            }
        }
        task.out(task.host().network().rules(task.name(), table));
        return 0;
    }
}

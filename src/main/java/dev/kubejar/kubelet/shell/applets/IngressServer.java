package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** The ingress controller's nginx: it listens for HTTP and HTTPS and answers by the configuration written for it. */
public final class IngressServer implements Applet {
    private static final int[] PORTS = {80, 443, 8181, 10254};

    @Override
    public int run(Task task) {
        if (task.number("listening") == 0) {
            for (int port : PORTS) {
                Connections.listen(task, port);
            }
            task.number("listening", 1);
        }
        return task.pause();
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.TERM || signal == Signal.QUIT || signal == Signal.INT ? 0 : -1;
    }

    @Override
    public byte[] answer(Task task, int port, byte[] bytes) {
        HttpMessage request = HttpMessage.parse(Text.of(bytes));
        if (request == null) {
            return new byte[0];
        }
        if (port == 10254) {
            return Text.bytes(HttpMessage.answer("200 OK", "Content-Type: text/plain\r\n", "ok"));
        }
        String configuration = task.host().network().rules(List.of("nginx"));
        String answer = NginxConfig.parse(task, configuration).answer(task, port, request);
        if (request.method().equals("HEAD")) {
            int end = answer.indexOf("\r\n\r\n");
            answer = end < 0 ? answer : answer.substring(0, end + 4);
        }
        return Text.bytes(answer);
    }
}

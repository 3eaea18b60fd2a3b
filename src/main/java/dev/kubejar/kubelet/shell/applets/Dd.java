package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import java.util.HashMap;
import java.util.Map;

/** dd. */
public final class Dd implements Applet {
    private static final int MAX_BLOCK = 1 << 20;

    @Override
    public int run(Task task) {
        Map<String, String> operands = new HashMap<>();
        for (String arg : task.args()) {
            String[] pair = arg.split("=", 2);
            if (pair.length < 2) {
                return Usage.show(task);
            }
            operands.put(pair[0], pair[1]);
        }
        long block = Sizes.parse(operands.getOrDefault("bs", operands.getOrDefault("ibs", "512")));
        long count = operands.containsKey("count") ? Sizes.parse(operands.get("count")) : Long.MAX_VALUE;
        if (block < 1 || count < 0) {
            task.err("dd: invalid number '" + operands.getOrDefault("bs", operands.get("count")) + "'\n");
            return 1;
        }
        try {
            open(task, operands);
        } catch (FsError e) {
            boolean reads = task.number("in") == 0 && operands.containsKey("if");
            task.err("dd: can't open '" + operands.get(reads ? "if" : "of") + "': " + e.getMessage() + "\n");
            return 1;
        }
        int in = (int) task.number("in") - 1;
        int out = (int) task.number("out") - 1;
        long total = count == Long.MAX_VALUE ? Long.MAX_VALUE : block * count;
        long skip = block * Math.max(0, Sizes.parse(operands.getOrDefault("skip", "0")));
        while (!task.tired()) {
            long skipped = task.number("skipped");
            long left = skipped < skip ? skip - skipped : total - task.number("copied");
            String part =
                    left == 0 ? "" : task.read(in, (int) Math.min(left, Math.min(MAX_BLOCK, Math.max(block, 65536))));
            if (part == null) {
                return task.await(in);
            }
            if (part.isEmpty()) {
                return report(task, operands, block);
            }
            if (skipped < skip) {
                task.number("skipped", skipped + part.length());
                continue;
            }
            task.write(out, part);
            task.number("copied", task.number("copied") + part.length());
        }
        return AGAIN;
    }

    private static void open(Task task, Map<String, String> operands) throws FsError {
        if (task.number("in") == 0) {
            task.number("in", (operands.containsKey("if") ? task.open(operands.get("if")) : 0) + 1L);
        }
        if (task.number("out") == 0) {
            boolean keeps = operands.getOrDefault("conv", "").contains("notrunc");
            task.number("out", (operands.containsKey("of") ? task.create(operands.get("of"), keeps) : 1) + 1L);
        }
    }

    private static int report(Task task, Map<String, String> operands, long block) {
        long copied = task.number("copied");
        String records = copied / block + "+" + (copied % block > 0 ? 1 : 0);
        if (!operands.getOrDefault("status", "").equals("none")) {
            task.err(records + " records in\n" + records + " records out\n");
            if (!operands.getOrDefault("status", "").equals("noxfer")) {
                String human = copied < 1024 ? "" : " (" + Sizes.human(copied) + "B)";
                task.err(copied + " bytes" + human + " copied, 0.000000 seconds, 0B/s\n");
            }
        }
        return 0;
    }
}

package dev.kubejar.kubelet.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A script, and what busybox 1.35 made of it (recorded once): output, errors, exit code. */
record Case(String script, String out, String err, int exit) {
    private static final String SCRIPT = "### script\n";

    static List<Case> all(String file) {
        try (InputStream in = Case.class.getResourceAsStream("/shell/" + file)) {
            List<Case> cases = new ArrayList<>();
            for (String block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(SCRIPT)) {
                if (!block.isEmpty()) {
                    cases.add(parse(block));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case parse(String block) {
        int out = block.indexOf("\n### out\n");
        int err = block.indexOf("\n### err\n", out + 8);
        int exit = block.indexOf("\n### exit ", err + 8);
        return new Case(
                block.substring(0, out),
                block.substring(out + 9, err),
                block.substring(err + 9, exit),
                Integer.parseInt(block.substring(exit + 10).trim()));
    }

    /** What the machine makes of it, in the same form. */
    Case run(boolean restless) {
        Box box = new Box();
        box.restless = restless;
        box.env.clear();
        box.env.put("PATH", "/bin");
        box.env.put("HOME", "/root");
        box.start("sleep", "infinity");
        box.exec("mkdir", "/tmp/t");
        int code = box.exec("sh", "-c", script, "sh");
        return new Case(script, box.out(), box.err(), code);
    }

    /** Prints what differs. */
    public static void main(String[] args) {
        int same = 0;
        int all = 0;
        for (Case each : all(args[0])) {
            all++;
            Case got;
            try {
                got = each.run(args.length > 1);
            } catch (RuntimeException | Error e) {
                System.out.println("--- " + each.script + "\n!!! " + e);
                e.printStackTrace(System.out);
                continue;
            }
            if (got.equals(each)) {
                same++;
                continue;
            }
            System.out.println("--- " + each.script);
            show("out", each.out, got.out);
            show("err", each.err, got.err);
            if (each.exit != got.exit) {
                System.out.println("exit " + each.exit + " but " + got.exit);
            }
        }
        System.out.println(same + " of " + all);
    }

    private static void show(String what, String wanted, String got) {
        if (!wanted.equals(got)) {
            System.out.println(what + " wanted:\n" + wanted + what + " got:\n" + got);
        }
    }
}

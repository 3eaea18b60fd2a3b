package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.Credentials;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine as bytes: processes, and what they share (channels, pipes, scripts, environments), each once. */
final class Saved {
    private static final int FORMAT = 1;

    private final IdentityHashMap<Channel, Integer> channelIds = new IdentityHashMap<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Code> codes = new ArrayList<>();
    private final Map<Map<String, String>, Integer> environmentIds = new LinkedHashMap<>();
    private final List<Map<String, String>> environments = new ArrayList<>();
    private final Map<Integer, Pipe> pipes = new LinkedHashMap<>();

    static byte[] save(Machine machine) {
        ByteWriter out = new ByteWriter();
        new Saved().write(machine, out);
        return out.toBytes();
    }

    private void write(Machine machine, ByteWriter out) {
        out.number(FORMAT).number(Code.VERSION);
        out.number(machine.lastPid).number(machine.lastSession).number(machine.began);
        out.number(machine.sessions.size());
        machine.sessions.forEach((number, session) -> out.number(number)
                .number(session.pid)
                .text(session.input)
                .flag(session.inputEnded)
                .number(session.exitCode)
                .number(session.killer));
        machine.serving.save(out);
        gather(machine);
        out.number(pipes.size());
        pipes.forEach((id, pipe) -> out.number(id).text(pipe.content()));
        out.number(channels.size());
        channels.forEach(channel -> channel.save(out));
        out.number(codes.size());
        codes.forEach(code -> out.text(code.text()).number(code.line()).flag(code.last()));
        out.number(environments.size());
        environments.forEach(out::map);
        out.number(machine.processes.size());
        machine.processes.values().forEach(process -> process(out, process));
    }

    /** Numbers what processes share; a first, discarded writing of the programs finds scripts and environments. */
    private void gather(Machine machine) {
        ByteWriter discarded = new ByteWriter();
        machine.processes.values().forEach(process -> process(discarded, process));
        for (Channel channel : channels) {
            if (channel instanceof Channels.PipeEnd end && !pipes.containsValue(end.pipe)) {
                end.pipe.id = pipes.size() + 1;
                pipes.put(end.pipe.id, end.pipe);
            }
        }
    }

    private void process(ByteWriter out, Process process) {
        out.number(process.pid).number(process.parent).number(process.session);
        out.number(process.user.uid())
                .number(process.user.gid())
                .number(process.user.groups().size());
        process.user.groups().forEach(out::number);
        out.text(process.cwd).number(process.umask).texts(process.argv).number(process.started);
        out.flag(process.stopped).number(process.exitCode).number(process.killer == null ? 0 : process.killer.number());
        out.number(process.instant).number(process.steps).number(process.strikes);
        out.texts(process.ignored.stream().map(Signal::name).toList());
        out.number(process.descriptors.size());
        process.descriptors.forEach((descriptor, channel) -> {
            out.number(descriptor);
            channel(out, channel);
        });
        out.flag(process.wait != null);
        if (process.wait != null) {
            process.wait.save(out);
        }
        channel(out, process.clogged);
        out.flag(process.program instanceof Shell);
        if (!process.ended()) {
            process.program.save(out, this);
        }
    }

    static void load(Machine machine, byte[] bytes) {
        new Saved().read(machine, new ByteReader(bytes));
    }

    private void read(Machine machine, ByteReader in) {
        if (in.integer() != FORMAT || in.integer() != Code.VERSION) {
            throw new IllegalStateException("the machine was saved by another version");
        }
        machine.lastPid = in.integer();
        machine.lastSession = in.integer();
        machine.began = in.number();
        for (int i = in.integer(); i > 0; i--) {
            int number = in.integer();
            Machine.Session session = new Machine.Session();
            session.pid = in.integer();
            session.input = in.text();
            session.inputEnded = in.flag();
            session.exitCode = in.integer();
            session.killer = in.integer();
            machine.sessions.put(number, session);
        }
        machine.serving.load(in);
        for (int i = in.integer(); i > 0; i--) {
            int id = in.integer();
            machine.pipes.put(id, new Pipe(in.text()));
        }
        for (int i = in.integer(); i > 0; i--) {
            channels.add(Channels.load(in, machine));
        }
        for (int i = in.integer(); i > 0; i--) {
            codes.add(Code.of(in.text(), in.integer(), in.flag()));
        }
        for (int i = in.integer(); i > 0; i--) {
            environments.add(in.map());
        }
        for (int i = in.integer(); i > 0; i--) {
            Process process = process(in, machine);
            machine.processes.put(process.pid, process);
        }
        machine.pipes.clear();
    }

    private Process process(ByteReader in, Machine machine) {
        int pid = in.integer();
        int parent = in.integer();
        int session = in.integer();
        int uid = in.integer();
        int gid = in.integer();
        List<Integer> groups = new ArrayList<>();
        for (int i = in.integer(); i > 0; i--) {
            groups.add(in.integer());
        }
        Process process = new Process(machine, pid, parent, new Credentials(uid, gid, groups), in.text());
        process.session = session;
        process.umask = in.integer();
        process.argv = in.texts();
        process.started = in.number();
        process.stopped = in.flag();
        process.exitCode = in.integer();
        int killer = in.integer();
        process.killer = killer == 0 ? null : Signal.of(Integer.toString(killer));
        process.instant = in.number();
        process.steps = in.number();
        process.strikes = in.integer();
        in.texts().forEach(signal -> process.ignored.add(Signal.valueOf(signal)));
        for (int i = in.integer(); i > 0; i--) {
            int descriptor = in.integer();
            process.put(descriptor, channel(in));
        }
        process.wait = in.flag() ? Wait.load(in) : null;
        process.clogged = channel(in);
        boolean shell = in.flag();
        if (!process.ended()) {
            process.program = shell ? Shell.load(in, this) : Task.load(in, this);
            if (process.program instanceof Task task) {
                task.attach(process);
            }
        }
        return process;
    }

    void channel(ByteWriter out, Channel channel) {
        if (channel == null) {
            out.number(-1);
            return;
        }
        Integer id = channelIds.get(channel);
        if (id == null) {
            id = channels.size();
            channelIds.put(channel, id);
            channels.add(channel);
        }
        out.number(id);
    }

    Channel channel(ByteReader in) {
        int id = in.integer();
        return id < 0 ? null : channels.get(id);
    }

    void code(ByteWriter out, Code code) {
        if (code == null) {
            out.number(-1);
            return;
        }
        int index = 0;
        while (index < codes.size() && !same(codes.get(index), code)) {
            index++;
        }
        if (index == codes.size()) {
            codes.add(code);
        }
        out.number(index);
    }

    private static boolean same(Code one, Code other) {
        return one == other
                || one.line() == other.line()
                        && one.last() == other.last()
                        && one.text().equals(other.text());
    }

    Code code(ByteReader in) {
        int index = in.integer();
        return index < 0 ? null : codes.get(index);
    }

    void environment(ByteWriter out, Map<String, String> env) {
        Integer id = environmentIds.get(env);
        if (id == null) {
            id = environments.size();
            environmentIds.put(env, id);
            environments.add(env);
        }
        out.number(id);
    }

    Map<String, String> environment(ByteReader in) {
        return environments.get(in.integer());
    }
}

package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.ContainerSession;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Output;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl cp}: an archive through a tar that runs in the container. */
public final class Copy implements Command {
    private Invocation call;

    @Override
    public void flags(Flags flags) {
        flags.string("container", 'c', "").bool("no-preserve", false).integer("retries", 0);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        List<String> args = call.arguments();
        if (args.size() != 2) {
            throw new CliError("source and destination are required");
        }
        RemotePath from = RemotePath.parse(args.get(0));
        RemotePath to = RemotePath.parse(args.get(1));
        if (!from.pod().isEmpty() && !to.pod().isEmpty()) {
            throw new CliError("one of src or dest must be a local file specification");
        }
        if (from.file().isEmpty() || to.file().isEmpty()) {
            throw new CliError("filepath can not be empty");
        }
        if (!from.pod().isEmpty()) {
            return fetch(from, to.file());
        }
        if (!to.pod().isEmpty()) {
            return send(from.file(), to);
        }
        throw new CliError("one of src or dest must be a remote file specification");
    }

    private int send(String local, RemotePath to) {
        Path source = call.session().path(local);
        if (!Files.exists(source)) {
            throw new CliError(local + " doesn't exist in local filesystem");
        }
        String target = to.file();
        if (isFolder(to)) {
            target = RemotePath.join(target, RemotePath.base(local));
        }
        byte[] archive;
        try {
            archive = new ArchiveWriter()
                    .add(source, RemotePath.base(RemotePath.clean(target)))
                    .finish();
        } catch (IOException e) {
            throw new CliError("open " + local + ": " + Disk.reason(e));
        }
        List<String> command = new ArrayList<>(List.of("tar"));
        if (call.flags().on("no-preserve")) {
            command.addAll(List.of("--no-same-permissions", "--no-same-owner"));
        }
        command.addAll(List.of("-xmf", "-", "-C", RemotePath.folder(target)));
        Obj pod = pod(to);
        String container = container(pod, call.err());
        return ContainerSession.joined(
                        call, new ByteArrayInputStream(archive), call.out().stream(), call.err().stream())
                .run(pod, container, command);
    }

    /** Whether a path is a folder in the container; whatever goes wrong in asking means that it is not. */
    private boolean isFolder(RemotePath there) {
        try {
            Obj pod = pod(there);
            OutputStream nobody = OutputStream.nullOutputStream();
            return ContainerSession.joined(call, null, nobody, nobody)
                            .exec(pod, container(pod, null), List.of("test", "-d", there.file()))
                    == 0;
        } catch (CliError | ApiError e) {
            return false;
        }
    }

    private int fetch(RemotePath from, String local) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        Obj pod = pod(from);
        String container = container(pod, call.out());
        // what the container complains of goes to standard output, as kubectl has it
        int code = ContainerSession.joined(call, null, archive, call.out().stream())
                .run(pod, container, packing(from.file()));
        String namespace = from.namespace();
        Unpacking unpacking = new Unpacking(call, from, local, namespace);
        try {
            unpacking.unpack(archive.toByteArray());
        } catch (IOException e) {
            throw new CliError("open " + local + ": " + Disk.reason(e));
        }
        return code;
    }

    private List<String> packing(String file) {
        if (call.flags().number("retries") == 0) {
            return List.of("tar", "cf", "-", file);
        }
        return List.of("sh", "-c", "tar cf - '" + file.replace("'", "'\\''") + "' | tail -c+0");
    }

    private Obj pod(RemotePath path) {
        String namespace = path.namespace().isEmpty() ? call.namespace() : path.namespace();
        return call.call(Request.get(Resources.PODS, namespace, path.pod())).object();
    }

    private String container(Obj pod, Output remarks) {
        return Exec.container(pod, call.flags().text("container"), false, remarks);
    }
}

package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kustomizations with variables, configurations of their own, and what is not fetched or run. */
class KustomizeTest {
    @TempDir
    Path home;

    private CommandLine kube;

    @BeforeEach
    void aBase() throws IOException {
        kube = new CommandLine(home);
        write("base/svc.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 8080}]}
                ---
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                spec: {backend: web, image: 'nginx:1', args: [$(HOST), "a=$(PORT)", $$X, $(NOBODY)]}
                """);
        write("base/fields.yaml", """
                nameReference:
                - {kind: Service, version: v1, fieldSpecs: [{path: spec/backend, kind: Widget}]}
                images: [{path: spec/image, kind: Widget}]
                varReference: [{path: spec/args, kind: Widget}]
                """);
        write("base/kustomization.yaml", """
                resources: [svc.yaml]
                configurations: [fields.yaml]
                vars:
                - {name: HOST, objref: {kind: Service, name: web, apiVersion: v1}}
                - name: PORT
                  objref: {kind: Service, name: web, apiVersion: v1}
                  fieldref: {fieldPath: 'spec.ports[0].port'}
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CommandLine.Result build() {
        return kube.run("kustomize", home.resolve("over").toString());
    }

    @Test
    void fieldsOfABasesOwnFollowItsOverlays() throws IOException {
        write("over/kustomization.yaml", """
                namePrefix: pre-
                resources: [../base]
                images: [{name: nginx, newTag: '9'}]
                """);
        String out = build().out();
        assertEquals("""
                  args:
                  - pre-web
                  - a=8080
                  - $X
                  - $(NOBODY)
                  backend: pre-web
                  image: nginx:9
                """, out.substring(out.indexOf("  args:")));
    }

    @Test
    void originsAreAnnotated() throws IOException {
        write("over/kustomization.yaml", "buildMetadata: [originAnnotations]\nresources: [../base]\n");
        assertTrue(build().out().contains("config.kubernetes.io/origin: |\n      path: ../base/svc.yaml\n"));
    }

    @Test
    void nothingIsFetchedOrRun() throws IOException {
        write("over/kustomization.yaml", "resources: ['https://github.com/a/b//c?ref=v1']\n");
        assertTrue(build().err().contains("remote resource 'https://github.com/a/b//c?ref=v1' is not supported"));
        write("over/kustomization.yaml", "helmCharts: [{name: x}]\n");
        assertTrue(build().err().endsWith("must specify --enable-helm\n"));
    }
}

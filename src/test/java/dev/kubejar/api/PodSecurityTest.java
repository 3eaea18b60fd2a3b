package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Pod Security Standards mean what they meant in the version that a namespace asks for. */
class PodSecurityTest {
    private static final String LABEL = "pod-security.kubernetes.io/enforce";

    @TempDir
    Path folder;

    private static Obj pod(String spec) {
        return Obj.parse("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'guarded'},'spec':"
                .concat(spec)
                .concat("}")
                .replace('\'', '"'));
    }

    private String refusal(String level, String version, String spec) {
        try (TestCluster cluster = TestCluster.withPlugins(folder.resolve(level + version))) {
            Obj namespace = Obj.create("v1", "Namespace", "", "guarded").setLabel(LABEL, level);
            cluster.admin.create(Resources.NAMESPACES, namespace.setLabel(LABEL + "-version", version));
            cluster.admin.create(Resources.SERVICEACCOUNTS, Obj.create("v1", "ServiceAccount", "guarded", "default"));
            Request request =
                    Request.create(Resources.PODS, "guarded", pod(spec)).dryRun(true);
            ApiError error = assertThrows(ApiError.class, () -> cluster.admin.call(request));
            return error.getMessage().replaceFirst("^pods \"p\" is forbidden: violates PodSecurity ", "");
        }
    }

    @Test
    void aSysctlIsSafeFromItsVersionOn() {
        String spec = "{'securityContext':{'sysctls':[{'name':'net.ipv4.tcp_rmem','value':'1'}]},"
                + "'containers':[{'name':'c','image':'i'}],'hostPID':true}";
        assertEquals(
                "\"baseline:v1.31\": host namespaces (hostPID=true), forbidden sysctls (net.ipv4.tcp_rmem)",
                refusal("baseline", "v1.31", spec));
        assertEquals("\"baseline:v1.32\": host namespaces (hostPID=true)", refusal("baseline", "v1.32", spec));
    }

    @Test
    void aUserNamespaceRelaxesTheLatestLevel() {
        String spec = "{'hostUsers':false,'containers':[{'name':'c','image':'i','securityContext':{'runAsUser':0}}]}";
        assertEquals(
                "\"restricted:v1.22\": allowPrivilegeEscalation != false (container \"c\" must set"
                        + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\""
                        + " must set securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or container"
                        + " \"c\" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must"
                        + " set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
                refusal("restricted", "v1.22", spec));
        assertEquals(
                "\"restricted:latest\": allowPrivilegeEscalation != false (container \"c\" must set"
                        + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\""
                        + " must set securityContext.capabilities.drop=[\"ALL\"]), seccompProfile (pod or container \"c\""
                        + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
                refusal("restricted", "latest", spec));
    }

    @Test
    void restrictedVolumesTakeTheOfficeOfHostPaths() {
        String spec = "{'volumes':[{'name':'v','hostPath':{'path':'/x'}},{'name':'n','nfs':{'server':'s','path':'/'}}],"
                + "'containers':[{'name':'c','image':'i'}]}";
        assertEquals("\"baseline:latest\": hostPath volumes (volume \"v\")", refusal("baseline", "latest", spec));
        assertEquals(
                "\"restricted:v1.0\": restricted volume types (volumes \"v\", \"n\" use restricted volume types"
                        + " \"hostPath\", \"nfs\"), runAsNonRoot != true (pod or container \"c\" must set"
                        + " securityContext.runAsNonRoot=true)",
                refusal("restricted", "v1.0", spec));
    }
}

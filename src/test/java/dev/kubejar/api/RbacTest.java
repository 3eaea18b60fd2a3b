package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RbacTest {
    @TempDir
    Path folder;

    @Test
    void aBindingGivesWhatItsRoleAllows() {
        try (TestCluster cluster = TestCluster.withPlugins(folder)) {
            Client zoe = cluster.server.client(Identity.of("zoe", "system:authenticated"));
            ApiError error = assertThrows(ApiError.class, () -> zoe.list(Resources.PODS, "default"));
            assertEquals(
                    "pods is forbidden: User \"zoe\" cannot list resource \"pods\" in API group \"\" in the namespace"
                            + " \"default\"",
                    error.getMessage());
            Obj rule = Obj.create()
                    .setTexts("apiGroups", List.of(""))
                    .setTexts("resources", List.of("pods"))
                    .setTexts("verbs", List.of("list"));
            cluster.admin.create(
                    Resources.ROLES,
                    Obj.create("rbac.authorization.k8s.io/v1", "Role", "default", "reader")
                            .set("rules", List.of(rule)));
            Obj binding = Obj.create("rbac.authorization.k8s.io/v1", "RoleBinding", "default", "readers")
                    .set(
                            "subjects",
                            List.of(Obj.create()
                                    .set("kind", "User")
                                    .set("apiGroup", "rbac.authorization.k8s.io")
                                    .set("name", "zoe")));
            binding.set("roleRef.apiGroup", "rbac.authorization.k8s.io");
            binding.set("roleRef.kind", "Role").set("roleRef.name", "reader");
            cluster.admin.create(Resources.ROLEBINDINGS, binding);
            assertEquals(List.of(), zoe.list(Resources.PODS, "default"));
            assertThrows(ApiError.class, () -> zoe.list(Resources.PODS, ""));
            assertThrows(ApiError.class, () -> zoe.list(Resources.CONFIGMAPS, "default"));
        }
    }
}

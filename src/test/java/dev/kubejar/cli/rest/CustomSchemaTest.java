package dev.kubejar.cli.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kubejar.client.ApiResource;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomSchemaTest {
    @Test
    void aSchemaIsPublishedWithTheFieldsThatAllObjectsHave() {
        ApiResource leases = new ApiResource(
                GroupVersionResource.of("coordination.k8s.io/v1", "leases"),
                "Lease",
                "lease",
                true,
                Set.of("get"),
                List.of(),
                List.of(),
                Set.of());
        assertEquals("io.k8s.coordination.v1.Lease", CustomSchema.name(leases));
        Obj schema = Obj.of(CustomSchema.of(
                leases, Json.read("{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\"}}}")));
        assertEquals(4, schema.at("properties").size());
        assertEquals(
                "[{\"group\":\"coordination.k8s.io\",\"kind\":\"Lease\",\"version\":\"v1\"}]",
                schema.at("x-kubernetes-group-version-kind").toString());
        assertEquals(
                "items", Obj.of(CustomSchema.list(leases)).texts("required").get(0));
    }
}

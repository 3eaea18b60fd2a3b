package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers, scheduler and kubelets at work on a cluster of their own, whose clock is moved by hand. */
class ControlPlaneTest {
    @TempDir
    Path folder;

    private LocalCluster cluster;
    private Client client;

    @BeforeEach
    void open() {
        Map<String, String> environment =
                Map.of("KUBEJAR_SEED", "7", "KUBEJAR_CLOCK", "frozen", "KUBEJAR_PROFILE", "bare");
        cluster = LocalCluster.open(
                new ClusterSettings(folder.resolve("state"), environment, InstantSource.system(), false, who -> {}));
        client = cluster.client(Identity.ADMIN);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Obj create(GroupVersionResource resource, String json) {
        Obj object = Obj.parse(json.replace('\'', '"'));
        return client.call(Request.create(resource, object.namespace(), object)).object();
    }

    private void deployment(String name, int replicas) {
        create(
                Resources.DEPLOYMENTS,
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'" + name
                        + "','namespace':'default'},'spec':{'replicas':" + replicas
                        + ",'selector':{'matchLabels':{'app':'" + name + "'}},'template':{'metadata':{'labels':{'app':'"
                        + name + "'}},'spec':{'terminationGracePeriodSeconds':1,'containers':[{'name':'web','image':"
                        + "'nginx:1.26'}]}}}}");
    }

    private void pod(String name, String cpu, String priority) {
        create(
                Resources.PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name
                        + "','namespace':'default'},'spec':{'terminationGracePeriodSeconds':1,'priorityClassName':'"
                        + priority + "','containers':[{'name':'c','image':'registry.k8s.io/pause:3.9','resources':"
                        + "{'requests':{'cpu':'" + cpu + "'}}}]}}");
    }

    private Obj get(GroupVersionResource resource, String name) {
        return client.get(new Ref(resource, "default", name));
    }

    private List<String> messages(String kind, String reason) {
        return client.list(Resources.EVENTS, "default").stream()
                .filter(event -> event.text("involvedObject.kind").equals(kind))
                .filter(event -> event.text("reason").equals(reason))
                .map(event -> event.text("message"))
                .toList();
    }

    @Test
    void aDeploymentRollsOnePodAtATime() {
        deployment("shop", 3);
        cluster.advance(Duration.ofSeconds(5));
        assertEquals(3, get(Resources.DEPLOYMENTS, "shop").number("status.availableReplicas"));
        client.merge(
                new Ref(Resources.DEPLOYMENTS, "default", "shop"),
                Obj.parse("{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"tier\":\"front\"}}}}}")
                        .node());
        cluster.advance(Duration.ofSeconds(30));
        Obj shop = get(Resources.DEPLOYMENTS, "shop");
        assertEquals("2", shop.annotation("deployment.kubernetes.io/revision"));
        assertEquals(
                "NewReplicaSetAvailable", Conditions.find(shop, "Progressing").text("reason"));
        assertEquals(3, shop.number("status.updatedReplicas"));
        assertEquals(7, messages("Deployment", "ScalingReplicaSet").size());
    }

    @Test
    void whatADeletedDeploymentOwnedIsCollected() {
        deployment("shop", 2);
        client.delete(new Ref(Resources.DEPLOYMENTS, "default", "shop"));
        cluster.advance(Duration.ofSeconds(5));
        assertTrue(client.list(Resources.REPLICASETS, "default").isEmpty());
        assertTrue(client.list(Resources.PODS, "default").isEmpty());
    }

    @Test
    void orphansAreAdopted() {
        deployment("shop", 2);
        client.call(Request.delete(Resources.DEPLOYMENTS, "default", "shop").propagation("Orphan"));
        Obj set = client.list(Resources.REPLICASETS, "default").get(0);
        assertEquals(null, set.controller());
        deployment("shop", 2);
        assertEquals(1, client.list(Resources.REPLICASETS, "default").size());
        assertEquals("shop", get(Resources.REPLICASETS, set.name()).controller().text("name"));
    }

    @Test
    void aMoreImportantPodTakesThePlaceOfALesserOne() {
        create(
                Resources.PRIORITYCLASSES,
                "{'apiVersion':'scheduling.k8s.io/v1','kind':'PriorityClass','metadata':{'name':'high'},'value':100}");
        pod("low-a", "1500m", "");
        pod("low-b", "1500m", "");
        pod("high", "1500m", "high");
        cluster.advance(Duration.ofSeconds(10));
        assertTrue(Pods.ready(get(Resources.PODS, "high")));
        assertEquals(2, client.list(Resources.PODS, "default").size());
        assertEquals(1, messages("Pod", "Preempted").size());
    }

    @Test
    void aNodeMadeByHandGetsARangeButHasNoRoom() {
        client.create(
                Resources.NODES,
                Obj.create("v1", "Node", "", "paper").set("metadata.labels", Obj.parse("{\"made\":\"by-hand\"}")));
        cluster.advance(Duration.ofSeconds(2));
        Ref paper = new Ref(Resources.NODES, "", "paper");
        Obj node = client.get(paper);
        assertEquals("10.244.3.0/24", node.text("spec.podCIDR"));
        assertEquals("0", node.annotation("node.alpha.kubernetes.io/ttl"));
        assertTrue(node.list("spec.taints").isEmpty());
        cluster.advance(Duration.ofSeconds(60));
        Obj taint = client.get(paper).list("spec.taints").get(0);
        assertEquals("node.kubernetes.io/unreachable", taint.text("key"));
    }

    @Test
    void aPodThatFitsNowhereSaysWhyAndGoesWhereItCanLater() {
        create(
                Resources.PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'diver','namespace':'default'},'spec':{'nodeSelector':"
                        + "{'depth':'deep'},'containers':[{'name':'c','image':'registry.k8s.io/pause:3.9'}]}}");
        assertEquals(
                "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node"
                        + " affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3"
                        + " Preemption is not helpful for scheduling.",
                Conditions.find(get(Resources.PODS, "diver"), "PodScheduled").text("message"));
        client.merge(
                new Ref(Resources.NODES, "", "worker-2"),
                Obj.create().setLabel("depth", "deep").node());
        assertEquals("worker-2", get(Resources.PODS, "diver").text("spec.nodeName"));
    }

    @Test
    void aNamespaceGoesWithAllThatIsInIt() {
        create(Resources.NAMESPACES, "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'team'}}");
        assertFalse(client.find(Resources.SERVICEACCOUNTS, "team", "default").isEmpty());
        assertFalse(
                client.find(Resources.CONFIGMAPS, "team", "kube-root-ca.crt").isEmpty());
        client.delete(new Ref(Resources.NAMESPACES, "", "team"));
        assertTrue(client.find(Resources.NAMESPACES, "", "team").isEmpty());
    }

    @Test
    void tenLikeEventsAreCombinedAndAnHourEndsThem() {
        create(
                Resources.RESOURCEQUOTAS,
                "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'none','namespace':'default'},"
                        + "'spec':{'hard':{'pods':'0'}}}");
        deployment("shop", 1);
        cluster.advance(Duration.ofMinutes(4));
        List<String> refusals = messages("ReplicaSet", "FailedCreate");
        assertEquals(10, refusals.size());
        assertEquals(
                1,
                refusals.stream()
                        .filter(message -> message.startsWith("(combined from similar events): Error creating: pods"))
                        .count());
        client.delete(new Ref(Resources.DEPLOYMENTS, "default", "shop"));
        cluster.advance(Duration.ofHours(2));
        assertTrue(client.list(Resources.EVENTS, "default").isEmpty());
    }
}

package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.GenericDescription;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of all built-in resources in discovery's order, readable without loading a single kind: short names,
 * categories, scope, verbs and subresources.
 */
public final class KindTable {
    /** A subresource: its verbs, and the kind it speaks with its group and version. */
    public record Sub(String name, Set<String> verbs, String groupVersion, String kind) {}

    /** One resource's names; {@code counted}: metadata.generation counts its changes. */
    public record Row(
            String groupVersion,
            String plural,
            String kind,
            boolean namespaced,
            Set<String> verbs,
            List<String> shortNames,
            List<String> categories,
            Map<String, Sub> subresources,
            boolean counted) {
        /** {@code endpoints} is its own singular; all others are the kind in lower case. */
        public String singular() {
            return lower(kind);
        }
    }

    // One resource a line: plural, kind, scope; verbs where they are not all; counted where it has a generation; short
    // names;
    // categories; subresources with their verbs (get, patch and update where none are told) and their kind where it is
    // another.
    private static final String TABLE = """
            group v1
            bindings Binding namespaced verbs=create
            componentstatuses ComponentStatus cluster verbs=get,list short=cs
            configmaps ConfigMap namespaced short=cm
            endpoints Endpoints namespaced short=ep
            events Event namespaced short=ev
            limitranges LimitRange namespaced short=limits
            namespaces Namespace cluster verbs=create,delete,get,list,patch,update,watch short=ns /finalize:update /status
            nodes Node cluster short=no /proxy:create,delete,get,patch,update=NodeProxyOptions /status
            persistentvolumeclaims PersistentVolumeClaim namespaced short=pvc /status
            persistentvolumes PersistentVolume cluster short=pv /status
            pods Pod namespaced counted short=po in=all /attach:create,get=PodAttachOptions /binding:create=Binding /ephemeralcontainers /eviction:create=policy/v1/Eviction /exec:create,get=PodExecOptions /log:get /portforward:create,get=PodPortForwardOptions /proxy:create,delete,get,patch,update=PodProxyOptions /resize /status
            podtemplates PodTemplate namespaced counted
            replicationcontrollers ReplicationController namespaced counted short=rc in=all /scale=autoscaling/v1/Scale /status
            resourcequotas ResourceQuota namespaced short=quota /status
            secrets Secret namespaced
            serviceaccounts ServiceAccount namespaced short=sa /token:create=authentication.k8s.io/v1/TokenRequest
            services Service namespaced short=svc in=all /proxy:create,delete,get,patch,update=ServiceProxyOptions /status
            group apiregistration.k8s.io/v1
            apiservices APIService cluster in=api-extensions /status
            group apps/v1
            controllerrevisions ControllerRevision namespaced
            daemonsets DaemonSet namespaced counted short=ds in=all /status
            deployments Deployment namespaced counted short=deploy in=all /scale=autoscaling/v1/Scale /status
            replicasets ReplicaSet namespaced counted short=rs in=all /scale=autoscaling/v1/Scale /status
            statefulsets StatefulSet namespaced counted short=sts in=all /scale=autoscaling/v1/Scale /status
            group events.k8s.io/v1
            events Event namespaced short=ev
            group authentication.k8s.io/v1
            selfsubjectreviews SelfSubjectReview cluster verbs=create
            tokenreviews TokenReview cluster verbs=create
            group authorization.k8s.io/v1
            localsubjectaccessreviews LocalSubjectAccessReview namespaced verbs=create
            selfsubjectaccessreviews SelfSubjectAccessReview cluster verbs=create
            selfsubjectrulesreviews SelfSubjectRulesReview cluster verbs=create
            subjectaccessreviews SubjectAccessReview cluster verbs=create
            group autoscaling/v2
            horizontalpodautoscalers HorizontalPodAutoscaler namespaced short=hpa in=all /status
            group autoscaling/v1
            horizontalpodautoscalers HorizontalPodAutoscaler namespaced short=hpa in=all /status
            group batch/v1
            cronjobs CronJob namespaced counted short=cj in=all /status
            jobs Job namespaced counted in=all /status
            group certificates.k8s.io/v1
            certificatesigningrequests CertificateSigningRequest cluster short=csr /approval /status
            group networking.k8s.io/v1
            ingressclasses IngressClass cluster counted
            ingresses Ingress namespaced counted short=ing /status
            ipaddresses IPAddress cluster short=ip
            networkpolicies NetworkPolicy namespaced counted short=netpol
            servicecidrs ServiceCIDR cluster /status
            group policy/v1
            poddisruptionbudgets PodDisruptionBudget namespaced counted short=pdb /status
            group rbac.authorization.k8s.io/v1
            clusterrolebindings ClusterRoleBinding cluster
            clusterroles ClusterRole cluster
            rolebindings RoleBinding namespaced
            roles Role namespaced
            group storage.k8s.io/v1
            csidrivers CSIDriver cluster
            csinodes CSINode cluster
            csistoragecapacities CSIStorageCapacity namespaced
            storageclasses StorageClass cluster short=sc
            volumeattachments VolumeAttachment cluster /status
            volumeattributesclasses VolumeAttributesClass cluster short=vac
            group admissionregistration.k8s.io/v1
            mutatingadmissionpolicies MutatingAdmissionPolicy cluster counted in=api-extensions
            mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster counted in=api-extensions
            mutatingwebhookconfigurations MutatingWebhookConfiguration cluster counted in=api-extensions
            validatingadmissionpolicies ValidatingAdmissionPolicy cluster counted in=api-extensions /status
            validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding cluster counted in=api-extensions
            validatingwebhookconfigurations ValidatingWebhookConfiguration cluster counted in=api-extensions
            group apiextensions.k8s.io/v1
            customresourcedefinitions CustomResourceDefinition cluster counted short=crd,crds in=api-extensions /status
            group scheduling.k8s.io/v1
            priorityclasses PriorityClass cluster counted short=pc
            group coordination.k8s.io/v1
            leases Lease namespaced
            group node.k8s.io/v1
            runtimeclasses RuntimeClass cluster
            group discovery.k8s.io/v1
            endpointslices EndpointSlice namespaced counted
            group resource.k8s.io/v1
            deviceclasses DeviceClass cluster counted
            resourceclaims ResourceClaim namespaced /status
            resourceclaimtemplates ResourceClaimTemplate namespaced
            resourceslices ResourceSlice cluster counted
            group flowcontrol.apiserver.k8s.io/v1
            flowschemas FlowSchema cluster counted /status
            prioritylevelconfigurations PriorityLevelConfiguration cluster counted /status
            """;

    private static final Set<String> STATUS_VERBS = Set.of("get", "patch", "update");

    private static List<Row> rows;

    private KindTable() {}

    /** All built-in resources. */
    public static synchronized List<Row> rows() {
        if (rows == null) {
            rows = read();
        }
        return rows;
    }

    /** Starts the builder of a listed kind with everything that the table knows of it. */
    static Kind.Builder start(String groupVersion, String kind) {
        for (Row row : rows()) {
            if (row.kind.equals(kind) && row.groupVersion.equals(groupVersion)) {
                return start(row);
            }
        }
        throw new IllegalArgumentException("not in the table: " + groupVersion + " " + kind);
    }

    static Kind.Builder start(Row row) {
        Kind.Builder kind = Kind.kind(row.groupVersion, row.kind)
                .describe(GenericDescription::write)
                .names(row.plural, row.singular(), row.shortNames.toArray(String[]::new))
                .categories(row.categories.toArray(String[]::new))
                .namespaced(row.namespaced)
                .verbs(row.verbs.toArray(String[]::new));
        if (row.counted) {
            kind.generation();
        }
        for (Sub sub : row.subresources.values()) {
            switch (sub.name) {
                case "status" -> kind.status();
                case "scale" -> kind.scale("spec.replicas", "status.replicas", "spec.selector");
                default -> kind.subresource(sub.name, sub.verbs.toArray(String[]::new));
            }
        }
        return kind;
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>(80);
        String groupVersion = "";
        int start = 0;
        while (start < TABLE.length()) {
            int end = TABLE.indexOf('\n', start);
            String line = TABLE.substring(start, end);
            start = end + 1;
            if (line.startsWith("group ")) {
                groupVersion = line.substring(6);
            } else {
                rows.add(row(groupVersion, split(line, ' ')));
            }
        }
        return List.copyOf(rows);
    }

    private static Row row(String groupVersion, List<String> words) {
        Set<String> verbs = Kind.ALL_VERBS;
        List<String> shortNames = List.of();
        List<String> categories = List.of();
        Map<String, Sub> subresources = new TreeMap<>();
        boolean counted = false;
        for (String word : words.subList(3, words.size())) {
            if (word.startsWith("verbs=")) {
                verbs = new TreeSet<>(split(word.substring(6), ','));
            } else if (word.startsWith("short=")) {
                shortNames = split(word.substring(6), ',');
            } else if (word.startsWith("in=")) {
                categories = split(word.substring(3), ',');
            } else if (word.equals("counted")) {
                counted = true;
            } else {
                Sub sub = sub(groupVersion, words.get(1), word.substring(1));
                subresources.put(sub.name, sub);
            }
        }
        boolean namespaced = words.get(2).equals("namespaced");
        return new Row(
                groupVersion,
                words.get(0),
                words.get(1),
                namespaced,
                verbs,
                shortNames,
                categories,
                subresources,
                counted);
    }

    private static Sub sub(String groupVersion, String kind, String word) {
        String name = word;
        String subVersion = groupVersion;
        String subKind = kind;
        int equals = name.indexOf('=');
        if (equals >= 0) {
            String told = name.substring(equals + 1);
            int slash = told.lastIndexOf('/');
            subKind = told.substring(slash + 1);
            subVersion = slash < 0 ? groupVersion : told.substring(0, slash);
            name = name.substring(0, equals);
        }
        int colon = name.indexOf(':');
        Set<String> verbs = colon < 0 ? STATUS_VERBS : new TreeSet<>(split(name.substring(colon + 1), ','));
        return new Sub(colon < 0 ? name : name.substring(0, colon), verbs, subVersion, subKind);
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>(8);
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}

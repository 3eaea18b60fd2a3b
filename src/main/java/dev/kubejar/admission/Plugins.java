package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import java.util.List;

/** The admission plugins in the order in which kube-apiserver runs them. */
public final class Plugins {
    private Plugins() {}

    public static List<Admission> inOrder() {
        return List.of(
                new NamespaceLifecycle(),
                new LimitRanger(),
                new ServiceAccountAdmission(),
                new NodeRestriction(),
                new TaintNodesByCondition(),
                new PodSecurity(),
                new PriorityAdmission(),
                new DefaultTolerationSeconds(),
                new DefaultStorageClass(),
                new StorageObjectInUseProtection(),
                new PersistentVolumeClaimResize(),
                new RuntimeClassAdmission(),
                new CertificateApproval(),
                new CertificateSigning(),
                new CertificateSubjectRestriction(),
                new DefaultIngressClass(),
                new PodTopologyLabels(),
                new PodResizeValidator(),
                new MutatingPolicies(),
                new MutatingWebhooks(),
                new ValidatingPolicies(),
                new ValidatingWebhooks(),
                new ResourceQuotaAdmission());
    }
}

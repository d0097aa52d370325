/** Every kind that makes pods: clients, one that nobody gives a sidecar, and gateways. */
export const workloads = `apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  template:
    metadata: {labels: {app: orders, version: v1}}
    spec: {serviceAccountName: clerk, containers: [{name: app, image: orders}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {template: {metadata: {labels: {app: db}}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec: {template: {metadata: {labels: {app: agent, sidecar.istio.io/inject: "false"}}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: old}
spec: {template: {metadata: {labels: {app: old}}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec: {template: {metadata: {annotations: {sidecar.istio.io/inject: "false"}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: curl, labels: {app: curl}}
spec: {serviceAccountName: curl}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: egress}
spec: {template: {metadata: {annotations: {inject.istio.io/templates: gateway}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: my-egress}
spec: {template: {spec: {containers: [{name: istio-proxy, image: auto}]}}}
`

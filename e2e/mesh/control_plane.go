package main

import (
	"encoding/json"
	"fmt"
	"net"

	secretservice "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	authorizationv1 "k8s.io/api/authorization/v1"
	kuberuntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	k8stesting "k8s.io/client-go/testing"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/config/schema/gvr"
	kubelib "istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	istiosecurity "istio.io/istio/pkg/security"
	"istio.io/istio/pkg/test"
)

// logFields are what a hop tells, as Envoy's access log names them.
const logFields = `{"code":"%RESPONSE_CODE%","flags":"%RESPONSE_FLAGS%","details":"%RESPONSE_CODE_DETAILS%","ended":"%CONNECTION_TERMINATION_DETAILS%",` +
	`"failure":"%UPSTREAM_TRANSPORT_FAILURE_REASON%","listener":"%DOWNSTREAM_LOCAL_ADDRESS%","tls":"%DOWNSTREAM_TLS_VERSION%","sni":"%REQUESTED_SERVER_NAME%",` +
	`"peer":"%DOWNSTREAM_PEER_URI_SAN%","protocol":"%PROTOCOL%","cluster":"%UPSTREAM_CLUSTER_RAW%","upstream":"%UPSTREAM_HOST%","route":"%ROUTE_NAME%"}`

// startControlPlane serves what istiod and the istio-agents would: configuration over xDS, certificates over SDS.
func (m *Mesh) startControlPlane(t test.Failer) error {
	config, err := m.meshConfig()
	if err != nil {
		return err
	}
	configs, err := configsOf(m.documents)
	if err != nil {
		return err
	}
	istiod := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
		Configs:           configs,
		KubernetesObjects: m.objects,
		MeshConfig:        config,
		ListenerBuilder:   func() (net.Listener, error) { return net.Listen("tcp", controlPlane+":15010") },
		KubeClientModifier: func(client kubelib.Client) {
			authorizeSecrets(client, m.Gateways, m.documents)
			clienttest.MakeCRD(t, client, gvr.BackendTLSPolicy)
		},
	})
	istiod.Discovery.Authenticators = []istiosecurity.Authenticator{identityHeader{}}
	listener, err := net.Listen("tcp", controlPlane+":15012")
	if err != nil {
		return err
	}
	secrets := grpc.NewServer()
	secretservice.RegisterSecretDiscoveryServiceServer(secrets, &SecretServer{mesh: m.meshCA, system: m.publicCA.PEM, files: m.mountedFiles()})
	go func() { _ = secrets.Serve(listener) }()
	m.onClose(secrets.Stop)
	return nil
}

func (m *Mesh) meshConfig() (*meshconfig.MeshConfig, error) {
	config := mesh.DefaultMeshConfig()
	config.AccessLogFile = "/dev/stdout"
	if !m.TextLogs {
		config.AccessLogEncoding, config.AccessLogFormat = meshconfig.MeshConfig_JSON, logFields
	}
	outbound := m.Outbound
	if outbound == "" {
		outbound = "ALLOW_ANY"
	}
	mode, known := meshconfig.MeshConfig_OutboundTrafficPolicy_Mode_value[outbound]
	if !known {
		return nil, fmt.Errorf("unknown outbound mode %q", m.Outbound)
	}
	if m.ServiceEntryVisibility != nil {
		config.ServiceEntryVisibility = &meshconfig.ServiceEntryVisibility{}
		if err := protojson.Unmarshal(must(json.Marshal(m.ServiceEntryVisibility)), config.ServiceEntryVisibility); err != nil {
			return nil, err
		}
	}
	config.OutboundTrafficPolicy.Mode = meshconfig.MeshConfig_OutboundTrafficPolicy_Mode(mode)
	return config, nil
}

// mountedFiles are what each proxy finds under which path; those of all proxies stand under the empty name.
func (m *Mesh) mountedFiles() map[string]map[string][]byte {
	material := map[string][]byte{"client.crt": m.clientCert, "client.key": m.clientKey, "ca.crt": m.privateCA.PEM, "public-ca.crt": m.publicCA.PEM, "both-ca.crt": m.bothCAs()}
	all := map[string]map[string][]byte{}
	mount := func(proxy string, files map[string]string) {
		all[proxy] = map[string][]byte{}
		for path, what := range files {
			all[proxy][path] = material[what]
		}
	}
	mount("", m.Files)
	for proxy, files := range m.FilesOf {
		mount(proxy, files)
	}
	return all
}

// authorizeSecrets lets gateways read secrets, and those service accounts that a RoleBinding names.
func authorizeSecrets(client kubelib.Client, gateways []Pod, documents []Document) {
	allowed := map[string]bool{}
	for _, pod := range gateways {
		allowed["system:serviceaccount:"+pod.Namespace+":"+pod.ServiceAccount] = true
	}
	for _, d := range documents {
		if d.kind() != "RoleBinding" {
			continue
		}
		for _, s := range list(d.Object.Object["subjects"]) {
			subject, _ := s.(map[string]any)
			namespace := subject["namespace"]
			if namespace == nil {
				namespace = namespaceOf(d)
			}
			allowed[fmt.Sprintf("system:serviceaccount:%v:%v", namespace, subject["name"])] = true
		}
	}
	clientset, ok := client.Kube().(*fake.Clientset)
	if !ok {
		return
	}
	clientset.PrependReactor("create", "subjectaccessreviews", func(action k8stesting.Action) (bool, kuberuntime.Object, error) {
		review := action.(k8stesting.CreateAction).GetObject().(*authorizationv1.SubjectAccessReview)
		return true, &authorizationv1.SubjectAccessReview{Status: authorizationv1.SubjectAccessReviewStatus{Allowed: allowed[review.Spec.User]}}, nil
	})
}

// identityHeader believes the identity that a proxy of the lab states; a real istiod reads it from a client certificate.
type identityHeader struct{}

func (identityHeader) AuthenticatorType() string { return "lab" }

func (identityHeader) Authenticate(ctx istiosecurity.AuthContext) (*istiosecurity.Caller, error) {
	if identities := ctx.Header("x-lab-identity"); len(identities) > 0 {
		return &istiosecurity.Caller{Identities: identities}, nil
	}
	return nil, nil
}

package main

import (
	"strings"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	secretservice "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

// SecretServer does what the istio-agent beside each proxy does: it serves the workload's own certificate,
// the mesh's root, the operating system's roots, and certificates from mounted files.
type SecretServer struct {
	secretservice.UnimplementedSecretDiscoveryServiceServer
	mesh   *Authority
	system []byte                       // the roots that an operating system would have
	files  map[string]map[string][]byte // namespace/pod, or empty for all -> path in it -> content
}

func (s *SecretServer) StreamSecrets(stream secretservice.SecretDiscoveryService_StreamSecretsServer) error {
	var node *core.Node
	for {
		request, err := stream.Recv()
		if err != nil {
			return nil
		}
		if request.Node != nil && request.Node.Id != "" {
			node = request.Node
		}
		if request.ResponseNonce != "" { // an acknowledgement
			continue
		}
		response := &discovery.DiscoveryResponse{TypeUrl: request.TypeUrl, VersionInfo: "1", Nonce: "1"}
		for _, name := range request.ResourceNames {
			if secret := s.secret(name, node); secret != nil {
				response.Resources = append(response.Resources, must(anypb.New(secret)))
			}
		}
		if len(response.Resources) > 0 {
			if err := stream.Send(response); err != nil {
				return err
			}
		}
	}
}

func (s *SecretServer) secret(name string, node *core.Node) *tlsv3.Secret {
	fields := node.GetMetadata().GetFields()
	file := func(path string) []byte {
		if content := s.files[fields["NAMESPACE"].GetStringValue()+"/"+fields["NAME"].GetStringValue()][path]; content != nil {
			return content
		}
		return s.files[""][path]
	}
	switch {
	case name == "default":
		identity := "spiffe://cluster.local/ns/" + fields["NAMESPACE"].GetStringValue() + "/sa/" + fields["SERVICE_ACCOUNT"].GetStringValue()
		cert, key := s.mesh.issue("", identity)
		return certificate(name, cert, key)
	case name == "ROOTCA":
		return roots(name, s.mesh.PEM)
	case name == "file-root:system":
		return roots(name, s.system)
	case strings.HasPrefix(name, "file-root:"):
		if ca := file(strings.TrimPrefix(name, "file-root:")); ca != nil {
			return roots(name, ca)
		}
	case strings.HasPrefix(name, "file-cert:"):
		paths := strings.Split(strings.TrimPrefix(name, "file-cert:"), "~")
		if len(paths) == 2 && file(paths[0]) != nil && file(paths[1]) != nil {
			return certificate(name, file(paths[0]), file(paths[1]))
		}
	}
	return nil
}

func certificate(name string, cert, key []byte) *tlsv3.Secret {
	return &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_TlsCertificate{TlsCertificate: &tlsv3.TlsCertificate{
		CertificateChain: bytesSource(cert), PrivateKey: bytesSource(key),
	}}}
}

func roots(name string, ca []byte) *tlsv3.Secret {
	return &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_ValidationContext{ValidationContext: &tlsv3.CertificateValidationContext{
		TrustedCa: bytesSource(ca),
	}}}
}

func bytesSource(data []byte) *core.DataSource {
	return &core.DataSource{Specifier: &core.DataSource_InlineBytes{InlineBytes: data}}
}

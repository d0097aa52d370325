package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"istio.io/istio/istioctl/pkg/writer/envoy/clusters"
	"istio.io/istio/istioctl/pkg/writer/envoy/configdump"
	"istio.io/istio/pkg/config/host"
)

// Show asks, once all requests are sent, what `istioctl proxy-config` shows of a proxy. It is written by istioctl's own code.
type Show struct {
	Proxy string   `json:"proxy"` // namespace/name
	Args  []string `json:"args"`  // as behind proxy-config, without the proxy: clusters --fqdn edition.cnn.com
	File  string   `json:"file"`  // where it is written
}

func (m *Mesh) show() error {
	for _, asked := range m.Shows {
		for _, proxy := range m.proxies {
			if proxy.title != "sidecar "+asked.Proxy && proxy.title != "gateway "+asked.Proxy {
				continue
			}
			text, err := asked.of(proxy)
			if err != nil {
				return fmt.Errorf("%v of %s: %w", asked.Args, proxy.title, err)
			}
			if err := os.WriteFile(asked.File, text, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// of is what is shown; unknown arguments are a mistake.
func (s Show) of(proxy *Proxy) ([]byte, error) {
	flags := flag.NewFlagSet(s.Args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	fqdn, cluster, name := flags.String("fqdn", "", ""), flags.String("cluster", "", ""), flags.String("name", "", "")
	port := flags.Uint("port", 0, "")
	if err := flags.Parse(s.Args[1:]); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if s.Args[0] == "endpoints" {
		text, err := proxy.ask("/clusters?format=json")
		if err != nil {
			return nil, err
		}
		writer := clusters.ConfigWriter{Stdout: &out}
		if err := writer.Prime(text); err != nil {
			return nil, err
		}
		err = writer.PrintEndpointsSummary(clusters.EndpointFilter{Cluster: *cluster, Port: uint32(*port)})
		return out.Bytes(), err
	}
	text, err := proxy.ask("/config_dump")
	if err != nil {
		return nil, err
	}
	writer := configdump.ConfigWriter{Stdout: &out}
	if err := writer.Prime(text); err != nil {
		return nil, err
	}
	switch s.Args[0] {
	case "clusters":
		err = writer.PrintClusterSummary(configdump.ClusterFilter{FQDN: host.Name(*fqdn), Port: int(*port)})
	case "listeners":
		err = writer.PrintListenerSummary(configdump.ListenerFilter{Port: uint32(*port), Verbose: true})
	case "routes":
		err = writer.PrintRouteSummary(configdump.RouteFilter{Name: *name, Verbose: true})
	case "secret":
		err = writer.PrintSecretSummary()
	default:
		err = fmt.Errorf("proxy-config %s is not shown here", s.Args[0])
	}
	return out.Bytes(), err
}

// ask reads from Envoy's admin interface.
func (p *Proxy) ask(path string) ([]byte, error) {
	response, err := http.Get(p.admin + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// takeMaterial puts certificates from a folder in the place of the lab's own: ca.crt, client.crt, client.key, server.crt, server.key.
func (m *Mesh) takeMaterial() error {
	if m.Material == "" {
		return nil
	}
	files := map[string][]byte{}
	for _, name := range []string{"ca.crt", "client.crt", "client.key", "server.crt", "server.key"} {
		text, err := os.ReadFile(filepath.Join(m.Material, name))
		if err != nil {
			return err
		}
		files[name] = text
	}
	m.privateCA = &Authority{PEM: files["ca.crt"]}
	m.clientCert, m.clientKey = files["client.crt"], files["client.key"]
	m.serverCert, m.serverKey = m.write("server.crt", files["server.crt"]), m.write("server.key", files["server.key"])
	return nil
}

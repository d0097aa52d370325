package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"sigs.k8s.io/yaml"
)

// Case is a mesh, what is applied to it, and the requests that are sent in it.
type Case struct {
	Name      string   `json:"name"`
	Manifests []string `json:"manifests,omitempty"` // files, relative to the case's own
	YAML      string   `json:"yaml,omitempty"`      // or the text itself
	Outbound  string   `json:"outbound,omitempty"`  // ALLOW_ANY (default) or REGISTRY_ONLY
	// As meshConfig.serviceEntryVisibility says it: defaultVisibility, policies, applyToSidecars.
	ServiceEntryVisibility map[string]any               `json:"serviceEntryVisibility,omitempty"`
	TextLogs               bool                         `json:"textLogs,omitempty"` // Istio's default log lines instead of hops
	Pods                   []Pod                        `json:"pods,omitempty"`     // default: default/sleep with a sidecar
	Gateways               []Pod                        `json:"gateways,omitempty"` // default: istio-system/istio-egressgateway
	Servers                []Server                     `json:"servers,omitempty"`  // pods without a sidecar that serve inside of the cluster
	Hosts                  map[string]Host              `json:"hosts,omitempty"`    // servers outside; those that a request names need no entry
	Labels                 map[string]Labels            `json:"namespaceLabels,omitempty"`
	Secrets                []Secret                     `json:"secrets,omitempty"`
	Files                  map[string]string            `json:"files,omitempty"`    // path in all proxies -> client.crt | client.key | ca.crt | public-ca.crt | both-ca.crt
	FilesOf                map[string]map[string]string `json:"filesOf,omitempty"`  // namespace/pod -> the same, in its proxy alone
	Material               string                       `json:"material,omitempty"` // a folder whose certificates stand in place of those of the private CA
	Shows                  []Show                       `json:"shows,omitempty"`    // what istioctl proxy-config shows in the end
	Requests               []Request                    `json:"requests"`
}

type Labels = map[string]string

type Pod struct {
	Namespace      string         `json:"namespace"`
	Name           string         `json:"name"`
	ServiceAccount string         `json:"serviceAccount,omitempty"`
	Labels         Labels         `json:"labels,omitempty"`
	Annotations    Labels         `json:"annotations,omitempty"`
	NoSidecar      bool           `json:"noSidecar,omitempty"`
	Ports          map[string]int `json:"ports,omitempty"` // of its Service: port -> targetPort (gateways)
	ip             string
	gateway        bool
}

// Host is a server outside of the mesh. It serves HTTP on 80 and HTTPS on 443 unless it says otherwise.
type Host struct {
	Mutual    bool     `json:"mutual,omitempty"`    // asks for a client certificate, has a certificate of the private CA
	PlainOn   int      `json:"plainOn,omitempty"`   // another port that serves plain HTTP
	TLSOn     int      `json:"tlsOn,omitempty"`     // another port that serves HTTPS
	Redirects bool     `json:"redirects,omitempty"` // answers 301 to https on its plain port
	Impostor  bool     `json:"impostor,omitempty"`  // its certificate has another name than its own
	Names     []string `json:"names,omitempty"`     // further names in its certificate

	// Port -> plain | tls | mutual | optional | none, over the defaults. Optional takes a client certificate and asks for none; like
	// tls it has a certificate of the public CA.
	Ports map[string]string `json:"ports,omitempty"`
	// Where it is served, instead of an address that the lab picks. DNS answers the first.
	Addresses []string `json:"addresses,omitempty"`
}

type Server struct {
	Ports     map[string]string `json:"ports,omitempty"` // instead of port: port -> plain | tls | mutual | optional | none
	Namespace string            `json:"namespace"`
	Service   string            `json:"service"`
	Labels    Labels            `json:"labels,omitempty"`
	Port      int               `json:"port"`
	Mutual    bool              `json:"mutual,omitempty"`
	TLS       bool              `json:"tls,omitempty"`
	Names     []string          `json:"names,omitempty"` // further names in its certificate
	ip        string
	Impostor  bool `json:"impostor,omitempty"` // its certificate has another name than its own
}

// Secret is made by the lab: a client certificate of the private CA with that CA beside it.
type Secret struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	WrongCA   bool   `json:"wrongCA,omitempty"`
	BothCAs   bool   `json:"bothCAs,omitempty"` // trusts the public CA beside the private one
}

type Request struct {
	From   string         `json:"from,omitempty"` // namespace/pod, default default/sleep
	URL    string         `json:"url"`
	Curl   []string       `json:"curl,omitempty"`
	Expect map[string]any `json:"expect,omitempty"` // what must hold of the Outcome; a subset of it
}

// Outcome is what really happened to one request.
type Outcome struct {
	Case   string   `json:"case"`
	URL    string   `json:"url"`
	From   string   `json:"from"`
	Waited int      `json:"waited"` // milliseconds until all proxies had their first configuration
	Status int      `json:"status"` // 0: no HTTP answer
	Exit   int      `json:"exit"`   // curl's exit status
	Error  string   `json:"error,omitempty"`
	Hops   []Hop    `json:"hops"`
	Server *Seen    `json:"server,omitempty"` // null: nothing arrived
	Logs   []string `json:"logs,omitempty"`
	Wrong  []string `json:"wrong,omitempty"` // what differs from Expect
}

// Hop is one line of one proxy's access log.
type Hop struct {
	Proxy    string `json:"proxy"` // sidecar default/sleep | gateway istio-system/istio-egressgateway
	Code     any    `json:"code"`
	Flags    string `json:"flags"`
	Details  string `json:"details"`
	Ended    string `json:"ended,omitempty"`
	Failure  string `json:"failure,omitempty"`
	Listener string `json:"listener"`
	TLS      string `json:"tls"`  // of the connection that came in: TLSv1.3 or -
	SNI      string `json:"sni"`  // of the connection that came in
	Peer     string `json:"peer"` // identity of the peer's certificate, or -
	Protocol string `json:"protocol"`
	Cluster  string `json:"cluster"`
	Upstream string `json:"upstream"`
	Route    string `json:"route"`
}

// Seen is what a server outside (or one without a sidecar) saw of a request.
type Seen struct {
	Host       string `json:"host"` // the name it was asked for in the Host header
	Port       int    `json:"port"`
	TLS        string `json:"tls"` // "" for plain text
	SNI        string `json:"sni"`
	ClientCert string `json:"clientCert"`
	Protocol   string `json:"protocol"`
	Path       string `json:"path"`
	From       string `json:"from"` // IP of who connected
}

// defaultGateways is the one that Istio's own installation makes.
func defaultGateways() []Pod {
	return []Pod{{
		Namespace: "istio-system", Name: "istio-egressgateway", ServiceAccount: "istio-egressgateway-service-account",
		Labels: Labels{"app": "istio-egressgateway", "istio": "egressgateway"},
		Ports:  map[string]int{"80": 8080, "443": 8443}, gateway: true,
	}}
}

func readCase(file string) (*Case, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := &Case{}
	if err := yaml.UnmarshalStrict(text, c); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if c.Name == "" {
		c.Name = strings.TrimSuffix(filepath.Base(file), ".yaml")
	}
	for _, manifest := range c.Manifests {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(file), manifest))
		if err != nil {
			return nil, err
		}
		c.YAML += "\n---\n" + string(text)
	}
	if len(c.Pods) == 0 {
		c.Pods = []Pod{{Namespace: "default", Name: "sleep"}}
	}
	if c.Gateways == nil {
		c.Gateways = defaultGateways()
	}
	for i := range c.Gateways {
		c.Gateways[i].gateway = true
	}
	for _, pods := range [][]Pod{c.Pods, c.Gateways} {
		for i := range pods {
			if pods[i].ServiceAccount == "" {
				pods[i].ServiceAccount = pods[i].Name
			}
			if pods[i].Labels == nil {
				pods[i].Labels = Labels{"app": pods[i].Name}
			}
		}
	}
	for i := range c.Requests {
		if c.Requests[i].From == "" {
			c.Requests[i].From = c.Pods[0].Namespace + "/" + c.Pods[0].Name
		}
	}
	return c, nil
}

// differences lists where want, a subset, does not hold of got.
func differences(path string, want, got any) []string {
	switch want := want.(type) {
	case map[string]any:
		gotMap, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: want %v, got %v", path, want, got)}
		}
		var all []string
		for key, value := range want {
			all = append(all, differences(path+"."+key, value, gotMap[key])...)
		}
		return all
	case []any:
		gotList, _ := got.([]any)
		if len(want) != len(gotList) {
			return []string{fmt.Sprintf("%s: want %d, got %d: %v", path, len(want), len(gotList), got)}
		}
		var all []string
		for i := range want {
			all = append(all, differences(fmt.Sprintf("%s[%d]", path, i), want[i], gotList[i])...)
		}
		return all
	case string:
		if text, ok := got.(string); ok && strings.HasPrefix(want, "~") && strings.Contains(text, want[1:]) {
			return nil // "~text": contains
		}
	}
	if !reflect.DeepEqual(want, got) {
		return []string{fmt.Sprintf("%s: want %v, got %v", path, want, got)}
	}
	return nil
}

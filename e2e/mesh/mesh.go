package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kuberuntime "k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pkg/test"
)

// Mesh is a case while it is played.
type Mesh struct {
	*Case
	dir       string
	documents []Document
	next      int               // the last part of the next address
	names     map[string]string // what DNS answers
	exposed   map[string]*exposed
	objects   []kuberuntime.Object
	pods      []podInfo // what a NetworkPolicy can select
	servers   []site    // what serves, by network namespace
	proxies   []*Proxy
	seen      chan Seen
	waited    int // milliseconds until all proxies were ready
	serverLog bytes.Buffer
	closers   []func()

	meshCA, publicCA, privateCA, otherCA *Authority
	clientCert, clientKey                []byte // of the private CA
	serverCert, serverKey                string // files of servers that are mutual, where the case brings them
	publicFile, privateFile              string // the CAs as files, for curl and for servers
}

type site struct {
	netns string
	sites []Site
}

func netnsOf(namespace, name string) string { return namespace + "." + name }

// play builds the mesh of a case, sends its requests one by one, and takes the mesh down.
func (c *Case) play(t test.Failer) ([]Outcome, error) {
	m := &Mesh{Case: c, names: map[string]string{}, exposed: map[string]*exposed{}, next: 1, seen: make(chan Seen, 100)}
	defer m.close()
	var err error
	if m.documents, err = documentsOf(c.YAML); err != nil {
		return nil, err
	}
	m.documents = applied(asStored(m.documents))
	c.addManagedGateways(m.documents)
	steps := []func() error{
		m.makeCertificates, m.addPods, m.addServers, m.addWorld, m.addServices, m.startNames, m.startServers, m.addObjects,
		func() error { return m.startControlPlane(t) }, m.startProxies, m.enforcePolicies, m.waitForProxies,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var outcomes []Outcome
	for _, request := range c.Requests {
		outcome, err := m.send(request)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, *outcome)
	}
	m.tell()
	return outcomes, m.show()
}

func (m *Mesh) onClose(closer func()) { m.closers = append(m.closers, closer) }

func (m *Mesh) close() {
	for i := len(m.closers) - 1; i >= 0; i-- {
		m.closers[i]()
	}
}

// place makes a network namespace with an address of its own.
func (m *Mesh) place(namespace, name string) (ip string, err error) {
	m.next++
	ip = "10.44.0." + strconv.Itoa(m.next)
	return ip, addHost(netnsOf(namespace, name), m.next, ip)
}

// expose gives a pod a Service: a name, a cluster IP, and Kubernetes objects.
func (m *Mesh) expose(namespace, name string, labels Labels, ip string, ports map[string]int) {
	clusterIP := "10.96.1." + strconv.Itoa(m.next)
	m.names[serviceName(namespace, name)] = clusterIP
	m.exposed[serviceName(namespace, name)] = exposedBy(serviceObjects(namespace, name, labels, clusterIP, ip, ports))
}

func (m *Mesh) makeCertificates() error {
	m.dir = must(os.MkdirTemp("", "meshlab"))
	if os.Getenv("MESHLAB_KEEP") == "" {
		m.onClose(func() { _ = os.RemoveAll(m.dir) })
	}
	m.meshCA, m.publicCA, m.privateCA, m.otherCA = newAuthority("mesh"), newAuthority("public"), newAuthority("private"), newAuthority("other")
	m.clientCert, m.clientKey = m.privateCA.issue("client.example.com", "client.example.com")
	if err := m.takeMaterial(); err != nil {
		return err
	}
	m.publicFile, m.privateFile = m.write("public-ca.pem", m.publicCA.PEM), m.write("private-ca.pem", m.privateCA.PEM)
	return os.Chmod(m.dir, 0o755)
}

func (m *Mesh) bothCAs() []byte { return slices.Concat(m.privateCA.PEM, m.publicCA.PEM) }

func (m *Mesh) write(name string, data []byte) string {
	path := filepath.Join(m.dir, name)
	must(0, os.WriteFile(path, data, 0o644))
	return path
}

func (m *Mesh) addPods() error {
	m.pods = []podInfo{
		{"kube-system", "kube-dns", Labels{"k8s-app": "kube-dns"}, dnsServer},
		{"istio-system", "istiod", Labels{"app": "istiod"}, controlPlane},
	}
	for _, pods := range [][]Pod{m.Pods, m.Gateways} {
		for i := range pods {
			pod := &pods[i]
			var err error
			if pod.ip, err = m.place(pod.Namespace, pod.Name); err != nil {
				return err
			}
			m.pods = append(m.pods, podInfo{pod.Namespace, pod.Name, pod.Labels, pod.ip})
			m.objects = append(m.objects, podObject(*pod))
			if len(pod.Ports) > 0 {
				m.expose(pod.Namespace, pod.Name, pod.Labels, pod.ip, pod.Ports)
			}
		}
	}
	return nil
}

// addServers places the servers that stand in the cluster without a sidecar.
func (m *Mesh) addServers() error {
	for _, server := range m.Servers {
		if server.Labels == nil {
			server.Labels = Labels{"run": server.Service}
		}
		ip, err := m.place(server.Namespace, server.Service)
		if err != nil {
			return err
		}
		ports := server.serves()
		m.expose(server.Namespace, server.Service, server.Labels, ip, server.exposes())
		m.pods = append(m.pods, podInfo{server.Namespace, server.Service, server.Labels, ip})
		m.objects = append(m.objects, podObject(Pod{Namespace: server.Namespace, Name: server.Service, Labels: server.Labels, NoSidecar: true, ip: ip}))
		names := certified(server.Impostor, append([]string{server.Service + "." + server.Namespace + ".svc.cluster.local"}, server.Names...))
		var served []Site
		for port, kind := range ports {
			if kind == "none" {
				continue
			}
			served = append(served, m.siteOf(net.JoinHostPort(ip, port), kind, names...))
		}
		m.servers = append(m.servers, site{netnsOf(server.Namespace, server.Service), served})
	}
	return nil
}

// addWorld places the hosts outside in a network namespace that no mesh knows.
func (m *Mesh) addWorld() error {
	if err := m.addRequestedHosts(); err != nil {
		return err
	}
	var names, addresses []string
	var sites []Site
	for name := range m.Hosts {
		names = append(names, name)
	}
	sort.Strings(names)
	for i, name := range names {
		host := m.Hosts[name]
		if len(host.Addresses) == 0 {
			host.Addresses = []string{"198.51.100." + strconv.Itoa(i+1)}
		}
		m.names[name], addresses = host.Addresses[0], append(addresses, host.Addresses...)
		for _, ip := range host.Addresses {
			for port, kind := range host.serves() {
				if kind == "none" {
					continue
				}
				served := m.siteOf(net.JoinHostPort(ip, port), kind, certified(host.Impostor, append([]string{name}, host.Names...))...)
				served.Redirects = host.Redirects && port == "80"
				sites = append(sites, served)
			}
		}
	}
	if len(addresses) == 0 {
		return nil
	}
	m.next++
	m.servers = append(m.servers, site{"world", sites})
	return addHost("world", m.next, addresses...)
}

// serves tells what stands on each port of a server in the cluster.
func (s Server) serves() map[string]string {
	port := strconv.Itoa(s.Port)
	switch {
	case len(s.Ports) > 0:
		return s.Ports
	case s.Mutual:
		return map[string]string{port: "mutual"}
	case s.TLS:
		return map[string]string{port: "tls"}
	}
	return map[string]string{port: "plain"}
}

// exposes are the ports of its Service; each leads to the same port of the pod.
func (s Server) exposes() map[string]int {
	ports := map[string]int{}
	for port := range s.serves() {
		ports[port] = must(strconv.Atoi(port))
	}
	return ports
}

// serves tells what stands on each port of a host.
func (h Host) serves() map[string]string {
	ports := map[string]string{"80": "plain", "443": "tls"}
	if h.Mutual {
		ports["443"] = "mutual"
	}
	if h.PlainOn > 0 {
		ports[strconv.Itoa(h.PlainOn)] = "plain"
	}
	if h.TLSOn > 0 {
		ports[strconv.Itoa(h.TLSOn)] = ports["443"]
	}
	maps.Copy(ports, h.Ports)
	return ports
}

// addRequestedHosts makes a plain host of every name that a request uses and nobody has.
func (m *Mesh) addRequestedHosts() error {
	if m.Hosts == nil {
		m.Hosts = map[string]Host{}
	}
	for _, r := range m.Requests {
		u, err := url.Parse(r.URL)
		if err != nil {
			return err
		}
		_, inside := m.names[u.Hostname()]
		_, outside := m.Hosts[u.Hostname()]
		if !inside && !outside && net.ParseIP(u.Hostname()) == nil {
			m.Hosts[u.Hostname()] = Host{}
		}
	}
	return nil
}

func (m *Mesh) siteOf(address, kind string, names ...string) Site {
	served := Site{Address: address}
	authority := m.publicCA
	switch kind {
	case "plain":
		return served
	case "mutual":
		authority, served.ClientCA = m.privateCA, m.privateFile
		if m.serverCert != "" {
			served.Cert, served.Key = m.serverCert, m.serverKey
			return served
		}
	case "optional":
		served.ClientCA, served.Optional = m.privateFile, true
	}
	cert, key := authority.issue(names[0], names...)
	file := strings.NewReplacer("*", "_", ":", "_").Replace(names[0] + address)
	served.Cert, served.Key = m.write(file+".crt", cert), m.write(file+".key", key)
	return served
}

// certified are the names in a server's certificate.
func certified(impostor bool, names []string) []string {
	if impostor {
		return []string{"impostor.example.net"}
	}
	return names
}

func (m *Mesh) startNames() error {
	server, err := serveDNS(m.names)
	if err != nil {
		return err
	}
	m.onClose(func() { _ = server.Shutdown() })
	return sh("mount --bind " + m.write("resolv.conf", []byte("nameserver "+dnsServer+"\noptions ndots:1\n")) + " /etc/resolv.conf")
}

func (m *Mesh) startServers() error {
	for i, s := range m.servers {
		stop, err := startWorld(s.netns, m.write(fmt.Sprintf("sites-%d.json", i), must(json.Marshal(s.sites))), m.seen, &m.serverLog)
		if err != nil {
			return err
		}
		m.onClose(stop)
	}
	return nil
}

// addObjects adds namespaces, secrets, and what the case's own YAML brings for Kubernetes.
func (m *Mesh) addObjects() error {
	for name, labels := range m.namespaces(m.documents, m.pods) {
		m.objects = append(m.objects, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels}})
	}
	for _, secret := range m.Secrets {
		ca := m.privateCA.PEM
		if secret.WrongCA {
			ca = m.otherCA.PEM
		} else if secret.BothCAs {
			ca = m.bothCAs()
		}
		m.objects = append(m.objects, &corev1.Secret{
			ObjectMeta: metav1.ObjectMeta{Namespace: secret.Namespace, Name: secret.Name}, Type: corev1.SecretTypeOpaque,
			Data: map[string][]byte{"tls.crt": m.clientCert, "tls.key": m.clientKey, "ca.crt": ca},
		})
	}
	written, err := writtenObjects(m.documents)
	m.objects = append(m.objects, written...)
	return err
}

func (m *Mesh) startProxies() error {
	for _, pods := range [][]Pod{m.Gateways, m.Pods} {
		for _, pod := range pods {
			if pod.NoSidecar {
				continue
			}
			netns := netnsOf(pod.Namespace, pod.Name)
			proxy, err := startProxy(pod, netns, m.dir)
			if err != nil {
				return err
			}
			m.onClose(proxy.stop)
			m.proxies = append(m.proxies, proxy)
			if !pod.gateway {
				if err := intercept(netns, pod.Annotations); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (m *Mesh) enforcePolicies() error {
	return enforce(m.documents, m.pods, m.namespaces(m.documents, m.pods))
}

func (m *Mesh) waitForProxies() error {
	started := time.Now()
	for _, proxy := range m.proxies {
		if err := proxy.ready(); err != nil {
			return err
		}
	}
	m.waited = int(time.Since(started).Milliseconds())
	time.Sleep(300 * time.Millisecond) // clusters that resolve names warm up
	return nil
}

// tell shows what proxies and servers logged, when asked to.
func (m *Mesh) tell() {
	if os.Getenv("MESHLAB_VERBOSE") == "" {
		return
	}
	for _, proxy := range m.proxies {
		fmt.Fprintln(os.Stderr, proxy.title+":\n"+proxy.warnings())
	}
	fmt.Fprintln(os.Stderr, m.serverLog.String())
}

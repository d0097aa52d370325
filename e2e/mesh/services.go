package main

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kuberuntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"

	kubelib "istio.io/istio/pkg/kube"
)

// exposed is a Service as a cluster holds it: its object, and where its endpoints are.
type exposed struct {
	service *corev1.Service
	slices  []*discoveryv1.EndpointSlice
}

func serviceName(namespace, name string) string { return name + "." + namespace + ".svc.cluster.local" }

// addServices takes the Services and EndpointSlices of the case's own YAML over those that the lab made for gateways and servers, as applying
// them does, then tells DNS, kube-proxy and istiod of all. A Service keeps the cluster IP that it has; a new one gets the next.
func (m *Mesh) addServices() error {
	written, slices, err := m.writtenServices()
	if err != nil {
		return err
	}
	for i, service := range written {
		m.take(service, i+1)
	}
	for _, slice := range slices {
		name := serviceName(slice.Namespace, slice.Labels[discoveryv1.LabelServiceName])
		if of := m.exposed[name]; of != nil && len(of.service.Spec.Selector) == 0 {
			of.slices = append(of.slices, slice)
		} else if of == nil {
			m.objects = append(m.objects, slice)
		}
	}
	for name, of := range m.exposed {
		m.objects = append(m.objects, of.service)
		for _, slice := range of.slices {
			m.objects = append(m.objects, slice)
		}
		if ip := of.address(); ip != "" {
			m.names[name] = ip
		} else {
			delete(m.names, name)
		}
		if err := of.forward(); err != nil {
			return err
		}
	}
	m.nameAliases()
	return nil
}

// writtenServices decodes what the YAML brings, with the defaults that the API server sets.
func (m *Mesh) writtenServices() (services []*corev1.Service, slices []*discoveryv1.EndpointSlice, err error) {
	for _, d := range m.documents {
		core := d.group() == "" && (d.kind() == "Service" || d.kind() == "Endpoints")
		if !core && !(d.group() == "discovery.k8s.io" && d.kind() == "EndpointSlice") {
			continue
		}
		object := d.Object.DeepCopy()
		object.SetNamespace(namespaceOf(d))
		decoded, _, err := kubelib.IstioCodec.UniversalDeserializer().Decode(must(json.Marshal(object.Object)), nil, nil)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", d.name(), err)
		}
		switch decoded := decoded.(type) {
		case *corev1.Service:
			services = append(services, withDefaults(decoded))
		case *discoveryv1.EndpointSlice:
			slices = append(slices, decoded)
		case *corev1.Endpoints:
			slices = append(slices, mirrored(decoded)...)
		}
	}
	return services, slices, nil
}

// mirrored does the part of Kubernetes' EndpointSlice mirroring controller: a slice a subset.
func mirrored(endpoints *corev1.Endpoints) (slices []*discoveryv1.EndpointSlice) {
	for i, subset := range endpoints.Subsets {
		slice := &discoveryv1.EndpointSlice{
			ObjectMeta: metav1.ObjectMeta{Namespace: endpoints.Namespace, Name: fmt.Sprintf("%s-mirrored-%d", endpoints.Name, i+1),
				Labels: Labels{discoveryv1.LabelServiceName: endpoints.Name}},
			AddressType: discoveryv1.AddressTypeIPv4,
		}
		for _, address := range subset.Addresses {
			slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{Addresses: []string{address.IP}, Conditions: discoveryv1.EndpointConditions{Ready: ptr(true)}})
		}
		for _, port := range subset.Ports {
			slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: ptr(port.Name), Port: ptr(port.Port), Protocol: ptr(corev1.ProtocolTCP), AppProtocol: port.AppProtocol})
		}
		slices = append(slices, slice)
	}
	return slices
}

func withDefaults(service *corev1.Service) *corev1.Service {
	for i := range service.Spec.Ports {
		port := &service.Spec.Ports[i]
		if port.Protocol == "" {
			port.Protocol = corev1.ProtocolTCP
		}
		if port.TargetPort == (intstr.IntOrString{}) {
			port.TargetPort = intstr.FromInt32(port.Port)
		}
	}
	return service
}

func (m *Mesh) take(service *corev1.Service, nth int) {
	name := serviceName(service.Namespace, service.Name)
	spec := &service.Spec
	if spec.Type != corev1.ServiceTypeExternalName && spec.ClusterIP == "" {
		spec.ClusterIP = "10.96.2." + strconv.Itoa(nth)
		if before := m.exposed[name]; before != nil {
			spec.ClusterIP = before.service.Spec.ClusterIP
		}
	}
	if spec.ClusterIP != "" {
		spec.ClusterIPs = []string{spec.ClusterIP}
	}
	of := &exposed{service: service}
	if len(spec.Selector) > 0 && spec.Type != corev1.ServiceTypeExternalName {
		of.slices = m.selectedBy(service)
	}
	m.exposed[name] = of
}

// selectedBy does the endpoint controller's part, a slice a pod. No pod of the lab names a port, so that a targetPort by name leads nowhere. The
// server that the case has under the Service's own name is its pod, whatever its labels.
func (m *Mesh) selectedBy(service *corev1.Service) []*discoveryv1.EndpointSlice {
	var slices []*discoveryv1.EndpointSlice
	for _, pod := range m.pods {
		server := m.serverOf(service, pod)
		if pod.Namespace != service.Namespace || (server == nil && !fits(service.Spec.Selector, pod.Labels)) {
			continue
		}
		slice := &discoveryv1.EndpointSlice{
			ObjectMeta: metav1.ObjectMeta{Namespace: service.Namespace, Name: fmt.Sprintf("%s-of-%d", service.Name, len(slices)+1),
				Labels: Labels{discoveryv1.LabelServiceName: service.Name}},
			AddressType: discoveryv1.AddressTypeIPv4,
			Endpoints: []discoveryv1.Endpoint{{Addresses: []string{pod.IP}, Conditions: discoveryv1.EndpointConditions{Ready: ptr(true)},
				TargetRef: &corev1.ObjectReference{Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name}}},
		}
		if service.Spec.ClusterIP == corev1.ClusterIPNone {
			slice.Labels[corev1.IsHeadlessService] = ""
		}
		for _, port := range service.Spec.Ports {
			if target := targetAt(port, server); target != nil {
				slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: ptr(port.Name), Port: target, Protocol: ptr(port.Protocol), AppProtocol: port.AppProtocol})
			}
		}
		slices = append(slices, slice)
	}
	return slices
}

// serverOf is the case's server under the Service's own name, where the pod is that one.
func (m *Mesh) serverOf(service *corev1.Service, pod podInfo) *Server {
	for i := range m.Servers {
		if of := &m.Servers[i]; of.Namespace == service.Namespace && of.Service == service.Name && pod.Namespace == of.Namespace && pod.Name == of.Service {
			return of
		}
	}
	return nil
}

// targetAt is where a port leads to. The case says the server of the Service's own name by the Service's ports, so that
// it listens on them.
func targetAt(port corev1.ServicePort, server *Server) *int32 {
	if server != nil {
		serves := server.serves()
		if _, own := serves[strconv.Itoa(int(port.Port))]; own {
			return ptr(port.Port)
		}
	}
	if port.TargetPort.Type != intstr.Int {
		return nil
	}
	return ptr(port.TargetPort.IntVal)
}

func fits(selector, labels Labels) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}

// address is what DNS answers: the cluster IP, of a headless Service its first endpoint.
func (e *exposed) address() string {
	if e.service.Spec.ClusterIP != corev1.ClusterIPNone {
		return e.service.Spec.ClusterIP
	}
	for _, slice := range e.slices {
		for _, endpoint := range slice.Endpoints {
			if net.ParseIP(endpoint.Addresses[0]) != nil {
				return endpoint.Addresses[0]
			}
		}
	}
	return ""
}

// forward translates each port of the cluster IP to the first endpoint that has it, as kube-proxy does to one of them.
func (e *exposed) forward() error {
	ip := e.service.Spec.ClusterIP
	if ip == "" || ip == corev1.ClusterIPNone {
		return nil
	}
	for _, port := range e.service.Spec.Ports {
		if port.Protocol != corev1.ProtocolTCP {
			continue
		}
		to := e.endpointOf(port.Name)
		if to == "" {
			continue
		}
		if err := sh(fmt.Sprintf("iptables -t nat -A PREROUTING -p tcp -d %s --dport %d -j DNAT --to-destination %s", ip, port.Port, to)); err != nil {
			return err
		}
	}
	return nil
}

func (e *exposed) endpointOf(port string) string {
	for _, slice := range e.slices {
		for _, each := range slice.Ports {
			if each.Name != nil && *each.Name == port && each.Port != nil && len(slice.Endpoints) > 0 {
				return net.JoinHostPort(slice.Endpoints[0].Addresses[0], strconv.Itoa(int(*each.Port)))
			}
		}
	}
	return ""
}

// nameAliases gives each ExternalName the address of what it names, as a CNAME does; a circle of them has none.
func (m *Mesh) nameAliases() {
	for range len(m.exposed) {
		for name, of := range m.exposed {
			if of.service.Spec.Type != corev1.ServiceTypeExternalName {
				continue
			}
			if ip, known := m.names[strings.ToLower(strings.TrimSuffix(of.service.Spec.ExternalName, "."))]; known {
				m.names[name] = ip
			}
		}
	}
}

// exposedBy is the Service of a pod that the lab itself made.
func exposedBy(objects []kuberuntime.Object) *exposed {
	return &exposed{objects[0].(*corev1.Service), []*discoveryv1.EndpointSlice{objects[1].(*discoveryv1.EndpointSlice)}}
}

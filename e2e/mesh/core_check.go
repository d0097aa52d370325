package main

import (
	encoding "encoding/json"
	"fmt"
	"net"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/yaml"
)

// askCore judges Services and EndpointSlices as the API server does (Kubernetes `apis/core/validation`, `apis/discovery/validation`), as far as
// an egress text can break them: types and names of fields, ports, names, addresses.
func askCore(d Document) []Verdict {
	var says []string
	object := must(encoding.Marshal(d.Object.Object))
	switch {
	case d.group() == "" && d.kind() == "Service":
		service := &corev1.Service{}
		if err := yaml.UnmarshalStrict(object, service); err != nil {
			says = []string{err.Error()}
		} else {
			says = serviceProblems(withDefaults(service).Spec)
		}
	case d.group() == "discovery.k8s.io" && d.kind() == "EndpointSlice":
		slice := &discoveryv1.EndpointSlice{}
		if err := yaml.UnmarshalStrict(object, slice); err != nil {
			says = []string{err.Error()}
		} else {
			says = sliceProblems(slice)
		}
	}
	var verdicts []Verdict
	for _, each := range says {
		verdicts = append(verdicts, Verdict{By: "api-server", Level: "error", Object: d.name(), Says: oneLine(each)})
	}
	return verdicts
}

func serviceProblems(spec corev1.ServiceSpec) (says []string) {
	external := spec.Type == corev1.ServiceTypeExternalName
	if external && len(validation.IsDNS1123Subdomain(spec.ExternalName)) > 0 {
		says = append(says, "spec.externalName: Invalid value: "+spec.ExternalName)
	}
	if len(spec.Ports) == 0 && !external && spec.ClusterIP != corev1.ClusterIPNone {
		says = append(says, "spec.ports: Required value")
	}
	switch spec.Type {
	case "", corev1.ServiceTypeClusterIP, corev1.ServiceTypeNodePort, corev1.ServiceTypeLoadBalancer, corev1.ServiceTypeExternalName:
	default:
		says = append(says, "spec.type: Unsupported value: "+string(spec.Type))
	}
	if ip := spec.ClusterIP; ip != "" && ip != corev1.ClusterIPNone && net.ParseIP(ip) == nil || external && ip != "" {
		says = append(says, "spec.clusterIP: Invalid value: "+ip)
	}
	for key, value := range spec.Selector {
		if len(validation.IsQualifiedName(key)) > 0 || len(validation.IsValidLabelValue(value)) > 0 {
			says = append(says, "spec.selector: Invalid value: "+key+"="+value)
		}
	}
	names, numbers := map[string]bool{}, map[string]bool{}
	for i, port := range spec.Ports {
		at := fmt.Sprintf("spec.ports[%d]", i)
		number := fmt.Sprintf("%d/%s", port.Port, port.Protocol)
		if names[port.Name] || numbers[number] {
			says = append(says, at+": Duplicate value")
		}
		names[port.Name], numbers[number] = true, true
		if port.Name == "" && len(spec.Ports) > 1 {
			says = append(says, at+".name: Required value")
		}
		if port.Name != "" && len(validation.IsDNS1123Label(port.Name)) > 0 {
			says = append(says, at+".name: Invalid value: "+port.Name)
		}
		if len(validation.IsValidPortNum(int(port.Port))) > 0 {
			says = append(says, at+".port: Invalid value")
		}
		if port.Protocol != corev1.ProtocolTCP && port.Protocol != corev1.ProtocolUDP && port.Protocol != corev1.ProtocolSCTP {
			says = append(says, at+".protocol: Unsupported value: "+string(port.Protocol))
		}
		if port.TargetPort.Type == intstr.Int && len(validation.IsValidPortNum(port.TargetPort.IntValue())) > 0 ||
			port.TargetPort.Type == intstr.String && len(validation.IsValidPortName(port.TargetPort.StrVal)) > 0 {
			says = append(says, at+".targetPort: Invalid value: "+port.TargetPort.String())
		}
		if port.AppProtocol != nil && len(validation.IsQualifiedName(*port.AppProtocol)) > 0 {
			says = append(says, at+".appProtocol: Invalid value: "+*port.AppProtocol)
		}
	}
	return says
}

func sliceProblems(slice *discoveryv1.EndpointSlice) (says []string) {
	if slice.AddressType != discoveryv1.AddressTypeIPv4 && slice.AddressType != discoveryv1.AddressTypeIPv6 && slice.AddressType != discoveryv1.AddressTypeFQDN {
		says = append(says, "addressType: Unsupported value: "+string(slice.AddressType))
	}
	for i, endpoint := range slice.Endpoints {
		if len(endpoint.Addresses) == 0 {
			says = append(says, fmt.Sprintf("endpoints[%d].addresses: Required value", i))
		}
		for _, address := range endpoint.Addresses {
			if ip := net.ParseIP(address); slice.AddressType == discoveryv1.AddressTypeIPv4 && (ip == nil || ip.To4() == nil || ip.IsLoopback() || ip.IsUnspecified()) {
				says = append(says, fmt.Sprintf("endpoints[%d].addresses: Invalid value: %s", i, address))
			}
		}
	}
	names := map[string]bool{}
	for i, port := range slice.Ports {
		name := ""
		if port.Name != nil {
			name = *port.Name
		}
		if names[name] {
			says = append(says, fmt.Sprintf("ports[%d]: Duplicate value: %q", i, name))
		}
		names[name] = true
		if port.Port != nil && len(validation.IsValidPortNum(int(*port.Port))) > 0 {
			says = append(says, fmt.Sprintf("ports[%d].port: Invalid value", i))
		}
	}
	return says
}
